"""Find the verbs of speech of a sentence and their subjects, by rules over a frame's letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.methods.lexicon.grammar import Grammar
from etl.methods.quotes.frames import Frame

Tokens = tuple[int, int]  # numbers of a frame's tokens, the last not included

_MIDDLE = r"(?:[AB]|[IJ]?[Dd]?o?T[T#]*|,B+,)*"  # what may stand between subject and verb: has, on Monday, last week
_COMMA_BEFORE_VERB = re.compile(rf"[,)-]{_MIDDLE}$")
_IS_BESIDE_QUOTE = re.compile(rf"Q[,-]?{_MIDDLE}$|^[cB]*$")
_APPOSITION_STARTS = frozenset("RDd#oOIJ(TVWAC")
_INTRODUCTIONS = ("C", "I", "J", "B", "T")
_CLAUSE = re.compile(r"[,-]c(?!$)")
_NESTED = re.compile(r"T*R?$")


@dataclass(frozen=True, slots=True)
class Patterns:
    """What a subject looks like in a language, in each place where one can stand."""

    before_verb: re.Pattern[str]
    before_comma: re.Pattern[str]
    after_verb: re.Pattern[str]
    first: re.Pattern[str]  # of a sentence, after an introduction that a comma closes
    signature: re.Pattern[str]  # “…” — Ada Smith
    after_quote: re.Pattern[str]  # “…,” Hollande retaliated: any verb
    before_quote: re.Pattern[str]  # Clinton shot back: “…”
    broken_in: re.Pattern[str]  # « …, explique Claire Dubois, … »


@lru_cache(maxsize=4)
def _patterns(joining: str, last: str) -> Patterns:
    # "the chief executive of Ford", "Sen. Lindsey Graham", "she", "a spokesman for the mayor of Austin"
    noun = rf"(?:(?!-)D{{0,2}}[oNO#'B-]*{last})"
    phrase = rf"(?:P|{noun}(?:{joining}d?{noun})*)"
    return Patterns(
        before_verb=re.compile(rf"(?P<subject>{phrase}|R){_MIDDLE}$"),
        before_comma=re.compile(rf"(?P<subject>{phrase}|R)$"),
        after_verb=re.compile(rf"{_MIDDLE}(?P<subject>{phrase})"),
        first=re.compile(rf"(?:[cCBT],?)*(?:[IJCVWA][^,.QR]*,)?(?:[cCB],?)*(?P<subject>{phrase})"),
        signature=re.compile(rf"Q-(?P<subject>{noun})(?=[,.(]|$)"),
        after_quote=re.compile(r"Q,?(?P<subject>P|D?[oO]*N+|D[oO]+(?=o))(?=[oA])"),
        broken_in=re.compile(rf"[,-]A{{0,2}}V(?P<subject>{phrase})[^VQ]{{0,12}}[,.-]"),
        before_quote=re.compile(
            rf"(?:^[IJ]?|[,:c.-])(?P<subject>{phrase})(?:(?<!,)[oABTIJDd#NO']*|[oABTIJDd#NO']+)[:,]$"
        ),
    )


def patterns_of(grammar: Grammar) -> Patterns:
    """Return the patterns of a language."""
    return _patterns("[JD]" if grammar.has_genitive else "J", "[NO]" if grammar.has_capital_nouns else "[oNO]")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech (or "according to") and its subject: numbers of tokens, the last not included."""

    verb: int
    first: int
    last: int
    is_strong: bool = True

    @property
    def is_inverted(self) -> bool:
        """Tell whether the subject follows the verb."""
        return self.first > self.verb


def find_cues(frame: Frame, sentence: Tokens, grammar: Grammar) -> list[Cue]:
    """Return the verbs of speech of a sentence that have a subject, in order."""
    cues: list[Cue] = []
    for verb in range(*sentence):
        letter = frame.letters[verb]
        if letter in "VWKk":
            subject = _subject(frame, verb, sentence, cues, grammar)
            if subject:
                cues.append(Cue(verb, *subject, is_strong=letter != "W"))
    return [cue for at, cue in enumerate(cues) if not (at and _is_nested(frame, cues[at - 1], cue))]


def subject_of(frame: Frame, verb: int, sentence: Tokens, grammar: Grammar) -> Tokens | None:
    """Return the subject of any verb of a sentence, of speech or not."""
    earlier = [cue for cue in find_cues(frame, sentence, grammar) if cue.verb < verb]
    return _subject(frame, verb, sentence, earlier, grammar)


def _is_nested(frame: Frame, outer: Cue, inner: Cue) -> bool:
    """Tell whether a cue repeats its speaker in a clause of theirs, as in "Smith said (that) he thought"."""
    is_pronoun = outer.is_strong and outer.verb < inner.first and frame.letters[inner.first] == "P"
    return is_pronoun and bool(_NESTED.match(frame.letters[outer.verb + 1 : inner.first]))


def _subject(frame: Frame, verb: int, sentence: Tokens, cues: list[Cue], grammar: Grammar) -> Tokens | None:
    first, last = sentence
    patterns, before = patterns_of(grammar), frame.letters[first:verb]
    if frame.letters[verb] == "K":
        return _according(frame, verb, last, before, grammar)
    following = patterns.after_verb.match(frame.letters, verb + 1, last)
    right = following.span("subject") if following else None
    if right and (
        grammar.is_verb_first
        or _is_inverted(frame.letters, before, right)
        or frame.words[verb + 1] in grammar.nominative
    ):
        return right
    left = _left_subject(before, patterns, is_strict=grammar.is_inverting)
    if right and left is None and grammar.is_inverting and before[:1] in _INTRODUCTIONS and before[-1] == ",":
        return right
    if left is None and _COMMA_BEFORE_VERB.search(before) and not _is_participle(frame.words[verb], grammar):
        left = _before_apposition(before, patterns)
    if left:
        return first + left[0], first + left[1]
    own = _inherited(before, first, cues) or main_subject(frame, (first, verb), grammar)
    is_free = "Q" in before or (grammar.is_inverting and before[-1:] != "c")
    return right if right and (is_free or (own is None and grammar.is_inverting)) else own


def _according(frame: Frame, verb: int, last: int, before: str, grammar: Grammar) -> Tokens | None:
    if frame.words[verb] in grammar.closing and before[-1:] not in (",", "Q", "-"):
        return None
    at = verb + 1
    while frame.letters[at : at + 1] in ("J", "d", "T"):
        at += 1
    match = patterns_of(grammar).after_verb.match(frame.letters, at, last)
    return match.span("subject") if match else None


def _is_inverted(letters: str, before: str, right: Tokens) -> bool:
    """Tell whether the subject surely follows the verb: beside a quote (“…,” said Smith) or before a colon (said Smith: “…”)."""
    is_before_colon = letters[right[1] : right[1] + 1] == ":" and before[-1:] == "," and before.count(",") == 1
    return is_before_colon or bool(_IS_BESIDE_QUOTE.search(before))


def _is_participle(word: str, grammar: Grammar) -> bool:
    return bool(grammar.participle_endings) and word.endswith(grammar.participle_endings)


def _left_subject(before: str, patterns: Patterns, *, is_strict: bool) -> Tokens | None:
    match = patterns.before_verb.search(before)
    if match is None or (is_strict and before[match.start("subject") - 1 : match.start("subject")] in ("I", "J", "d")):
        return None  # a noun after a preposition is no subject: In Berlin sagte …
    return match.span("subject")


def _before_apposition(before: str, patterns: Patterns) -> Tokens | None:
    """Return the noun phrase that an apposition or a clause between it and the verb explains: Smith, who is 45, said."""
    opening = max(before.rfind(mark) for mark in ",)-")
    fallback = None
    while (opening := max(before.rfind(mark, 0, opening) for mark in ",(-")) > 0:
        match = patterns.before_comma.search(before, 0, opening)
        if not match:
            continue
        if before[opening + 1] in _APPOSITION_STARTS or before[opening] == "(":
            return match.span("subject")
        fallback = fallback or match.span("subject")
    return fallback


def _inherited(before: str, first: int, cues: list[Cue]) -> Tokens | None:
    """Return the subject of the first verb of speech of the same main clause, as in "Smith said that …, adding"."""
    clauses = [match.start() for match in _CLAUSE.finditer(before)]
    start = first + clauses[-1] if clauses else first
    own = [cue for cue in cues if cue.verb > start] or cues[-1:]
    return (own[0].first, own[0].last) if own else None


def main_subject(frame: Frame, part: Tokens, grammar: Grammar) -> Tokens | None:
    """Return the first noun phrase of a part of a sentence, after an introduction that a comma closes."""
    match = patterns_of(grammar).first.match(frame.letters, *part)
    return match.span("subject") if match else None


def signature(frame: Frame, quote: int, end: int, grammar: Grammar) -> Tokens | None:
    """Return the name after a quote and a dash: “…” — Ada Smith."""
    match = patterns_of(grammar).signature.match(frame.letters, quote, end)
    return match.span("subject") if match else None


def subject_of_other_verb(frame: Frame, quote: int, sentence: Tokens, grammar: Grammar) -> Tokens | None:
    """Return the subject of a verb beside a quote that no list holds: “…,” Hollande retaliated; Clinton shot back: “…”."""
    patterns, first = patterns_of(grammar), sentence[0]
    after = patterns.after_quote.match(frame.letters, quote, sentence[1])
    if after:
        return after.span("subject")
    before = patterns.before_quote.search(frame.letters[first:quote])
    return (first + before.start("subject"), first + before.end("subject")) if before else None


def speaker_within(frame: Frame, grammar: Grammar) -> Tokens | None:
    """Return the subject of a verb of speech that breaks into a quote: « …, explique Claire Dubois, … »."""
    match = patterns_of(grammar).broken_in.search(frame.letters)
    return match.span("subject") if match else None
