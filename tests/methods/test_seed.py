"""A page as it was copied from the screen: the methods say what a reader takes from it, line by line of its README."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from etl.methods.citations import OutletNames, find_citations
from etl.methods.dates import find_dates
from etl.methods.mentions import find_mentions
from etl.methods.quotes import find_quotes


@dataclass(frozen=True, slots=True)
class Copied:
    """The page's text, and the lines of what a reader takes from it."""

    text: str
    lines: tuple[str, ...]

    def line(self, words: str) -> str:
        """Return the line that has certain words."""
        return next(line for line in self.lines if words in line)


@pytest.fixture(scope="module")
def copied(shared_data: Path) -> Copied:
    """The page and its README."""
    readme = (shared_data / "seed" / "README.md").read_text(encoding="utf8")
    lines = tuple(line[2:].rstrip(".;") for line in readme.splitlines() if line.startswith("* "))
    page = (shared_data / "seed" / "copied_page.txt").read_text(encoding="utf8")
    beginning = next(line for line in lines if "the text starts at" in line).split('"')[1]
    return Copied(page[page.index(beginning) :], lines)


def test_it_cites_and_disputes_one_report(copied: Copied) -> None:
    line = copied.line("disputes its report")
    found = find_citations(copied.text, language="en", own_source="RT", outlets=OutletNames())
    assert {one.outlet for one in found} == {line.removeprefix("cites ").split(",")[0]}
    assert any(one.is_dispute for one in found)


def test_its_quotes_have_their_speakers(copied: Copied) -> None:
    found = [
        (copied.text[quote.start : quote.end], quote.speaker)
        for quote in find_quotes(copied.text, language="en")
        if quote.is_direct
    ]
    two = copied.line("speaker of the two quotes")
    speaker = two.split("quotes: ")[1].split(" (")[0]
    said = [(text, speaker) for text in re.findall(r'"([^"]+)"', two)]
    text, other = copied.line("is a quote of").split(" is a quote of ")
    for words, name in [*said, (text.strip('"'), other)]:
        assert any(words in quote and name == by for quote, by in found), words


def test_its_names_have_their_kinds(copied: Copied) -> None:
    kinds = {"people": "person", "organisations": "organisation", "places": "place"}
    title = copied.line("title: ").removeprefix("title: ").split(" (")[0]
    found = {(one.name, one.kind) for one in find_mentions(copied.text, language="en", title=title)}
    for part in copied.line("names: ").removeprefix("names: ").split("; "):
        kind, names = part.split(" ", 1)
        assert {(name, kinds[kind]) for name in names.split(", ")} <= found


def test_its_dates_are_read(copied: Copied) -> None:
    published_on = date.fromisoformat(re.findall(r"\d{4}-\d\d-\d\d", copied.line("published "))[0])
    found = {
        (one.mentioned_on, one.precision) for one in find_dates(copied.text, language="en", published_on=published_on)
    }
    year = published_on.year
    told = {(date(year, 2, 24), "day"), (date(year, 2, 1), "month"), (date(2014, 1, 1), "year"), (published_on, "day")}
    assert told <= found
