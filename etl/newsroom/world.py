"""The fictional world: its countries, towns, organisations and people, named in six languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from etl.newsroom.period import FOLDER, dice
from etl.records import MentionKind

Language = Literal["en", "de", "fr", "es", "ja", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "de", "fr", "es", "ja", "ar")
LATIN: tuple[Language, ...] = ("en", "de", "fr", "es")


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A person, organisation or place, by its name in each language."""

    entity_id: str
    kind: MentionKind
    names: Mapping[str, str]

    def name(self, language: Language) -> str:
        """Return the full name."""
        return self.names[language]


@dataclass(frozen=True, slots=True, eq=False)
class Town(Entity):
    """An invented town of a real country."""

    country: str
    inhabitants: int
    river: Entity
    known_for: str


@dataclass(frozen=True, slots=True, eq=False)
class Company(Entity):
    """An invented company; country is "world" for one that is at home everywhere."""

    sector: str
    country: str


@dataclass(frozen=True, slots=True, eq=False)
class Person(Entity):
    """Somebody who acts or speaks."""

    last: Mapping[str, str]
    is_woman: bool
    role: str
    age: int
    home: str = ""  # the country of an office


@dataclass(frozen=True, slots=True)
class Country:
    """A country: what it is called, who lives there, and what they pay with."""

    country: str
    place: Entity
    said: Mapping[str, str]  # its name as texts say it, with an article where it has one
    inside: Mapping[str, str]  # "in Ireland"; the languages without such a form leave it out
    pool: str
    currency: str
    zone: str
    heat: tuple[int, int]  # degrees of a summer's day
    sun: Mapping[str, float]  # hours of sunrise and sunset in summer
    towns: tuple[Town, ...]


@cache
def read_world(name: str) -> dict[str, Any]:
    """Read one part of the world's data, a file or a folder of files; it is kept in memory."""
    part = FOLDER / "world" / name
    files = sorted(part.glob("*.toml")) if part.is_dir() else [part.with_suffix(".toml")]
    return {key: value for path in files for key, value in tomllib.loads(path.read_text(encoding="utf8")).items()}


def rows(block: str) -> list[list[str]]:
    """Split a block of lines, each of parts divided by bars."""
    return [[part.strip() for part in line.split("|")] for line in block.strip().split("\n")]


def identifier(text: str) -> str:
    """Turn a name into lower case words joined by hyphens."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def _three(latin: str, japanese: str, arabic: str) -> dict[str, str]:
    return {**dict.fromkeys(LATIN, latin), "ja": japanese, "ar": arabic}


@cache
def countries() -> dict[str, Country]:
    """Return every country by its code."""
    return {code: _country(code, facts) for code, facts in read_world("places")["countries"].items()}


@cache
def known_for() -> dict[str, dict[str, str]]:
    """Return what towns are known for, in each language."""
    return dict(read_world("places")["known"])


def _country(code: str, facts: dict[str, Any]) -> Country:
    rivers = {
        row[0]: Entity(f"river-{identifier(row[0])}", "place", _three(row[0], row[1], row[2]))
        for row in rows(facts["rivers"])
    }
    towns = tuple(
        Town(identifier(row[0]), "place", _three(row[0], row[1], row[2]), code, int(row[3]), rivers[row[4]], row[5])
        for row in rows(facts["towns"])
    )
    place = Entity(f"country-{code}", "place", {key: _without_article(name) for key, name in facts["name"].items()})
    coldest, warmest = facts["summer"]["heat"]
    return Country(
        country=code,
        place=place,
        said=facts["name"],
        inside=facts["in"],
        pool=facts["pool"],
        currency=facts["currency"],
        zone=facts["zone"],
        heat=(coldest, warmest),
        sun={moment: facts["summer"][moment] for moment in ("sunrise", "sunset")},
        towns=towns,
    )


def _without_article(name: str) -> str:
    return re.sub(r"^(the |die |der |le |la |les |l’|el )", "", name)


@cache
def companies() -> tuple[Company, ...]:
    """Return the invented companies."""
    return tuple(
        Company(identifier(row[0]), "organisation", _three(row[0], row[1], row[2]), row[3], row[4])
        for row in rows(read_world("organisations")["companies"])
    )


@cache
def organisations(block: str) -> dict[str, tuple[Entity, ...]]:
    """Return unions or parties by country."""
    found: dict[str, list[Entity]] = {}
    for row in rows(read_world("organisations")[block]):
        entity = Entity(f"{block}-{identifier(row[0])}", "organisation", _three(row[0], row[1], row[2]))
        found.setdefault(row[3], []).append(entity)
    return {country: tuple(entities) for country, entities in found.items()}


@cache
def fixed() -> dict[str, Entity]:
    """Return the real institutions and places that texts may name."""
    return {
        name: Entity(name, facts["kind"], {language: facts[language] for language in LANGUAGES})
        for name, facts in read_world("organisations")["fixed"].items()
    }


@cache
def club(town: Town) -> Entity:
    """Return the football club of a town."""
    data = read_world("organisations")
    latin = data["clubs"][town.country].format(town.names["en"])
    japanese = data["clubs_jp_ja" if town.country == "jp" else "clubs_ja"].format(town.names["ja"])
    names = _three(latin, japanese, data["clubs_ar"].format(town.names["ar"]))
    return Entity(f"club-{town.entity_id}", "organisation", names)


@cache
def university(town: Town) -> Entity:
    """Return the university of a town."""
    patterns = read_world("organisations")["university"]
    names: dict[str, str] = {language: patterns[language].format(town.names[language]) for language in LANGUAGES}
    names["fr"] = re.sub(r"\bde (?=[AEIOUÉÈ])", "d’", names["fr"])
    return Entity(f"university-{town.entity_id}", "organisation", names)


@cache
def roles() -> dict[str, dict[str, str]]:
    """Return the roles that speakers have."""
    return dict(read_world("roles"))


_ATHLETES = frozenset({"player", "substitute", "striker", "goalkeeper"})


class Cast:
    """Who holds which office, and everybody else who was ever drawn: no full name is used twice."""

    def __init__(self) -> None:
        self._pools = {
            pool: {group: rows(block) for group, block in groups.items()}
            for pool, groups in read_world("people").items()
        }
        self._offices: dict[tuple[str, str], Person] = {}
        self._surnames: dict[str, set[str]] = {}
        self._taken: set[str] = set()

    def holder(self, role: str, of: str, *, pool: str, home: str) -> Person:
        """Return who holds the office, drawing a person the first time; home is where surnames should not meet."""
        key = (role, of)
        if key not in self._offices:
            surnames = self._surnames.setdefault(home, set())
            person = replace(self.draw(role, f"{role}/{of}", pool=pool, avoid=surnames), home=home)
            surnames.add(person.last["en"])
            self._offices[key] = person
        return self._offices[key]

    def draw(self, role: str, reason: str, *, pool: str, avoid: Collection[str] = ()) -> Person:
        """Draw a person whose full name nobody has yet, with a surname not to avoid while there is one."""
        throw = dice("person", reason)
        names = self._pools[pool]
        is_woman = throw.random() < 0.5
        for attempt in range(1000):
            first = throw.choice(names["female" if is_woman else "male"])
            last = throw.choice(names["last"])
            latin = f"{first[0]} {last[0]}"
            if latin not in self._taken and (attempt > 200 or last[0] not in avoid):
                break
        self._taken.add(latin)
        whole = _three(latin, _japanese_name(first[1], last[1], pool), f"{first[2]} {last[2]}")
        age = throw.randint(19, 34) if role in _ATHLETES else throw.randint(24, 79)
        return Person(identifier(latin), "person", whole, _three(last[0], last[1], last[2]), is_woman, role, age)


def _japanese_name(first: str, last: str, pool: str) -> str:
    return last + first if pool == "ja" else f"{first}・{last}"
