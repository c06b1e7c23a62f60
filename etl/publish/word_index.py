"""Build the word index of a dataset: terms, and postings sorted by word, day and article.

A chunk of articles becomes one array of 64-bit keys (word, article, place), which numpy sorts: neighbours in it are the
places of one word in one article. Chunks come in order of publication, so that a last sort by word puts the articles of
every word in order of day.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from etl.methods.words import TEXT_START, TITLE_WORDS, spaced_words

CHUNK = 20_000  # articles; their keys take about 150 MB
_PLACE_BITS, _ARTICLE_BITS = 24, 18  # of a key: places within an article, articles within a chunk; the rest is the word

Integers = npt.NDArray[np.int64]


def index_articles(connection: duckdb.DuckDBPyConnection) -> int:
    """Index the articles of an open dataset that the index lacks, and return how many postings were added.

    Needs articles and article_texts; writes terms and postings.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE segment AS FROM postings LIMIT 0")
    connection.execute("CREATE OR REPLACE TEMP TABLE known_terms AS SELECT term_id, term, false AS is_new FROM terms")
    for chunk in _chunks(connection):
        _add_segment(connection, chunk)
    connection.execute(_INSERT_TERMS)
    connection.execute(_COUNT_KNOWN_TERMS)
    connection.execute("INSERT INTO postings FROM segment ORDER BY term_id, published_on, article_id")
    added = connection.execute("SELECT count(*) FROM segment").fetchall()[0][0]
    connection.execute("DROP TABLE segment; DROP TABLE known_terms")
    return int(added)


_NOT_INDEXED = """
SELECT article_id, CASE WHEN date_origin <> 'collected' THEN published_on END AS published_on, source_id,
       coalesce(title, '') AS title, coalesce(text, '') AS text
FROM   articles LEFT JOIN article_texts USING (article_id)
WHERE  article_id NOT IN (SELECT DISTINCT article_id FROM postings)
ORDER  BY published_on, article_id
"""
_INSERT_TERMS = """
INSERT INTO terms
SELECT term_id, term, count(*)::INTEGER FROM known_terms JOIN segment USING (term_id) WHERE is_new
GROUP  BY ALL ORDER BY term
"""
_COUNT_KNOWN_TERMS = """
UPDATE terms SET articles = articles + added
FROM   (SELECT term_id, count(*)::INTEGER AS added FROM segment JOIN known_terms USING (term_id)
        WHERE NOT is_new GROUP BY term_id) AS met
WHERE  terms.term_id = met.term_id
"""
_NEW_TERMS = """
INSERT INTO known_terms
SELECT (SELECT coalesce(max(term_id), 0) FROM known_terms) + row_number() OVER (ORDER BY term), term, true
FROM   vocabulary ANTI JOIN known_terms USING (term)
"""
_NEW_POSTINGS = """
INSERT INTO segment
SELECT term_id, article_id, published_on, source_id, matches, title_matches, positions
FROM   found JOIN (SELECT number, term_id FROM vocabulary JOIN known_terms USING (term)) USING (number)
       JOIN chunk USING (row)
"""


def _chunks(connection: duckdb.DuckDBPyConnection) -> Iterator[pa.Table]:
    for batch in connection.cursor().sql(_NOT_INDEXED).to_arrow_reader(CHUNK):
        for start in range(0, batch.num_rows, CHUNK):
            yield pa.Table.from_batches([batch.slice(start, CHUNK)])


def _add_segment(connection: duckdb.DuckDBPyConnection, chunk: pa.Table) -> None:
    """Add the postings of one chunk, with numbers for words that are new."""
    vocabulary, found = _postings(chunk["title"].to_pylist(), chunk["text"].to_pylist())
    chunk = chunk.drop_columns(["title", "text"]).append_column("row", pa.array(range(chunk.num_rows), pa.int32()))
    for name, table in (("vocabulary", vocabulary), ("found", found), ("chunk", chunk)):
        connection.register(name, table)
    connection.execute(_NEW_TERMS)
    connection.execute(_NEW_POSTINGS)
    for name in ("vocabulary", "found", "chunk"):
        connection.unregister(name)


def _postings(titles: list[str], texts: list[str]) -> tuple[pa.Table, pa.Table]:
    """Return the words of some articles and their postings: number, row, matches, title_matches, positions."""
    title_words, title_counts = _words([" ".join(spaced_words(title).split()[:TITLE_WORDS]) for title in titles])
    text_words, text_counts = _words([spaced_words(text) for text in texts])
    encoded = pa.concat_arrays([title_words, text_words]).dictionary_encode()
    terms, numbers = encoded.dictionary, encoded.indices.to_numpy(zero_copy_only=False).astype(np.uint64)
    rows = np.concatenate([np.repeat(np.arange(len(counts)), counts) for counts in (title_counts, text_counts)])
    places = np.concatenate([_places(title_counts, 1), _places(text_counts, TEXT_START)])
    keys = numbers << np.uint64(_PLACE_BITS + _ARTICLE_BITS) | rows.astype(np.uint64) << np.uint64(_PLACE_BITS)
    keys |= places.astype(np.uint64)
    keys.sort()
    vocabulary = pa.table({"number": np.arange(len(terms), dtype=np.int32), "term": terms.cast(pa.string())})
    return vocabulary, _grouped(keys)


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


def _grouped(keys: npt.NDArray[np.uint64]) -> pa.Table:
    """Make one row of the neighbours that are places of one word in one article."""
    pairs = keys >> np.uint64(_PLACE_BITS)
    starts = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1])[: len(keys)])
    places = (keys & np.uint64((1 << _PLACE_BITS) - 1)).astype(np.int32)
    in_title = np.append(0, np.cumsum(places < TEXT_START))
    ends = np.append(starts[1:], len(keys)) if len(keys) else starts
    firsts = pairs[starts]
    return pa.table(
        {
            "number": (firsts >> np.uint64(_ARTICLE_BITS)).astype(np.int32),
            "row": (firsts & np.uint64((1 << _ARTICLE_BITS) - 1)).astype(np.int32),
            "matches": (ends - starts).astype(np.int32),
            "title_matches": (in_title[ends] - in_title[starts]).astype(np.int32),
            "positions": pa.ListArray.from_arrays(
                pa.array(np.append(starts, len(keys)).astype(np.int32)), pa.array(places)
            ),
        }
    )
