"""Patterns: sentences with alternatives and slots, such as "[At least|No fewer than] {dead} people [died|were killed]".

A slot is a fact's name, may name a form of it after a dot or a mark ({mayor.last}, {a,}), and may choose words by
the gender of a person ({mayor:he|she}). A line that begins with (cause=rain) is there only for events of that cause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

_SLOT = re.compile(r"(\w+)(?:[.:]?)(.*)", re.DOTALL)
_SIGNS = re.compile(r"[\[\]{}|]")
_CONDITION = re.compile(r"\((\w+)=([\w|-]+)\) *")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a fact, in one of its forms."""

    name: str
    form: str = ""
    by_gender: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """Alternatives, of which one is said."""

    options: tuple[Nodes, ...]


Nodes = tuple["str | Slot | Either", ...]
Resolve = Callable[[Slot], str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of the word files, and when it may be used."""

    nodes: Nodes
    only_if: tuple[str, frozenset[str]] | None = None

    def suits(self, options: Mapping[str, str]) -> bool:
        """Say whether an event with these options may be told by this line."""
        return self.only_if is None or options.get(self.only_if[0]) in self.only_if[1]


@cache
def parse_pattern(line: str) -> Pattern:
    """Read one line; ValueError where a bracket is not closed."""
    condition = _CONDITION.match(line)
    if condition:
        wanted = (condition[1], frozenset(condition[2].split("|")))
        return Pattern(_parse_nodes(line[condition.end() :]), wanted)
    return Pattern(_parse_nodes(line))


def expand(nodes: Nodes, resolve: Resolve, rng: Random) -> str:
    """Say a pattern: slots by what resolve answers, alternatives by the dice."""
    said = []
    for node in nodes:
        if isinstance(node, str):
            said.append(node)
        elif isinstance(node, Slot):
            said.append(resolve(node))
        else:
            said.append(expand(rng.choice(node.options), resolve, rng))
    return "".join(said)


def slots_of(nodes: Nodes) -> list[Slot]:
    """Return every slot of a pattern, those in alternatives too."""
    found = []
    for node in nodes:
        if isinstance(node, Slot):
            found.append(node)
        elif isinstance(node, Either):
            found += [slot for option in node.options for slot in slots_of(option)]
    return found


def pick(lines: Sequence[Pattern], turn: int, *, options: Mapping[str, str]) -> Pattern | None:
    """Choose the turn-th of the lines that suit, so that neighbours choose differently; None where none suits."""
    fitting = [line for line in lines if line.suits(options)]
    return fitting[turn % len(fitting)] if fitting else None


def _parse_nodes(text: str) -> Nodes:
    nodes: list[str | Slot | Either] = []
    place = 0
    while place < len(text):
        char = text[place]
        if char in "[{":
            end = _closing(text, place)
            inner = text[place + 1 : end]
            nodes.append(_parse_either(inner) if char == "[" else _parse_slot(inner))
            place = end + 1
        else:
            end = min((at for at in (text.find("[", place), text.find("{", place)) if at >= 0), default=len(text))
            nodes.append(text[place:end])
            place = end
    return tuple(nodes)


def _closing(text: str, start: int) -> int:
    pair = {"[": "]", "{": "}"}[text[start]]
    depth = 0
    for found in _SIGNS.finditer(text, start):
        depth += (found[0] == text[start]) - (found[0] == pair)
        if depth == 0:
            return found.start()
    raise ValueError(f"no {pair} closes what opens at character {start + 1} of {text!r}")


def _parse_either(inner: str) -> Either:
    parts, depth, begin = [], 0, 0
    for found in _SIGNS.finditer(inner):
        depth += (found[0] in "[{") - (found[0] in "]}")
        if found[0] == "|" and depth == 0:
            parts.append(inner[begin : found.start()])
            begin = found.end()
    return Either(tuple(_parse_nodes(part) for part in [*parts, inner[begin:]]))


def _parse_slot(inner: str) -> Slot:
    found = _SLOT.fullmatch(inner)
    if found is None:
        raise ValueError(f"no slot: {inner!r}")
    name, rest = found[1], found[2]
    if "|" in rest:
        man, woman = rest.split("|")
        return Slot(name, by_gender=(man, woman))
    return Slot(name, rest)
