"""Names of several words, found in a text by their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")


class NameIndex(Generic[Value]):
    """Names as sequences of words, each with what it stands for; the longest name at a place is found first."""

    def __init__(self) -> None:
        """Begin without names."""
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._names: dict[tuple[str, ...], list[Value]] = {}

    def add(self, words: Sequence[str], value: Value) -> None:
        """Add a name; one that is added again keeps both meanings, the first one first."""
        name = tuple(words)
        self._names.setdefault(name, []).append(value)
        lengths = {*self._lengths.get(name[0], ()), len(name)}
        self._lengths[name[0]] = tuple(sorted(lengths, reverse=True))

    def __contains__(self, first: str) -> bool:
        """Tell whether a name begins with a word."""
        return first in self._lengths

    def at(self, words: tuple[str, ...], place: int) -> Iterator[tuple[int, Value]]:
        """Yield the names that begin at a place of a text, the longest first: how many words, and what it stands for."""
        for length in self._lengths.get(words[place], ()):
            if place + length <= len(words):
                for value in self._names.get(words[place : place + length], ()):
                    yield length, value
