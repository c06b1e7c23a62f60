"""What every day brings: weather, markets, matches, councils. Most articles belong to no event that others tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random

from etl.newsroom.desk import SLOW, Task, in_hours, is_published, task_of
from etl.newsroom.events import draw_event, kinds
from etl.newsroom.period import days, dice
from etl.newsroom.sources import AGENCY, NewsSource, sources
from etl.newsroom.wordbook import kind_words
from etl.newsroom.world import Cast, Language, Town, countries

OWN_KINDS = {SLOW: "essay", "tidewatch": "notes", "straight-answer": "rumour"}  # sources of one kind only
REPRINTED = 0.6  # share of a newspaper's reprints that go to routine texts
FRESH = timedelta(hours=20)  # an agency's text older than that is not reprinted
_WIRE_LANGUAGES: tuple[Language, ...] = ("en", "en", "en", "de", "fr", "es")
_WIRE_COUNTRIES = {"en": ("gb", "ie", "us", "ca"), "de": ("de", "at"), "fr": ("fr", "ch", "be"), "es": ("es", "mx")}
_HOURS = {"weather": (4, 8), "markets": (15, 18), "match": (17, 21)}  # when such texts come, local time


def plan_routine(cast: Cast) -> list[Task]:
    """Plan every article of every day that is about no event of the agenda."""
    wires = [task for day in days() for task in _of_day(sources()[AGENCY], day, cast)]
    others = [source for source in sources().values() if source.source_id != AGENCY]
    own = [task for source in others for day in days() for task in _of_day(source, day, cast)]
    return [*wires, *_reprinting(own, wires)]


def _of_day(source: NewsSource, day: date, cast: Cast) -> Iterator[Task]:
    rng = dice("routine", source.source_id, day)
    number = max(0, source.week[day.weekday()] + rng.choice((0, 0, 0, 0, 1, -1)) * (source.week[day.weekday()] > 1))
    for place in range(number):
        language = rng.choice(_WIRE_LANGUAGES) if source.source_id == AGENCY else source.language
        kind_id = _kind(source, language, day, place)
        task = _task(source, language, f"{kind_id}/{source.source_id}/{day}/{place}", day, rng=rng, cast=cast)
        if is_published(task):
            yield task


def _kind(source: NewsSource, language: Language, day: date, place: int) -> str:
    """Choose a kind by turns, so that a source does not write the same twice running."""
    if source.source_id in OWN_KINDS:
        return OWN_KINDS[source.source_id]
    known = _routine_kinds(language)
    order = dice("order", source.source_id, language, day.isocalendar().week).sample(known, len(known))
    start = day.weekday() * max(1, source.week[day.weekday()]) + place
    turns = (kinds()[order[(start + step) % len(known)]] for step in range(len(known)))
    return next(kind.kind_id for kind in turns if not kind.weekdays or day.weekday() in kind.weekdays)


@cache
def _routine_kinds(language: Language) -> tuple[str, ...]:
    alone = set(OWN_KINDS.values())
    return tuple(
        kind_id for kind_id, kind in kinds().items()
        if kind.is_routine and kind_id not in alone and kind_id in kind_words(language)
    )  # fmt: skip


def _task(source: NewsSource, language: Language, event_id: str, day: date, *, rng: Random, cast: Cast) -> Task:
    kind = kinds()[event_id.split("/")[0]]
    first, last = _HOURS.get(kind.kind_id, source.hours)
    local = datetime.combine(day, time(rng.randint(first, last - 1), rng.randint(0, 59)), source.zone)
    at = in_hours(source, local.astimezone(UTC))
    town = _town(source, language, rng)
    event = draw_event(event_id, kind, town, at - timedelta(minutes=rng.randint(30, 200)), cast=cast)
    return replace(task_of(event, "first", source, language, at), turn=rng.randint(0, 11))


def _town(source: NewsSource, language: Language, rng: Random) -> Town:
    country = rng.choice(_WIRE_COUNTRIES[language]) if source.source_id == AGENCY else source.country
    towns = countries()[country].towns
    return towns[0] if rng.random() < 0.3 else rng.choice(towns)


def _reprinting(own: list[Task], wires: list[Task]) -> Iterator[Task]:
    """Let newspapers print the agency's text in place of some of their own."""
    by_day: dict[tuple[str, date], list[Task]] = {}
    for wire in wires:
        by_day.setdefault((wire.language, wire.published_at.date()), []).append(wire)
    for task in own:
        fresh = [
            wire
            for wire in by_day.get((task.language, task.published_at.date()), [])
            if timedelta(minutes=10) < task.published_at - wire.published_at < FRESH
        ]
        rng = dice(task.task_id, "reprint")
        if fresh and rng.random() < task.source.reprints * REPRINTED:
            wire = rng.choice(fresh)
            task_id = f"{wire.event.event_id}/first/{task.source.source_id}/{task.language}/{task.published_at:%H%M}"
            yield replace(task, task_id=task_id, event=wire.event, copy_of=wire.task_id)
        else:
            yield task
