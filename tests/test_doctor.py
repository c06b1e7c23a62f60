"""The doctor on the newsroom: sources given by their home page only, and what it writes into their list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.cli import main
from etl.newsroom.server import RunningNewsroom, running_newsroom
from etl.settings import load_sources

NEWSROOM = Path(__file__).resolve().parents[1] / "etl" / "newsroom"


@pytest.fixture(scope="module")
def newsroom() -> Iterator[RunningNewsroom]:
    with running_newsroom() as running:
        yield running


@pytest.fixture
def bare_list(tmp_path: Path) -> Path:
    """The newsroom's list without its feeds, and with a remark."""
    text = (NEWSROOM / "sources.toml").read_text(encoding="utf-8")
    path = tmp_path / "sources.toml"
    path.write_text(
        "# A remark of ours.\n" + re.sub(r"^feeds = \[[^\]]*\]\n", "", text, flags=re.MULTILINE), encoding="utf-8"
    )
    return path


def doctor(newsroom: RunningNewsroom, sources: Path, *options: str, source: str | None = None) -> Result:
    settings = sources.with_name("settings.toml")
    said = (
        (NEWSROOM / "settings.toml").read_text(encoding="utf-8").replace("127.0.0.1:8765", f"127.0.0.1:{newsroom.port}")
    )
    settings.write_text(said, encoding="utf-8")
    data = sources.with_name("data")
    arguments = [
        "--data",
        data,
        "--sources",
        sources,
        "--settings",
        settings,
        *(["--source", source] if source else []),
    ]
    result = CliRunner().invoke(main, [*map(str, arguments), "doctor", *options])
    assert result.exit_code == 0, result.output
    assert not data.exists()  # it looks at the web, not into the store
    return result


@pytest.mark.slow
def test_sources_given_by_home_page_only(newsroom: RunningNewsroom, bare_list: Path) -> None:
    before = bare_list.read_text(encoding="utf-8")
    known = {source.source_id: source for source in load_sources(NEWSROOM / "sources.toml").sources}
    assert not any(source.feeds for source in load_sources(bare_list).sources)

    looked = doctor(newsroom, bare_list)
    assert bare_list.read_text(encoding="utf-8") == before
    assert "`doctor --write` writes them into" in looked.output

    doctor(newsroom, bare_list, "--write")
    written = load_sources(bare_list).sources
    found = {source.source_id for source in written if source.feeds}
    assert len(found) >= 0.8 * len(known)
    hits = [source for source in written if set(source.feeds) & set(known[source.source_id].feeds)]
    assert len(hits) >= 0.8 * len(known)
    kept = iter(bare_list.read_text(encoding="utf-8").splitlines())
    assert all(line in kept for line in before.splitlines())  # nothing was moved or lost

    again = doctor(newsroom, bare_list, "--write")
    assert "0 feeds were written" in again.output


def test_a_source_whose_feeds_are_gone_is_looked_up_anew(newsroom: RunningNewsroom, bare_list: Path) -> None:
    text = bare_list.read_text(encoding="utf-8")
    mark = 'source_id = "harbour-post"\n'
    bare_list.write_text(text.replace(mark, mark + 'feeds = ["http://harbour-post.test/gone.xml"]\n'), encoding="utf-8")
    result = doctor(newsroom, bare_list, source="harbour-post")
    assert "harbour-post: 0 of 1 listed feeds answer" in result.output
    assert "gone.xml  HTTP 404" in result.output
    assert "(from " in result.output


def test_an_unknown_source_is_named(bare_list: Path) -> None:
    arguments = ["--sources", str(bare_list), "--source", "nobody", "doctor"]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, "not in" in result.output) == (1, True)
