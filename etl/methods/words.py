"""Cut text into the words by which it is searched: one normalisation for index, queries, topics and marks.

A word is a run of letters, marks and digits. Letter case, compatibility forms and accents do not matter: NFC, then NFKC
and case folding of each character with marks stripped on Latin and Greek letters, then NFC again. The breve of Cyrillic
short i and the voicing marks of Japanese are letters and stay; accents that no letter takes up, the vowel points of Arabic
and Hebrew, and invisible characters go. Scripts without spaces become overlapping pairs of characters and a last single
one, so that any run of characters is a phrase.

The dataset holds the same rules as SQL macros (data/schema, generated from here by etl.dictionary); a test holds the two
equal.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

TITLE_WORDS = 1_000  # of a title, more are not indexed
TEXT_START = (
    2_001  # position of a text's first word: no phrase, and no distance up to 1,000, reaches from title to text
)

UNSPACED = (  # scripts written without spaces: Thai, Lao, Myanmar, Khmer, Han, Hiragana, Katakana
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59\u0e80-\u0eff\u1000-\u1049\u1050-\u109d\u1780-\u17d3\u17e0-\u17f9\u3005-\u3007\u3021-\u3029"
    "\u3031-\u3035\u3038-\u303c\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9fe\uaa60-\uaa7f"
    "\uf900-\ufaff\U00020000-\U000323af"
)
POINTS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
INVISIBLE = "\u00ad\u0640\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
STROKES = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
)  # have no mark to strip

_DROPPED = re.compile(f"[{POINTS}{INVISIBLE}]")
_UNSPACED = re.compile(f"[{UNSPACED}]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def is_word_letter(letter: str) -> bool:
    """Tell whether a character is part of words: a letter, a mark or a digit."""
    return unicodedata.category(letter)[0] in "LMN"


def fold_letter(letter: str) -> str:
    """Return what one character of an NFC text counts as, which may be several or none."""
    if _DROPPED.match(letter):
        return ""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", letter).casefold())
    return "".join(_without_mark(part) for part in folded if not _DROPPED.match(part)).translate(STROKES)


def _without_mark(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if unicodedata.name(base, "").startswith(("LATIN", "GREEK")) else letter


def fold(text: str) -> str:
    """Return the text with each character folded, all else in its place."""
    folded = "".join(map(fold_letter, unicodedata.normalize("NFC", text)))
    return unicodedata.normalize("NFC", folded)


class _Letters(dict[int, str]):
    """What each character becomes in the text that is cut at spaces; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = fold_letter(chr(code))
        self[code] = "".join(part if is_word_letter(part) else " " for part in folded)
        return self[code]


_LETTERS = _Letters()


def spaced_words(text: str) -> str:
    """Return the text's words in order, folded, with spaces between them."""
    # the few letters beyond ASCII of a Western text first: what is then plain ASCII is translated ten times faster
    plain = _FOREIGN.sub(lambda run: run.group().translate(_LETTERS), unicodedata.normalize("NFC", text))
    spaced = plain.translate(_LETTERS)
    return spaced if spaced.isascii() else _UNSPACED.sub(_pairs, unicodedata.normalize("NFC", spaced))


def _pairs(run: re.Match[str]) -> str:
    letters = run.group()
    return f" {' '.join(first + second for first, second in pairwise(letters))} {letters[-1]} "


def words_of(text: str) -> list[str]:
    """Return the text's words in order: the word at index i has position i + 1."""
    return spaced_words(text).split()


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each word of `words_of` stands in the text: start and end, in characters.

    A pair of characters of a script without spaces spans both. Where folding joins characters across a word so that
    single places are lost (rare: half-width voicing marks, jamo), each word spans the whole run between spaces.
    """
    spans: list[tuple[int, int]] = []
    for chunk in re.finditer(r"\S+", text):
        spans += _spans_within(chunk.group(), chunk.start())
    return spans


def _spans_within(chunk: str, start: int) -> list[tuple[int, int]]:
    places, joined = [], []
    for place, letter in enumerate(unicodedata.normalize("NFC", chunk)):
        folded = _LETTERS[ord(letter)]
        places += [place] * len(folded)
        joined.append(folded)
    spaced = "".join(joined)
    exact = unicodedata.is_normalized("NFC", chunk) and unicodedata.is_normalized("NFC", spaced)
    if not exact:
        return [(start, start + len(chunk))] * len(words_of(chunk))
    spans = []
    for run in re.finditer(f"[{UNSPACED}]+|[^ {UNSPACED}]+", spaced):
        first, last = run.start(), run.end() - 1
        if _UNSPACED.match(run.group()):
            ends = [*range(first + 1, last + 1), last]
            spans += [
                (start + places[at], start + places[end] + 1)
                for at, end in zip(range(first, last + 1), ends, strict=True)
            ]
        else:
            spans.append((start + places[first], start + places[last] + 1))
    return spans
