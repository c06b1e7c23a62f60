"""What goes through the pipes between a stage and the process that collects for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """An address to be asked; the answer is a PageAnswer whose link_id is the number."""

    number: int
    url: str
    headers: tuple[tuple[str, str], ...] = ()  # beside the usual ones, such as If-None-Match
    is_feed: bool = False  # feeds may be larger than pages, and of any type


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question that was not asked, because its host wants to be left alone in this run."""

    number: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """The collecting process found a mistake of its own, and ends."""

    text: str
