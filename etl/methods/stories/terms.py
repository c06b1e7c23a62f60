"""Read the terms of an article's title and opening: words, names as they sound, and numbers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from etl.methods.lexicon import load_lexicon
from etl.methods.stories.sounds import sound_of
from etl.methods.words import UNSPACED

FIELDS = ("title", "lead", "body", "names", "numbers")
LEAD_WORDS = 80
BODY_WORDS = 250
SLOTS = 1 << 21  # terms are told apart by their hash
STEM = 6  # letters: behind them, most languages only put endings
LEAST_SOUNDS = 3  # a shorter sound is shared by too many names
MOST_SOUNDS = 7
LONGEST_OPENING = 2_000  # characters that mostly hold BODY_WORDS words, and bound what a page of one line costs

# a number is one token with what separates its thousands and decimals
_TOKEN = re.compile(r"\w[\w'’]*(?:(?<=\d)[.,\u00a0\u2009\u202f]\d+)*")
_RUN_PART = re.compile(rf"\d+万\d*|\d+(?:[.,]\d+)*|[ァ-ヴー]{{3,}}|[{UNSPACED}]+|[^\W\d_{UNSPACED}]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_KATAKANA = re.compile("[ァ-ヴー]{3,}")
_APOSTROPHE = re.compile("['’]")
_NOT_DIGIT = re.compile(r"\D")
_GRAMMAR = ("determiners", "prepositions", "conjunctions", "relatives", "auxiliaries", "adverbs", "temporal", "oblique")
_KNOWN_TOKENS = 200_000  # more are forgotten together

# What a token counts as is one number: a word's slot, and above it the slot of a name or number; slot + 1, 0 is none.
_ABOVE = 24
_SLOT = (1 << _ABOVE) - 1
_IS_NUMBER = 1 << 2 * _ABOVE
_RUN = -1


@dataclass(frozen=True, slots=True)
class Terms:
    """The distinct terms of an article, and how often each stands in each of FIELDS: shapes (terms,) and (terms, fields)."""

    slots: NDArray[np.uint32]
    counts: NDArray[np.uint8]


class _Codes(dict[str, int]):
    """What each token counts as in one language; filled as tokens are met."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._stopped = load_lexicon(language).words(*(f"grammar.{name}" for name in _GRAMMAR))

    def __missing__(self, token: str) -> int:
        if _UNSPACED.search(token):
            return _RUN  # hardly two are alike
        if len(self) > _KNOWN_TOKENS:
            self.clear()
        self[token] = code = self._code(token)
        return code

    def _code(self, token: str) -> int:
        if token[0].isdigit():
            return _number_code(token)
        word = max(_APOSTROPHE.split(token), key=len)  # of l'exemple, O'Brien and Ukraine's
        folded = word.lower()
        if len(word) < 2 or folded in self._stopped or token.lower() in self._stopped:
            return 0
        has_case = folded != word.upper()
        return _word_code(folded[:STEM]) | (0 if has_case and word[0] == folded[0] else _name_code(word))


_codes_of = lru_cache(maxsize=64)(_Codes)


def _slot(term: str) -> int:
    return zlib.crc32(term.encode("utf8", "surrogatepass")) % SLOTS + 1


def _word_code(word: str) -> int:
    return _slot(word)


def _name_code(name: str) -> int:
    sound = sound_of(name)
    return _slot("~" + sound[:MOST_SOUNDS]) << _ABOVE if len(sound) >= LEAST_SOUNDS else 0


def _number_code(number: str) -> int:
    digits = significant_digits(number)
    return _slot("#" + digits) << _ABOVE | _IS_NUMBER if len(digits) > 1 else 0


def significant_digits(number: str) -> str:
    """Return a number's digits without separators and outer zeros: 16,900 and 1万6900 and 16 900 are one number."""
    great, is_myriad, small = number.partition("万")
    digits = _NOT_DIGIT.sub("", great)
    if is_myriad:
        digits += small.zfill(4)
    return str(int(digits)).rstrip("0") if digits else ""


def read_terms(title: str, text: str, language: str | None = None) -> Terms:
    """Read title and opening of an article; language (ISO 639-1) tells which words say nothing."""
    codes = _codes_of(language)
    head = _read(title, codes)
    read = np.array(head + _read(text[:LONGEST_OPENING], codes)[:BODY_WORDS], dtype=np.int64)
    place = np.arange(len(read)) - len(head)
    word, mark = read & _SLOT, read >> _ABOVE & _SLOT
    is_number = read >= _IS_NUMBER
    slots, field = np.concatenate((word, mark)), np.concatenate((_word_field(place), np.where(is_number, 4, 3)))
    slots, field = slots[slots > 0] - 1, field[slots > 0]
    distinct, term = np.unique(slots, return_inverse=True)
    counts = np.bincount(term * len(FIELDS) + field, minlength=len(distinct) * len(FIELDS)).reshape(-1, len(FIELDS))
    counts[:, 1] += counts[:, 0]  # the lead includes the title, the body both
    counts[:, 2] += counts[:, 1]
    return Terms(distinct.astype(np.uint32), np.minimum(counts, 255).astype(np.uint8))


def _word_field(place: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(place < 0, 0, np.where(place < LEAD_WORDS, 1, 2))


def _read(text: str, codes: _Codes) -> list[int]:
    tokens = _TOKEN.findall(text)
    read = [codes[token] for token in tokens]
    if _RUN not in read:
        return read
    return [part for token, code in zip(tokens, read, strict=True) for part in _parts(token, code, codes)]


def _parts(token: str, code: int, codes: _Codes) -> Iterator[int]:
    """Cut what is written without spaces: names in Katakana whole, all else into overlapping pairs."""
    if code != _RUN:
        yield code
        return
    for part in _RUN_PART.findall(token):
        if _KATAKANA.fullmatch(part):
            yield _word_code(part) | _name_code(part)
        elif _UNSPACED.match(part):
            yield from (_word_code(part[at : at + 2]) for at in range(max(1, len(part) - 1)))
        else:
            yield _number_code(part) if part[0].isdigit() else codes[part]
