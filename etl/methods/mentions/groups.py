"""Decide once per name and text: which occurrences are one name, what it names, and its longest form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from etl.methods.lexicon.gazetteer import given_names, stem
from etl.methods.mentions.evidence import CUE, STRONG, Votes
from etl.methods.mentions.names import Candidate, NameScanner, fits
from etl.records import Mention, MentionKind

_PARTICLES = re.compile(r"^(?:al|el|ad|ash|as|at|an)-")
_IN_BRACKETS = re.compile(r" ?\(([A-Z][A-Za-z.&-]{1,9})\)")
PERSON_WORDS = range(2, 5)  # an unknown name of so many words is a person's more often than anything else


@dataclass(slots=True)
class Group:
    """All occurrences of one name in a text."""

    words: tuple[str, ...]  # in lower case
    candidates: list[Candidate] = field(default_factory=list)
    votes: Votes = field(default_factory=Counter)
    heads: list[Group] = field(default_factory=list)  # the groups of longer forms, if this is a short one

    @property
    def is_known(self) -> bool:
        """Tell whether the name is known beforehand."""
        return any(candidate.kind for candidate in self.candidates)

    @property
    def kind(self) -> MentionKind:
        """Return what the votes say; a longer form decides for its short ones."""
        if self.heads:
            return self.heads[0].kind
        best = max(self.votes.values(), default=0)
        top = [kind for kind, votes in self.votes.items() if votes == best]
        if best <= 0:
            return "person" if len(self.words) in PERSON_WORDS else "organisation"
        if len(self.words) == 1 and best <= CUE and "person" in top:
            return "organisation"
        return "person" if "person" in top and len(self.words) in PERSON_WORDS else top[0]


def group_names(scanner: NameScanner, candidates: Iterable[tuple[Candidate, Votes]]) -> list[Group]:
    """Put the occurrences of each name together, short forms with their long ones, and drop words that name nothing."""
    groups: dict[tuple[str, ...], Group] = {}
    for candidate, votes in candidates:
        words = tuple(stem(word, scanner.language) for word in scanner.tokens.lower[candidate.first : candidate.last])
        group = groups.setdefault(words, Group(words))
        group.candidates.append(candidate)
        group.votes.update(votes)
    surnames = {words[-1] for words, group in groups.items() if len(words) > 1 and group.kind == "person"}
    kept = {words: group for words, group in groups.items() if words[0] in surnames or _names_something(scanner, group)}
    _join_surnames(kept)
    _join_acronyms(scanner, kept)
    return list(kept.values())


def mentions_of(scanner: NameScanner, groups: Iterable[Group]) -> list[Mention]:
    """Return every occurrence with its kind and the form by which the text knows the name."""
    tokens = scanner.tokens
    groups = list(groups)
    named = {one.words: one for group in groups for one in (group, *group.heads)}
    usual = {words: _usual(scanner, group) for words, group in named.items()}
    found = []
    for group in groups:
        for candidate in group.candidates:
            name = usual[_head(scanner, group, candidate).words]
            found.append(Mention(tokens.starts[candidate.first], tokens.ends[candidate.last - 1], group.kind, name))
    return sorted(found, key=lambda mention: mention.start)


def _head(scanner: NameScanner, group: Group, candidate: Candidate) -> Group:
    """Return the longer form that a short one stands for: the last one before it that fits, else the first of the text."""
    if len(group.heads) < 2:
        return group.heads[0] if group.heads else group
    gender = scanner.gender_before(candidate.first)
    fitting = [
        head for head in group.heads if not gender or given_names().get(head.words[0], gender) in ("", gender)
    ] or group.heads
    before = [bisect_left(head.candidates, candidate.first, key=attrgetter("first")) for head in fitting]
    earlier = [
        (head.candidates[count - 1].first, head.words) for head, count in zip(fitting, before, strict=True) if count
    ]
    last = max(earlier, default=(0, fitting[0].words))[1]
    return next(head for head in fitting if head.words == last)


def _usual(scanner: NameScanner, group: Group) -> str:
    known = next((candidate.name for candidate in group.candidates if candidate.name), None)
    forms = sorted({_written(scanner, candidate) for candidate in group.candidates})
    # LONDON is London where both are written; of the cases of a name, the shortest is nearest to the first
    return known or min(forms, key=lambda form: (form.isupper(), len(form)))


def _written(scanner: NameScanner, candidate: Candidate) -> str:
    start, end = scanner.tokens.starts[candidate.first], scanner.tokens.ends[candidate.last - 1]
    return " ".join(scanner.text[start:end].split())


def _names_something(scanner: NameScanner, group: Group) -> bool:
    best = max(group.votes.values(), default=0)
    if scanner.words.has_capital_nouns and best < STRONG:
        return False
    if len(group.words) > 1 or group.is_known:
        return True
    word = group.words[0]
    if (
        len(word) == 1
        or word in scanner.lower_words
        or scanner.tokens.words[group.candidates[0].first] in scanner.words.no_acronyms
    ):
        return False
    # a capital at the beginning of a sentence makes no name
    return best >= STRONG or not all(candidate.is_at_start for candidate in group.candidates)


def _join_surnames(groups: dict[tuple[str, ...], Group]) -> None:
    """Tie each surname alone to the full names that end with it."""
    full: dict[str, list[Group]] = {}
    for group in groups.values():
        if len(group.words) > 1 and group.kind == "person":
            full.setdefault(_bare(group.words[-1]), []).append(group)
    for group in groups.values():
        if len(group.words) == 1 and not group.is_known:
            group.heads = full.get(_bare(group.words[0]), [])
            for head in group.heads[:1]:
                head.votes.update(group.votes)


def _bare(word: str) -> str:
    return _PARTICLES.sub("", word)


def _join_acronyms(scanner: NameScanner, groups: dict[tuple[str, ...], Group]) -> None:
    """Join "International Atomic Energy Agency (IAEA)" and IAEA."""
    for group in list(groups.values()):
        for candidate in group.candidates:
            match = _IN_BRACKETS.match(scanner.text, scanner.tokens.ends[candidate.last - 1])
            short = groups.get((match.group(1).lower(),)) if match else None
            if (
                short
                and short is not group
                and len(group.words) > 1
                and match
                and fits(match.group(1), _written(scanner, candidate))
            ):
                short.heads = [group]
                group.votes["organisation"] += STRONG
