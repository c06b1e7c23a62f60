"""Addresses of articles: each source makes them in its own way."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from urllib.parse import quote

from etl.newsroom.desk import Task
from etl.newsroom.world import read_world

MOST_LETTERS = 64
_COMBINING = re.compile("[\u0300-\u036f]")
_SPELLED = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "œ": "oe"})


class AddressBook:
    """Gives every article an address that no other has."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._given: set[str] = set()

    def give(self, task: Task, title: str) -> str:
        """Return an address for an article with this title."""
        source = task.source
        number = self._numbers.get(source.source_id, 1000) + 3
        self._numbers[source.source_id] = number
        local = source.local(task.published_at)
        slug = slug_of(title)
        path = source.address.format(
            section=section_of(task.event.kind.section, task.language)[0],
            language=task.language,
            year=local.year,
            month=local.month,
            day=local.day,
            slug=slug,
            number=number,
        )
        if f"{source.host}{path}" in self._given:
            path = path.replace(slug, f"{slug}-{number}")
        self._given.add(f"{source.host}{path}")
        return f"http://{source.host}{path}"


@cache
def section_of(section: str, language: str) -> tuple[str, str]:
    """Return a section as addresses and as readers have it."""
    name, _, said = read_world("sections")[language][section].partition(" | ")
    return name, said


def slug_of(title: str) -> str:
    """Turn a headline into the words of an address; Arabic letters are percent-encoded, Japanese ones left out."""
    plain = unicodedata.normalize("NFKD", title.translate(_SPELLED))
    letters = _COMBINING.sub("", plain).lower()
    words = re.sub(r"[^a-z0-9\u0621-\u064a]+", "-", letters.replace("'", "").replace("’", "")).strip("-")
    return quote(words[:MOST_LETTERS].rstrip("-")) or "article"
