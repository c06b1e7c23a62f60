"""Tell whether a sentence denies a report, and who denies it.

A denial is a verb of denying with the report as its object ("denied the report", "rubbished a Reuters story", "denied
it"), or something said to be false ("Smith called the story fiction", "“It is incorrect information,” she said"), in
the sentence of the citation or the one beside it. What an outlet reports somebody to deny ("Reuters reported that
Iran denied …") is no denial of the report.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter

from etl.methods.citations.finding import Named
from etl.methods.lexicon import load_lexicon
from etl.methods.lexicon.grammar import Grammar
from etl.methods.mentions import find_mentions
from etl.methods.quotes import find_quotes
from etl.methods.quotes.cues import find_cues, main_subject, subject_of
from etl.methods.quotes.frames import Frame, read_frame
from etl.methods.quotes.naming import SpeakerNames
from etl.records import Mention, Quote

Tokens = tuple[int, int]
OBJECT_REACH = 8  # tokens beside a verb of denying within which its object stands
NEGATION_REACH = 3  # tokens before it within which a "not" turns it round
REPORTING_REACH = 3  # tokens after an outlet's name within which its own verb stands
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class DisputeWords:
    """A language's words of denying."""

    deny: frozenset[str]
    reject: frozenset[str]  # verbs that deny only with a report as their object
    false: frozenset[str]
    phrases: re.Pattern[str]
    claims: frozenset[str]  # what is denied: the report, the claim
    pronouns: frozenset[str]  # and what stands for it
    contrast: frozenset[str]  # what turns from a report to its denial: but, which
    not_: frozenset[str]


@lru_cache(maxsize=16)
def dispute_words(language: str | None) -> DisputeWords:
    """Prepare the lexicon of a language for denials."""
    lexicon = load_lexicon(language)
    phrases = "|".join(re.escape(phrase.lower()) for phrase in lexicon.phrases("citations.false_phrases")) or "(?!)"
    return DisputeWords(
        deny=lexicon.words("citations.deny"),
        reject=lexicon.words("citations.reject"),
        false=lexicon.words("citations.false"),
        phrases=re.compile(phrases),
        claims=lexicon.words("citations.claims"),
        pronouns=lexicon.words("citations.pronouns"),
        contrast=lexicon.words("citations.contrast"),
        not_=lexicon.words("citations.not"),
    )


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial in a sentence: the token that denies, and who does, in tokens or as the place of a quote."""

    at: int
    subject: Tokens | None
    quote: int = -1  # number of the quote that says it


@dataclass(frozen=True, slots=True)
class DisputeFinder:
    """The denials of one text."""

    text: str
    frame: Frame
    grammar: Grammar
    words: DisputeWords

    def denials_of(self, named: Named, number: int) -> list[Denial]:
        """Return the denials of a cited report: in its sentence, in the next one, and in the one before."""
        own = self._within(named, self.frame.sentences[number])
        numbers = [beside for beside in (number + 1, number - 1) if 0 <= beside < len(self.frame.sentences)]
        beside = [self._denial(self.frame.sentences[other]) for other in numbers]
        return [denial for denial in (own, *beside) if denial]

    def _within(self, named: Named, sentence: Tokens) -> Denial | None:
        denial = self._denial(sentence, has_report=True)
        if denial is None:
            return None
        reporting = self._reporting_verb(named, sentence)
        if denial.at < named.first:
            return (
                None
                if reporting is not None
                and self.frame.letters[named.first - 1] in ",D"
                and self._ends(reporting, sentence)
                else denial
            )
        if reporting is None or denial.at < reporting:
            return denial
        between = self.frame.words[reporting + 1 : denial.at]
        return denial if not self.words.contrast.isdisjoint(between) else None

    def _reporting_verb(self, named: Named, sentence: Tokens) -> int | None:
        """Return the verb by which an outlet itself reports, if it stands right after the name."""
        for at in range(named.last, min(named.last + REPORTING_REACH, sentence[1])):
            if self.frame.letters[at] == "V" and self.frame.words[at] not in self.words.deny:
                return at
        return None

    def _ends(self, at: int, sentence: Tokens) -> bool:
        """Tell whether nothing more than a word of time follows: …, Reuters reported on Monday."""
        return all(letter in "IJTD.#" for letter in self.frame.letters[at + 1 : sentence[1]])

    def _denial(self, sentence: Tokens, *, has_report: bool = False) -> Denial | None:
        """Return what in a sentence denies; has_report where a cited report stands in it, so that no other word must."""
        for at in range(*sentence):
            if self._is_aimed(at, sentence, has_report=has_report):
                return Denial(at, self._denier(at, sentence))
        return self._said_false(sentence, has_report=has_report)

    def _is_aimed(self, at: int, sentence: Tokens, *, has_report: bool) -> bool:
        """Tell whether a word is a verb of denying with a report as its object, and no "not" before it."""
        words = self.frame.words
        is_denying = words[at] in self.words.deny
        if not (is_denying or words[at] in self.words.reject):
            return False
        if not self.words.not_.isdisjoint(words[max(sentence[0], at - NEGATION_REACH) : at]):
            return False
        after = words[at + 1 : min(sentence[1], at + OBJECT_REACH)]
        before = words[max(sentence[0], at - OBJECT_REACH) : at] if self._has_object_before(at) else ()
        is_named = not self.words.claims.isdisjoint((*after, *before))
        return is_named or (is_denying and (has_report or not self.words.pronouns.isdisjoint(after)))

    def _has_object_before(self, at: int) -> bool:
        """Tell whether what is denied stands before the verb: the report was denied, hat den Bericht dementiert."""
        return (
            self.grammar.is_inverting
            or self.frame.letters[at - 1 : at] == "A"
            or self.frame.letters[at - 2 : at] == "AB"
        )

    def _denier(self, at: int, sentence: Tokens) -> Tokens | None:
        is_passive = self.frame.words[at + 1 : at + 2] in (("by",), ("von",), ("par",), ("por",), ("da",))
        if is_passive:
            return main_subject(self.frame, (at + 2, sentence[1]), self.grammar)
        return subject_of(self.frame, at, sentence, self.grammar)

    def _said_false(self, sentence: Tokens, *, has_report: bool) -> Denial | None:
        """Return who calls something false in a sentence that speaks of a report, or in a quote."""
        start, end = self.frame.starts[sentence[0]], self.frame.ends[sentence[1] - 1]
        lower = self.text[start:end].lower()
        match = self.words.phrases.search(lower) or next(
            (word for word in _WORD.finditer(lower) if word.group() in self.words.false), None
        )
        if match is None:
            return None
        at = bisect_right(self.frame.starts, start + match.start()) - 1
        is_quoted = self.frame.letters[at] == "Q"
        cues = find_cues(self.frame, sentence, self.grammar)
        nearest = min(cues, key=lambda cue: abs(cue.verb - at), default=None)
        is_aimed = has_report or not self.words.claims.isdisjoint(_WORD.findall(lower))
        if not (is_quoted or (is_aimed and nearest)):
            return None
        return Denial(at, (nearest.first, nearest.last) if nearest else None, self.frame.quotes[at])


class Disputers:
    """The names of those who deny; names and quotes are found once, and only where somebody denies."""

    def __init__(self, text: str, language: str | None, frame: Frame) -> None:
        """Take a text and its frame."""
        self.text, self.language, self.frame = text, language, frame

    @cached_property
    def _mentions(self) -> list[Mention]:
        return find_mentions(self.text, language=self.language)

    @cached_property
    def _quotes(self) -> list[Quote]:
        return find_quotes(self.text, language=self.language, mentions=self._mentions)

    @cached_property
    def _people(self) -> set[str]:
        return {mention.name for mention in self._mentions if mention.kind == "person"}

    @cached_property
    def _names(self) -> SpeakerNames:
        spans, _ = read_frame(self.text, self.language)
        return SpeakerNames(self.text, self.language, self._mentions, spans)

    def name(self, denials: Sequence[Denial]) -> str | None:
        """Return who denies, in the fullest form of the name that the text has; a person before an organisation."""
        names = [name for denial in denials if (name := self._denier(denial))]
        return next((name for name in names if name in self._people), names[0] if names else None)

    def _denier(self, denial: Denial) -> str | None:
        if denial.quote >= 0:
            start, end = self.frame.starts[denial.at], self.frame.ends[denial.at]
            at = bisect_left(self._quotes, start, key=attrgetter("start"))
            return self._quotes[at].speaker if at < len(self._quotes) and self._quotes[at].start < end else None
        if denial.subject is None:
            return None
        first, last = denial.subject
        return self._names.name(self.frame.starts[first], self.frame.ends[last - 1], None)
