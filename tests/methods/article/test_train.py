"""Growing trees, and the measures by which they are judged."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from etl.methods.article import train
from etl.methods.article.features import FEATURES
from etl.methods.article.labelled import (
    BODY_SETS,
    LabelledPage,
    body_score,
    labelled_pages,
    precision_and_recall,
    segment_score,
)


def labelled(html: str, text: str = "", *, url: str = "https://www.a.test/x", segments: bool = False) -> LabelledPage:
    wanted, unwanted = (("eastern basin",), ("weather",)) if segments else ((), ())
    return LabelledPage("aed", url, html, text, wanted, unwanted, {})


def test_bodies_are_measured_by_runs_of_four_words() -> None:
    true = "a b c d e f g"
    assert body_score([(true, true)]) == 1
    assert precision_and_recall([(true, "a b c d e")]) == (1, 0.5)
    assert precision_and_recall([(true, ""), ("", "x")]) == (0, 0)
    assert body_score([]) == 0


def test_segments_are_measured() -> None:
    page = labelled("", segments=True)
    assert segment_score([(page, "the eastern  basin")]) == 1
    assert segment_score([(page, "the eastern basin and the weather")]) == pytest.approx(2 / 3)
    assert segment_score([(page, "")]) == 0


def test_sites_stay_in_one_fold() -> None:
    pages = [labelled("", url=f"https://{host}/{n}") for n in range(9) for host in ("www.a.test", "news.a.test")]
    assert len({page.fold(5) for page in pages}) == 1


def test_blocks_are_labelled(make_page: Callable[..., str], paragraphs: tuple[str, ...]) -> None:
    lesson = train.prepare(
        labelled(make_page(after="<div><p>Ferries ran late again today.</p></div>"), " ".join(paragraphs))
    )
    assert lesson is not None
    labels = dict(zip(lesson.texts, lesson.labels, strict=True))
    assert labels[paragraphs[0]] == 1
    assert labels["Ferries ran late again today."] == 0
    strings = train.prepare(labelled(make_page(before="<p>The weather is fine.</p>"), segments=True))
    assert strings is not None
    assert sorted(set(strings.labels)) == [-1, 0, 1]
    assert train.prepare(labelled("no page")) is None


def test_trees_learn_what_can_be_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(7)
    table = generator.random((900, len(FEATURES)), dtype=np.float32)
    labels = ((table[:, 0] > 0.5) ^ (table[:, 3] > 0.3)).astype(float)
    lesson = train.Lesson(labelled(""), [""] * 900, table, labels, np.ones(900))
    monkeypatch.setattr(train, "SAMPLED_COLUMNS", 0.9)
    trees = train.grow([lesson], trees=30)
    right = (trees.probabilities(table) > 0.5) == (labels > 0.5)
    assert right.mean() > 0.95
    again = train.grow([lesson], trees=30)
    assert (again.leaves == trees.leaves).all()


def write_set(folder: Path, name: str, pages: dict[str, tuple[str, str]]) -> None:
    """Write a labelled set as those beside the project are: a tar of pages and a line of truth for each."""
    place = folder / f"pages_{name}"
    place.mkdir(parents=True)
    with tarfile.open(place / "html.tar", "w") as archive:
        for member, (html, _) in pages.items():
            (folder / member).write_text(html, encoding="utf-8")
            archive.add(folder / member, member)
    rows: list[dict[str, object]] = [
        {"id": member, "member": member, "url": f"https://{member}.test/"} for member in pages
    ]
    if name == "scrapinghub":
        bodies = {member: {"articleBody": text} for member, (_, text) in pages.items()}
        (place / "ground-truth.json").write_text(json.dumps(bodies), encoding="utf-8")
    else:
        rows = [row | {"truth": {"text": pages[str(row["member"])][1]}} for row in rows]
    (place / "index.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def test_training_from_the_command_line(
    tmp_path: Path,
    make_page: Callable[..., str],
    paragraphs: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    after = "<div class='more'>" + "<p>Ferries ran late again today, and so did trains.</p>" * 6 + "</div>"
    page = make_page(after=after), "\n\n".join(paragraphs * 2)
    for name in (*BODY_SETS, "trafilatura"):
        write_set(tmp_path / "data", name, {f"{name}{number}": page for number in range(6)})
    assert len(list(labelled_pages(tmp_path / "data", "aed"))) == 6
    monkeypatch.setattr(train.grow, "__kwdefaults__", {"trees": 5, "seed": 1})
    train.main([str(tmp_path / "data"), "--file", str(tmp_path / "model.npz")])
    told = capsys.readouterr().out
    assert "24 pages" in told
    assert "on unseen sites" in told
    with np.load(tmp_path / "model.npz") as model:
        assert tuple(model["names"]) == FEATURES
        assert model["feature"].shape == (5, train.DEPTH)
