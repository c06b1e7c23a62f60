"""Find what could be names: names known beforehand, and runs of words with capitals."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from etl.methods.lexicon.gazetteer import common_words, given_names
from etl.methods.mentions.words import AFTER_JOINING, JOINING, SMALL_IN_HEADLINES, NameWords
from etl.methods.tokens import Tokens, is_abbreviation
from etl.records import MentionKind

NOUN_AND_NAME = 3  # tokens of a noun, a given name and a surname
LONGEST_RUN = 25  # tokens; longer runs of capitals are tables
_HEADLINE_WORDS = 4
_HEADLINE_WORDS_STOPPED = 6  # of a line that ends like a sentence
_EXPLAINED = re.compile(r"(?P<name>(?:[\w'’-]+ ){1,8}[\w'’-]+) \((?P<short>[A-ZА-Я]{2,8})\)")
_COMPOUND = re.compile(r"-[a-z]+$")  # Muslim-majority, COVID-safe
_ARTICLED = re.compile(r"(?:al|el|ad|ash|as|at|an|ul|d|l)[-'’][A-Z]")  # al-Maliki, d'Alema: a capital is within


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of tokens that could be a name; kind and usual name are given for one known beforehand."""

    first: int
    last: int  # not included
    kind: MentionKind | None = None
    name: str | None = None
    is_at_start: bool = False  # of a sentence, where a capital means little


@dataclass(frozen=True, slots=True)
class NameScanner:
    """A text in which names are looked for; starts are the first tokens of its sentences."""

    text: str
    tokens: Tokens
    starts: frozenset[int]
    words: NameWords
    language: str | None = None
    dateline: int = 0  # where a dateline at the text's beginning ends
    lower_words: frozenset[str] = frozenset()  # those that the text writes without a capital somewhere

    def candidates(self) -> list[Candidate]:
        """Return what could be a name, in order; nothing overlaps."""
        headlines = self._headline_tokens()
        found: list[Candidate] = []
        at = 0
        while at < len(self.tokens):
            word = self.tokens.words[at]
            if not word[0].isalpha() or (word[0].islower() and not self._can_begin(at)):
                at += 1
                continue
            end, candidates = self._candidates_at(at, is_headline=at in headlines)
            found += [
                candidate
                for candidate in candidates
                if candidate.first < candidate.last and not self._is_portfolio(candidate)
            ]
            at = max(end, at + 1)
        return found

    def _is_portfolio(self, candidate: Candidate) -> bool:
        """Tell whether a lone word only completes a title: chief of Staff, ministra de Hacienda."""
        at = candidate.first - 1
        if (
            candidate.kind
            or candidate.last - candidate.first > 1
            or at < 1
            or self.tokens.lower[at] not in self.words.between
        ):
            return False
        while at > 0 and self.tokens.lower[at] in self.words.between:
            at -= 1
        return self.is_title(at)

    def _can_begin(self, at: int) -> bool:
        """Tell whether a name can begin with a word without a capital: dpa, al-Maliki, ministère de l'Intérieur."""
        lower = self.tokens.lower[at]
        return (
            lower in self.words.known or lower in self.words.lower_heads or bool(_ARTICLED.match(self.tokens.words[at]))
        )

    def _candidates_at(self, at: int, *, is_headline: bool) -> tuple[int, list[Candidate]]:
        if not self._has_capital(at):
            end = self._lower_headed_end(at)
            known = self._known_at(at)
            return (known.last, [known]) if known else (max(end, at + 1), [Candidate(at, end, "organisation")])
        if at in self.starts and self.tokens.words[at][-1] in "'’" and not self._known_at(at):
            return at + 1, []  # the article of "L'Agence"
        end = self._run_end(at)
        if is_headline and not self._is_full_name(at, end):
            known = self._known_at(at)
            return (known.last, [known]) if known else (at + 1, [])
        return max(end, self._acronym_end(at)), self._cut(at, end)

    def _is_longer(self, known: Candidate, end: int) -> bool:
        """Tell whether a known name is only the beginning of another: Paris Hilton, Bank of Japan, Sky Sports."""
        if known.last >= end:
            return False
        if self._is_headed(known.first, end) or (
            known.last == known.first + 1 and self._is_full_name(known.first, end)
        ):
            return True
        tail = range(known.last, end)
        return known.kind == "organisation" and not any(
            self.is_title(at) or self.tokens.lower[at] in given_names() or self._known_at(at) for at in tail
        )

    def _is_full_name(self, first: int, last: int) -> bool:
        return 2 <= last - first <= 3 and self.tokens.lower[first] in given_names() and not self._is_headed(first, last)

    def _known_at(self, at: int) -> Candidate | None:
        for length, known in self.words.known.at(self.tokens.lower, at):
            written = self.tokens.words[at : at + length]
            if known.words:
                is_match = self._is_written(written, known.words) and not (length == 1 and self._is_common(at))
            else:
                is_match = not written[0][0].islower()
            if is_match and self._is_joined(at, at + length):
                return Candidate(at, at + length, known.kind, known.name)
        return None

    def _is_written(self, written: tuple[str, ...], known: tuple[str, ...]) -> bool:
        # in its own case, or all in capitals: REUTERS
        return written == known or (len(written[0]) > 3 and written == tuple(word.upper() for word in known))

    def _is_common(self, at: int) -> bool:
        """Tell whether an outlet's name is rather the common word: Time will tell, Vice President."""
        return self.tokens.words[at] in common_words() and (at in self.starts or self._run_end(at) > at + 1)

    def _is_joined(self, first: int, last: int) -> bool:
        return all(self.tokens.starts[at] - self.tokens.ends[at - 1] <= 1 for at in range(first + 1, last))

    def _run_end(self, at: int) -> int:
        """Return the token after the last of a run of capitals, joined by "de", "of", "&" and initials' full stops."""
        end = at + 1
        longest = min(len(self.tokens), at + LONGEST_RUN)
        while end < longest and self.tokens.starts[end] - self.tokens.ends[end - 1] <= 1:
            word = self.tokens.words[end]
            if self.text[self.tokens.ends[end - 1]] == "\n":
                break
            if self._has_capital(end) or (
                word == "." and is_abbreviation(self.text, self.tokens.ends[end]) and self._is_capital(end + 1)
            ):
                end += 1
            elif word in JOINING and self._is_joining(at, end):
                end += 2 if self._is_capital(end + 1) else 3
            else:
                break
        return end

    def _is_joining(self, first: int, at: int) -> bool:
        word, following = self.tokens.words[at], at + 1
        if word in AFTER_JOINING and self.tokens.words[at - 1] not in JOINING:
            return False
        if self.tokens.lower[following : following + 1] and self.tokens.lower[following] in JOINING:
            following += 1
        if not self._is_capital(following):
            return False
        if at - first > 1 and self.tokens.lower[at - 2] in given_names() and self._known_at(following):
            return False  # Herbert Diess von Volkswagen
        if word == "and":
            return self.tokens.lower[first] in self.words.first_heads and "of" in self.tokens.words[first:at]
        return word != "of" or self._is_headed(first, at)

    def _has_capital(self, at: int) -> bool:
        word = self.tokens.words[at]
        return word[0].isupper() or bool(_ARTICLED.match(word))

    def _is_capital(self, at: int) -> bool:
        if at >= len(self.tokens) or not self._has_capital(at):
            return False
        return (
            0 <= self.tokens.starts[at] - self.tokens.ends[at - 1] <= 1 and self.text[self.tokens.ends[at - 1]] != "\n"
        )

    def _is_headed(self, first: int, last: int) -> bool:
        """Tell whether a run has the word of an organisation or a place at its head: Bank of …, … River."""
        words = self.words
        if self.tokens.lower[first] in words.first_heads:
            return True
        final = self.tokens.lower[last - 1]
        return last - first > 1 and (final in words.last_heads or final in words.place_last)

    def _cut(self, first: int, last: int) -> list[Candidate]:
        """Cut a run of capitals at names known beforehand and after titles: Linde | CEO | Steve Angel."""
        if first >= last:
            return []
        long = self._acronym_end(first)
        if long:
            return [Candidate(first, long, "organisation")]
        known = self._known_at(first)
        if known and known.last <= last and not self._is_longer(known, last):
            return [known, *self._cut(known.last, last)]
        name = self._name_after_noun(first, last)
        if name > first:
            return [*(self._cut(first, name) if self.words.has_capital_nouns else ()), *self._cut(name, last)]
        inner = next((known for at in range(first + 1, last) if (known := self._known_at(at))), None)
        if (
            inner
            and not self._is_headed(first, last)
            and all(word in self.words.modifiers for word in self.tokens.lower[first : inner.first])
        ):
            return self._cut(inner.first, last)  # Deputy Kremlin Chief
        title = next((at for at in range(first, last) if self.is_title(at)), None)
        if title is None or self._is_headed(first, last):
            return [self._trimmed(first, last, is_at_start=first in self.starts)]
        end = title
        while end > first and (
            self.tokens.lower[end - 1] in self.words.modifiers or self.tokens.lower[end - 1] in JOINING
        ):
            end -= 1
        leading = [self._trimmed(first, end, is_at_start=first in self.starts)] if end > first else []
        return [*leading, *self._cut(title + 1, last)]

    def _name_after_noun(self, first: int, last: int) -> int:
        """Return where a person's name begins after a noun with a capital: Anwohnerin Ada Schmidt; else the first token."""
        lower = self.tokens.lower
        if lower[first] in given_names() or self._is_headed(first, last):
            return first
        given = next((at for at in range(first + 1, last - 1) if lower[at] in given_names()), None)
        is_noun = bool(self.words.person_endings) and lower[first].endswith(self.words.person_endings)
        if given is not None and (self.words.has_capital_nouns or is_noun):
            return given
        return first + 1 if is_noun and self.words.has_capital_nouns and last - first == NOUN_AND_NAME else first

    def _acronym_end(self, at: int) -> int:
        """Return where a name ends whose acronym follows in brackets: Agence internationale de l'énergie atomique (AIEA); else 0."""
        if self.tokens.lower[at] not in self.words.first_heads:
            return 0
        match = _EXPLAINED.match(self.text, self.tokens.starts[at])
        if not match or not fits(match.group("short"), match.group("name")):
            return 0
        return bisect_left(self.tokens.starts, match.end("name"))

    def _lower_headed_end(self, at: int) -> int:
        """Return where a name ends whose first word has no capital: ministère de l'Intérieur; else the token itself."""
        if self.tokens.lower[at] not in self.words.lower_heads:
            return at
        end = at + 1
        while end < len(self.tokens) and self.tokens.lower[end] in self.words.between:
            end += 1
        return self._run_end(end) if end > at + 1 and self._is_capital(end) else at

    def _trimmed(self, first: int, last: int, *, is_at_start: bool) -> Candidate:
        """Cut peoples and words of the grammar off a run of capitals; what is left may be empty."""
        words, lower = self.words, self.tokens.lower
        while first < last and (lower[first] in words.plain or lower[first] == "." or lower[first] in words.never):
            if last - first > 1 and (lower[first] in words.place_first or self._keeps_people(first, last)):
                break
            first, is_at_start = first + 1, False
        while (
            first < last
            and lower[first] not in given_names()
            and (lower[last - 1] in words.never or lower[last - 1] == ".")
        ):
            last -= 1
        if last - first == 1 and (lower[first] in words.place_first or _COMPOUND.search(self.tokens.words[first])):
            last = first
        known = self._known_at(first) if first < last else None
        return known if known and known.last == last else Candidate(first, last, is_at_start=is_at_start)

    def _keeps_people(self, first: int, last: int) -> bool:
        # American Airlines, but French Foreign Ministry
        return (
            self.tokens.lower[first] in self.words.never
            and self._is_headed(first, last)
            and not any(word in self.words.state for word in self.tokens.lower[first:last])
        )

    def is_title(self, at: int) -> bool:
        """Tell whether a token is a person's title or role."""
        lower = self.tokens.lower[at]
        if "-" in lower:  # president-elect, vice-president, secretary-general
            return not self.words.titles.isdisjoint(lower.split("-"))
        return lower in self.words.titles or (
            bool(self.words.title_endings) and lower.endswith(self.words.title_endings)
        )

    def token_before(self, at: int) -> int:
        """Return the token before another, the full stop of an abbreviation left out; -1 if there is none."""
        return at - 1 if at and self.tokens.words[at - 1] != "." else at - 2 if at > 1 else -1

    def is_known_place(self, at: int) -> bool:
        """Tell whether a place known beforehand begins at a token."""
        known = self._known_at(at) if self.tokens.words[at][0].isupper() else None
        return known is not None and known.kind == "place"

    def gender_before(self, at: int) -> str:
        """Return the gender that a title right before a token tells: "f", "m" or ""."""
        before = self.token_before(at)
        return self.words.genders.get(self.tokens.lower[before], "") if before >= 0 else ""

    def _headline_tokens(self) -> frozenset[int]:
        """Return the tokens of lines that are written all in capitals, or with a capital on every longer word."""
        edges = [*sorted(self.starts), len(self.tokens)]
        found: list[int] = []
        for first, last in pairwise(edges):
            long_words = [word for word in self.tokens.words[first:last] if len(word) > 3 and word[0].isalpha()]
            is_stopped = self.tokens.words[last - 1] == "."
            if (
                len(long_words) >= (_HEADLINE_WORDS_STOPPED if is_stopped else _HEADLINE_WORDS)
                and self._is_line(first, last)
                and all(word[0].isupper() or word in SMALL_IN_HEADLINES for word in long_words)
            ):
                found += range(first, last)
        return frozenset(found)

    def _is_line(self, first: int, last: int) -> bool:
        start, end = self.tokens.starts[first], self.tokens.ends[last - 1]
        is_whole = self.text[start - 1 : start] in ("", "\n") and self.text[end : end + 1] in ("", "\n")
        return is_whole and not any(mark in self.text[start:end] for mark in "/(;")


def fits(acronym: str, name: str) -> bool:
    """Tell whether an acronym's letters are the first letters of a name's words, in order."""
    plain = unicodedata.normalize("NFD", name)
    initials = iter("".join(word[0] for word in re.findall(r"[^\W_]+", plain)).upper())
    letters = [letter for letter in acronym.upper() if letter.isalpha()]
    return len(letters) > 1 and all(letter in initials for letter in letters)
