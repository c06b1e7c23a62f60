"""This file writes numbers, dates and periods as people do. Days and times are in UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pandas as pd

from dashboard.filters import Filter, Grain
from dashboard.rows import Value
from etl.errors import QueryError
from etl.methods.query import in_words, parse_query

_PLURALS = {"story": "stories", "country": "countries", "copy": "copies", "query": "queries"}


def plural(number: int, word: str) -> str:
    """Write a number with its noun: 1 article, 1,284 articles."""
    *before, noun = word.split(" ")
    return f"{number:,} {' '.join([*before, noun if number == 1 else _PLURALS.get(noun, noun + 's')])}"


def share_told(share: float | None) -> str:
    """Write a share with three figures: 14.2 %; <0.1 % rather than a zero that is none."""
    if share is None or pd.isna(share):
        return "no share"
    if 0 < share < 0.001:
        return "<0.1 %"
    return f"{share * 100:.3g} %" if share < 1 else "100 %"


def day_told(day: date | None) -> str:
    """Write a day: 24 Nov 2026."""
    return "" if day is None or pd.isna(day) else f"{day.day} {day:%b %Y}"


def time_told(moment: datetime | None, precision: str | None = "minute") -> str:
    """Write a time in UTC, or only its day where no more is known."""
    if moment is None or pd.isna(moment):
        return "time unknown"
    return f"{day_told(moment)} {moment:%H:%M}" if precision == "minute" else day_told(moment)


def period_told(first: date, last: date) -> str:
    """Write a period, without saying month and year twice."""
    if first == last:
        return day_told(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_told(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day_told(last)}"
    return f"{day_told(first)} – {day_told(last)}"


def last_day_of(bucket: date, grain: Grain) -> date:
    """Return the last day of a bucket."""
    if grain == "day":
        return bucket
    if grain == "week":
        return bucket + timedelta(days=6)
    following = date(
        bucket.year + (grain == "year" or bucket.month == 12), 1 if grain == "year" else bucket.month % 12 + 1, 1
    )
    return following - timedelta(days=1)


def bucket_told(bucket: date, grain: Grain) -> str:
    """Write a bucket: 3 Aug 2026, week 3–9 Aug 2026, August 2026, 2026."""
    if grain == "day":
        return f"{bucket:%a} {day_told(bucket)}"
    if grain == "week":
        return f"week {period_told(bucket, last_day_of(bucket, 'week'))}"
    return f"{bucket:%B %Y}" if grain == "month" else f"{bucket.year}"


def whole(value: Value) -> int:
    """Return a count that may be missing as a number."""
    return 0 if value is None or pd.isna(value) else int(value)


def query_told(query: str) -> str:
    """Read a query back in words, or say what is wrong with it and where."""
    try:
        return in_words(parse_query(query))
    except QueryError as error:
        return str(error)


def filter_told(wanted: Filter, name_of: Callable[[str], str]) -> str:
    """Say in words which articles pass: name_of gives the name of a topic, source or collection by its id."""

    def listed(ids: tuple[str, ...]) -> str:
        return " or ".join(name_of(each) for each in ids)

    parts = [f"matching {wanted.query}" if wanted.query else ""]
    parts += [
        f"on {listed(wanted.topics)}" if wanted.topics else "",
        f"of {listed(wanted.sources)}" if wanted.sources else "",
    ]
    parts += [f"in {listed(wanted.collections)}" if wanted.collections else ""]
    parts += [f"from {', '.join(wanted.countries)}" if wanted.countries else ""]
    parts += [f"in language {', '.join(wanted.languages)}" if wanted.languages else ""]
    parts += ["" if wanted.with_copies else "copies left out", "matches in the title" if wanted.title_only else ""]
    parts += [f"at least {wanted.least_matches} matches" if wanted.least_matches > 1 else ""]
    parts += [
        "undated ones included" if wanted.with_undated else "",
        "of sources collected throughout" if wanted.balanced else "",
    ]
    told = [part for part in parts if part]
    return f"articles {', '.join(told)}" if told else "all articles"
