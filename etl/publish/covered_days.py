"""Judge each day of a source: was it collected, partly, or not at all?

What is told: a state and a range of articles to be expected, for every day from the source's first to its last.

How: by the source's own habit. The expected number of a day is the median of the same weekday in the four weeks before
and after, as far as the source published at the same level there (etl.methods.levels). Where a source falls to less than
half, four weeks are judged by what it published before; after them the new level is its habit. A stretch of days without
any article is missing, not silence, where so many were expected that none would come once in a thousand times (Poisson).
A day is partly there where articles are known that could not be had, or where far fewer came than expected.

Known errors: a source that falls silent of its own will, such as in a strike, is called missing; one that publishes less
than once in three days is never called so.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import duckdb

from etl.methods.levels import Level, find_levels

WEEKS = 4  # before and after a day that say what is usual for it
SURELY = 7.0  # articles expected in a silent stretch: exp(-7) is less than one in a thousand
FALL = 0.5  # of the level before: from here on a fall is a gap until it has become a habit
GRACE = 7 * WEEKS  # days for which a fall is not believed
CHANGE = 2.0  # times more or fewer articles than before: what is told of a source
RECENT_DAYS = 28  # a change of level older than this is no news
LONGEST_SILENCE = 30  # days; what was published before is the odd old article, not the source's habit
DAY = timedelta(days=1)

State = Literal["collected", "partly", "missing", "imported"]


@dataclass(frozen=True, slots=True)
class SourceDays:
    """What is known of the days of one source."""

    articles: Mapping[date, int]
    failed: Mapping[date, tuple[int, str]]  # articles that could not be had, with the commonest reason
    last_on: (
        date | None
    )  # last day that was over when its feeds last answered; None for a source known only from imports


@dataclass(frozen=True, slots=True)
class CoveredDay:
    """One day of a source, judged."""

    covered_on: date
    articles: int
    state: State
    expected_low: float | None = None
    expected_high: float | None = None
    reason: str | None = None


def judge_days(days: SourceDays) -> list[CoveredDay]:
    """Judge every day of a source, from its first article to the last day that was over."""
    if days.last_on is None:
        return [CoveredDay(day, count, "imported") for day, count in sorted(days.articles.items())]
    first = first_habitual_day(days.articles, days.last_on)
    period = [first + DAY * nth for nth in range((days.last_on - first).days + 1)]
    usual = dict(zip(period, usual_counts([days.articles.get(day, 0) for day in period]), strict=True))
    silent = dict(_silent_stretches(period, days, usual))
    judged = [_judge(day, days, usual[day], silent.get(day)) for day in period]
    outside = sorted(set(days.articles) - set(period))
    return judged + [
        CoveredDay(
            day,
            days.articles[day],
            "partly",
            reason="the day was not over" if day > days.last_on else "before its regular collection",
        )
        for day in outside
    ]


def say_change(days: Sequence[date], counts: Sequence[int], last_on: date) -> str | None:
    """Say that a source publishes far more or fewer articles than a few weeks ago, and since when; None where it does not."""
    series = [(day, count) for day, count in zip(days, counts, strict=True) if day <= last_on]
    levels = find_levels([count for _, count in series])
    if len(levels) < 2:
        return None
    before, level = levels[-2:]
    since = series[level.start][0]
    if (last_on - since).days > RECENT_DAYS or max(before.mean, level.mean) < 1:
        return None
    if level.mean > CHANGE * before.mean:
        return f"explodes: about {level.mean:.0f} articles a day since {since:%d %b}, {before.mean:.0f} before"
    if before.mean > CHANGE * level.mean:
        what = "falls silent" if level.mean < 0.05 * before.mean else f"falls to about {level.mean:.0f} articles a day"
        return f"{what} since {since:%d %b}, {before.mean:.0f} a day before"
    return None


def changed_sources(publication: Path) -> dict[str, str]:
    """Return the sources of a publication that have fallen silent, exploded or the like, and how."""
    days: dict[str, tuple[list[date], list[int]]] = {}
    with duckdb.connect(str(publication), read_only=True) as connection:
        for source_id, day, articles in connection.execute(_WHOLE_DAYS).fetchall():
            of_source = days.setdefault(source_id, ([], []))
            of_source[0].append(day)
            of_source[1].append(articles)
    said = {source_id: say_change(*of_source, of_source[0][-1]) for source_id, of_source in days.items()}
    return {source_id: change for source_id, change in said.items() if change}


def first_habitual_day(articles: Mapping[date, int], last_on: date) -> date:
    """Return the first day of a source's habit: going back from the last, until it is silent for a month."""
    first = last_on
    for day in sorted((day for day in articles if day <= last_on), reverse=True):
        if (first - day).days > LONGEST_SILENCE:
            break
        first = day
    return first


def expected_range(usual: float) -> tuple[float, float]:
    """Return the range into which 99 of 100 Poisson counts around a number fall (Anscombe 1948)."""
    middle = math.sqrt(usual + 3 / 8)
    low, high = max(middle - 1.29, 0.0) ** 2 - 3 / 8, (middle + 1.29) ** 2 - 3 / 8
    return max(0.0, low), high


def usual_counts(counts: Sequence[int]) -> list[float]:
    """Return the number of articles that was usual on each day of a series."""
    usual: list[float] = []
    before: Level | None = None
    for level in find_levels(counts):
        has_fallen = before is not None and level.mean < FALL * before.mean
        for day in range(level.start, level.end):
            is_judged_by_before = has_fallen and day < level.start + GRACE
            usual.append(_usual_before(day, counts, level.start) if is_judged_by_before else _usual(day, counts, level))
        before = level
    return usual


def _usual(day: int, counts: Sequence[int], level: Level) -> float:
    """Return the median of the same weekday around a day; in a level too short to tell, whatever the level there."""
    around = [other for week in range(-WEEKS, WEEKS + 1) if week and 0 <= (other := day + 7 * week) < len(counts)]
    alike = [other for other in around if level.start <= other < level.end]
    return statistics.median([counts[other] for other in (alike if len(alike) > 1 else around)] or [0])


def _usual_before(day: int, counts: Sequence[int], fall: int) -> float:
    """Return the median of the same weekday in the weeks before a fall."""
    nearest = day - 7 * math.ceil((day - fall + 1) / 7)
    return statistics.median([counts[other] for other in range(nearest, -1, -7)[:WEEKS]] or [0])


def _silent_stretches(
    period: Sequence[date], days: SourceDays, usual: Mapping[date, float]
) -> Iterable[tuple[date, float]]:
    """Yield the days of each silent stretch with the number of articles that it should have had."""
    stretch: list[date] = []
    for day in [*period, None]:
        if day is not None and not days.articles.get(day):
            stretch.append(day)
            continue
        expected = sum(usual[silent] for silent in stretch)
        yield from ((silent, expected) for silent in stretch)
        stretch = []


def _judge(day: date, days: SourceDays, usual: float, expected_in_stretch: float | None) -> CoveredDay:
    count, (failed, why) = days.articles.get(day, 0), days.failed.get(day, (0, ""))
    low, high = expected_range(usual)
    state: State = "collected"
    reason = None
    if expected_in_stretch is not None and expected_in_stretch >= SURELY:
        state, reason = (
            "missing",
            f"its feeds list no article of these days; about {expected_in_stretch:.0f} were to be expected",
        )
    if failed and not count:
        state, reason = "missing", f"none of its {failed} articles could be had: {why}"
    elif failed > 0.2 * (count + failed):
        state, reason = "partly", f"{failed} of {count + failed} articles could not be had: {why}"
    elif state == "collected" and 0 < count < low:
        state, reason = "partly", f"only {count} articles, where {low:.0f} to {high:.0f} were to be expected"
    return CoveredDay(day, count, state, round(low, 1), round(high, 1), reason)


# Of sources that are collected, the days that were over: only these have something to be expected of them.
_WHOLE_DAYS = "SELECT source_id, covered_on, articles FROM covered_days WHERE expected_high IS NOT NULL ORDER BY source_id, covered_on"
