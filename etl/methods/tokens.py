"""Cut a text into tokens and sentences with their places: what quotes, mentions and citations are read from.

A token is a word with its inner marks (`O'Malley`, `U.S.`, `e-mail`), a possessive `'s`, an elided article (`l'`,
`dell'`) or a single other character. A sentence ends at a full stop, question mark or ellipsis before a capital, a
digit or an opening mark, and at every line break; not after an abbreviation or an initial. Reports that give no space
after a full stop are cut there too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from etl.methods.lexicon import FOLDER, read_lists

ELIDING = frozenset({"fr", "it", "ca"})  # languages that write an article and its noun as one word

_INNER = r"(?:[-&@_]|\.(?=[a-z\d])|['’](?!s\b))"
_WORD = rf"(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)+|[^\W_]+(?:{_INNER}[^\W_]+)*"
_TOKEN = re.compile(rf"['’]s\b|{_WORD}|[^\s\w]|_")
_INVERTED = r"-(?:t-)?(?:ils?|elles?|on|je|nous|vous)\b"  # a-t-il dit: the pronoun is a token of its own
_ELIDED_WORD = rf"(?:[^\W\d_]\.){{2,}}|\d+(?:[.,]\d+)+|[^\W_]+(?:(?!{_INVERTED}){_INNER}[^\W_]+)*"
_ELIDED_TOKEN = re.compile(rf"{_INVERTED}|[^\W\d_]{{1,8}}['’](?=[^\W\d_])|{_ELIDED_WORD}|[^\s\w]|_")

_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s)|[。！？]+[」』）]*|[؟۔][\"”»)]*(?=\s)|(?<=[a-z])\.(?=[A-Z][a-z])|\s*\n\s*")
_LETTERED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_ABBREVIATED = re.compile(r"(?:^|[\s(\"“„«'‘])([^\s(\"“„«]{1,12})\.$")

# Words that end with a full stop within a sentence, in their case; single letters and letters with stops (U.S.) always do.
_LISTS = read_lists(FOLDER / "general.toml")
ABBREVIATIONS = frozenset(_LISTS["sentences.abbreviations"])
NUMBERED = frozenset(_LISTS["sentences.numbered"])  # abbreviations before a number only


_PLACE_WORD = r"(?:[A-ZÄÖÜÉÑ][\w'’.-]*|/|" + "|".join(_LISTS["sentences.place_words"]) + ")"
# where and by whom a text was written: LONDON, June 3 (Reuters) -; Oberfeld –
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE_WORD}(?:[ /](?!\(){_PLACE_WORD})*)(?:, [^\n().!?]{{2,25}}\.?(?: \d{{1,2}})?)?"
    r"(?: ?\([^()\n]{2,40}\))? ?[–—-]{1,2} (?=\S)"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's tokens: as written, in lower case, and where each starts and ends, in characters."""

    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)


@lru_cache(maxsize=8)
def read_tokens(text: str, language: str | None = None) -> Tokens:
    """Cut a text into tokens. The last few are remembered, since several methods read the same text in turn."""
    pattern = _ELIDED_TOKEN if language in ELIDING else _TOKEN
    found = [(match.group(), *match.span()) for match in pattern.finditer(text)]
    words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Tokens(words, tuple(word.lower() for word in words), starts, ends)


@lru_cache(maxsize=8)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence starts and ends, in characters, without the space around it."""
    spans, start = [], 0
    for match in _END.finditer(text):
        if not is_sentence_end(text, match):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return tuple(trimmed for span in spans if (trimmed := _trimmed(text, *span)))


def is_sentence_end(text: str, match: re.Match[str]) -> bool:
    """Tell whether marks that could end a sentence do so here."""
    marks = match.group()
    if "\n" in marks or marks[0] in "。！？":
        return True
    following = text[match.end() : match.end() + 3].lstrip()[:1]
    return not (following.islower() or (marks == "." and is_abbreviation(text, match.start() + 1)))


def is_abbreviation(text: str, end: int) -> bool:
    """Tell whether the word whose full stop is right before `end` is an abbreviation or an initial."""
    match = _ABBREVIATED.search(text[max(0, end - 14) : end])
    if not match:
        return False
    word = match.group(1).rpartition("-")[2]
    if word in NUMBERED:
        return text[end : end + 2].strip()[:1].isdigit()
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()) or bool(_LETTERED.match(word))


def dateline_end(text: str) -> int:
    """Return where a dateline at the beginning of a text ends, its dash included; 0 if there is none."""
    match = _DATELINE.match(text)
    return match.end() if match else 0


def sentence_at(spans: tuple[tuple[int, int], ...], position: int) -> tuple[int, int]:
    """Return the span of the sentence that holds a position; the nearest before it where none does."""
    return spans[max(0, bisect_right(spans, (position, 1 << 60)) - 1)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
