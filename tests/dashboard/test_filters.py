from __future__ import annotations

from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.filters import MOST_QUERIES, SORTS, Choices, Filter, from_address, to_address

IDS = st.text(alphabet="abcxyz-0", min_size=1, max_size=5)
LISTS = st.lists(IDS, max_size=3).map(tuple)
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))
QUERIES = st.text(alphabet='abc "()*&=?#%+;~ü水س', min_size=1, max_size=20).map(str.strip).filter(bool)


@st.composite
def all_choices(draw: st.DrawFn) -> Choices:
    since, until = sorted([draw(DAYS), draw(DAYS)])
    chosen = Filter(
        topics=draw(LISTS),
        sources=draw(LISTS),
        collections=draw(LISTS),
        countries=draw(LISTS),
        languages=draw(LISTS),
        since=draw(st.sampled_from([None, since])),
        until=draw(st.sampled_from([None, until])),
        with_copies=draw(st.booleans()),
        least_matches=draw(st.integers(1, 100)),
        title_only=draw(st.booleans()),
        with_undated=draw(st.booleans()),
        balanced=draw(st.booleans()),
    )
    return Choices(
        filter=chosen,
        queries=tuple(draw(st.lists(QUERIES, max_size=MOST_QUERIES, unique=True))),
        grain=draw(st.sampled_from([None, "day", "week", "month", "year"])),
        measure=draw(st.sampled_from([None, "share", "count"])),
        as_table=draw(st.booleans()),
        peak=draw(st.sampled_from([None, (since, until)])),
        line=draw(st.integers(1, 6)),
        sort=draw(st.sampled_from(SORTS)),
        page=draw(st.integers(1, 10_000)),
    )


@settings(max_examples=150)
@given(all_choices())
def test_an_address_tells_all_choices_and_one_view_has_one_address(choices: Choices) -> None:
    address = to_address(choices)
    assert from_address(address) == (choices, [])
    assert to_address(from_address(address)[0]) == address


def test_defaults_are_left_out() -> None:
    assert to_address(Choices()) == ""
    assert from_address("") == (Choices(), [])
    assert from_address(None) == (Choices(), [])


def test_an_address_is_short_and_readable() -> None:
    choices = Choices(
        filter=Filter(topics=("b", "a")), queries=("dam AND rain",), peak=(date(2026, 8, 10), date(2026, 8, 14))
    )
    assert to_address(choices) == "?peak=2026-08-10..2026-08-14&q=dam%20AND%20rain&topic=a,b"


@pytest.mark.parametrize(
    ("search", "notice"),
    [
        ("?since=2026-13-01", "“since=2026-13-01” in the address could not be understood and was left out."),
        ("?grain=hour", "“grain=hour”"),
        ("?page=-1", "“page=-1”"),
        ("?page=99999999999999999999", "could not be understood"),
        ("?least=0", "“least=0”"),
        ("?copies=maybe", "“copies=maybe”"),
        ("?peak=2026-08-14..2026-08-10", "could not be understood"),
        ("?peak=..", "could not be understood"),
        ("?colour=red", "“colour” in the address means nothing here"),
        ("?since=0001-01-01", "could not be understood"),
        ("?page=٣", "could not be understood"),
        ("?" + "&".join(f"q={word}" for word in "abcdefg"), "More than 6 queries"),
        ("?q=" + "a" * 2_001, "more than 2,000 characters"),
        ("?since=2026-02-01&until=2026-01-01", "ends before it begins"),
        ("?%00=%ff", "means nothing here"),
    ],
)
def test_what_cannot_be_understood_is_dropped_with_a_notice(search: str, notice: str) -> None:
    choices, notices = from_address(search)
    assert len(notices) == 1
    assert notice in notices[0]
    assert to_address(choices) in ("", "?since=2026-02-01", "?q=a&q=b&q=c&q=d&q=e&q=f")


@settings(max_examples=150)
@given(st.text(max_size=60))
def test_no_address_raises(text: str) -> None:
    from_address(text)
    from_address("?q=" + quote(text, errors="replace"))


def test_only_what_is_set_is_handed_to_questions() -> None:
    assert Filter().parameters() == {}
    assert Filter(query="dam", sources="gull", since="2026-03-02", with_copies=False).parameters() == {  # type: ignore[arg-type]
        "asked": "dam",
        "in_sources": ["gull"],
        "since": "2026-03-02",
        "with_copies": False,
    }


def test_lines_are_queries_or_topics_or_all_articles() -> None:
    assert Choices().lines() == (Filter(),)
    assert Choices(filter=Filter(topics=("a", "b"))).lines() == (Filter(topics=("a",)), Filter(topics=("b",)))
    assert Choices(filter=Filter(topics=("a", "b")), queries=("dam",)).lines() == (
        Filter(query="dam", topics=("a", "b")),
    )


def test_a_peak_stays_within_the_period_chosen() -> None:
    choices = Choices(
        filter=Filter(since=date(2026, 3, 4)),
        queries=("dam", "rain"),
        peak=(date(2026, 3, 2), date(2026, 3, 8)),
        line=2,
    )
    assert choices.of_peak() == Filter(query="rain", since=date(2026, 3, 4), until=date(2026, 3, 8))
