"""Find what could be names: names known beforehand, and runs of words with capitals."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.methods.lexicon import load_lexicon
from etl.methods.lexicon.gazetteer import common_words, given_names, place_names, world_outlets
from etl.methods.lexicon.grammar import load_grammar
from etl.methods.tokens import Tokens, is_abbreviation, read_tokens
from etl.records import MentionKind

JOINING = frozenset(
    [
        "de",
        "del",
        "della",
        "dei",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "des",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "zu",
        "zur",
        "of",
        "&",
        "and",
    ]
)
_HEADLINE_WORDS = 4
_SMALL_IN_HEADLINES = frozenset(
    ["with", "from", "into", "over", "after", "than", "that", "this", "amid", "upon", "per", "when", "what", "as"]
)
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
class _Known:
    """A name known beforehand: its tokens, in lower case unless it must be written exactly so."""

    tokens: tuple[str, ...]
    kind: MentionKind
    name: str | None
    is_exact: bool


@dataclass(frozen=True, slots=True)
class NameWords:
    """A language's words by which names are told from other words with capitals."""

    known: Mapping[str, tuple[_Known, ...]]  # by first token in lower case, the longest first
    plain: Mapping[str, str]  # words of the grammar
    titles: frozenset[str]
    genders: Mapping[str, str]  # of titles
    modifiers: frozenset[str]
    title_endings: tuple[str, ...]
    never: frozenset[str]
    first_heads: frozenset[str]
    last_heads: frozenset[str]
    head_endings: tuple[str, ...]
    lower_heads: frozenset[str]
    between: frozenset[str]  # words between a head and its name: de la, de l'
    state: frozenset[str]
    place_first: frozenset[str]
    place_last: frozenset[str]
    no_acronyms: frozenset[str]
    has_capital_nouns: bool


@lru_cache(maxsize=16)
def name_words(language: str | None) -> NameWords:
    """Prepare the lexicon of a language for names."""
    lexicon, english, grammar = load_lexicon(language), load_lexicon("en"), load_grammar(language)
    return NameWords(
        known=_known_names(language),
        plain=dict.fromkeys(grammar.phrases, "K")
        | {word: letter for word, letter in grammar.letters.items() if letter not in "oO"},
        titles=lexicon.words("people.titles", "people.feminine", "people.masculine", "people.roles"),
        genders=dict.fromkeys(lexicon.phrases("people.feminine"), "f")
        | dict.fromkeys(lexicon.phrases("people.masculine"), "m"),
        modifiers=lexicon.words("people.modifiers", "people.titles", "people.roles"),
        title_endings=lexicon.phrases("people.endings"),
        never=lexicon.words("names.never", "grammar.temporal") | english.words("names.never"),
        first_heads=lexicon.words("organisations.first"),
        last_heads=lexicon.words("organisations.last"),
        head_endings=lexicon.phrases("organisations.endings"),
        lower_heads=lexicon.words("organisations.lower_first"),
        between=lexicon.words("grammar.joining", "grammar.determiners"),
        state=lexicon.words("organisations.state"),
        place_first=lexicon.words("places.first"),
        place_last=lexicon.words("places.last"),
        no_acronyms=lexicon.words("organisations.acronyms_not") | english.words("organisations.acronyms_not"),
        has_capital_nouns=grammar.has_capital_nouns,
    )


def _known_names(language: str | None) -> dict[str, tuple[_Known, ...]]:
    by_first: dict[str, list[_Known]] = defaultdict(list)

    def add(name: str, kind: MentionKind, usual: str | None, *, is_exact: bool) -> None:
        tokens = read_tokens(name, language)
        if len(tokens):
            by_first[tokens.lower[0]].append(_Known(tokens.words if is_exact else tokens.lower, kind, usual, is_exact))

    for form, place in place_names(language).items():
        add(form, "place", place.name, is_exact=False)
    for name in {
        *load_lexicon("en").phrases("organisations.known"),
        *load_lexicon(language).phrases("organisations.known"),
    }:
        add(name, "organisation", None, is_exact=True)
    for outlet in world_outlets():
        for name in (outlet.name, *outlet.names):
            add(name, "organisation", outlet.name, is_exact=True)
    return {first: tuple(sorted(names, key=lambda known: -len(known.tokens))) for first, names in by_first.items()}


@dataclass(frozen=True, slots=True)
class NameScanner:
    """A text in which names are looked for; starts are the first tokens of its sentences."""

    text: str
    tokens: Tokens
    starts: frozenset[int]
    words: NameWords
    language: str | None = None
    lower_words: frozenset[str] = frozenset()  # those that the text writes without a capital somewhere

    def candidates(self) -> list[Candidate]:
        """Return what could be a name, in order; nothing overlaps."""
        headlines = self._headline_tokens()
        found: list[Candidate] = []
        at = 0
        while at < len(self.tokens):
            if not self.tokens.words[at][0].isalpha():
                at += 1
                continue
            end, candidates = self._candidates_at(at, is_headline=at in headlines)
            found += [candidate for candidate in candidates if candidate.first < candidate.last]
            at = max(end, at + 1)
        return found

    def _candidates_at(self, at: int, *, is_headline: bool) -> tuple[int, list[Candidate]]:
        if not self._has_capital(at):
            end = self._lower_headed_end(at)
            known = self._known_at(at)
            return (known.last, [known]) if known else (max(end, at + 1), [Candidate(at, end, "organisation")])
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
        for known in self.words.known.get(self.tokens.lower[at], ()):
            end = at + len(known.tokens)
            written = self.tokens.words[at:end]
            if known.is_exact:
                is_match = self._is_written(written, known.tokens) and not (len(written) == 1 and self._is_common(at))
            else:
                is_match = self.tokens.lower[at:end] == known.tokens and not written[0][0].islower()
            if is_match and self._is_joined(at, end):
                return Candidate(at, end, known.kind, known.name)
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
        while end < len(self.tokens) and self.tokens.starts[end] - self.tokens.ends[end - 1] <= 1:
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
        given = next((at for at in range(first, last - 1) if self.tokens.lower[at] in given_names()), first)
        if self.words.has_capital_nouns and given > first:
            return [*self._cut(first, given), *self._cut(given, last)]  # any noun may stand before a name
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
        lower = self.tokens.lower[at].removesuffix("-elect")
        return lower in self.words.titles or (
            bool(self.words.title_endings) and lower.endswith(self.words.title_endings)
        )

    def gender_before(self, at: int) -> str:
        """Return the gender that a title right before a token tells: "f", "m" or ""."""
        before = at - 1 if at and self.tokens.words[at - 1] != "." else at - 2
        return self.words.genders.get(self.tokens.lower[before], "") if before >= 0 else ""

    def _headline_tokens(self) -> frozenset[int]:
        """Return the tokens of lines that are written all in capitals, or with a capital on every longer word."""
        edges = [*sorted(self.starts), len(self.tokens)]
        found: list[int] = []
        for first, last in zip(edges, edges[1:], strict=False):
            long_words = [word for word in self.tokens.words[first:last] if len(word) > 3 and word[0].isalpha()]
            if (
                len(long_words) >= _HEADLINE_WORDS
                and self._is_line(first, last)
                and all(word[0].isupper() or word in _SMALL_IN_HEADLINES for word in long_words)
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
