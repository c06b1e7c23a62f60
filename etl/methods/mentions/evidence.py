"""Weigh what speaks for a name being a person, an organisation or a place: its own words, and those beside it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from etl.methods.lexicon import load_lexicon
from etl.methods.lexicon.gazetteer import given_names
from etl.methods.lexicon.grammar import load_grammar
from etl.methods.mentions.names import Candidate, NameScanner
from etl.records import MentionKind

Votes = Counter[MentionKind]

# One vote is a hint, five are as good as certain.
HINT, CUE, STRONG, SURE = 1, 2, 3, 5
ROLE_REACH = 9  # tokens before a name among which the role may stand that it explains
FULL_NAME = range(2, 5)  # words of a person's full name
ACRONYM = range(2, 7)  # letters of an acronym
BESIDE = 40  # characters beside a name that are looked at

_TICKER = re.compile(r"\s*\(?[A-Z]{1,6}\.[A-Z]{1,3}\)?")  # (AAPL.O)
_AGE = re.compile(r",? \(?\d{1,2}\b\)?[,)]| \(\d{2}\)")
_RELATIVE = re.compile(r",? (?:who|whose|qui|quien|которая|который)\b")
_CREDIT = re.compile(
    r"(?:REUTERS|AFP|AP|Reuters|dpa|EFE|Getty Images) ?/ ?$"
    r"|\b(?:[Bb]y|BY|Par|Por|Von|Di) $|(?:Reporting|Editing|Writing|Compiled) by (?:[^;\n]*[ ,])?$"
)
_POOL = re.compile(r" ?/ ?(?:Pool|File|Handout|AFP|Getty|REUTERS|AP)\b")
_FIRM = re.compile(
    r"(?:[Ss]hares (?:of|in)|[Ss]tock of|owned by|subsidiary|maker|giant|retailer|carrier|lender|firm|company|startup"
    r"|group|agency|broadcaster|newspaper) $"
)
_CORPORATE = re.compile(
    r" ?['’]s (?:shares|stock|chief executive|CEO|board|revenue|profit|investors|customers|employees|earnings|sales)"
    r"|,? (?:shares|stock)\b"
)
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|&|\d")
_ROMAN = re.compile(r"[IVX]+$")


@dataclass(frozen=True, slots=True)
class _CueWords:
    """A language's words beside names, by what they speak for."""

    letters: dict[str, str]
    roles: frozenset[str]
    places: frozenset[str]  # in, near
    maybe_places: frozenset[str]  # to, from


@lru_cache(maxsize=16)
def _cue_words(language: str | None) -> _CueWords:
    lexicon = load_lexicon(language)
    return _CueWords(
        load_grammar(language).letters,
        roles=lexicon.words("people.roles", "people.titles"),
        places=lexicon.words("places.prepositions"),
        maybe_places=lexicon.words("places.hints"),
    )


def weigh(scanner: NameScanner, candidate: Candidate) -> Votes:
    """Return the votes of one occurrence of a name."""
    votes: Votes = Counter({candidate.kind: SURE} if candidate.kind else {})
    _weigh_words(scanner, candidate, votes)
    _weigh_before(scanner, candidate, votes)
    _weigh_after(scanner, candidate, votes)
    if scanner.tokens.starts[candidate.first] < scanner.dateline:
        _weigh_dateline(scanner, candidate, votes)
    return votes


def _weigh_words(scanner: NameScanner, candidate: Candidate, votes: Votes) -> None:
    words, names = scanner.words, scanner.tokens.words[candidate.first : candidate.last]
    lower = scanner.tokens.lower[candidate.first : candidate.last]
    if len(names) == 1:
        if names[0].isupper() and len(names[0]) in ACRONYM and not _ROMAN.match(names[0]):
            votes["organisation"] += STRONG
        if lower[0].endswith(words.head_endings or ("\n",)) and lower[0] not in words.head_endings:
            votes["organisation"] += STRONG  # Innenministerium, but a Ministerium is any
        votes["person"] += HINT if lower[0] in given_names() else 0
    else:
        if (
            lower[-1] in words.last_heads
            or lower[0] in words.first_heads
            or lower[-1].endswith(words.head_endings or ("\n",))
        ):
            votes["organisation"] += SURE
        if lower[-1] in words.place_last or lower[0] in words.place_first:
            votes["place"] += STRONG
        if len(names) in FULL_NAME:
            votes["person"] += SURE if lower[0] in given_names() else 0
            votes["person"] += CUE if any(len(name) == 1 and name.isalpha() for name in names[1:-1]) else 0
    if any(_INNER_CAPITAL.search(name) for name in names):
        votes["organisation"] += CUE


def _weigh_before(scanner: NameScanner, candidate: Candidate, votes: Votes) -> None:
    words, tokens = _cue_words(scanner.language), scanner.tokens
    start = tokens.starts[candidate.first]
    at = scanner.token_before(candidate.first)
    previous = tokens.lower[at] if at >= 0 and "\n" not in scanner.text[tokens.ends[at] : start] else ""
    if previous and scanner.is_title(at):
        votes["person"] += SURE
    if previous == "," and _explains_role(scanner, candidate, words):
        votes["person"] += STRONG
    votes["place"] += CUE if previous in words.places else HINT if previous in words.maybe_places else 0
    if previous in scanner.words.place_first or previous in scanner.words.place_last:
        votes["place"] += HINT
    if words.letters.get(previous) in ("D", "d") and candidate.kind is None:
        votes["person"] -= CUE  # the Sooners
        votes["organisation"] += 0 if scanner.words.has_capital_nouns else HINT
        votes["place"] -= CUE if scanner.words.has_capital_nouns else 0
    before = scanner.text[max(0, start - BESIDE) : start]
    votes["person"] += STRONG if _CREDIT.search(before) else 0
    votes["organisation"] += CUE if _FIRM.search(before) else 0


def _explains_role(scanner: NameScanner, candidate: Candidate, words: _CueWords) -> bool:
    """Tell whether a name stands in apposition to a role: the spokesman of the ministry, Ada Smith."""
    earlier = scanner.tokens.lower[max(0, candidate.first - ROLE_REACH) : candidate.first]
    return candidate.last - candidate.first in FULL_NAME and not words.roles.isdisjoint(earlier)


def _weigh_after(scanner: NameScanner, candidate: Candidate, votes: Votes) -> None:
    tokens, end = scanner.tokens, scanner.tokens.ends[candidate.last - 1]
    after = scanner.text[end : end + BESIDE]
    votes["organisation"] += SURE if _TICKER.match(after) else STRONG if _CORPORATE.match(after) else 0
    votes["person"] += STRONG if _AGE.match(after) or _RELATIVE.match(after) or _POOL.match(after) else 0
    following = tokens.lower[candidate.last] if candidate.last < len(tokens) else ""
    if candidate.last - candidate.first > 1 and _cue_words(scanner.language).letters.get(following) == "V":
        votes["person"] += HINT
    if following in (",", "(") and candidate.last + 1 < len(tokens) and scanner.is_known_place(candidate.last + 1):
        votes["place"] += CUE  # Austin, Texas; Kaltenau (Österreich)


def _weigh_dateline(scanner: NameScanner, candidate: Candidate, votes: Votes) -> None:
    """Read LONDON, June 3 (Reuters) -: first the place, in brackets who writes."""
    is_first = "(" not in scanner.text[: scanner.tokens.starts[candidate.first]]
    votes["place" if is_first and candidate.kind != "organisation" else "organisation"] += SURE
