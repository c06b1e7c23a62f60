"""Names that are known beforehand: places in every language, outlets, given names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from etl.methods.lexicon import FOLDER, load_lexicon

_NO_COUNTRIES = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"])  # codes of CLDR for unions, tests and the unknown
_NO_CITIES = ("Etc/", "Antarctica/", "Atlantic/", "Indian/")  # zones named after islands and stations
# How names change by case, as pairs of the ending to cut and the endings it may give way to; only what place names commonly do.
_CASES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "de": (("", "s"),),
    "ru": (
        ("ия", "ии ию ией"), ("ий", "ия ию ием ии"), ("ь", "и я ю ем ью е"), ("я", "и е ю ей"), ("ка", "ки ке ку кой"), ("а", "ы е у ой"), ("й", "я ю ем е"),
        ("н", "на ну ном не"), ("р", "ра ру ром ре"), ("т", "та ту том те"), ("д", "да ду дом де"), ("к", "ка ку ком ке"),
        ("в", "ва ву вом ве вым"), ("л", "ла лу лом ле"), ("г", "га гу гом ге"), ("м", "ма му мом ме"), ("с", "са су сом се"), ("б", "ба бу бом бе"), ("п", "па пу пом пе"), ("ф", "фа фу фом фе"), ("з", "за зу зом зе"), ("х", "ха ху хом хе"), ("ш", "ша шу шем ше"),
    ),
}  # fmt: skip


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
            names = lists.get(key, "").lower().split()
            for name in (
                form for name in names for form in (case_forms(name, "ru") if script == "cyrillic" else [name])
            ):
                genders[name] = gender if genders.get(name, gender) == gender else ""
    return genders


def stem(word: str, language: str | None) -> str:
    """Return what a name keeps through all cases, in lower case: смирнов of Смирнов, Смирнова, Смирновой; the word itself where names stay."""
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
    """Return places by their names in lower case, in a language and in English; every form that a name takes by case leads to it."""
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


def case_forms(name: str, language: str) -> list[str]:
    """Return a name and its forms in other cases."""
    forms = [name]
    for ending, others in _CASES.get(language, ()):
        if name.endswith(ending):
            stem = name[: len(name) - len(ending)]
            return forms + [stem + other for other in others.split()]
    return forms


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf8"))
