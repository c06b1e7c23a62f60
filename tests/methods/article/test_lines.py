"""Paragraphs out of lines, and texts that were copied from the screen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.article import kinds, read_plain_text
from etl.methods.article.hyperlinks import absolute
from etl.methods.article.lines import is_icons, same_line, tidy_paragraphs

COPIED = """icon searchicon shareicon v-playicon fbicon
News Sport Culture
9 Mar, 2021 08:05

Council deepens harbour basin

Work begins in spring, says its chair
Council deepens harbour basin

The harbour council agreed on Monday to deepen the eastern basin. It was last deepened on 4 May 1974.

Fishermen called the decision hasty and said that they would appeal against it before the summer begins.
"""


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("icon searchicon shareicon fb", True),
        ("keyboard_arrow_down", True),
        ("An icon of the city was torn down.", False),
        ("The iconic bridge", False),
        ("", False),
    ],
)
def test_icon_words_are_told(line: str, is_one: bool) -> None:
    assert is_icons(line) is is_one


def test_the_headline_is_not_said_again() -> None:
    assert (
        tidy_paragraphs(["A Storm!", "a storm", "It rained.", "shareicon icon", "A storm"], "A storm")
        == "It rained.\n\nA storm"
    )
    assert same_line("A storm…", "a  STORM")
    assert not same_line("", "…")


def test_a_copied_page_is_read() -> None:
    reading = read_plain_text(COPIED)
    assert reading.title == "Council deepens harbour basin"
    assert reading.summary == "Work begins in spring, says its chair"
    assert reading.text.startswith("The harbour council agreed")
    assert reading.text.count("\n\n") == 1
    assert reading.published_at == datetime(2021, 3, 9, 8, 5, tzinfo=UTC)
    assert (reading.date_origin, reading.date_precision, reading.is_zone_assumed) == ("text", "minute", True)
    assert (reading.language, reading.text_origin) == ("en", "plain text")


def test_without_date_or_repetition() -> None:
    reading = read_plain_text("Council deepens harbour basin\nThe council agreed on Monday to deepen it.\nIt was dear.")
    assert (reading.title, reading.published_at) == ("Council deepens harbour basin", None)
    assert reading.no_article == kinds.SHORT
    assert read_plain_text("\n \n").no_article == kinds.EMPTY


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    reading = read_plain_text(text, captured_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert reading.text or reading.no_article


def test_the_seed_is_read(shared_data: Path) -> None:
    reading = read_plain_text((shared_data / "seed" / "copied_page.txt").read_text(encoding="utf-8"))
    assert reading.title is not None
    assert len(reading.title.split()) == 8
    assert reading.title.startswith("Kremlin")
    assert reading.published_at == datetime(2022, 9, 14, 13, 37, tzinfo=UTC)
    assert reading.is_zone_assumed
    assert reading.text.startswith("The Kremlin has rubbished")
    assert reading.summary is not None
    assert reading.summary.startswith("Russia never struck")
    assert "icon" not in reading.text
    assert reading.no_article is None


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("/x", "https://a.test/x"),
        ("//b.test/y", "https://b.test/y"),
        ("#top", None),
        ("mailto:a@b.test", None),
        ("javascript:void(0)", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
        ("ftp://a.test", None),
    ],
)
def test_addresses_become_absolute(address: str | None, url: str | None) -> None:
    assert absolute(address, "https://a.test/dir/page") == url
