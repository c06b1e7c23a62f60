"""The figures that the cards of copies, agency and roles promise, on the labelled sets and on the newsroom."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from etl.methods import agency, copies
from etl.methods.citations import OutletNames, find_citations
from etl.methods.copies import CopyFinder, CopyFound
from etl.methods.lexicon.gazetteer import Outlet
from etl.methods.roles import RoleName, Taken, role_of
from etl.newsroom.build import build_newsroom
from etl.newsroom.truth import ArticleTruth, Newsroom

LEAST_SPEED = 600.0  # articles a second; half of what one quiet core does, since the tests share it
WIRES = {"AP": "Associated Press", "AFP": "Agence France-Presse", "UPI": "UPI", "reuters": "Reuters"}


def scores(shared_data: Path, name: str) -> dict[str, float]:
    """Score the copies found on a labelled set with the tool beside it."""
    path, index = shared_data.parent / "tools" / "score_methods.py", shared_data / name / "index.jsonl"
    if not path.is_file() or not index.is_file():
        pytest.skip(f"no tool {path} or no labelled set {index}")
    spec = importlib.util.spec_from_file_location("score_methods", path)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    rows = [json.loads(line) for line in index.read_text(encoding="utf8").splitlines()]
    return dict(tool.score(name, rows, copies.for_bench))


@pytest.mark.slow
def test_copies_edited_by_rule(shared_data: Path) -> None:
    found = scores(shared_data, "copies_edited")
    assert found["ari"] >= 0.985
    assert found["right_heavy"] >= 0.93
    assert found["original_accuracy"] >= 0.98
    assert found["right_reuses_background"] == found["right_own"] == 1.0
    assert found["articles_per_cpu_second"] >= LEAST_SPEED


@pytest.mark.slow
def test_copies_on_front_pages(shared_data: Path) -> None:
    found = scores(shared_data, "copies_us2016")
    assert found["pair_p"] >= 0.80
    assert found["pair_r"] >= 0.95
    assert found["articles_per_cpu_second"] >= LEAST_SPEED


@pytest.mark.slow
def test_agencies_of_us_news(shared_data: Path) -> None:
    index = shared_data / "quotes_polnear" / "index.jsonl"
    if not index.is_file():
        pytest.skip(f"no labelled set {index}")
    rows = [json.loads(line) for line in index.read_text(encoding="utf8").splitlines()]
    pairs = [(WIRES.get(row["wire"]), found) for row, found in zip(rows, agency.for_bench(rows), strict=True)]
    right = sum(wire == found for wire, found in pairs if wire)
    assert right / sum(found is not None for _, found in pairs) >= 0.95
    assert right / sum(wire is not None for wire, _ in pairs) >= 0.95


class Told(NamedTuple):
    """An article of the newsroom, what was found of its original, and its true and found role."""

    article: ArticleTruth
    copy: CopyFound | None
    original: ArticleTruth | None  # as found
    role: RoleName
    true_role: RoleName


@cache
def told() -> list[Told]:
    return list(_tell(build_newsroom()))


def _tell(newsroom: Newsroom) -> Iterator[Told]:
    names = {source_id: truth.source.name for source_id, truth in newsroom.sources.items()}
    outlets = OutletNames(
        Outlet(truth.source.name, tuple(truth.names.values()), tuple(one.domain for one in truth.source.domains))
        for truth in newsroom.sources.values()
    )
    agencies = [truth.source.name for truth in newsroom.sources.values() if truth.source.kind == "agency"]
    articles, finder = list(newsroom.articles.values()), CopyFinder()
    tellers: dict[str, set[str]] = defaultdict(set)
    for number, one in enumerate(articles):
        copy = finder.add(number, one.source_id, one.text, one.published_at)
        original = articles[copy.original_id] if copy else None
        own = names[one.source_id]
        role = role_of(
            one.text,
            own,
            citations=find_citations(
                one.text, language=one.language, own_source=own, outlets=outlets, hyperlinks=one.hyperlinks
            ),
            credit=agency.find_credit(one.authors, one.text, agencies),
            taken=Taken(names[original.source_id], copy.ranges) if copy and original else None,
            told_before=tellers[one.story_id],
        )
        tellers[one.story_id].add(own)
        yield Told(one, copy, original, role.name, _true_role(one, newsroom))


def _true_role(article: ArticleTruth, newsroom: Newsroom) -> RoleName:
    cited = {citation.source_id for citation in article.citations}
    if any(citation.citation.is_dispute for citation in article.citations):
        return "disputes"
    if not article.original:
        return "repeats with credit" if cited else "reports"
    is_credited = article.agency or newsroom.articles[article.original].source_id in cited
    return "repeats with credit" if is_credited else "repeats without credit"


@pytest.mark.slow
def test_originals_of_the_newsroom() -> None:
    copied = [one for one in told() if one.article.original]
    right = sum(one.original is not None and one.original.address == one.article.original for one in copied)
    assert right / len(copied) >= 0.98
    own = [one for one in told() if not one.article.original]
    assert sum(one.copy is not None for one in own) / len(own) <= 0.005


@pytest.mark.slow
def test_ranges_of_the_newsroom_hold_the_same_words() -> None:
    for one in told():
        for passage in one.copy.ranges if one.copy else ():
            assert one.original is not None
            ours, theirs = one.article.text[passage.position :], one.original.text[passage.original_position :]
            assert ours[0].casefold() == theirs[0].casefold()
            assert len(ours.split()) >= passage.words / 2


@pytest.mark.slow
def test_agencies_of_the_newsroom() -> None:
    for one in build_newsroom().articles.values():
        assert agency.find_agency(one.authors, one.text, ["Meridian Wire"]) == one.agency


@pytest.mark.slow
def test_roles_of_the_newsroom() -> None:
    pairs = Counter((one.true_role, one.role) for one in told())
    assert sum(count for (true, found), count in pairs.items() if true == found) / pairs.total() >= 0.97
    for name in ("repeats with credit", "repeats without credit", "disputes"):
        right = pairs[name, name]
        assert right / sum(count for (_, found), count in pairs.items() if found == name) >= 0.90
        assert right / sum(count for (true, _), count in pairs.items() if true == name) >= 0.85
