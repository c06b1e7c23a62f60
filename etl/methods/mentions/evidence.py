"""Weigh what speaks for a name being a person, an organisation or a place: its own words, and those beside it."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from etl.methods.lexicon import load_lexicon
from etl.methods.lexicon.gazetteer import given_names
from etl.methods.lexicon.grammar import load_grammar
from etl.methods.mentions.names import Candidate, NameScanner
from etl.records import MentionKind

Votes = Counter[MentionKind]

# One vote is a hint, four are as good as certain.
HINT, CUE, STRONG, SURE = 1, 2, 3, 5
ROLE_REACH = 9  # tokens before a name among which the role may stand that it explains

_TICKER = re.compile(r"\s*\(?[A-Z]{1,6}\.[A-Z]{1,3}\)?")  # (AAPL.O)
_AGE = re.compile(r",? \(?\d{1,2}\b\)?[,)]| \(\d{2}\)")
_RELATIVE = re.compile(r",? (?:who|whose|qui|der|die|quien|quem|che|который|которая)\b")
_CREDIT = re.compile(
    r"(?:REUTERS|AFP|AP|Reuters|dpa|EFE|Getty Images) ?/ ?$|\b(?:[Bb]y|BY|Par|Por|Von|Di) $|(?:Reporting|Editing|Writing|Compiled) by (?:[^;\n]*[ ,])?$"
)
_POOL = re.compile(r" ?/ ?(?:Pool|File|Handout|AFP|Getty|REUTERS|AP)\b")
_SHARES = re.compile(
    r"(?:[Ss]hares (?:of|in)|[Ss]tock of|owned by|subsidiary|maker|giant|retailer|carrier|lender|firm|company|startup|group|agency|broadcaster|newspaper) $"
)
_CORPORATE = re.compile(
    r" ?['’]s (?:shares|stock|chief executive|CEO|board|revenue|profit|investors|customers|employees|earnings|sales)|,? (?:shares|stock)\b"
)
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|&|\d")
_DATELINE = re.compile(
    r"(?:, [^\n(]{0,30})? ?\((?:Reuters|AP|AFP|dpa|UPI|EFE|ANSA)[^)]{0,20}\)|(?: /|, [A-Z][a-z]+\.? \d|,? \(| — | - | -- |: )"
)
_ROMAN = re.compile(r"[IVX]+$")


@lru_cache(maxsize=16)
def _place_prepositions(language: str | None) -> frozenset[str]:
    return load_lexicon(language).words("places.prepositions")


@lru_cache(maxsize=16)
def _roles(language: str | None) -> frozenset[str]:
    return load_lexicon(language).words("people.roles", "people.titles")


def weigh(scanner: NameScanner, candidate: Candidate, language: str | None) -> Votes:
    """Return the votes of one occurrence of a name."""
    votes: Votes = Counter()
    if candidate.kind:
        votes[candidate.kind] += SURE
    _weigh_words(scanner, candidate, votes)
    _weigh_before(scanner, candidate, votes, language)
    _weigh_after(scanner, candidate, votes, language)
    return votes


def _weigh_words(scanner: NameScanner, candidate: Candidate, votes: Votes) -> None:
    words, names = scanner.words, scanner.tokens.words[candidate.first : candidate.last]
    lower = scanner.tokens.lower[candidate.first : candidate.last]
    length = len(names)
    if length > 1 and (lower[-1] in words.last_heads or lower[0] in words.first_heads):
        votes["organisation"] += SURE
    elif words.head_endings and lower[-1].endswith(words.head_endings):
        votes["organisation"] += STRONG
    if (length > 1 and lower[-1] in words.place_last) or (length > 1 and lower[0] in words.place_first):
        votes["place"] += STRONG
    if length == 1 and names[0].isupper() and 1 < len(names[0]) <= 6 and not _ROMAN.match(names[0]):
        votes["organisation"] += STRONG
    elif any(_INNER_CAPITAL.search(name) for name in names):
        votes["organisation"] += CUE
    if lower[0] in given_names():
        votes["person"] += SURE if 1 < length < 5 else HINT
    if 1 < length < 5 and any(len(name) == 1 for name in names[1:-1] if name.isalpha()):
        votes["person"] += CUE  # John F. Kennedy


def _weigh_before(scanner: NameScanner, candidate: Candidate, votes: Votes, language: str | None) -> None:
    tokens, first = scanner.tokens, candidate.first
    start = tokens.starts[first]
    before = scanner.text[max(0, start - 40) : start]
    at = first - 1 if first and tokens.words[first - 1] != "." else first - 2
    previous = tokens.lower[at] if at >= 0 and "\n" not in scanner.text[tokens.ends[at] : start] else ""
    if previous and scanner.is_title(at):
        votes["person"] += SURE
    elif previous in _roles(language):
        votes["person"] += CUE
    if (
        previous == ","
        and candidate.last - first in (2, 3)
        and _roles(language).intersection(tokens.lower[max(0, first - ROLE_REACH) : first])
    ):
        votes["person"] += STRONG  # the spokesman of the ministry, Ada Smith
    if _CREDIT.search(before):
        votes["person"] += STRONG
    if _SHARES.search(before):
        votes["organisation"] += CUE
    if previous in _place_prepositions(language):
        votes["place"] += CUE
    if previous in scanner.words.place_first or previous in scanner.words.place_last:
        votes["place"] += HINT
    if load_grammar(language).letters.get(previous) == "D" and candidate.kind is None:
        votes["person"] -= CUE  # the Sooners
        votes["organisation"] += HINT


def _weigh_after(scanner: NameScanner, candidate: Candidate, votes: Votes, language: str | None) -> None:
    text, tokens = scanner.text, scanner.tokens
    end = tokens.ends[candidate.last - 1]
    following = tokens.lower[candidate.last] if candidate.last < len(tokens) else ""
    after = text[end : end + 40]
    if _TICKER.match(after):
        votes["organisation"] += SURE
    if _CORPORATE.match(after):
        votes["organisation"] += STRONG
    if _AGE.match(after) or _RELATIVE.match(after) or _POOL.match(after):
        votes["person"] += STRONG
    letter = load_grammar(language).letters.get(following)
    if letter == "V" and candidate.last - candidate.first > 1:
        votes["person"] += HINT
    line_start = text.rfind("\n", 0, tokens.starts[candidate.first]) + 1
    name = text[tokens.starts[candidate.first] : end]
    if (
        candidate.kind != "organisation"
        and name.isupper()
        and len(name) > 3
        and text[line_start : tokens.starts[candidate.first]].replace("/", "").isupper()
        | (line_start == tokens.starts[candidate.first])
        and _DATELINE.match(after)
    ):
        votes["place"] += SURE
