"""This file is what a reader chose: the filters that every question takes, and all else that an address tells.

An address is short, readable and one for one view: keys in order, values in order, defaults left out. What cannot be
understood in an address is dropped, with a notice in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal
from urllib.parse import parse_qsl, quote

Grain = Literal["day", "week", "month", "year"]
Measure = Literal["share", "count"]

MOST_QUERIES = 6  # lines of one chart that can be told apart
MOST_QUERY = 2_000  # characters
MOST_PAGE = 1_000_000

_PARAMETERS = {  # Filter field -> parameter of the questions
    "query": "asked",
    "topics": "in_topics",
    "sources": "in_sources",
    "collections": "in_collections",
    "countries": "in_countries",
    "languages": "in_languages",
}
_LISTS = {
    "topics": "topic",
    "sources": "source",
    "collections": "collection",
    "countries": "country",
    "languages": "language",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Filter:
    """Which articles: the common parameters of all questions. Lists are stored in order, without doubles.

    Attributes:
        query: A query in the language of data/README.md.
        topics, sources, collections: Their ids.
        countries: ISO 3166-1 codes of sources. languages: ISO 639-1 codes of articles.
        since, until: First and last day of publication, in UTC.
        with_copies: Copies count too.
        least_matches: Places at which the query, or the topic, must match.
        title_only: Only matches in the title count.
        with_undated: Articles dated only by their collection count too.
        balanced: Only sources that are collected on every day of the period.
    """

    query: str | None = None
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    with_copies: bool = True
    least_matches: int = 1
    title_only: bool = False
    with_undated: bool = False
    balanced: bool = False

    def __post_init__(self) -> None:
        for name in _LISTS:
            given: Iterable[str] = getattr(self, name) or ()
            object.__setattr__(self, name, tuple(sorted({given} if isinstance(given, str) else set(given))))
        for name in ("since", "until"):
            if isinstance(day := getattr(self, name), str):
                object.__setattr__(self, name, date.fromisoformat(day))

    def parameters(self) -> dict[str, Any]:
        """Return what is set, by the names of the questions' parameters, as values to be bound."""
        chosen: dict[str, Any] = {}
        for given in fields(self):
            value = getattr(self, given.name)
            if value != given.default:
                name = _PARAMETERS.get(given.name, given.name)
                chosen[name] = (
                    list(value) if isinstance(value, tuple) else value.isoformat() if isinstance(value, date) else value
                )
        return chosen


@dataclass(frozen=True)
class Choices:
    """All that an address tells: the filters, the queries compared, how it is shown, what is selected.

    Attributes:
        filter: What all lines have in common; its query is unset.
        queries: One line each; none is all articles.
        grain: Length of a bucket; None chooses it by the period.
        measure: share or count; None is the page's own.
        as_table: The chart as a table.
        peak: First and last day of what was selected on the chart.
        line: Which of the queries the selection looks into, from 1.
        sort, page: Order and page, from 1, of the list of articles.
        shows_all: The overview opens with all articles, not with what stood out.
        publication: The publication from which the address was made; empty for whichever is the newest.
    """

    filter: Filter = Filter()
    queries: tuple[str, ...] = ()
    grain: Grain | None = None
    measure: Measure | None = None
    as_table: bool = False
    peak: tuple[date, date] | None = None
    line: int = 1
    sort: str = "newest"
    page: int = 1
    shows_all: bool = False
    publication: str = ""

    def lines(self) -> tuple[Filter, ...]:
        """Return the filters of each line: one a query, or one a topic where no query is asked, or one of all articles."""
        if self.queries:
            return tuple(replace(self.filter, query=query) for query in self.queries)
        if len(self.filter.topics) > 1:
            return tuple(replace(self.filter, topics=(topic,)) for topic in self.filter.topics[:MOST_QUERIES])
        return (self.filter,)

    def as_filter(self) -> Choices:
        """Return the same choices with the one query as part of the filters."""
        return replace(self, filter=replace(self.filter, query=self.queries[0] if self.queries else None))

    def of_line(self) -> Filter:
        """Return the filters of the line that is selected."""
        lines = self.lines()
        return lines[min(self.line, len(lines)) - 1]

    def of_peak(self) -> Filter:
        """Return the filters of what is selected: one line, within the days of the peak."""
        chosen = self.of_line()
        if not self.peak:
            return chosen
        first, last = self.peak
        since = max(first, chosen.since) if chosen.since else first
        until = min(last, chosen.until) if chosen.until else last
        return replace(chosen, since=since, until=max(since, until))


SORTS = ("newest", "oldest", "source", "title", "matches", "words")


def from_address(search: str | None) -> tuple[Choices, list[str]]:
    """Read the part of an address after the question mark; return with it what could not be understood."""
    reader = _Reader()
    for key, value in parse_qsl((search or "").lstrip("?"), keep_blank_values=True, errors="replace"):
        reader.take(key, _CONTROL.sub("", value).strip())
    return reader.choices(), reader.notices


def to_address(choices: Choices) -> str:
    """Write choices as the part of an address after the question mark; empty where all are defaults."""
    return ("?" + "&".join(f"{key}={quote(value, safe=',.:*()')}" for key, value in _pairs(choices))).rstrip("?")


def _pairs(choices: Choices) -> list[tuple[str, str]]:
    chosen = choices.filter
    pairs = [("q", query) for query in choices.queries or ([chosen.query] if chosen.query else [])]
    pairs += [(key, ",".join(getattr(chosen, name))) for name, key in _LISTS.items() if getattr(chosen, name)]
    pairs += [(name, day.isoformat()) for name in ("since", "until") if (day := getattr(chosen, name))]
    words = {
        "copies": "no" if not chosen.with_copies else "",
        "least": str(chosen.least_matches) if chosen.least_matches > 1 else "",
        "in": "title" if chosen.title_only else "",
        "undated": "yes" if chosen.with_undated else "",
        "balanced": "yes" if chosen.balanced else "",
        "grain": choices.grain or "",
        "measure": choices.measure or "",
        "view": "table" if choices.as_table else "",
        "peak": "..".join(day.isoformat() for day in choices.peak) if choices.peak else "",
        "line": str(choices.line) if choices.line > 1 else "",
        "sort": choices.sort if choices.sort != "newest" else "",
        "page": str(choices.page) if choices.page > 1 else "",
        "all": "yes" if choices.shows_all else "",
    }
    pairs += [(key, value) for key, value in words.items() if value]
    return sorted(pairs, key=lambda pair: pair[0])


class _Reader:
    """Takes one pair of an address after the other."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self._queries: list[str] = []
        self._filter: dict[str, Any] = {}
        self._rest: dict[str, Any] = {}

    def take(self, key: str, value: str) -> None:
        """Take one pair; what cannot be meant becomes a notice."""
        if key == "q":
            self._take_query(value)
        elif key in _OTHERS:
            return
        elif key not in _READERS:
            self.notices.append(f"“{_short(key)}” in the address means nothing here and was left out.")
        elif value:
            name, read, is_filter = _READERS[key]
            try:
                (self._filter if is_filter else self._rest)[name] = read(value)
            except ValueError:
                self.notices.append(f"“{key}={_short(value)}” in the address could not be understood and was left out.")

    def choices(self) -> Choices:
        """Return what was chosen by all pairs."""
        since, until = self._filter.get("since"), self._filter.get("until")
        if since and until and since > until:
            self.notices.append("The period in the address ends before it begins; its end was left out.")
            del self._filter["until"]
        return Choices(filter=Filter(**self._filter), queries=tuple(self._queries), **self._rest)

    def _take_query(self, value: str) -> None:
        if not value or value in self._queries:
            return
        if len(value) > MOST_QUERY:
            self.notices.append(f"A query of more than {MOST_QUERY:,} characters was left out.")
        elif len(self._queries) == MOST_QUERIES:
            self.notices.append(
                f"More than {MOST_QUERIES} queries cannot be told apart in one chart; the others were left out."
            )
        else:
            self._queries.append(value)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(value)
        return value

    return read


def _several(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.split(",") if part)


def _day(value: str) -> date:
    day = date.fromisoformat(value)
    if not 1900 <= day.year <= 2200:
        raise ValueError(value)
    return day


def _days(value: str) -> tuple[date, date]:
    first, dots, last = value.partition("..")
    pair = _day(first), _day(last if dots else first)
    if pair[0] > pair[1]:
        raise ValueError(value)
    return pair


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isascii() or not value.isdigit() or len(value) > 9 or not least <= int(value) <= most:
            raise ValueError(value)
        return int(value)

    return read


def _publication(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]{1,40}", value):
        raise ValueError(value)
    return value


def _is(word: str) -> Callable[[str], bool]:
    return lambda value: _one_of(word)(value) == word


_OTHERS = ("s", "kind", "question", "of", "of_kind", "most")  # read by the pages and exports that they belong to
_READERS: dict[str, tuple[str, Callable[[str], Any], bool]] = {
    **{key: (name, _several, True) for name, key in _LISTS.items()},
    "since": ("since", _day, True),
    "until": ("until", _day, True),
    "copies": ("with_copies", lambda value: not _is("no")(value), True),
    "least": ("least_matches", _between(1, 100), True),
    "in": ("title_only", _is("title"), True),
    "undated": ("with_undated", _is("yes"), True),
    "balanced": ("balanced", _is("yes"), True),
    "grain": ("grain", _one_of("day", "week", "month", "year"), False),
    "measure": ("measure", _one_of("share", "count"), False),
    "view": ("as_table", _is("table"), False),
    "peak": ("peak", _days, False),
    "line": ("line", _between(1, MOST_QUERIES), False),
    "sort": ("sort", _one_of(*SORTS), False),
    "page": ("page", _between(1, MOST_PAGE), False),
    "all": ("shows_all", _is("yes"), False),
    "publication": ("publication", _publication, False),
}
