"""Find outlets that a sentence names as the origin of a report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from etl.methods.citations.outlets import NamedOutlet
from etl.methods.lexicon import load_lexicon
from etl.methods.lexicon.grammar import Grammar, load_grammar
from etl.methods.quotes.cues import Cue, find_cues
from etl.methods.quotes.frames import Frame, read_frame

Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CitationWords:
    """A language's words by which a report is told from other reasons to name an outlet."""

    reports: frozenset[str]  # nouns: report, story
    verbs: frozenset[str]  # of publishing, beside the verbs of speech
    by: frozenset[str]  # prepositions before the outlet: reported by, a story in
    citing: frozenset[str]
    told: frozenset[str]  # told CNN
    between: frozenset[str]  # what may stand between a preposition and the outlet: the newspaper
    not_reports: frozenset[str]  # what follows an outlet's name where it is no origin: reporter, poll
    back: frozenset[str]  # nouns that stand for the outlet named before: the newspaper


@lru_cache(maxsize=16)
def citation_words(language: str | None) -> CitationWords:
    """Prepare the lexicon of a language for citations."""
    lexicon = load_lexicon(language)
    return CitationWords(
        reports=lexicon.words("citations.reports"),
        verbs=lexicon.words("citations.verbs"),
        by=lexicon.words("citations.by"),
        citing=lexicon.words("citations.citing"),
        told=lexicon.words("citations.told"),
        between=lexicon.words("citations.between") - lexicon.words("citations.by"),
        not_reports=lexicon.words("citations.employees", "citations.polls"),
        back=lexicon.words("citations.back"),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet in a frame: its tokens, where it is in the text, and how it is named."""

    first: int
    last: int
    outlet: NamedOutlet
    is_back: bool = False  # "the newspaper", for the outlet named before


BACK_REACH = 6  # sentences within which "the newspaper" stands for the outlet cited before
AFTER_REACH = 4  # tokens after a name within which "report" or "reporter" belongs to it
QUOTED = 6  # characters that the marks around a quoted name may add


@dataclass(frozen=True, slots=True)
class Found:
    """A citation and the number of its sentence in the frame."""

    named: Named
    sentence: int


def find_named_origins(
    text: str, *, language: str | None, outlets: Sequence[NamedOutlet], own_source: str | None
) -> list[Found]:
    """Return the outlets that a text names as origins of reports, in order, with those that it calls "the newspaper" later on."""
    _, frame = read_frame(text, language)
    finder = _Finder(frame, load_grammar(language), citation_words(language))
    named = [name for name in finder.place(outlets) if name.outlet.outlet != own_source]
    found: list[Found] = []
    for number, sentence in enumerate(frame.sentences):
        first, last = (bisect_left(named, edge, key=attrgetter("first")) for edge in sentence)
        within = named[first:last]
        within += finder.back_references(sentence, within, _last_outlet(found, number))
        found += [Found(name, number) for name in finder.origins(within, sentence)]
    return sorted(found, key=lambda one: one.named.first)


def _last_outlet(found: Sequence[Found], number: int) -> str | None:
    return found[-1].named.outlet.outlet if found and number - found[-1].sentence <= BACK_REACH else None


@dataclass(frozen=True, slots=True)
class _Finder:
    """The rules over the frame of one text."""

    frame: Frame
    grammar: Grammar
    words: CitationWords

    def place(self, outlets: Sequence[NamedOutlet]) -> Iterator[Named]:
        """Yield the outlets that stand outside quotes, or that are all that a quote holds: газета «Коммерсантъ»."""
        for outlet in outlets:
            first = bisect_right(self.frame.starts, outlet.start) - 1
            if first < 0 or self.frame.ends[first] < outlet.start:
                continue
            is_quoted = self.frame.letters[first] == "Q"
            if is_quoted and self.frame.ends[first] - self.frame.starts[first] > outlet.end - outlet.start + QUOTED:
                continue
            yield Named(first, first + 1 if is_quoted else bisect_left(self.frame.starts, outlet.end), outlet)

    def back_references(self, sentence: Tokens, named: Sequence[Named], outlet: str | None) -> Iterator[Named]:
        """Yield "the newspaper" and "the report" where an outlet was cited before and none is named beside."""
        if outlet is None or named:
            return
        for at in range(sentence[0] + 1, sentence[1]):
            is_back = self.frame.words[at] in self.words.back and self.frame.letters[at - 1] in "Dd'J"
            if is_back and (at + 1 == len(self.frame.words) or self.frame.letters[at + 1] not in "N'"):
                yield Named(at, at + 1, NamedOutlet(self.frame.starts[at], self.frame.ends[at], outlet), is_back=True)

    def origins(self, named: Sequence[Named], sentence: Tokens) -> list[Named]:
        """Return those names that are origins of reports, with those that stand in one list with them."""
        if not named:
            return []
        cues = find_cues(self.frame, sentence, self.grammar)
        is_origin = [self.is_origin(name, sentence, cues) for name in named]
        for first, second in pairwise(range(len(named))):
            if self.is_listed(named[first], named[second]):
                is_origin[first] = is_origin[second] = is_origin[first] or is_origin[second]
        return [name for name, is_one in zip(named, is_origin, strict=True) if is_one]

    def is_listed(self, earlier: Named, named: Named) -> bool:
        """Tell whether a name only continues a list: reported by CNN and The New York Times."""
        between = self.frame.letters[earlier.last : named.first]
        return between.rstrip("D") in ("c", ",", ",c")

    def is_origin(self, named: Named, sentence: Tokens, cues: Sequence[Cue]) -> bool:
        """Tell whether an outlet is named as the origin of a report, not as employer, pollster or place of an interview."""
        following = self._following(named, sentence)
        if following == "other":
            return False
        at = self._before(named, sentence)
        if not named.is_back and self._is_addressed(at, sentence):
            return False
        if following == "report" and not named.is_back:
            return True
        return self._is_subject(named, sentence, cues) or self._is_governed(named, at, sentence)

    def _is_addressed(self, at: int, sentence: Tokens) -> bool:
        """Tell whether an outlet is told something (told CNN, speaking to CNN), or employs who is named before (anchor for CNN)."""
        before = self.frame.words[max(sentence[0], at - 1) : at + 1]
        if not before or before[-1] in self.words.told:
            return bool(before)
        is_joined = self.frame.letters[at] in "IJ" and before[-1] not in self.words.by
        return is_joined and (before[0] in self.words.told or before[0] in self.words.not_reports)

    def _following(self, named: Named, sentence: Tokens) -> str:
        """Say what follows a name: "report" (a CNN report, CNN's report), "other" (CNN's Jake Tapper, a CNN poll), or nothing of these."""
        frame, at = self.frame, named.last
        is_possessive = frame.letters[at : at + 1] == "'" or frame.words[at : at + 1] in (("'",), ("’",))
        for place in range(at, min(at + AFTER_REACH, sentence[1])):
            if frame.words[place] in self.words.not_reports:
                return "other"
            if frame.words[place] in self.words.reports and (
                place == at or frame.letters[place] not in "VW" or is_possessive
            ):
                return "report"
            if frame.letters[place] in "VWAPQ.,:-CcRIJK" and not (place == at and is_possessive):
                break
        return "other" if is_possessive else ""

    def _before(self, named: Named, sentence: Tokens) -> int:
        """Return the token before a name and what belongs to it: "reported by" of "reported by the newspaper X"."""
        at = named.first - 1
        while at >= sentence[0] and (self.frame.words[at] in self.words.between or self.frame.letters[at] in "Dd"):
            at -= 1
        return at

    def _is_subject(self, named: Named, sentence: Tokens, cues: Sequence[Cue]) -> bool:
        """Tell whether an outlet is the subject of a verb of speech or of publishing."""
        frame = self.frame
        for cue in cues:
            is_reporting = cue.is_strong or frame.words[cue.verb] in self.words.verbs
            is_head = all(word in self.words.back for word in frame.words[named.last : cue.last])
            if is_reporting and is_head and cue.first <= named.first and named.last <= cue.last:
                return True
        at = named.last
        while at < sentence[1] and frame.letters[at] in "ABT":
            at += 1
        return at < sentence[1] and (
            frame.words[at] in self.words.verbs or ((at > named.last or not named.is_back) and frame.letters[at] == "V")
        )

    def _is_governed(self, named: Named, at: int, sentence: Tokens) -> bool:
        """Tell whether the word before an outlet makes it an origin: according to, reported by, a story in, citing."""
        frame = self.frame
        if at < sentence[0]:
            return False
        word, letter = frame.words[at], frame.letters[at]
        if letter == "K" or word in self.words.citing:
            return True
        if letter == "V" and (self.grammar.is_inverting or frame.letters[at - 1 : at] in (",", "Q")):
            return not named.is_back
        if word in self.words.by and not named.is_back:
            return self._is_published(at, sentence)
        return False

    def _is_published(self, at: int, sentence: Tokens) -> bool:
        """Tell whether what stands before "by" or "in" is a report or a verb of publishing."""
        frame = self.frame
        before = at - 1
        while before >= sentence[0] and frame.letters[before] in "BT":
            before -= 1
        if before < sentence[0]:
            return False
        word = frame.words[before]
        return (
            word in self.words.reports
            or word in self.words.verbs
            or (frame.letters[before] == "V" and word not in self.words.told)
        )
