"""Names that are known beforehand: places in every language, outlets, given names."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from etl.methods.lexicon import FOLDER, load_lexicon

_NO_COUNTRIES = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"])  # codes of CLDR for unions, tests and the unknown
_NO_CITIES = ("Etc/", "Antarctica/", "Atlantic/", "Indian/")  # zones named after islands and stations
_ENDINGS = re.compile(r"(?:ого|ому|ыми|ой|ей|ом|ем|ым|ых|ую|ая|ий|ый|[аяыиуюеойь])$")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet of the world: its usual name, other names, domains."""

    name: str
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def world_outlets() -> tuple[Outlet, ...]:
    """Load the outlets of the world."""
    return tuple(
        Outlet(name, tuple(facts["names"]), tuple(facts["domains"]))
        for name, facts in _read("outlets")["outlets"].items()
    )


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return names of outlets that are common words too, as written."""
    return frozenset(_read("outlets")["common"]["words"].split())


@lru_cache(maxsize=1)
def given_names() -> Mapping[str, str]:
    """Return given names in lower case: "f" for a woman's, "m" for a man's, "" for either."""
    genders: dict[str, str] = {}
    for script, lists in _read("given_names").items():
        for key, gender in (("feminine", "f"), ("masculine", "m"), ("either", "")):
            for name in _given_forms(lists.get(key, "").lower().split(), script):
                genders[name] = gender if genders.get(name, gender) == gender else ""
    return genders


def _given_forms(names: Iterable[str], script: str) -> Iterator[str]:
    """Yield given names, in all cases where a script's languages have them, and without accents."""
    for name in names:
        yield from case_forms(name, "ru") if script == "cyrillic" else [name]
        plain = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
        if script == "latin" and plain != name:
            yield plain


def stem(word: str, language: str | None) -> str:
    """Return what a word in lower case keeps through all cases: смирнов of смирнова; itself where words stay."""
    if language == "ru" and len(word) > 3:
        return _ENDINGS.sub("", word)
    return word


@dataclass(frozen=True, slots=True)
class Place:
    """A country, region or city: its name, the country it is or lies in (ISO 3166-1, "" for none), and whether it is the country."""

    name: str
    country: str
    is_country: bool = False


@lru_cache(maxsize=32)
def place_names(language: str | None) -> Mapping[str, Place]:
    """Return places by their names in lower case, in a language and in English, in every case of the language."""
    places: dict[str, Place] = {}
    for section in ("world", "regions", "cities"):
        for country, names in _read("places")[section].items():
            places |= {name.lower(): Place(name, country) for name in _listed(names)}
    for code in dict.fromkeys(("en", language or "en")):
        found = [*_cldr_places(code), *_variants(code)]
        places |= {form.lower(): place for place in found for form in case_forms(place.name, code)}
    return places


def _cldr_places(language: str) -> list[Place]:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return []
    territories = get_global("zone_territories")
    cities = [
        Place(zone.get("city") or key.rpartition("/")[2].replace("_", " "), territories.get(key, ""))
        for key, zone in locale.time_zones.items()
        if not key.startswith(_NO_CITIES)
    ]
    codes = ((code, name) for code, name in locale.territories.items() if len(code) == 2 and code not in _NO_COUNTRIES)
    return [*cities, *(Place(name, code, is_country=True) for code, name in codes)]


def _variants(language: str) -> list[Place]:
    """Return the names that the lexicon of a language adds: of countries, and after a bar of places in them."""
    places = []
    for line in load_lexicon(language).phrases("places.variants"):
        country, _, names = line.partition(":")
        own, _, within = names.partition("|")
        places += [Place(name, country, is_country=bool(country)) for name in _listed(own)]
        places += [Place(name, country) for name in _listed(within)]
    return places


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(";") if name.strip()]


@lru_cache(maxsize=16)
def _cases(language: str) -> tuple[tuple[str, str], ...]:
    """Return how names change by case: the ending to cut, and those it gives way to."""
    rows = (row.partition(":") for row in load_lexicon(language).phrases("names.cases"))
    return tuple((ending.strip(), others) for ending, _, others in rows)


def case_forms(name: str, language: str) -> list[str]:
    """Return a name and its forms in other cases."""
    forms = [name]
    for ending, others in _cases(language):
        if name.endswith(ending):
            stem = name[: len(name) - len(ending)]
            return forms + [stem + other for other in others.split()]
    return forms


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf8"))
