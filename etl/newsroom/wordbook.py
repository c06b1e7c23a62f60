"""The word files: for every language, how each kind of event is told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from etl.newsroom.patterns import Nodes, Pattern, parse_pattern
from etl.newsroom.period import FOLDER
from etl.newsroom.world import Language

Lines = tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """What a speaker says: a sentence, perhaps cut in two, perhaps a second one, and the same as indirect speech."""

    first: Nodes
    halves: tuple[Nodes, Nodes] | None = None
    second: Nodes | None = None
    clause: Nodes | None = None


@dataclass(frozen=True, slots=True)
class StageWords:
    """How one stage of an event is told; each fact has several sentences of which one is said."""

    headline: Lines
    lead: Lines
    facts: tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class KindWords:
    """How one kind of event is told in one language."""

    stages: Mapping[str, StageWords]
    quotes: Mapping[str, tuple[QuoteLine, ...]]
    clauses: Lines
    words: Mapping[str, Mapping[str, tuple[str, ...]]]


@cache
def kind_words(language: Language) -> dict[str, KindWords]:
    """Return the words of every kind of event that a language can tell."""
    return {
        kind: _kind(tables)
        for path in sorted((FOLDER / "words" / language).glob("*.toml"))
        if path.stem != "frames"
        for kind, tables in _read(path).items()
    }


@cache
def frames(language: Language) -> dict[str, dict[str, Lines]]:
    """Return the frames of a language: what stands around quotes, citations and background in any article."""
    tables = _read(FOLDER / "words" / language / "frames.toml")
    return {
        name: {key: _lines(block) for key, block in table.items()} for name, table in tables.items() if name != "swaps"
    }


@cache
def twins(language: Language) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return words that may be said for each other outside of quotes: what to look for, and what to say instead."""
    table: dict[str, str] = _read(FOLDER / "words" / language / "frames.toml")["swaps"]
    both = {**table, **{_capital(word): _capital(twin) for word, twin in table.items()}}
    edge = "" if language == "ja" else r"\b"
    return re.compile(f"{edge}({_any_of(both)}){edge}"), both


def _any_of(words: Iterable[str]) -> str:
    """Return what matches any of the words, the longest that fits; by first letters, which halves the search."""
    longest_first = sorted(words, key=lambda word: (word[0], -len(word)))
    return "|".join(
        f"{first}(?:{'|'.join(re.escape(word[1:]) for word in those)})"
        for first, those in groupby(longest_first, key=lambda word: word[0])
    )


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf8"))


def _kind(tables: dict[str, Any]) -> KindWords:
    stages = {name: _stage(table) for name, table in tables.items() if name not in {"quotes", "clauses", "words"}}
    quotes = {role: tuple(map(_quote, block.strip().split("\n"))) for role, block in tables.get("quotes", {}).items()}
    words = {
        slot: {option: tuple(part.strip() for part in forms.split(" / ")) for option, forms in table.items()}
        for slot, table in tables.get("words", {}).items()
    }
    return KindWords(stages, quotes, _lines(tables.get("clauses", "")), words)


def _stage(table: dict[str, str]) -> StageWords:
    groups = [group for group in table["facts"].strip().split("\n\n") if group.strip()]
    return StageWords(
        _lines(table.get("headline", "")), _lines(table.get("lead", "")), tuple(_lines(group) for group in groups)
    )


def _lines(block: str) -> Lines:
    return tuple(parse_pattern(line) for line in block.strip().split("\n") if line.strip())


def _quote(line: str) -> QuoteLine:
    words, _, clause = (part.strip() for part in line.partition("=>"))
    first, _, second = (part.strip() for part in words.partition("||"))
    left, cut, right = (part.strip() for part in first.partition("//"))
    joiner = " " if first.isascii() or not _is_spaceless(first) else ""
    return QuoteLine(
        _nodes(f"{left}{joiner}{right}" if cut else first),
        (_nodes(left.rstrip(",、،")), _nodes(right)) if cut else None,
        _nodes(second) if second else None,
        _nodes(clause) if clause else None,
    )


def _is_spaceless(text: str) -> bool:
    return any("\u3040" <= char <= "\u30ff" for char in text)


def _nodes(text: str) -> Nodes:
    return parse_pattern(text).nodes
