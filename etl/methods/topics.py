"""Match many queries against one article at a time, as articles come in.

What is told: for every query that an article answers, how many places match and whether one is in the title: the same
as the dataset's own search says (a test holds the two together).

How: the article's words are looked up once in a dictionary of all words that any query asks for; only queries of which
a word was met are looked at. Exact, in any language; an article's fields language: and canonical_domain: are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


class TopicMatcher:
    """Queries made ready; raises QueryError where one cannot be understood."""

    def __init__(self, queries: Mapping[str, str]) -> None:
        self._parts = {topic_id: parse_query(query) for topic_id, query in queries.items()}
        self._asked: dict[Key, set[str]] = defaultdict(set)
        self._always: set[str] = set()  # queries that an article can answer without any of their words
        for topic_id, part in self._parts.items():
            for leaf in [*leaves_of(part), *leaves_of(part, wanted=False)]:
                self._note(topic_id, leaf)
        self._lengths = sorted({len(word) for word, is_prefix in self._asked if is_prefix})
        self._keys: dict[str, tuple[Key, ...]] = {}

    def _note(self, topic_id: str, leaf: Leaf) -> None:
        if leaf.value:
            self._always.add(topic_id)
        for word in leaf.words:
            self._asked[word.word, word.is_prefix].add(topic_id)

    def match(
        self, title: str, text: str, *, language: str | None = None, domain: str | None = None
    ) -> list[TopicMatch]:
        """Return the queries that an article answers, in the order in which they were given."""
        places: dict[Key, list[int]] = {}
        for first, words in ((1, words_of(title)[:TITLE_WORDS]), (TEXT_START, words_of(text))):
            for place, word in enumerate(words, first):
                for key in self._keys.get(word) or self._keys_of(word):
                    places.setdefault(key, []).append(place)
        facts = {"language": language or "", "canonical_domain": domain or ""}
        met = self._always.union(*(self._asked[key] for key in places))
        return [
            TopicMatch(topic_id, len(spots), min(spots) < TEXT_START)
            for topic_id, part in self._parts.items()
            if topic_id in met and _answers(part, places, facts)
            for spots in [_spots(part, places) or [TEXT_START]]
        ]

    def _keys_of(self, word: str) -> tuple[Key, ...]:
        """Return what the queries ask for that a word is."""
        keys = [(word, False)] if (word, False) in self._asked else []
        beginnings = ((word[:length], True) for length in self._lengths if length <= len(word))
        keys += [key for key in beginnings if key in self._asked]
        if len(self._keys) > MOST_REMEMBERED:
            self._keys.clear()
        self._keys[word] = tuple(keys)
        return self._keys[word]


def _answers(part: Part, places: Places, facts: Mapping[str, str]) -> bool:
    if isinstance(part, Leaf):
        return facts[part.field] == part.value if part.value else bool(leaf_places(part, places))
    if isinstance(part, Not):
        return not _answers(part.part, places, facts)
    return (all if isinstance(part, And) else any)(_answers(inner, places, facts) for inner in part.parts)


def _spots(part: Part, places: Places) -> list[int]:
    """Return every place at which a leaf of the query stands."""
    leaves = {
        (leaf.words, leaf.field, leaf.distance): leaf for leaf in [*leaves_of(part), *leaves_of(part, wanted=False)]
    }
    return [spot for leaf in leaves.values() for spot in leaf_places(leaf, places)]


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
