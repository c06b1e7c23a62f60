"""Names in Arabic, which has no capitals.

Found are names known beforehand, what follows a title or a given name, and organisations whose name a noun such as
"ministry" begins: a name of a person is a given name and the word or two after it, or what follows a title: وزير الصحة
كريم حداد. A foreign surname without title, and an organisation that no such noun introduces, are not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from etl.methods.lexicon.gazetteer import given_names
from etl.methods.mentions.evidence import SURE, Votes
from etl.methods.mentions.names import Candidate, NameScanner
from etl.records import MentionKind

_PREFIXES = ("و", "ب", "ل", "ف", "ك", "وب", "ول")  # and, in, to, so, as: written with the next word
_ARTICLE = "ال"
_LINKS = frozenset(["بن", "ابن", "أبو", "عبد", "آل", "بنت"])
LONGEST_NAME = 4
LONGEST_ORGANISATION = 4


@dataclass(frozen=True, slots=True)
class ArabicNames:
    """A text in Arabic in which names are looked for."""

    scanner: NameScanner

    def weighed(self) -> Iterator[tuple[Candidate, Votes]]:
        """Yield the names of the text with what speaks for them."""
        found = list(self._candidates())
        people = [self.scanner.tokens.lower[name.first : name.last] for name in found if name.kind == "person"]
        surnames = {name[-length:] for name in people for length in (1, 2) if len(name) > length}
        taken = {at for name in found for at in range(name.first, name.last)}
        for name in found:
            yield replace(name, kind=None) if name.kind == "person" else name, Votes({name.kind or "person": SURE})
        for at in range(len(self.scanner.tokens)):
            length = next(
                (
                    length
                    for length in (2, 1)
                    if taken.isdisjoint(range(at, at + length)) and self._is_surname(at, length, surnames)
                ),
                0,
            )
            if length:
                taken.update(range(at, at + length))
                yield Candidate(at, at + length), Votes({"person": SURE})

    def _is_surname(self, at: int, length: int, surnames: set[tuple[str, ...]]) -> bool:
        rest = self.scanner.tokens.lower[at + 1 : at + length]
        return any((bare, *rest) in surnames for bare in self._bare(at))

    def _candidates(self) -> Iterator[Candidate]:
        at = 0
        while at < len(self.scanner.tokens):
            found = (
                self._known(at) or self._organisation(at) or self._titled(at) or self._given(at) or self._speaking(at)
            )
            if found:
                yield found
            at = found.last if found else at + 1

    def _known(self, at: int) -> Candidate | None:
        words = self.scanner.tokens.lower
        for bare in self._bare(at):
            for length, known in self.scanner.words.known.at((bare, *words[at + 1 : at + LONGEST_NAME]), 0):
                return Candidate(
                    at, at + length, known.kind, known.name or " ".join((bare, *words[at + 1 : at + length]))
                )
        return None

    def _bare(self, at: int) -> list[str]:
        """Return a word as written, and without what may be written together with it."""
        word = self.scanner.tokens.lower[at]
        bare = [
            word,
            *(word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix) and len(word) > len(prefix) + 2),
        ]
        return [*bare, *(_ARTICLE + form[1:] for form in bare if form.startswith("لل"))]

    def _organisation(self, at: int) -> Candidate | None:
        head = next((bare for bare in self._bare(at) if bare in self.scanner.words.first_heads), None)
        end = at + 1
        if head is None or end >= len(self.scanner.tokens) or self._known(end):
            return None
        while (
            end < self._limit(at, LONGEST_ORGANISATION)
            and self._is_open(end)
            and (end == at + 1 or self._is_definite(end) or not self._is_definite(at + 1))
        ):
            end += 1
        name = " ".join((head, *self.scanner.tokens.words[at + 1 : end]))
        return Candidate(at, end, "organisation", name) if end > at + 1 else None

    def _titled(self, at: int) -> Candidate | None:
        if not any(bare in self.scanner.words.titles for bare in self._bare(at)):
            return None
        return self._named_after(at + 1)

    def _named_after(self, first: int) -> Candidate | None:
        """Return the name after a title and what belongs to the title: وزير الصحة كريم حداد."""
        start = first
        while first < self._limit(start, LONGEST_NAME) and (
            self._is_definite(first) or self._is_title(first) or self._is_joining(first)
        ):
            first += 1
        end = first
        while end < self._limit(first, 2) and self._is_open(end) and not self._is_title(end):
            end += 1
        end = self._extended(first, end)
        return self._candidate(first, end, "person") if end - first > 1 else None

    def _speaking(self, at: int) -> Candidate | None:
        """Return the name after a verb of speech and a role that no list holds: قالت الخبازة ليلى منصور."""
        if self.scanner.words.plain.get(self.scanner.tokens.lower[at]) != "V" or not self._is_definite(
            min(at + 1, len(self.scanner.tokens) - 1)
        ):
            return None
        return self._named_after(at + 1)

    def _given(self, at: int) -> Candidate | None:
        if not any(bare in given_names() for bare in self._bare(at)):
            return None
        end = at + 1
        if end < len(self.scanner.tokens) and self._is_open(end) and not self._is_title(end) and self._is_near(end):
            end = self._extended(at, end + 1)
        return self._candidate(at, end, "person") if end > at + 1 else None

    def _extended(self, first: int, end: int) -> int:
        """Take in further parts of a name: بن and عبد bind the next word, and a third word that ends its clause belongs to it."""
        words = self.scanner.tokens.lower
        while end < self._limit(first, LONGEST_NAME) and self._is_open(end) and not self._is_definite(end):
            is_bound = words[end - 1] in _LINKS or words[end] in _LINKS
            if not is_bound and not (end - first > 1 and self._ends_clause(end)):
                break
            end += 1
        return end

    def _ends_clause(self, at: int) -> bool:
        """Tell whether after a word comes a mark, a verb or another word of the grammar; adverbs (صباحا) are no names."""
        word = self.scanner.tokens.lower[at]
        if word.endswith("ا") or at + 1 >= len(self.scanner.tokens):
            return not word.endswith("ا")
        following = self.scanner.tokens.lower[at + 1]
        return (
            not following[0].isalpha() or following in self.scanner.words.plain or following.startswith(("لل", "بال"))
        )

    def _candidate(self, first: int, last: int, kind: MentionKind) -> Candidate | None:
        return Candidate(first, last, kind) if last > first else None

    def _limit(self, first: int, length: int) -> int:
        return min(first + length, len(self.scanner.tokens))

    def _is_open(self, at: int) -> bool:
        """Tell whether a word can be part of a name: no word of the grammar, and right after the one before."""
        word = self.scanner.tokens.lower[at]
        return (
            word[0].isalpha()
            and word not in self.scanner.words.plain
            and self._is_near(at)
            and not word.startswith(("لل", "بال"))
        )

    def _is_near(self, at: int) -> bool:
        return (
            self.scanner.tokens.starts[at] - self.scanner.tokens.ends[at - 1] == 1
            and self.scanner.text[self.scanner.tokens.ends[at - 1]] == " "
        )

    def _is_definite(self, at: int) -> bool:
        return self.scanner.tokens.lower[at].startswith((_ARTICLE, "لل"))

    def _is_title(self, at: int) -> bool:
        return self.scanner.tokens.lower[at] in self.scanner.words.titles

    def _is_joining(self, at: int) -> bool:
        is_joining = self.scanner.words.plain.get(self.scanner.tokens.lower[at]) == "J"
        return is_joining and at + 1 < len(self.scanner.tokens) and self._is_definite(at + 1)
