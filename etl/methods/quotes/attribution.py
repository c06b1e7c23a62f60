"""Give each quote its speaker as written, and leave out what is in quotation marks but nobody's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.methods.lexicon.grammar import Grammar, load_grammar
from etl.methods.quotes.cues import (
    Cue,
    Tokens,
    find_cues,
    main_subject,
    signature,
    speaker_within,
    subject_of_other_verb,
)
from etl.methods.quotes.frames import Frame, build_frame, read_frame
from etl.methods.quotes.marks import Span

CARRIED_PARAGRAPHS = 1  # how many paragraphs a speaker is carried over to quotes without one
FLOATING_WORDS = (
    4  # shorter sentences in marks without a speaker of their own are titles and signs more often than speech
)
BARE_WORDS = 8  # of a quote that fills its sentence and has no speaker at all
PARTIAL_WORDS = 3  # shorter parts of a sentence without a verb of speech are scare quotes
NAME_WORDS = 6  # after a noun, no longer name is expected: der Verein „Ärzte ohne Grenzen“
TITLE_LETTERS = 90  # no longer name of a work is expected

# What an attribution costs, in tokens between verb and quote; the cheapest one is taken.
WEAK_VERB = 4
OTHER_QUOTE_BETWEEN = 3
NOT_A_PERSON = 4  # the subject is "that" or "which"
AFTER_PARTIAL = 4  # a verb after a quote that no comma ends belongs to the next clause more often
TOUCHING = -2  # only a comma, a colon or "that" between
CLOSING = -5  # “…,” he said
DEAR = 2  # from here on, the subject of an unlisted verb right beside the quote is preferred
SURE = -4

_TOUCHING = frozenset(["", ",", ":", "R", "C", "-", ",R", ",C"])
_INTRODUCTION = re.compile(r"[cCBTD,:(-]*(?:V:)?$")
_CAPITAL = re.compile(r"\b[A-Z]\w*")
_PLAIN = re.compile(r"\b(?!(?:with|from|into|over|para|dans|pour|della|sobre)\b)[^\W\d_A-Z]\w{3,}")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quote, its speaker's place in the text as written there, and the verb."""

    span: Span
    subject: tuple[int, int] | None = None
    verb: str | None = None


@dataclass(slots=True)
class _Reader:
    """A text being read sentence by sentence, with who spoke last and in which paragraph."""

    text: str
    language: str | None
    spans: list[Span]
    frame: Frame
    grammar: Grammar
    speaker: tuple[int, int] | None = None
    paragraph_of_speaker: int = -9
    paragraph: int = 0
    is_after_quote: bool = False


def attribute(text: str, language: str | None) -> list[Attribution]:
    """Return the quotes of a text with their speakers, in order."""
    spans, frame = read_frame(text, language)
    if not spans:
        return []
    reader = _Reader(text, language, spans, frame, load_grammar(language))
    found: list[Attribution] = []
    position = 0
    for sentence in reader.frame.sentences:
        start = reader.frame.starts[sentence[0]]
        reader.paragraph += text.count("\n\n", position, start)
        position = start
        found += _read_sentence(reader, sentence)
    return found


def _read_sentence(reader: _Reader, sentence: Tokens) -> list[Attribution]:
    cues = find_cues(reader.frame, sentence, reader.grammar)
    quotes = [at for at in range(*sentence) if reader.frame.letters[at] == "Q"]
    found = []
    for at in quotes:
        attribution = _attribute_quote(reader, at, sentence, cues)
        if attribution:
            found.append(attribution)
            _remember(reader, attribution.subject)
    if not quotes:
        _remember(reader, _speaker_of_plain_sentence(reader, sentence, cues))
    reader.is_after_quote = bool(found)
    return found


def _remember(reader: _Reader, subject: tuple[int, int] | None) -> None:
    if subject:
        reader.speaker, reader.paragraph_of_speaker = subject, reader.paragraph


def _speaker_of_plain_sentence(reader: _Reader, sentence: Tokens, cues: list[Cue]) -> tuple[int, int] | None:
    """Return who speaks in a sentence without quotes, for the quotes that may follow."""
    strong = [cue for cue in cues if cue.is_strong]
    if strong:
        return _place(reader.frame, (strong[0].first, strong[0].last))
    if reader.frame.letters[sentence[1] - 1] == ":":
        return _place(reader.frame, main_subject(reader.frame, sentence, reader.grammar))
    return None


def _attribute_quote(reader: _Reader, at: int, sentence: Tokens, cues: list[Cue]) -> Attribution | None:
    frame, grammar = reader.frame, reader.grammar
    span = reader.spans[frame.quotes[at]]
    inner = reader.text[span.start : span.end]
    name = signature(frame, at, sentence[1], grammar)
    if name:
        return Attribution(span, _place(frame, name))
    cost, cue = min(
        ((_cost(frame, inner[-1], at, cue), cue) for cue in cues), key=lambda pair: pair[0], default=(99, None)
    )
    if cost > DEAR and is_statement(inner):
        other = subject_of_other_verb(frame, at, sentence, grammar)
        if other and (inner[-1] == "," or other[0] < at):
            return Attribution(span, _place(frame, other))
    if cost > SURE and (is_title(inner) or _is_name(frame, at, inner, grammar)):
        return None
    broken = _speaker_within(reader, inner, span) if grammar.is_broken_into and cost > SURE else None
    if broken:
        return Attribution(span, broken)
    if cue:
        return Attribution(
            span,
            _place(frame, (cue.first, cue.last)),
            reader.text[frame.starts[cue.verb] : frame.ends[cue.verb]].lower(),
        )
    return _carried(reader, at, sentence, inner)


def _speaker_within(reader: _Reader, inner: str, span: Span) -> tuple[int, int] | None:
    frame = build_frame(inner, reader.language, [])
    place = _place(frame, speaker_within(frame, reader.grammar))
    return (span.start + place[0], span.start + place[1]) if place else None


def _carried(reader: _Reader, at: int, sentence: Tokens, inner: str) -> Attribution | None:
    """Give a quote without a verb of speech the last speaker, or the subject of its sentence."""
    frame, words = reader.frame, len(inner.split())
    span = reader.spans[frame.quotes[at]]
    is_near = reader.speaker is not None and reader.paragraph - reader.paragraph_of_speaker <= CARRIED_PARAGRAPHS
    if _INTRODUCTION.match(frame.letters, sentence[0], at):
        is_introduced = at > sentence[0] and frame.letters[at - 1] == ":"
        verb = frame.words[at - 2] if is_introduced and frame.letters[at - 2] == "V" else None
        if is_near and (words >= FLOATING_WORDS or reader.is_after_quote or is_introduced):
            return Attribution(span, reader.speaker, verb)
        return Attribution(span) if words >= BARE_WORDS else None
    if words < PARTIAL_WORDS:
        return None
    if is_near and not reader.grammar.reported_mood.isdisjoint(frame.words[sentence[0] : sentence[1]]):
        return Attribution(span, reader.speaker)
    subject = _place(frame, main_subject(frame, (sentence[0], at), reader.grammar))
    if subject is None and is_near and not inner[0].isupper():
        subject = reader.speaker
    return Attribution(span, subject) if subject or words >= BARE_WORDS else None


def _cost(frame: Frame, last: str, at: int, cue: Cue) -> int:
    """Return how many tokens lie between a verb of speech and a quote, and what else speaks against the pair."""
    if cue.verb < at:
        between = frame.letters[max(cue.verb + 1, cue.last if cue.is_inverted else 0) : at]
    else:
        between = frame.letters[at + 1 : min(cue.verb, cue.first if cue.first > at else cue.verb)]
    cost = len(between) + OTHER_QUOTE_BETWEEN * between.count("Q")
    cost += 0 if cue.is_strong else WEAK_VERB
    cost += NOT_A_PERSON if frame.letters[cue.first] == "R" and frame.words[cue.first] in ("that", "which") else 0
    cost += TOUCHING if between in _TOUCHING else 0
    if cue.verb > at and last in ",?!-—" and between in ("", ","):
        cost += CLOSING
    elif cue.verb > at and last not in ",?!" and between not in ("", ","):
        cost += AFTER_PARTIAL
    return cost


def is_statement(inner: str) -> bool:
    """Tell whether words in quotation marks look like a sentence of their own."""
    return inner[-1] in ",.?!…" and inner[0].isupper() and len(inner.split()) >= PARTIAL_WORDS


def is_title(inner: str) -> bool:
    """Tell whether words in quotation marks look like the name of a work: Capitals on All Longer Words."""
    capitals = len(_CAPITAL.findall(inner))
    is_short = len(inner) < TITLE_LETTERS and inner[0].isupper()
    return is_short and capitals >= max(2, len(inner.split()) / 2) and not _PLAIN.search(inner)


def _is_name(frame: Frame, at: int, inner: str, grammar: Grammar) -> bool:
    """Tell whether a quote is the name of what the noun before it says: the song “…”, der Begriff „…“."""
    if at == 0 or inner[-1] in ".?!":
        return False
    if frame.words[at - 1] in grammar.works:
        return True
    is_short = inner[0].isupper() and len(inner.split()) <= NAME_WORDS
    return is_short and grammar.has_capital_nouns and frame.letters[at - 1] == "N"


def _place(frame: Frame, tokens: Tokens | None) -> tuple[int, int] | None:
    return (frame.starts[tokens[0]], frame.ends[tokens[1] - 1]) if tokens else None
