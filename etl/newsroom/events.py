"""Events: what happened, with facts that every teller shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, Literal

from etl.newsroom.period import dice
from etl.newsroom.world import (
    Cast,
    Entity,
    Person,
    Town,
    club,
    companies,
    countries,
    organisations,
    read_world,
    roles,
    university,
)

Unit = Literal["count", "decimal", "money", "percent", "year", "clock"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its unit; money is in millions of the currency."""

    value: float
    unit: Unit
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several things an event may be about."""

    name: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day."""

    day: date


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""

    year: int
    month: int


Fact = Amount | Option | Day | Month | Entity


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: where it is told, how much it is talked of, and which facts it has."""

    kind_id: str
    section: str
    topics: tuple[str, ...]
    slots: Mapping[str, str]
    weight: int = 1
    count: int = 0
    countries: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    topics_by: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_claim: bool = False
    is_routine: bool = False
    disputer: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a place and a time."""

    event_id: str
    kind: Kind
    town: Town
    happened_at: datetime
    reach: int  # how much it is talked of: 1 local, 2 in the country, 3 abroad, 4 everywhere
    facts: Mapping[str, Fact]
    options: Mapping[str, str]  # what it is about, by slot, and whether its like comes daily or once
    first: str = ""  # the source that must be first, if one must
    later: tuple[int, ...] = ()  # days after which reports follow

    @property
    def topics(self) -> tuple[str, ...]:
        """Return the topics that an article about it is on."""
        more = [by[self.options[slot]] for slot, by in self.kind.topics_by.items() if self.options[slot] in by]
        return (*self.kind.topics, *more)


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind of event."""
    return {kind_id: _kind(kind_id, table) for kind_id, table in read_world("kinds").items()}


def _kind(kind_id: str, table: dict[str, Any]) -> Kind:
    settings: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Kind(kind_id=kind_id, **settings)


def draw_event(
    event_id: str, kind: Kind, town: Town, happened_at: datetime, *, cast: Cast, known: Mapping[str, Fact] | None = None
) -> Event:
    """Draw the facts of an event; those known already, from an event it goes back to, are kept."""
    drawing = _Drawing(event_id, town, happened_at, cast)
    drawing.facts.update({slot: fact for slot, fact in (known or {}).items() if slot in kind.slots})
    for slot, wish in sorted(kind.slots.items(), key=lambda item: _rank(item[1])):
        if slot not in drawing.facts:
            drawing.facts[slot] = drawing.fact(slot, wish)
    ordered = {slot: drawing.facts[slot] for slot in kind.slots}
    options = {slot: fact.name for slot, fact in ordered.items() if isinstance(fact, Option)}
    options["comes"] = "daily" if kind.is_routine else "once"
    return Event(event_id, kind, town, happened_at, kind.weight, {**drawing.given(), **ordered}, options)


def _rank(wish: str) -> int:
    """Organisations come before those who lead them, and offices before people who are drawn anew."""
    words = wish.split()
    return 0 if words[0] != "person" else 2 if roles()[words[1]]["scope"] == "event" else 1


class _Drawing:
    """The facts of one event while they are drawn."""

    def __init__(self, event_id: str, town: Town, happened_at: datetime, cast: Cast) -> None:
        self.event_id, self.town, self.happened_at, self.cast = event_id, town, happened_at, cast
        self.facts: dict[str, Fact] = {}
        self.country = countries()[town.country]
        self._drawers: dict[str, Callable[[Random, list[str]], Fact]] = {
            "number": self._number,
            "decimal": self._number,
            "money": self._number,
            "percent": self._number,
            "year": self._number,
            "clock": self._number,
            "more": self._changed,
            "fewer": self._changed,
            "one": lambda rng, words: Option(rng.choice(words[1].split("|"))),
            "day": lambda _rng, words: Day(happened_at.date() + timedelta(days=int(words[1]))),
            "month": self._month,
            "heat": lambda rng, _: Amount(rng.randint(*self.country.heat), "count"),
            "sunrise": self._sun,
            "sunset": self._sun,
            "company": self._company,
            "union": lambda *_: organisations("unions")[self._home("unions")][0],
            "party": self._party,
            "club": lambda rng, *_: club(self._place(rng, "club")),
            "university": lambda rng, *_: university(self._place(rng, "university")),
            "town": lambda rng, *_: self._other_town(rng),
        }

    def fact(self, slot: str, wish: str) -> Fact:
        """Draw one fact."""
        words = wish.split()
        if words[0] == "person":
            return self._person(words, slot)  # the cast has dice of its own
        return self._drawers[words[0]](dice(self.event_id, slot), words)

    def given(self) -> dict[str, Fact]:
        """Return what every event has."""
        rng = dice(self.event_id, "given")
        months_ago = rng.randint(9, 110)
        return {
            "place": self.town,
            "country": self.country.place,
            "river": self.town.river,
            "town": self._other_town(rng),
            "when": Day(self.happened_at.date()),
            "before": self._shifted(-months_ago),
            "inhabitants": Amount(self.town.inhabitants, "count"),
        }

    def _number(self, rng: Random, words: list[str]) -> Amount:
        low, high, step = _range(words[1])
        default = 1.0 if words[0] in {"number", "year", "money"} else 0.1
        step = step or default
        value = round(low + step * rng.randint(0, int((high - low) / step + 0.001)), 2)
        whole = int(value) if value == int(value) else value
        unit: Unit = "count" if words[0] == "number" else words[0]  # type: ignore[assignment]
        return Amount(whole, unit, self.country.currency)

    def _changed(self, rng: Random, words: list[str]) -> Amount:
        before = self.facts[words[1]]
        assert isinstance(before, Amount)
        low, high, _ = _range(words[2])
        change = rng.randint(int(low), int(high))
        return Amount(int(before.value) + (change if words[0] == "more" else -change), "count")

    def _sun(self, rng: Random, words: list[str]) -> Amount:
        return Amount(self.country.sun[words[0]] + rng.randint(-4, 4) / 10, "clock")

    def _month(self, rng: Random, words: list[str]) -> Month:
        return self._shifted(int(words[1]) if len(words) > 1 else -rng.randint(2, 40))

    def _shifted(self, months: int) -> Month:
        whole = self.happened_at.year * 12 + self.happened_at.month - 1 + months
        return Month(whole // 12, whole % 12 + 1)

    def _person(self, words: list[str], slot: str) -> Person:
        role, scope = words[1], roles()[words[1]]["scope"]
        country = words[3] if "in" in words else self.town.country
        pool = countries()[country].pool
        if scope == "country":
            return self.cast.holder(role, country, pool=pool, home=country)
        if scope == "town":
            return self.cast.holder(role, self.town.entity_id, pool=pool, home=country)
        if scope == "world":
            return self.cast.holder(role, "world", pool=_WORLD_POOLS[role], home="world")
        if scope == "org":
            owner = self.facts[words[3]]
            assert isinstance(owner, Entity)
            return self.cast.holder(role, owner.entity_id, pool=pool, home=country)
        known = {fact.last["en"] for fact in self.facts.values() if isinstance(fact, Person)}
        return self.cast.draw(role, f"{self.event_id}/{slot}", pool=pool, avoid=known)

    def _company(self, rng: Random, words: list[str]) -> Entity:
        sectors = words[1].split("|") if len(words) > 1 else None
        taken = {fact.entity_id for fact in self.facts.values() if isinstance(fact, Entity)}
        fitting = [one for one in companies() if (not sectors or one.sector in sectors) and one.entity_id not in taken]
        home = [one for one in fitting if one.country in {self.town.country, "world"}]
        return rng.choice(home or fitting)

    def _home(self, block: str) -> str:
        known = organisations(block)
        return self.town.country if self.town.country in known else next(iter(known))

    def _party(self, rng: Random, _words: list[str]) -> Entity:
        taken = {fact.entity_id for fact in self.facts.values() if isinstance(fact, Entity)}
        free = [one for one in organisations("parties")[self._home("parties")] if one.entity_id not in taken]
        return rng.choice(free)

    def _place(self, rng: Random, prefix: str) -> Town:
        is_first = not any(
            isinstance(fact, Entity) and fact.entity_id.startswith(f"{prefix}-") for fact in self.facts.values()
        )
        return self.town if is_first else self._other_town(rng)

    def _other_town(self, rng: Random) -> Town:
        return rng.choice([town for town in self.country.towns if town is not self.town])


_WORLD_POOLS = {"secretary-general": "de", "commissioner": "es", "kremlin-spokesman": "uk"}


def _range(words: str) -> tuple[float, float, float]:
    found = re.fullmatch(r"([\d.]+)-([\d.]+)(?:/([\d.]+))?", words)
    if found is None:
        raise ValueError(f"no range: {words!r}")
    return float(found[1]), float(found[2]), float(found[3] or 0)
