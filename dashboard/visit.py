"""This file is one reader's look at one page: the dataset, the address, and what both say together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import unquote

import pandas as pd

from dashboard import queries
from dashboard.dataset import Dataset
from dashboard.filters import Choices, Filter, Grain, Measure, from_address, to_address
from dashboard.rows import first_row
from dashboard.theme import Scheme

DAILY, WEEKLY, MONTHLY = 150, 1_100, 12_000  # days up to which a chart is drawn by day, by week, by month


@dataclass(frozen=True)
class Names:
    """Names of topics, sources and collections by their ids."""

    topics: dict[str, str]
    sources: dict[str, str]
    collections: dict[str, str]

    def __getitem__(self, key: str) -> str:
        for named in (self.topics, self.sources, self.collections):
            if key in named:
                return named[key]
        return key


@dataclass(frozen=True)
class Visit:
    """A page as asked for; `choices` include what the page itself stands for, such as its topic."""

    dataset: Dataset
    path: str
    choices: Choices
    notices: tuple[str, ...] = ()
    scheme: Scheme = "light"
    stands_out: str = ""  # the topic with which the overview opens, where nothing is chosen

    @cached_property
    def names(self) -> Names:
        """Names of topics, sources and collections."""
        named = self.dataset.sql(_NAMES)
        kinds = {kind: dict(zip(rows["id"], rows["name"], strict=True)) for kind, rows in named.groupby("kind")}
        return Names(*(kinds.get(kind, {}) for kind in ("topic", "source", "collection")))

    @cached_property
    def period(self) -> tuple[date, date]:
        """First and last day that the page shows."""
        held = first_row(queries.overview(self.dataset))
        chosen = self.choices.filter
        first = chosen.since or (held["first_on"].date() if held["articles"] else date.today())
        return first, chosen.until or (held["last_on"].date() if held["articles"] else first)

    @cached_property
    def grain(self) -> Grain:
        """Length of a bucket: the one chosen, or one that gives a readable number of points."""
        first, last = self.period
        days = (last - first).days
        return self.choices.grain or (
            "day" if days <= DAILY else "week" if days <= WEEKLY else "month" if days <= MONTHLY else "year"
        )

    @cached_property
    def measure(self) -> Measure:
        """Share or count: the one chosen, or the page's own."""
        return self.choices.measure or own_measure(self.path, self.choices)

    def address(self, **changes: object) -> str:
        """Return this page's address with some choices changed."""
        own = replace(self.choices, **changes)  # type: ignore[arg-type]
        kind, _ = subject(self.path)
        if kind in ("topic", "source"):
            own = replace(own, filter=_about(own.filter, kind, ()))  # the path says it
        return self.path + to_address(own)


def subject(path: str) -> tuple[str, str]:
    """Return what kind of page a path asks for, and of what: ("topic", "floods"); ("", "") is the overview."""
    kind, _, name = path.strip("/").partition("/")
    return kind, unquote(name)


def own_measure(path: str, choices: Choices) -> Measure:
    """Return what a page shows unless told: shares, but counts where a share would always be 100 %."""
    chosen = choices.filter
    return "share" if choices.queries or chosen.topics or chosen.query or subject(path)[0] == "topic" else "count"


def visit(dataset: Dataset, path: str, search: str | None, scheme: Scheme = "light") -> Visit:
    """Read an address."""
    choices, notices = from_address(search)
    kind, name = subject(path)
    if kind in ("topic", "source") and name:
        choices = replace(choices, filter=_about(choices.filter, kind, (name,)))
    burst = strongest_burst(dataset) if not kind else None
    if burst and not choices.shows_all and not choices.queries and not choices.peak and choices.filter == Filter():
        choices = replace(choices, filter=Filter(topics=(burst.topic,)), peak=(burst.first, burst.last))
    if choices.publication and choices.publication != dataset.publication:
        notices.append(
            f"This address was made from publication {choices.publication}; the data are now of {dataset.publication}, "
            "so numbers may differ."
        )
    return Visit(dataset, path, choices, tuple(notices), scheme, burst.topic if burst else "")


def _about(chosen: Filter, kind: str, names: tuple[str, ...]) -> Filter:
    return replace(chosen, topics=names) if kind == "topic" else replace(chosen, sources=names)


@dataclass(frozen=True)
class Burst:
    """Days in a row on which a topic stood out; excess is articles more than usual."""

    topic: str
    first: date
    last: date
    articles: int
    excess: float
    times_usual: float


def topic_bursts(dataset: Dataset) -> list[Burst]:
    """Return where topics stood out, the most articles beyond the usual first."""
    return dataset.remember("topic_bursts", lambda: _find_topic_bursts(dataset))


def _find_topic_bursts(dataset: Dataset) -> list[Burst]:
    found = [burst for topic in queries.topics(dataset)["topic_id"] for burst in _bursts_of(dataset, topic)]
    return sorted(found, key=lambda burst: (-burst.excess, burst.first))


def strongest_burst(dataset: Dataset) -> Burst | None:
    """Return what stood out most."""
    return next(iter(topic_bursts(dataset)), None)


def _bursts_of(dataset: Dataset, topic: str) -> list[Burst]:
    days = queries.bursts(dataset, Filter(topics=(topic,)), grain="day")
    days = days[days["verdict"] == "burst"].assign(island=lambda rows: (rows["bucket"].diff().dt.days.ne(1)).cumsum())
    return [_burst(topic, rows) for _, rows in days.groupby("island")]


def _burst(topic: str, rows: pd.DataFrame) -> Burst:
    collected = rows["articles"] / rows["share"]
    usual = float((rows["expected"] * collected).sum())
    articles = int(rows["articles"].sum())
    first, last = rows["bucket"].iloc[0].date(), rows["bucket"].iloc[-1].date()
    return Burst(topic, first, last, articles, articles - usual, articles / usual if usual else float("inf"))


_NAMES = """
SELECT 'topic' AS kind, topic_id AS id, name FROM topics UNION ALL SELECT 'source', source_id, name FROM sources
UNION ALL SELECT 'collection', collection_id, name FROM collections
"""
