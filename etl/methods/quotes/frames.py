"""Read a text as sentences of token classes, with each quote as one token: what the rules for speakers look at.

A frame is a list of tokens and, beside it, a string with one letter per token, so that a rule is a regular expression
over letters:

    V, W  verb of speech, strong or weak      K, k  "according to", before or after the name    Q  a quote
    P  pronoun that can be a subject          D, d  determiner; one that no subject has         N  word with a capital
    o  any other word                         J  preposition that joins a name's parts          #  number
    R  relative pronoun                       I  other preposition                              '  possessive
    T  word of time                           C, c  conjunction, coordinating one               A  auxiliary
    O  title of a person                      .  end of a sentence                              B  adverb
    :  colon    ,  comma    -  dash           (  )  brackets                                    x  anything else
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from etl.methods.lexicon.grammar import Grammar, load_grammar
from etl.methods.quotes.marks import Span, find_spans
from etl.methods.tokens import Tokens, dateline_end, is_abbreviation, read_tokens

_MARKS = {
    **dict.fromkeys(",;،", ","),
    **dict.fromkeys(":：", ":"),
    **dict.fromkeys("-–—―", "-"),
    **dict.fromkeys("([", "("),
    **dict.fromkeys(")]", ")"),
}
_MARKS |= {"'s": "'", "’s": "'"}
_ENDS = frozenset(".!?…")
LONGEST_SENTENCE = 300  # tokens; what has no full stop for so long is a table
MIN_ADVERB = 4  # shorter words with such an ending are seldom adverbs: only, ally, cosa
_CONTRACTED = re.compile(r"(?<=P)'")  # he's
_NOUN_OF_SPEECH = re.compile(r"(?<=[D'])[VW]")
# “…?” he asked; “…!” said Smith, a baker
_ATTRIBUTION = re.compile(r"Q(?:(?:P|D?[oNO#'J]+)(?:,[^.Q]*,|\([^.Q]*\))?[ABT]{0,2}[VW](?![RQ:])|[VW][ABT]?[DPNO])")


@dataclass(frozen=True, slots=True)
class Frame:
    """Tokens of a text with quotes as single tokens: letters, words, places, the quote's number (-1: none), sentence edges."""

    letters: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quotes: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]


@lru_cache(maxsize=8)
def read_frame(text: str, language: str | None) -> tuple[list[Span], Frame]:
    """Return a text's quotes and its frame. The last few are remembered, since several methods read the same text in turn."""
    spans = find_spans(text)
    return spans, build_frame(text, language, spans)


def build_frame(text: str, language: str | None, spans: list[Span]) -> Frame:
    """Put tokens and quotes into one sequence and find its sentences."""
    grammar = load_grammar(language)
    units = list(_units(text, read_tokens(text, language), spans, grammar))
    if not units:
        return Frame("", (), (), (), (), ())
    letters, words, starts, ends, quotes = zip(*units, strict=True)
    classes = _CONTRACTED.sub("A", "".join(letters))
    if grammar.has_noun_forms:
        classes = _NOUN_OF_SPEECH.sub("o", classes)
    frame = Frame(classes, words, starts, ends, quotes, ())
    return replace(frame, sentences=tuple(_sentences(text, frame, spans)))


def _units(text: str, tokens: Tokens, spans: list[Span], grammar: Grammar) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield letter, word, start, end and number of quote of each token outside quotes, and of each quote."""
    waiting = iter([*enumerate(spans), (-1, Span(len(text) + 1, 0, 0, 0))])
    number, span = next(waiting)
    at, is_start = 0, True
    while at < len(tokens):
        start, end, word = tokens.starts[at], tokens.ends[at], tokens.lower[at]
        if start >= span.outer_start:
            yield "Q", "", span.outer_start, span.outer_end, number
            at = bisect_left(tokens.starts, span.outer_end, at)
            number, span = next(waiting)
            is_start = False
            continue
        length = _phrase_length(tokens, at, grammar) if word in grammar.phrases else 0
        if length:
            yield "K", word, start, tokens.ends[at + length - 1], -1
        elif not (word == "." and is_abbreviation(text, end)):
            yield _letter(tokens.words[at], word, grammar, is_start), word, start, end, -1
        is_start = word in _ENDS
        at += length or 1


def _phrase_length(tokens: Tokens, at: int, grammar: Grammar) -> int:
    fitting = (
        len(phrase) for phrase in grammar.phrases[tokens.lower[at]] if tokens.lower[at : at + len(phrase)] == phrase
    )
    return max(fitting, default=0)


def _letter(word: str, lower: str, grammar: Grammar, is_start: bool) -> str:
    first = word[0]
    letter = grammar.letters.get(lower)
    if letter:
        # a capital within a sentence makes a name of a word: Post, Hope, Will
        return "N" if first.isupper() and not is_start and letter in "VWABo" else letter
    if first.isupper():
        return "N"
    if first.isdigit():
        return "#"
    if lower in _MARKS:
        return _MARKS[lower]
    if first.isalpha() and grammar.attached and lower.startswith(grammar.attached):
        return "I"
    if first.isalpha():
        return "B" if len(lower) > MIN_ADVERB and lower.endswith(grammar.adverb_endings) else "o"
    return "." if first in _ENDS else "x"


def _sentences(text: str, frame: Frame, spans: list[Span]) -> Iterator[tuple[int, int]]:
    """Yield the first token of each sentence and the one after its last."""
    first, dateline = 0, dateline_end(text)
    for at in range(1, len(frame.words)):
        is_after_dateline = frame.starts[at - 1] < dateline <= frame.starts[at]
        if is_after_dateline or at - first == LONGEST_SENTENCE or _is_edge(text, frame, spans, at):
            yield first, at
            first = at
    yield first, len(frame.words)


def _is_edge(text: str, frame: Frame, spans: list[Span], at: int) -> bool:
    """Tell whether a sentence ends between a token and the one before it."""
    before = frame.letters[at - 1]
    if before == ".":
        return frame.letters[at] not in ".,):" and not text[frame.starts[at]].islower()
    if "\n" in text[frame.ends[at - 1] : frame.starts[at]]:
        return True
    if before != "Q" or text[frame.starts[at]].islower() or frame.letters[at] in ",.:-)":
        return False
    last = text[spans[frame.quotes[at - 1]].end - 1]
    return last == "." or (last in "!?…" and not _ATTRIBUTION.match(frame.letters, at - 1))
