"""Match many queries against one article at a time, as articles come in.

What is told: for every query that an article answers, how many places match and whether one is in the title: the same
as the dataset's own search says (a test holds the two together).

How: each word or phrase of all queries is one leaf, looked for once however many queries ask for it, and only where its
longest word was met; then the queries that have a leaf among those found are weighed. Exact, in any language; an article's
fields language: and canonical_domain: are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain

from etl.methods.query import And, Leaf, Not, Part, QueryWord, leaves_of, parse_query
from etl.methods.words import TEXT_START, TITLE_WORDS, words_of

CARD: dict[str, str | float] = {
    "name": "topics",
    "version": "1",
    "definition": "Queries that an article answers, by its words.",
    "measured_on": "exact: equal to a reading of every text, word by word",
    "precision": 1.0,
    "recall": 1.0,
    "languages": "all",
    "reference": "the query language of data/README.md",
}
MOST_REMEMBERED = 500_000  # words whose meaning to the queries is kept at hand

Key = tuple[str, bool]  # a word, or with True a beginning of words
Places = Mapping[Key, list[int]]


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """A query that an article answers."""

    topic_id: str
    matches: int
    is_in_title: bool


@dataclass(frozen=True, slots=True)
class _Test:
    """What leaves an article must show: all of them and of the inner tests, or one; or not so."""

    is_all: bool
    leaves: frozenset[int]
    inner: tuple[_Test, ...] = ()
    is_not: bool = False

    def holds(self, found: AbstractSet[int]) -> bool:
        """Tell whether an article with these leaves passes."""
        if self.is_all:
            return self.is_not != (self.leaves <= found and all(test.holds(found) for test in self.inner))
        return self.is_not != (not self.leaves.isdisjoint(found) or any(test.holds(found) for test in self.inner))


@dataclass(frozen=True, slots=True)
class _Query:
    """A topic's query made ready."""

    topic_id: str
    test: _Test
    leaves: frozenset[int]


class _Keys(dict[str, tuple[Key, ...]]):
    """What the queries ask for that a word is; filled as words are met."""

    def __init__(self, asked: AbstractSet[Key]) -> None:
        super().__init__()
        self._asked = asked
        self._lengths = sorted({len(word) for word, is_prefix in asked if is_prefix})

    def __missing__(self, word: str) -> tuple[Key, ...]:
        if len(self) > MOST_REMEMBERED:
            self.clear()
        beginnings = ((word[:length], True) for length in self._lengths if length <= len(word))
        self[word] = tuple(key for key in chain([(word, False)], beginnings) if key in self._asked)
        return self[word]


class TopicMatcher:
    """Queries made ready; raises QueryError where one cannot be understood."""

    def __init__(self, queries: Mapping[str, str]) -> None:
        self._leaves: list[Leaf] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self._queries = [self._ready(topic_id, parse_query(query)) for topic_id, query in queries.items()]
        self._values = [number for number, leaf in enumerate(self._leaves) if leaf.value]
        self._triggers: dict[Key, list[int]] = defaultdict(list)
        for number, leaf in enumerate(self._leaves):
            if leaf.words:
                self._triggers[max(_keys(leaf), key=lambda key: (len(key[0]), not key[1]))].append(number)
        self._of_word = _Keys({key for leaf in self._leaves for key in _keys(leaf)})

    def _ready(self, topic_id: str, part: Part) -> _Query:
        leaves = chain(leaves_of(part), leaves_of(part, wanted=False))
        return _Query(topic_id, self._test(part), frozenset(map(self._number, leaves)))

    def _number(self, leaf: Leaf) -> int:
        """Return the number of a leaf, the same for all that ask the same."""
        asked = (leaf.words, leaf.field, leaf.distance, leaf.value)
        if asked not in self._numbers:
            self._numbers[asked] = len(self._leaves)
            self._leaves.append(leaf)
        return self._numbers[asked]

    def _test(self, part: Part) -> _Test:
        if isinstance(part, Leaf):
            return _Test(True, frozenset([self._number(part)]))
        if isinstance(part, Not):
            test = self._test(part.part)
            return _Test(test.is_all, test.leaves, test.inner, not test.is_not)
        leaves = frozenset(self._number(inner) for inner in part.parts if isinstance(inner, Leaf))
        inner = tuple(self._test(inner) for inner in part.parts if not isinstance(inner, Leaf))
        return _Test(isinstance(part, And), leaves, inner)

    def match(
        self, title: str, text: str, *, language: str | None = None, domain: str | None = None
    ) -> list[TopicMatch]:
        """Return the queries that an article answers, in the order in which they were given."""
        spots = self._spots(words_of(title)[:TITLE_WORDS], words_of(text))
        facts = {"language": language or "", "canonical_domain": domain or ""}
        found = spots.keys() | {
            number for number in self._values if facts[self._leaves[number].field] == self._leaves[number].value
        }
        return [
            TopicMatch(query.topic_id, len(places), min(places) < TEXT_START)
            for query in self._queries
            if not query.leaves.isdisjoint(found) and query.test.holds(found)
            for places in [[spot for leaf in query.leaves & spots.keys() for spot in spots[leaf]] or [TEXT_START]]
        ]

    def _spots(self, title: Sequence[str], text: Sequence[str]) -> dict[int, list[int]]:
        """Return where each leaf stands that stands anywhere."""
        keys_of = self._of_word
        met = {key for word in {*title, *text} for key in keys_of[word]}
        possible = [
            number
            for key in met & self._triggers.keys()
            for number in self._triggers[key]
            if met.issuperset(_keys(self._leaves[number]))
        ]
        needed = {key for number in possible for key in _keys(self._leaves[number])}
        places: dict[Key, list[int]] = defaultdict(list)
        for first, words in ((1, title), (TEXT_START, text)) if needed else ():
            for place, word in enumerate(words, first):
                for key in keys_of[word]:
                    places[key].append(place)
        return {number: spots for number in possible if (spots := leaf_places(self._leaves[number], places))}


def _keys(leaf: Leaf) -> list[Key]:
    return [(word.word, word.is_prefix) for word in leaf.words]


def leaf_places(leaf: Leaf, places: Places) -> list[int]:
    """Return where a leaf stands: of a phrase the places of its first word, of near words where a stretch begins."""
    found = [places.get((word.word, word.is_prefix), []) for word in leaf.words]
    if not all(found):
        return []
    if len(leaf.words) == 1:
        spots = found[0]
    elif leaf.distance is None:
        rest = [(set(spots), word.place) for spots, word in zip(found[1:], leaf.words[1:], strict=True)]
        spots = [spot for spot in found[0] if all(spot + place in later for later, place in rest)]
    else:
        spots = _near(leaf.words, found, leaf.distance + leaf.words[-1].place)
    return [spot for spot in spots if spot < TEXT_START] if leaf.field == "title" else spots


def _near(words: Iterable[QueryWord], found: list[list[int]], reach: int) -> list[int]:
    """Return where a stretch of text begins that holds each word as often as it is asked for."""
    asked = [(word.word, word.is_prefix) for word in words]
    needed = {key: (asked.count(key), spots) for key, spots in zip(asked, found, strict=True)}
    starts = sorted({spot for spots in found for spot in spots})
    return [
        start
        for start in starts
        if all(sum(start <= spot <= start + reach for spot in spots) >= times for times, spots in needed.values())
    ]
