"""A corpus of any size, always the same: what news looks like to an index, without a word of anybody's news.

Words follow Zipf's law; a few are planted at known rates, so that queries have known sizes. Topics come in bursts, events
are told by several sources within days, one article in twelve is nearly a copy of an earlier one, and one source-day in
a hundred is missing. Part after part in order of publication; a part depends on its number and the size alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.publish.schema import create_dataset

_STOP = """
the of and to in a is that for on with as was by at it from be are this has have not but an they he
his were which said who their will would been had or more one about its after new also than two
people
"""
STOP_WORDS = _STOP.split()
PLANTED = {  # word: share of the articles that have it, besides those where a topic brings it
    "zeppelin": 0.00045,
    "tariff": 0.005,
    "nato": 0.006,
    "drone": 0.01,
    "vaccine": 0.01,
    "climate": 0.01,
    "ukraine": 0.02,
    "migration": 0.02,
    "inflation": 0.02,
    "inflated": 0.004,
    "inflow": 0.002,
    "election": 0.03,
    "membership": 0.03,
    "border": 0.04,
    "hospital": 0.05,
    "central": 0.05,
    "bank": 0.06,
    "change": 0.2,
}
TOPIC_WORDS = {0: ("ukraine", "nato"), 2: ("election",), 3: ("climate",), 5: ("inflation", "bank"), 7: ("nato",)}
PHRASES = {("climate", "change"): 0.004, ("central", "bank"): 0.003}
SYLLABLES = [first + second for first in "bcdfghjklmnprstvwz" for second in "aeiou"] + [
    "é",
    "ü",
    "tion",
    "ing",
    "er",
    "al",
]

VOCABULARY = 1_000_000
SOURCES, DAYS, TOPICS, ENTITIES = 300, 1826, 60, 20_000
FIRST_DAY = np.datetime64("2021-01-01")
PART = 20_000  # articles

Numbers = npt.NDArray[Any]


@dataclass(frozen=True)
class Corpus:
    """A corpus of so many articles of so many words."""

    articles: int
    words: int = 400

    def write(self, path: Path, *, with_texts: bool = True) -> None:
        """Write the corpus as a dataset, without its word index and without topics' articles."""
        create_dataset(path)
        with duckdb.connect(str(path)) as connection:
            _insert_lists(connection)
            for part in self.parts(with_texts=with_texts):
                for table, rows in part.items():
                    connection.register("rows", rows)
                    connection.execute(f"INSERT INTO {table} BY NAME FROM rows")
                    connection.unregister("rows")
            connection.execute(_AFTERWARDS)

    def parts(self, *, with_texts: bool = True) -> Iterator[dict[str, pa.Table]]:
        """Yield the rows of the tables that have rows by article, in order of publication."""
        for first in range(0, self.articles, PART):
            yield _Part(self, first, min(PART, self.articles - first)).tables(with_texts=with_texts)

    @cached_property
    def forms(self) -> pa.Array:
        """Every word plain, before a comma, before a full stop, and with a capital."""
        words = [*STOP_WORDS, *(_word(rank) for rank in range(len(STOP_WORDS), VOCABULARY)), *PLANTED]
        return pa.array(
            [
                *words,
                *(f"{word}," for word in words),
                *(f"{word}." for word in words),
                *(word.capitalize() for word in words),
            ]
        )

    @cached_property
    def zipf(self) -> Numbers:
        """Cumulated chances of the words by rank (Zipf and Mandelbrot)."""
        chances = 1 / (np.arange(VOCABULARY) + 2.7) ** 1.07
        return np.asarray(np.cumsum(chances / chances.sum()))

    @cached_property
    def bursts(self) -> Numbers:
        """Cumulated chances of the topics for each fortnight."""
        rng = np.random.default_rng(2)
        sizes = 1 / (np.arange(TOPICS) + 3.0)
        weights = sizes[:, None] * (rng.gamma(0.6, 1.6, (TOPICS, DAYS // 14 + 1)) + 0.25)
        return np.asarray(np.cumsum(weights / weights.sum(0), 0))

    @cached_property
    def topic_vocabulary(self) -> Numbers:
        """Forty words for each topic, by rank."""
        return np.random.default_rng(3).integers(800, 30_000, (TOPICS, 40))


def planted(word: str) -> int:
    """Return the rank that stands for a planted word."""
    return VOCABULARY + list(PLANTED).index(word)


def _word(rank: int) -> str:
    rank += len(SYLLABLES)  # two syllables at least
    word = ""
    while rank:
        rank, syllable = divmod(rank, len(SYLLABLES))
        word += SYLLABLES[syllable]
    return word


class _Part:
    """Some articles in a row, column by column."""

    def __init__(self, corpus: Corpus, first: int, size: int) -> None:
        self._corpus, self._first, self._size = corpus, first, size
        self._rng = np.random.default_rng((corpus.articles, first))
        span = DAYS / corpus.articles
        self._moments = np.sort(self._rng.uniform(first * span, (first + size) * span, size))  # days since the first
        self._events = np.clip(np.arange(size) // 5 + self._rng.integers(-3, 4, size), 0, size // 5)
        fortnights = (self._moments[np.minimum(self._events * 5, size - 1)] // 14).astype(int)
        event_topics = self._rng.random(size // 5 + 1)
        self._topics = (event_topics[self._events] > corpus.bursts[:, fortnights]).sum(0).clip(0, TOPICS - 1)
        self._sources = _zipf_choice(self._rng, SOURCES, size)
        self._originals = np.where(
            self._rng.random(size) < 1 / 12, np.arange(size) - self._rng.integers(1, 30, size), -1
        )
        self._originals[(self._originals < 0) | (self._originals[self._originals] >= 0)] = -1

    def tables(self, *, with_texts: bool) -> dict[str, pa.Table]:
        ids = np.arange(self._first + 1, self._first + self._size + 1, dtype=np.int32)
        seconds = (self._moments * 86400).astype("timedelta64[s]")
        at = FIRST_DAY.astype("datetime64[s]") + seconds
        titles = self._words(np.full(self._size, 9))
        articles = {
            "article_id": ids,
            "source_id": pc.take(_source_ids(), pa.array(self._sources)),
            "url": [f"https://corpus.test/{number}" for number in ids],
            "title": self._joined(titles, np.full(self._size, 9)),
            "published_at": at,
            "published_on": at.astype("datetime64[D]"),
            "date_origin": ["json-ld"] * self._size,
            "date_precision": np.where(self._rng.random(self._size) < 0.9, "minute", "day"),
            "is_zone_assumed": np.zeros(self._size, bool),
            "is_date_disputed": np.zeros(self._size, bool),
            "collected_at": at,
            "language": np.array(["en", "en", "en", "de", "fr"])[self._sources % 5],
            "words": np.full(self._size, self._corpus.words, np.int32),
            "is_truncated": np.zeros(self._size, bool),
            "is_live_blog": np.zeros(self._size, bool),
            "original_id": pa.array(self._first + 1 + self._originals, mask=self._originals < 0),
            "story_id": self._first + 1 + self._events,
        }
        tables = {"articles": pa.table(articles), **self._findings(ids)}
        return (
            {**tables, "article_texts": pa.table({"article_id": ids, "text": self._texts()})} if with_texts else tables
        )

    def _texts(self) -> pa.Array:
        counts = np.clip(
            self._rng.lognormal(np.log(self._corpus.words * 0.9), 0.45, self._size), 40, 3 * self._corpus.words
        ).astype(int)
        copied = self._originals >= 0
        counts[copied] = counts[self._originals[copied]]
        return self._joined(self._words(counts), counts)

    def _words(self, counts: Numbers) -> Numbers:
        """Return ranks of words, article after article."""
        rng, total = self._rng, int(counts.sum())
        ranks = np.searchsorted(self._corpus.zipf, rng.random(total)).clip(0, VOCABULARY - 1)
        article = np.repeat(np.arange(self._size), counts)
        chance = rng.random(total)
        of_topic, of_event = chance < 0.06, (chance >= 0.06) & (chance < 0.09)
        ranks[of_topic] = self._corpus.topic_vocabulary[
            self._topics[article[of_topic]], (rng.random(of_topic.sum()) ** 2 * 40).astype(int)
        ]
        event_vocabulary = rng.integers(20_000, VOCABULARY, (self._size // 5 + 1, 6))
        ranks[of_event] = event_vocabulary[self._events[article[of_event]], rng.integers(0, 6, of_event.sum())]
        starts = np.cumsum(counts) - counts
        self._plant(ranks, starts, counts)
        self._copy(ranks, starts, counts)
        return np.asarray(ranks)

    def _plant(self, ranks: Numbers, starts: Numbers, counts: Numbers) -> None:
        rng, size = self._rng, self._size
        for word, rate in PLANTED.items():
            topics = [topic for topic, words in TOPIC_WORDS.items() if word in words]
            having = np.flatnonzero(
                (rng.random(size) < rate) | np.isin(self._topics, topics) & (rng.random(size) < 0.6)
            )
            for _ in range(3):
                ranks[starts[having] + (rng.random(len(having)) * counts[having]).astype(int)] = planted(word)
                having = having[rng.random(len(having)) < 0.5]
        for phrase, rate in PHRASES.items():
            having = np.flatnonzero(rng.random(size) < rate)
            places = starts[having] + (rng.random(len(having)) * (counts[having] - len(phrase))).astype(int)
            for nth, word in enumerate(phrase):
                ranks[places + nth] = planted(word)

    def _copy(self, ranks: Numbers, starts: Numbers, counts: Numbers) -> None:
        """Repeat originals in their copies, one word in thirty replaced."""
        for copy in np.flatnonzero(self._originals >= 0):
            original, length = self._originals[copy], counts[copy]
            kept = self._rng.random(length) > 1 / 30
            into = ranks[starts[copy] : starts[copy] + length]
            into[kept] = ranks[starts[original] : starts[original] + length][kept]

    def _joined(self, ranks: Numbers, counts: Numbers) -> pa.Array:
        """Write words with commas, full stops and capitals, a space between them."""
        chance = self._rng.random(len(ranks))
        ends = chance > 0.95
        variant = np.where(ends, 2, np.where(chance < 0.09, 1, np.where(np.roll(ends, 1), 3, 0)))
        words = self._corpus.forms.take(pa.array(ranks + variant * (VOCABULARY + len(PLANTED))))
        offsets = np.append(0, np.cumsum(counts)).astype(np.int32)
        return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), words), " ")

    def _findings(self, ids: Numbers) -> dict[str, pa.Table]:
        rng = self._rng
        named, quoted, citing = np.repeat(ids, 3), ids[rng.random(self._size) < 0.7], ids[rng.random(self._size) < 0.1]
        speakers = 1 + _zipf_choice(rng, ENTITIES, len(quoted))
        mentions = {
            "article_id": named,
            "entity_id": 1 + _zipf_choice(rng, ENTITIES, len(named)),
            "mentions": np.ones(len(named), np.int32),
            "first_position": np.zeros(len(named), np.int32),
        }
        quotes = {
            "quote_id": quoted,
            "article_id": quoted,
            "speaker": pc.take(_entity_names(), pa.array(speakers - 1)),
            "entity_id": speakers,
            "text": ["so it is"] * len(quoted),
            "verb": ["said"] * len(quoted),
            "position": np.zeros(len(quoted), np.int32),
            "quote_position": np.zeros(len(quoted), np.int32),
            "is_direct": np.ones(len(quoted), bool),
        }
        cited = pc.take(_source_ids(), pa.array(_zipf_choice(rng, SOURCES, len(citing))))
        citations = {
            "article_id": citing,
            "source_id": cited,
            "cited_name": cited,
            "evidence": ["name"] * len(citing),
            "position": np.zeros(len(citing), np.int32),
            "is_dispute": rng.random(len(citing)) < 0.1,
        }
        pairs = (
            pa.table(mentions)
            .group_by(["article_id", "entity_id"])
            .aggregate([("mentions", "sum"), ("first_position", "min")])
        )
        named_once = pairs.rename_columns(["article_id", "entity_id", "mentions", "first_position"])
        return {"mentions": named_once, "quotes": pa.table(quotes), "citations": pa.table(citations)}


def _zipf_choice(rng: np.random.Generator, among: int, size: int) -> Numbers:
    chances = 1 / (np.arange(among) + 4.0) ** 0.9
    return np.searchsorted(np.cumsum(chances / chances.sum()), rng.random(size)).clip(0, among - 1)


def _source_ids() -> pa.Array:
    return pa.array([f"source-{nth:03}" for nth in range(SOURCES)])


def _entity_names() -> pa.Array:
    return pa.array([f"{_word(nth).capitalize()} {_word(nth * 7).capitalize()}" for nth in range(ENTITIES)])


def _insert_lists(connection: duckdb.DuckDBPyConnection) -> None:
    sources, names = _source_ids(), _entity_names()
    countries = [("US", "GB", "DE", "FR")[nth % 4] for nth in range(SOURCES)]
    lists = {
        "sources": {"source_id": sources, "name": sources, "country": countries, "kind": ["newspaper"] * SOURCES},
        "source_domains": {
            "source_id": sources,
            "domain": pa.array([f"{name}.test" for name in sources.to_pylist()]),
            "path_prefix": ["/"] * SOURCES,
        },
        "collections": {"collection_id": ["large", "small"], "name": ["Large", "Small"]},
        "source_collections": {"source_id": sources, "collection_id": ["large"] * 100 + ["small"] * (SOURCES - 100)},
        "entities": {
            "entity_id": np.arange(1, ENTITIES + 1),
            "name": names,
            "kind": [("person", "organisation", "place")[nth % 3] for nth in range(ENTITIES)],
        },
        "topics": {
            "topic_id": [f"topic-{nth:02}" for nth in range(len(PLANTED))],
            "name": list(PLANTED),
            "query": list(PLANTED),
        },
    }
    for table, columns in lists.items():
        connection.register("rows", pa.table(columns))
        connection.execute(f"INSERT INTO {table} BY NAME FROM rows")
        connection.unregister("rows")
    connection.execute("INSERT INTO runs VALUES ('corpus', now()::TIMESTAMP, now()::TIMESTAMP, '{}', '0', 1)")


LAST_DAY = date.fromisoformat(str(FIRST_DAY + DAYS - 1))
_AFTERWARDS = f"""
INSERT INTO stories BY NAME
SELECT story_id, any_value(title) AS title, min(published_at) AS first_at, max(published_at) AS last_at, count(*)::INTEGER AS articles,
       count(*) FILTER (original_id IS NULL)::INTEGER AS originals, count(DISTINCT source_id)::INTEGER AS sources
FROM   articles GROUP BY story_id ORDER BY story_id;
INSERT INTO covered_days BY NAME
SELECT source_id, covered_on, coalesce(articles, 0)::INTEGER AS articles,
       CASE WHEN articles IS NULL AND hash(source_id || covered_on) % 50 = 0 THEN 'missing' ELSE 'collected' END AS state
FROM   (SELECT source_id, unnest(range(DATE '{FIRST_DAY}', DATE '{LAST_DAY}' + 1, INTERVAL 1 DAY))::DATE AS covered_on FROM sources)
       LEFT JOIN (SELECT source_id, published_on AS covered_on, count(*) AS articles FROM articles GROUP BY ALL)
       USING (source_id, covered_on)
ORDER  BY source_id, covered_on;
"""
