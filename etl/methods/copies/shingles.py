"""Texts as rows of numbers: one for each word, and one for each run of a few words, its shingle."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.methods.words import UNSPACED, spaced_words, word_spans

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]

SAMPLED = 4  # one shingle in so many is kept: a text of 400 words is known by a hundred
_TABLE = 1 << 16  # letters of a text for which powers are at hand; a longer text has its own
_HEAD = 400  # characters by which a text's script is told
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd and without pattern (the golden ratio's digits): mixes well
_NOT_SPACED = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]+")


class Scale(NamedTuple):
    """What counts as a passage, in words: pairs of characters in scripts without spaces."""

    shingle: int  # words of the shortest run that counts as the same
    gap: int  # other words that may stand between two runs of one passage
    passage: int  # words of the shortest passage


# A passage of fifteen words is a sentence: own texts on the same event share shorter ones by chance and by custom.
SPACED_SCALE = Scale(shingle=5, gap=4, passage=15)
UNSPACED_SCALE = Scale(shingle=10, gap=8, passage=30)


class CodedText(NamedTuple):
    """A text's words as numbers, its shingles as numbers, and the scale of its script."""

    words: Codes
    shingles: Codes  # the one at index i begins with the word at index i
    scale: Scale
    starts: Places  # of the words, in the folded text
    letters: int  # of the folded text

    def samples(self) -> tuple[Codes, Places]:
        """Return the shingles kept of the text, each once and in order of size, and the word each begins with."""
        places = np.flatnonzero(self.shingles % SAMPLED == 0)
        codes, first = np.unique(self.shingles[places], return_index=True)
        return codes, places[first]


def code_text(text: str) -> CodedText:
    """Turn a text into the codes of its words and shingles."""
    spaced, scale = spaced_words(text), _scale_of(text)
    words, starts = _word_codes(spaced)
    return CodedText(words, _shingles(words, scale.shingle), scale, starts, len(spaced))


def _word_codes(spaced: str) -> tuple[Codes, Places]:
    """Return a number for each word of a text whose words stand between spaces, the same on every machine; and its start.

    A word's number is the sum of its letters, each times the power of a factor by its place in the word: the sums of all
    words come from one running sum over the text (Karp and Rabin 1987).
    """
    letters = np.frombuffer(f" {spaced} ".encode("utf-32-le", "surrogatepass"), np.uint32)
    is_letter = letters != ord(" ")
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(len(letters))
    sums = np.cumsum(letters * powers)
    codes = (sums[ends - 1] - sums[starts - 1]) * inverses[starts]
    return ((codes * _FACTOR) >> np.uint64(32)).astype(np.uint32), starts - 1


@lru_cache(maxsize=2)
def _power_table(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the powers of the factor and of its inverse, modulo 2 to the 64."""
    inverse = np.uint64(pow(int(_FACTOR), -1, 1 << 64))
    powers, inverses = (np.cumprod(np.full(length, base), dtype=np.uint64) for base in (_FACTOR, inverse))
    return powers, inverses


def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    powers, inverses = _power_table(max(_TABLE, 1 << length.bit_length()))
    return powers[:length], inverses[:length]


def _scale_of(text: str) -> Scale:
    head = text[:_HEAD]
    if head.isascii() or 2 * len(_NOT_SPACED.findall(head)) < len(head):
        return SPACED_SCALE
    return UNSPACED_SCALE


def _shingles(words: Codes, length: int) -> Codes:
    count = max(0, len(words) - length + 1)
    mixed = words[:count].astype(np.uint64)
    for offset in range(1, length):
        mixed = (mixed * _FACTOR) ^ words[offset : offset + count]
    return ((mixed * _FACTOR) >> np.uint64(32)).astype(np.uint32)


def word_starts(text: str, coded: CodedText) -> list[int]:
    """Return where each word of a text begins, in characters."""
    if _is_in_place(text, coded.letters):
        starts: list[int] = coded.starts.tolist()
        return starts
    return [line.start() + start for line in _LINE.finditer(text) for start in _starts_within(line.group())]


def _starts_within(line: str) -> list[int]:
    spaced = spaced_words(line)
    if _is_in_place(line, len(spaced)):
        return [word.start() for word in _WORD.finditer(spaced)]
    return [start for start, _ in word_spans(line)]


def _is_in_place(text: str, letters: int) -> bool:
    """Tell whether folding keeps every character in its place: nearly always, and twenty times faster than to look."""
    return letters == len(text) and all(map(_keeps_place, set(text)))


@lru_cache(maxsize=4096)
def _keeps_place(letter: str) -> bool:
    return len(spaced_words(f"a{letter}a")) == 3
