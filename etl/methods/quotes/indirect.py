"""Find what a named speaker says in other words: Smith said that; according to Smith.

Only clauses that a verb of speech governs by a conjunction (or, in English, by nothing), and only where the speaker
is named in the same sentence; a sentence with a quote of its own is left to the quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.methods.lexicon.grammar import Grammar
from etl.methods.quotes.cues import Cue, Tokens, find_cues
from etl.methods.quotes.frames import Frame

LEAST_WORDS = 4

_OBJECT = r"(?:[IJ]?[Dd]?[oNO#']{0,5})"  # whom it is said to: told reporters
_CONJUNCTION = re.compile(rf"{_OBJECT}(?:[IJ]?D?T+)*,?[RC]")
_NOTHING = re.compile(r"(?:[IJ]?D?T+)*(?=[PDdNo#])")
_COMMA = re.compile(rf"{_OBJECT}(?:[IJ]?D?T+)*,(?=[PDdNo#I])")


@dataclass(frozen=True, slots=True)
class Reported:
    """A clause in other words than the speaker's: tokens of the clause and of the speaker, and the verb."""

    clause: Tokens
    subject: Tokens
    verb: int


def find_reported(frame: Frame, sentence: Tokens, grammar: Grammar) -> Iterator[Reported]:
    """Yield the reported clause of a sentence, if it has one and no quote."""
    first, last = sentence
    if "Q" in frame.letters[first:last]:
        return
    for cue in find_cues(frame, sentence, grammar):
        clause = _clause(frame, sentence, cue, grammar) if cue.is_strong else None
        if clause and _words(frame, clause) >= LEAST_WORDS:
            yield Reported(clause, (cue.first, cue.last), cue.verb)
            return


def _clause(frame: Frame, sentence: Tokens, cue: Cue, grammar: Grammar) -> Tokens | None:
    first, last = sentence
    after = max(cue.verb + 1, cue.last)
    end = last - 1 if frame.letters[last - 1] == "." else last
    if frame.letters[cue.verb] in "Kk":
        return _beside_according(frame, sentence, cue, end)
    conjunction = _CONJUNCTION.match(frame.letters, after, end)
    if conjunction and frame.words[conjunction.end() - 1] in grammar.that:
        return conjunction.end(), end
    if frame.words[cue.verb] in grammar.bare:
        pattern = _COMMA if grammar.has_capital_nouns else _NOTHING
        bare = pattern.match(frame.letters, after, end)
        if bare and not cue.is_inverted:
            return bare.end(), end
    if end - after <= 3 and frame.letters[min(cue.first, cue.verb) - 1 : min(cue.first, cue.verb)] == ",":
        return first, min(cue.first, cue.verb) - 1
    return None


def _beside_according(frame: Frame, sentence: Tokens, cue: Cue, end: int) -> Tokens | None:
    start = min(cue.first, cue.verb)
    after = max(cue.last, cue.verb + 1)
    if start - sentence[0] > LEAST_WORDS and frame.letters[start - 1] == ",":
        return sentence[0], start - 1
    if frame.letters[after : after + 1] == ",":
        return after + 1, end
    # without a comma, as in German: Laut Merkel ist …
    return (after, end) if frame.letters[after : after + 1] in ("A", "V", "W", "o") else None


def _words(frame: Frame, tokens: Tokens) -> int:
    return sum(letter not in ",.-():x" for letter in frame.letters[tokens[0] : tokens[1]])
