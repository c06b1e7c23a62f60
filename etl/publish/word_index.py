"""Build the word index of a dataset: terms, postings sorted by word, day and article, and the lead words of each article.

A chunk of articles becomes one array of 64-bit keys (word, article, place), which numpy sorts and a file beside the dataset
keeps. Then one range of words after the other is gathered from all chunks and sorted again: neighbours are the places of
one word in one article. So memory is bounded by the chunk and the range, whatever the size of the corpus.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.methods.words import TEXT_START, TITLE_WORDS, spaced_words

CHUNK, CHUNK_CHARACTERS = (
    20_000,
    60_000_000,
)  # articles, and characters, of which one array is made: about 600 MB at work
RANGE, RANGE_WORDS = 8_000_000, 1 << 16  # places, and words, that are sorted at a time: about 600 MB at work
MOST_SEGMENTS = 4  # each of them is looked at for every word of a query
LEAD = 60  # words of the text that, with the title, tell what an article is about
_PLACE, _ARTICLE = (
    np.uint64(24),
    np.uint64(24),
)  # bits of a key; the rest is the word, counted from the first of its range
_PLACES, _ARTICLES = np.uint64((1 << 24) - 1), np.uint64((1 << 24) - 1)
_ROW = np.uint64(15)  # bits for an article within its chunk, while it waits

Integers = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]


def index_articles(connection: duckdb.DuckDBPyConnection) -> int:
    """Index the articles of an open dataset that the index lacks, as one sorted segment, and return its postings.

    Needs articles and article_texts; writes terms, postings and lead_words.
    """
    (segment,) = connection.execute("SELECT coalesce(max(segment) + 1, 0) FROM postings").fetchall()[0]
    connection.execute("CREATE OR REPLACE TEMP TABLE known_terms AS SELECT term_id, term FROM terms")
    (path,) = connection.execute(_PATH).fetchall()[0]
    with tempfile.TemporaryDirectory(prefix=f"{Path(path).name}.", dir=Path(path).parent) as folder:
        waiting = _Waiting(connection, Path(folder))
        for chunk in _chunks(connection):
            waiting.add(chunk)
        added = 0
        for first, last in waiting.ranges():
            postings = waiting.postings(first, last)
            _insert(
                connection,
                "postings",
                postings.append_column("segment", pa.array([segment] * len(postings), pa.uint8())),
            )
            added += len(postings)
        waiting.save_terms()
    connection.execute("DROP TABLE known_terms")
    return added


def merge_segments(connection: duckdb.DuckDBPyConnection) -> None:
    """Sort the segments beside the large one into one, where there are more than a few."""
    ((segments,),) = connection.execute("SELECT count(DISTINCT segment) FROM postings").fetchall()
    if segments > MOST_SEGMENTS:
        connection.execute("CREATE OR REPLACE TEMP TABLE beside AS FROM postings WHERE segment > 0")
        connection.execute("DELETE FROM postings WHERE segment > 0")
        connection.execute(
            "INSERT INTO postings SELECT * REPLACE (1 AS segment) FROM beside ORDER BY term_id, published_on, article_id"
        )
        connection.execute("DROP TABLE beside")


_PATH = "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
_NOT_INDEXED = """
SELECT article_id, CASE WHEN date_origin <> 'collected' THEN published_on END AS published_on, source_id,
       coalesce(title, '') AS title, coalesce(text, '') AS text
FROM   articles LEFT JOIN article_texts USING (article_id)
WHERE  article_id NOT IN (SELECT article_id FROM lead_words)
ORDER  BY published_on, article_id
"""
_NEW_TERMS = """
INSERT INTO known_terms
SELECT (SELECT coalesce(max(term_id), 0) FROM known_terms) + row_number() OVER (ORDER BY term), term
FROM   vocabulary ANTI JOIN known_terms USING (term)
"""
_TERM_IDS = "SELECT term_id FROM vocabulary JOIN known_terms USING (term) ORDER BY number"
_ADD_TERMS = """
UPDATE terms SET articles = terms.articles + c.articles, lead_articles = terms.lead_articles + c.lead_articles
FROM   counted AS c WHERE terms.term_id = c.term_id;
INSERT INTO terms BY NAME SELECT term_id, term, articles, lead_articles FROM counted JOIN known_terms USING (term_id)
WHERE  term_id NOT IN (SELECT term_id FROM terms) ORDER BY term;
"""


@dataclass
class _Waiting:
    """The places of all words, chunk by chunk in files, until they are gathered word by word."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    articles: list[pa.Table] = field(default_factory=list)
    keys: list[Keys] = field(default_factory=list)  # of each chunk, sorted, in a file
    places: Integers = field(default_factory=lambda: np.zeros(1, np.int64))  # of each word, by its number
    lead_articles: Integers = field(default_factory=lambda: np.zeros(1, np.int64))
    articles_of: Integers = field(default_factory=lambda: np.zeros(1, np.int64))

    def add(self, chunk: pa.Table) -> None:
        """Cut the articles of one chunk into words, and let their places wait."""
        words, rows, places = _placed_words(chunk["title"].to_pylist(), chunk["text"].to_pylist())
        encoded = words.dictionary_encode()
        term_ids = self._term_ids(encoded.dictionary)[encoded.indices.to_numpy(zero_copy_only=False)]
        keys = (term_ids << _ROW | rows.astype(np.uint64)) << _PLACE | places.astype(np.uint64)
        keys.sort()
        file = self.folder / f"{len(self.keys)}.npy"
        np.save(file, keys)
        self.keys.append(np.load(file, mmap_mode="r"))
        self.articles.append(chunk.drop_columns(["title", "text"]))
        self.places = _sum(self.places, np.bincount(term_ids.astype(np.int64)))
        self._save_lead_words(keys, chunk["article_id"])

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Yield ranges of words, first and last, whose places can be sorted at a time."""
        first, ends = 1, np.cumsum(self.places)
        while first < len(ends):
            last = int(np.searchsorted(ends, ends[first - 1] + RANGE, side="right")) - 1
            last = min(max(first, last), first + RANGE_WORDS - 1, len(ends) - 1)
            yield first, last
            first = last + 1

    def postings(self, first: int, last: int) -> pa.Table:
        """Gather the postings of a range of words, sorted by word, day and article."""
        gathered, before = [], 0
        for keys, articles in zip(self.keys, self.articles, strict=True):
            start, end = np.searchsorted(keys, np.array([first, last + 1], np.uint64) << (_ROW + _PLACE))
            part = np.asarray(keys[start:end])
            words, rows = part >> (_ROW + _PLACE), part >> _PLACE & np.uint64((1 << int(_ROW)) - 1)
            gathered.append(
                ((words - np.uint64(first)) << _ARTICLE | (rows + np.uint64(before))) << _PLACE | part & _PLACES
            )
            before += len(articles)
        keys = np.concatenate(gathered)
        keys.sort()
        found = _postings(keys, first, pa.concat_tables(self.articles))
        self.articles_of = _sum(self.articles_of, np.bincount(found["term_id"].to_numpy()))
        return found

    def save_terms(self) -> None:
        """Add to the dataset's terms what was counted."""
        met = np.flatnonzero(self.articles_of)
        counts = [_sum(of, np.zeros_like(self.places))[met] for of in (self.articles_of, self.lead_articles)]
        counted = pa.table({"term_id": met, "articles": counts[0], "lead_articles": counts[1]})
        self.connection.register("counted", counted)
        self.connection.execute(_ADD_TERMS)
        self.connection.unregister("counted")

    def _term_ids(self, words: pa.Array) -> Keys:
        """Return the numbers of some words; new words get the next ones."""
        self.connection.register(
            "vocabulary", pa.table({"number": np.arange(len(words)), "term": words.cast(pa.string())})
        )
        self.connection.execute(_NEW_TERMS)
        term_ids = self.connection.execute(_TERM_IDS).fetchnumpy()["term_id"]
        self.connection.unregister("vocabulary")
        return np.asarray(term_ids, np.uint64)

    def _save_lead_words(self, keys: Keys, article_ids: pa.ChunkedArray) -> None:
        lead = np.unique(keys[(keys & _PLACES) < TEXT_START + LEAD] >> _PLACE)
        rows, term_ids = lead & np.uint64((1 << int(_ROW)) - 1), (lead >> _ROW).astype(np.int32)
        self.lead_articles = _sum(self.lead_articles, np.bincount(term_ids))
        offsets = np.append(0, np.cumsum(np.bincount(rows.astype(np.int64), minlength=len(article_ids)))).astype(
            np.int32
        )
        lists = pa.ListArray.from_arrays(pa.array(offsets), pa.array(term_ids[np.argsort(rows, kind="stable")]))
        _insert(self.connection, "lead_words", pa.table({"article_id": article_ids, "term_ids": lists}))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("found", rows)
    connection.execute(f"INSERT INTO {table} BY NAME FROM found")
    connection.unregister("found")


def _sum(left: Integers, right: Integers) -> Integers:
    """Add two arrays, the shorter one filled up with zeros."""
    longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
    total = longer.astype(np.int64)
    total[: len(shorter)] += shorter
    return total


def _chunks(connection: duckdb.DuckDBPyConnection) -> Iterator[pa.Table]:
    """Yield the articles that the index lacks, as many at a time as fit into one array."""
    batches: list[pa.RecordBatch] = []
    for batch in connection.cursor().sql(_NOT_INDEXED).to_arrow_reader(CHUNK // 10):
        batches.append(batch)
        characters = sum(part["text"].nbytes for part in batches)
        if sum(part.num_rows for part in batches) + CHUNK // 10 > CHUNK or characters > CHUNK_CHARACTERS:
            yield pa.Table.from_batches(batches)
            batches = []
    if batches:
        yield pa.Table.from_batches(batches)


def _placed_words(titles: list[str], texts: list[str]) -> tuple[pa.Array, Integers, Integers]:
    """Return all words of some articles, with the article's row and the place of each."""
    title_words, title_counts = _words([" ".join(spaced_words(title).split()[:TITLE_WORDS]) for title in titles])
    text_words, text_counts = _words([spaced_words(text) for text in texts])
    rows = np.concatenate([np.repeat(np.arange(len(counts)), counts) for counts in (title_counts, text_counts)])
    places = np.concatenate([_places(title_counts, 1), _places(text_counts, TEXT_START)])
    return pa.concat_arrays([title_words, text_words]), rows, places


def _words(spaced: list[str]) -> tuple[pa.Array, Integers]:
    """Return all words of some texts in order, and how many each text has."""
    lists = pc.ascii_split_whitespace(pa.array([text.strip() for text in spaced], pa.large_string()))
    counts = pc.list_value_length(lists).to_numpy(zero_copy_only=False).astype(np.int64)
    counts[[place for place, text in enumerate(spaced) if not text.strip()]] = (
        0  # an empty text splits into one empty word
    )
    words = lists.flatten()
    return words.filter(pc.not_equal(words, "")), counts


def _places(counts: Integers, first: int) -> Integers:
    starts = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - np.repeat(starts, counts) + first


def _postings(keys: Keys, first: int, articles: pa.Table) -> pa.Table:
    """Make one posting of the neighbours that are places of one word in one article."""
    pairs = keys >> _PLACE
    starts = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])[: len(keys)])
    places = (keys & _PLACES).astype(np.int32)
    in_title = np.append(0, np.cumsum(places < TEXT_START, dtype=np.int32))
    ends = np.append(starts[1:], len(keys)) if len(keys) else starts
    facts = articles.take(pa.array((pairs[starts] & _ARTICLES).astype(np.int32)))
    found = {
        "term_id": (pairs[starts] >> _ARTICLE).astype(np.int32) + np.int32(first),
        "matches": (ends - starts).astype(np.int32),
        "title_matches": in_title[ends] - in_title[starts],
        "positions": pa.ListArray.from_arrays(
            pa.array(np.append(starts, len(keys)).astype(np.int32)), pa.array(places)
        ),
    }
    return pa.table({**dict(zip(facts.column_names, facts.columns, strict=True)), **found})
