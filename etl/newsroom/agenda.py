"""The agenda: which events happen on which days of the newsroom's world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from etl.newsroom.events import Event, Kind, draw_event, kinds
from etl.newsroom.period import FIRST_DAY, LAST_DAY, dice
from etl.newsroom.world import Cast, Town, countries, read_world

MOST_A_DAY = 2  # drawn events
LAST_CHANCE = 3  # days before the end on which nothing new happens, so that everybody can report


def draw_agenda(cast: Cast) -> list[Event]:
    """Return every event but the routine ones, in order of time."""
    scripted = list(_scripted(cast))
    taken = Counter(event.happened_at.date() for event in scripted)
    drawn = [event for kind in kinds().values() if kind.count for event in _drawn(kind, taken, cast)]
    return sorted([*scripted, *drawn], key=lambda event: (event.happened_at, event.event_id))


def _scripted(cast: Cast) -> Iterator[Event]:
    known: dict[str, Event] = {}
    for row in read_world("agenda")["events"]:
        event = _scripted_event(row, known, cast)
        known[event.event_id] = event
        yield event


def _scripted_event(row: dict[str, Any], known: dict[str, Event], cast: Cast) -> Event:
    earlier = known.get(row.get("about", ""))
    facts = earlier.facts if earlier else None
    kind = kinds()[row["kind"]]
    event = draw_event(row["event_id"], kind, _town(row["town"]), row["at"], cast=cast, known=facts)
    later = tuple(row.get("later", (2,) if row.get("reach", 1) > 1 else ()))
    return replace(event, reach=row.get("reach", kind.weight), first=row.get("first", ""), later=later)


def _town(town_id: str) -> Town:
    return next(town for country in countries().values() for town in country.towns if town.entity_id == town_id)


def _drawn(kind: Kind, taken: Counter[date], cast: Cast) -> Iterator[Event]:
    rng = dice("agenda", kind.kind_id)
    homes = rng.sample(kind.countries, len(kind.countries))
    for number in range(kind.count):
        day = _free_day(kind, taken, rng)
        taken[day] += 1
        town = rng.choice(countries()[homes[number % len(homes)]].towns)
        happened_at = datetime.combine(day, time(rng.randint(4, 17), rng.randint(0, 59)), UTC)
        event = draw_event(f"{kind.kind_id}-{number + 1}", kind, town, happened_at, cast=cast)
        has_sequel = event.reach > 1 and rng.random() < 0.6
        yield replace(event, later=(rng.randint(1, 3),) if has_sequel else ())


def _free_day(kind: Kind, taken: Counter[date], rng: Random) -> date:
    first, last = FIRST_DAY + timedelta(days=1), LAST_DAY - timedelta(days=LAST_CHANCE)
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    fitting = [
        day
        for day in every
        if (not kind.months or day.month in kind.months) and (not kind.weekdays or day.weekday() in kind.weekdays)
    ]
    quiet = [day for day in fitting if taken[day] < MOST_A_DAY]
    return rng.choice(quiet or fitting)
