"""Which names are one entity: within an article, across articles and across languages.

Within an article a mention already has its longest form. Across articles a name leads to an entity by the file of
aliases, which users extend; by the country that it names in any language; and by what all articles together show: a
surname alone is the person whose full name ends with it, unless two people of the corpus share that surname; a name
with an initial more or less, or with other accents, is the same name.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from babel import Locale

from etl.methods.lexicon import FOLDER
from etl.methods.lexicon.gazetteer import place_names
from etl.records import MentionKind

Origin = Literal["file", "country", "surname", "spelling"]


@dataclass(frozen=True, slots=True)
class EntityAlias:
    """A form of a name, the entity that it leads to, and why."""

    alias: str
    name: str
    kind: MentionKind
    origin: Origin


class Aliases:
    """Names that are known to be others: from files, and countries in any language."""

    def __init__(self, *paths: Path) -> None:
        """Read our file and those of users; a later file goes before an earlier one."""
        self._known: dict[tuple[MentionKind, str], str] = {}
        for path in (FOLDER / "aliases.toml", *paths):
            self._known |= dict(_read(path))

    def resolve(self, name: str, kind: MentionKind, *, language: str | None = None) -> EntityAlias | None:
        """Return the entity that a name is known to be, if it is another name than the entity's own."""
        known = self._known.get((kind, _folded(name)))
        if known:
            return EntityAlias(name, known, kind, "file") if known != name else None
        place = place_names(language).get(name.lower()) if kind == "place" else None
        if place and place.is_country:
            country = _country_name(place.country)
            return EntityAlias(name, country, kind, "country") if country and country != name else None
        return None


def find_aliases(
    counts: Mapping[tuple[str, MentionKind], int], aliases: Aliases, *, language: str | None = None
) -> list[EntityAlias]:
    """Return which names of a corpus are others of it; counts says how many articles have each name.

    Two people of one surname are never merged: a surname that two full names share leads to neither.
    """
    found = {key: alias for key in counts if (alias := aliases.resolve(*key, language=language))}
    spellings: dict[tuple[MentionKind, str], list[str]] = defaultdict(list)
    for name, kind in counts:
        if (name, kind) not in found:
            spellings[kind, _spelling(name)].append(name)
    for (kind, _), names in spellings.items():
        if len({initials for name in names if (initials := _initials(name))}) > 1:
            continue  # George W. Bush and George H. W. Bush
        best = max(sorted(names), key=lambda name: counts[name, kind])
        found |= {(name, kind): EntityAlias(name, best, kind, "spelling") for name in names if name != best}
    found |= _surnames([name for name, kind in counts if kind == "person"], found)
    return sorted(found.values(), key=lambda alias: (alias.kind, alias.alias))


def _surnames(
    people: Iterable[str], found: Mapping[tuple[str, MentionKind], EntityAlias]
) -> dict[tuple[str, MentionKind], EntityAlias]:
    """Return the surnames that lead to one full name only."""
    full: dict[str, set[str]] = defaultdict(set)
    alone: set[str] = set()
    for person in people:
        alias = found.get((person, "person"))
        name = alias.name if alias else person
        for form in (name, person):
            if " " in form:
                full[_folded(form.rpartition(" ")[2])].add(name)
        if " " not in person and alias is None:
            alone.add(person)
    return {
        (person, "person"): EntityAlias(person, next(iter(full[_folded(person)])), "person", "surname")
        for person in sorted(alone)
        if len(full.get(_folded(person), ())) == 1
    }


def _read(path: Path) -> Iterable[tuple[tuple[MentionKind, str], str]]:
    """Yield each form of a file with the entity's name."""
    sections = tomllib.loads(path.read_text(encoding="utf8"))
    for kind in get_args(MentionKind):
        for name, forms in sections.get(kind, {}).items():
            for form in (name, *forms):
                yield (kind, _folded(form)), name


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    return dict(Locale("en").territories)


def _country_name(code: str) -> str | None:
    return _countries().get(code)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("’", "'").split())


def _spelling(name: str) -> str:
    """Return what spellings of one name have in common: no accents, no initials, no article, no hyphens."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", _folded(name)) if not unicodedata.combining(letter)
    )
    words = bare.removeprefix("the ").replace("-", " ").replace(".", " ").split()
    long = [word for word in words if len(word) > 1]
    return " ".join(long if len(long) > 1 else words)  # John F. Kennedy is John Kennedy, J. Smith is not Smith


def _initials(name: str) -> str:
    return " ".join(word for word in _folded(name).replace(".", " ").split() if len(word) == 1)
