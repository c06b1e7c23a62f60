"""Marks that say, inside a text in the making, what its parts are; read out at the end as positions.

Text is changed by rules of language after it was put together (contractions, capitals, quotation marks), so what is
known of its parts travels inside the text, in characters of Unicode's private use area.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from etl.newsroom.world import Entity, Person

OPEN, SHUT, CLOSE = "\ue000", "\ue001", "\ue002"
MARK = f"(?:{OPEN}\\d+{SHUT}|{CLOSE})"
_PARTS = re.compile(f"{OPEN}(\\d+){SHUT}|{CLOSE}")


class Named(NamedTuple):  # named tuples are made in a third of the time, and there are 100,000 of these
    """Here an entity is named; a person's first naming introduces it."""

    entity: Entity
    is_introduction: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Here stands what somebody said."""

    speaker: Person
    is_direct: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """Here a date is told."""

    day: date
    precision: Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Cited:
    """Here another source is named as origin of a report."""

    source_id: str
    name: str
    address: str | None
    has_hyperlink: bool
    is_dispute: bool = False
    disputer: Person | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """Here is a hyperlink."""

    url: str


Mark = Named | Said | Dated | Cited | Linked


class Span(NamedTuple):
    """A mark and where it lies in the clean text."""

    start: int
    end: int
    mark: Mark


class Marks:
    """The marks of one text, numbered."""

    def __init__(self) -> None:
        self.known: list[Mark] = []

    def wrap(self, mark: Mark, text: str) -> str:
        """Put a mark around a text."""
        self.known.append(mark)
        return f"{OPEN}{len(self.known) - 1}{SHUT}{text}{CLOSE}"

    def read(self, marked: str, at: int = 0) -> tuple[str, list[Span]]:
        """Return the clean text and where the marks lie, in order of their beginnings; the text itself lies at `at`."""
        clean, spans, length, place = [], [], at, 0
        open_marks: list[tuple[int, int]] = []
        for found in _PARTS.finditer(marked):
            piece = marked[place : found.start()]
            clean.append(piece)
            length += len(piece)
            place = found.end()
            if found[1] is not None:
                open_marks.append((int(found[1]), length))
            else:
                number, start = open_marks.pop()
                spans.append(Span(start, length, self.known[number]))
        clean.append(marked[place:])
        return "".join(clean), sorted(spans, key=lambda span: (span.start, -span.end))

    def holds(self, marked: str, *kinds: type) -> bool:
        """Say whether a marked text holds a mark of one of these kinds."""
        return any(isinstance(self.known[int(found[1])], kinds) for found in _PARTS.finditer(marked) if found[1])

    def introduces(self, marked: str) -> bool:
        """Say whether a marked text introduces a person."""
        numbers = (int(found[1]) for found in _PARTS.finditer(marked) if found[1])
        return any(isinstance(mark, Named) and mark.is_introduction for mark in map(self.known.__getitem__, numbers))


def plain(marked: str) -> str:
    """Return a text without its marks."""
    return _PARTS.sub("", marked)
