"""This file cuts a text where something was found in it: matches of a query, quotes, names, citations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from etl.methods.words import TEXT_START, word_spans


@dataclass(frozen=True)
class Mark:
    """A stretch of characters, and what it is: match, quote, name, citation or shared."""

    start: int
    end: int
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of text with all that it is marked as."""

    text: str
    marks: tuple[Mark, ...] = ()


def find_match_marks(title: str, text: str, places: Iterable[tuple[int, int]]) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of matches in title and text; places are (word position, words) as `match_places` gives them."""
    spans = {False: word_spans(title), True: word_spans(text)}
    found: tuple[list[Mark], list[Mark]] = ([], [])
    for position, words in places:
        is_text = position >= TEXT_START
        at = position - TEXT_START if is_text else position - 1
        own = spans[is_text][at : at + max(words, 1)]
        if own:
            found[is_text].append(Mark(own[0][0], max(end for _, end in own), "match"))
    return found


def find_shared_marks(text: str, ranges: Iterable[tuple[int, int]]) -> list[Mark]:
    """Return the marks of passages that a copy and its original share; ranges are (first character, words)."""
    spans = word_spans(text)
    starts = [start for start, _ in spans]
    found = []
    for position, words in ranges:
        own = spans[(first := bisect_left(starts, position)) : first + words]
        if own:
            found.append(Mark(own[0][0], max(end for _, end in own), "shared"))
    return found


def marked(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """Cut a text at the ends of all marks; each piece has the marks that cover it."""
    kept = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text)} | {mark.start for mark in kept} | {mark.end for mark in kept})
    opening = sorted(kept, key=lambda mark: mark.start)
    pieces: list[Piece] = []
    covering: list[Mark] = []
    for start, end in pairwise(edges):
        covering = [mark for mark in covering if mark.end > start]
        while opening and opening[0].start == start:
            covering.append(opening.pop(0))
        pieces.append(Piece(text[start:end], tuple(covering)))
    return pieces


def paragraphs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Part marked pieces at empty lines."""
    parted: list[list[Piece]] = [[]]
    for piece in pieces:
        for nth, text in enumerate(piece.text.split("\n\n")):
            if nth:
                parted.append([])
            if text:
                parted[-1].append(Piece(text, piece.marks))
    return [part for part in parted if any(piece.text.strip() for piece in part)]
