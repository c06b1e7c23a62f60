"""Give a speaker the fullest form of the name that the text has: for surnames, pronouns, roles and appositions alike."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.methods.lexicon import load_lexicon
from etl.methods.lexicon.gazetteer import given_names
from etl.methods.quotes.marks import Span
from etl.methods.tokens import sentence_spans
from etl.records import Mention

_APPOSED = re.compile(r"(?P<rest>(?: (?![A-Z])[\w'’-]+){0,5})(?:\s?,\s|\s\(|\s?[–—]\s)")
_CLOSED = re.compile(r"\s?[,.;:)»”\"–—]|$")
_ARTICLES = re.compile(
    r"^(?:the|an?|der|die|das|ein|eine|le|la|les|l['’]|un|une|el|los|las|una|o|os|as|um|uma|il|lo|gli|i)[ ’']\s*|^l['’]",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r" ?[,(] ?\D")
LOOK_BACK = 1_500  # characters within which a pronoun's person is looked for
LEAST_ROLE = 4  # letters of a noun by which a person is introduced; shorter words are those of the grammar
NEAR = 60  # characters within which a title or an apposition belongs to a name


@dataclass(frozen=True, slots=True)
class PersonWords:
    """A language's words that stand for persons: pronouns by gender, titles and roles."""

    pronouns: dict[str, str]  # "f", "m", "" for they and it
    nobody: frozenset[str]
    genders: dict[str, str]
    roles: frozenset[str]
    things: frozenset[str]  # nouns that speak without being persons: the report
    groups: frozenset[str]  # nouns that make something else of the name before them: the Smith campaign
    joining: frozenset[str]
    relatives: frozenset[str]
    is_name_last: bool  # a person's name ends what is said of the person, as in Arabic


@lru_cache(maxsize=16)
def person_words(language: str | None) -> PersonWords:
    """Prepare the lexicon of a language for naming speakers."""
    lexicon = load_lexicon(language)
    subjects = dict.fromkeys(lexicon.phrases("pronouns.subjects"), "")
    genders = dict.fromkeys(lexicon.phrases("pronouns.they"), "") | dict.fromkeys(lexicon.phrases("pronouns.he"), "m")
    return PersonWords(
        pronouns=subjects | genders | dict.fromkeys(lexicon.phrases("pronouns.she"), "f"),
        nobody=lexicon.words("pronouns.other"),
        genders=dict.fromkeys(lexicon.phrases("people.masculine"), "m")
        | dict.fromkeys(lexicon.phrases("people.feminine"), "f"),
        roles=lexicon.words("people.roles", "people.titles"),
        things=lexicon.words("people.things"),
        groups=lexicon.words(
            "people.roles", "people.titles", "people.followers", "people.things", "organisations.last"
        ),
        joining=lexicon.words("grammar.joining"),
        is_name_last="verbs lead" in lexicon.words("grammar.traits"),
        relatives=lexicon.words("grammar.relatives"),
    )


class SpeakerNames:
    """The names of one text, to be given to its speakers in order."""

    def __init__(self, text: str, language: str | None, mentions: Sequence[Mention], spans: Sequence[Span]) -> None:
        """Take a text's mentions and its quotes, in order."""
        self.text, self.language, self.mentions = text, language, mentions
        self.words = person_words(language)
        self.starts = [mention.start for mention in mentions]
        self.quote_starts = [span.start for span in spans]
        self.quote_ends = [span.end for span in spans]
        self.sentences = sentence_spans(text)
        self.genders: dict[str, str] = {}
        self.people_by_role: dict[str, list[tuple[int, str]]] = {}
        self._learn_people()

    def name(self, start: int, end: int, previous: str | None) -> str | None:
        """Return the fullest name of the speaker written at a place; previous is who spoke before."""
        written = self.text[start:end]
        lower = written.lower()
        if lower in self.words.nobody and lower not in self.words.relatives:
            return None
        if lower in self.words.pronouns:
            return self._person_before(start, self.words.pronouns[lower], previous)
        if lower in self.words.relatives:
            return self._antecedent(start)
        return self.written_name(start, end) or self._by_role(lower, start) or _bare(written)

    def written_name(self, start: int, end: int) -> str | None:
        """Return the name written at a place or in apposition to it, and None where no name stands."""
        return self._named_within(start, end) or self._apposed(start, end)

    def _named_within(self, start: int, end: int) -> str | None:
        """Return the name at the head of a phrase: Prime Minister Ada Smith, but not "a spokesman for Ada Smith"."""
        within = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        people = [mention for mention in within if mention.kind == "person"]
        if people and self.words.is_name_last:
            return people[-1].name
        head_end = self._head_end(start, end, within)
        heads: Sequence[Mention] = [mention for mention in within if mention.end >= head_end > mention.start]
        if not heads and within and within[0].end < head_end:
            following = re.match(r"\W*([\w-]+)", self.text[within[0].end : head_end])
            # "Smith celebrated", whose verb no list holds, but "Smith supporters"
            if following and not following.group(1)[0].isupper() and following.group(1) not in self.words.groups:
                heads = within[:1]
        return heads[-1].name if heads else None

    def _head_end(self, start: int, end: int, within: Sequence[Mention]) -> int:
        for match in re.finditer(r"\w+['’]?", self.text[start:end]):
            at = start + match.start()
            if match.group().lower() in self.words.joining and not any(
                mention.start < at < mention.end for mention in within
            ):
                return start + len(self.text[start:at].rstrip())
        return end

    def _apposed(self, start: int, end: int) -> str | None:
        """Return the person named right after a role: the mayor, Ada Smith, said; l'adjoint au maire, Paul Morel."""
        phrase = self.text[start:end]
        match = _APPOSED.match(self.text, end)
        is_thing = not self.words.things.isdisjoint(re.findall(r"[\w-]+", phrase.lower()))
        if not match or is_thing or (match.group("rest") and not _ARTICLES.match(phrase)):
            return None
        at = bisect_left(self.starts, match.end())
        is_there = at < len(self.starts) and self.starts[at] == match.end() and self.mentions[at].kind == "person"
        return self.mentions[at].name if is_there and _CLOSED.match(self.text, self.mentions[at].end) else None

    def _by_role(self, phrase: str, start: int) -> str | None:
        """Return the last person before who was introduced by the same role: the mayor, once Mayor Ada Smith was named."""
        words = [
            word
            for word in re.findall(r"[\w-]+", phrase)
            if word in self.people_by_role and word not in self.words.things
        ]
        known = self.people_by_role[words[-1]] if words else []
        return next((name for place, name in reversed(known) if place < start), None)

    def _person_before(self, start: int, gender: str, previous: str | None) -> str | None:
        """Return the first fitting person of the nearest sentence before that names one, quotes left out."""
        if not gender:
            return previous
        nearest, farthest = (bisect_left(self.sentences, (place,)) for place in (start, start - LOOK_BACK))
        for first, last in reversed(self.sentences[farthest:nearest]):
            people = [mention.name for mention in self._outside(first, min(last, start)) if mention.kind == "person"]
            fitting = [name for name in people if self.genders.get(name, "") in ("", gender)]
            sure = [name for name in fitting if self.genders.get(name) == gender]
            if fitting:
                return (sure or fitting)[0]
        return previous if previous and self.genders.get(previous, "") in ("", gender) else None

    def _antecedent(self, start: int) -> str | None:
        at = bisect_left(self.starts, start)
        return self.mentions[at - 1].name if at and start - self.mentions[at - 1].end <= NEAR else None

    def _outside(self, start: int, end: int) -> list[Mention]:
        """Return the mentions of a part of the text that stand in no quote."""
        within = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [mention for mention in within if not self._is_quoted(mention.start)]

    def _is_quoted(self, position: int) -> bool:
        at = bisect_right(self.quote_starts, position) - 1
        return at >= 0 and position < self.quote_ends[at]

    def _learn_people(self) -> None:
        """Learn each person's gender, from given name or title, and the roles by which people are introduced."""
        for mention in self.mentions:
            if mention.kind != "person":
                continue
            before = self.text[max(0, mention.start - NEAR) : mention.start].rpartition("\n")[2].lower()
            after = self.text[mention.end : mention.end + NEAR].lower()
            title = re.search(r"([\w-]+)\.? *$", before)
            gender = self.words.genders.get(title.group(1), "") if title else ""
            gender = gender or given_names().get(mention.name.split()[0].lower(), "")
            if gender:
                self.genders.setdefault(mention.name, gender)
            beside = re.findall(r"[\w-]+", re.split(r"[,.;:!?“”\"«»„()]", before)[-1])
            if _EXPLAINED.match(after):
                beside += re.findall(r"[\w-]+", re.split(r"[,.;:!?“”\"«»„()]", after.lstrip(" ,("))[0])
            for role in {word for word in beside if len(word) >= LEAST_ROLE}:
                self.people_by_role.setdefault(role, []).append((mention.start, mention.name))


def _bare(phrase: str) -> str:
    """Return a phrase without its article, its first letter as written."""
    return " ".join(_ARTICLES.sub("", phrase).split())
