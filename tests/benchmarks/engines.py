"""The engines beside which our word search is measured, each asked the same questions: articles per day.

tantivy and chdb are no dependencies of the project; where they are not installed, their column stays empty:
`pip install tantivy chdb` adds them.
"""

from __future__ import annotations

import importlib
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

KINDS = {  # a kind of query, as we write it
    "rare word": "zeppelin",
    "middling word": "tariff",
    "frequent word": "change",
    "stop word": "the",
    "AND": "nato AND ukraine",
    "AND of frequent": "people AND change",
    "phrase": '"climate change"',
    "phrase of frequent": '"more than"',
    "prefix": "infl*",
    "OR of ten": "zeppelin OR tariff OR nato OR drone OR vaccine OR climate OR ukraine OR migration OR inflation OR election",
}
Days = dict[date, int]
Asked = Callable[[str], Days]


def median_ms(call: Callable[[], object], calls: int = 9) -> float:
    """Return the median time of some calls, after one that warms up."""
    call()
    times = []
    for _ in range(calls):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


class Stopwatch:
    """Wall and processor time of what happens within."""

    wall = cpu = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Time a block."""
    watch, wall, cpu = Stopwatch(), time.perf_counter(), time.process_time()
    yield watch
    watch.wall, watch.cpu = time.perf_counter() - wall, time.process_time() - cpu


def size_mb(path: Path) -> float:
    """Return the size of a file, or of all files of a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def ours(connection: duckdb.DuckDBPyConnection) -> Asked:
    """Ask the macros of the dataset."""

    def ask(query: str) -> Days:
        found = connection.execute("SELECT published_on, count(*) FROM wanted(asked := ?) GROUP BY ALL", [query])
        return dict(found.fetchall())

    return ask


def scan(connection: duckdb.DuckDBPyConnection) -> Asked:
    """Read all texts with a regular expression; of the kinds above this can do words, phrases and prefixes."""

    def ask(query: str) -> Days:
        pattern = r"\W+".join(
            rf"\b{word.rstrip('*')}{'' if word.endswith('*') else chr(92) + 'b'}" for word in query.strip('"').split()
        )
        found = connection.execute(
            "SELECT published_on, count(*) FROM articles JOIN article_texts USING (article_id) "
            "WHERE regexp_matches(lower(title || ' . ' || text), ?) GROUP BY ALL",
            [pattern],
        )
        return dict(found.fetchall())

    return ask


def tantivy(dataset: Path, folder: Path) -> tuple[Asked, Stopwatch] | None:
    """Build an index of tantivy over a dataset's texts, without storing them; None where it is not installed."""
    try:
        library: Any = importlib.import_module("tantivy")
    except ModuleNotFoundError:
        return None
    folder.mkdir()
    builder = library.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="default")
    builder.add_integer_field("day", fast=True)
    index = library.Index(builder.build(), path=str(folder))
    writer = index.writer(heap_size=500_000_000, num_threads=2)
    with duckdb.connect(str(dataset), read_only=True) as connection, stopwatch() as watch:
        rows = connection.execute(
            "SELECT title, published_on, text FROM articles JOIN article_texts USING (article_id)"
        )
        while batch := rows.fetchmany(5_000):
            for title, day, text in batch:
                document = library.Document(day=day.toordinal())
                document.add_text("text", title)
                document.add_text("text", text)
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(query: str) -> Days:
        parsed = (
            library.Query.regex_query(index.schema, "text", query.replace("*", ".*"))
            if query.endswith("*")
            else index.parse_query(query, ["text"])
        )
        found = searcher.aggregate(parsed, {"days": {"histogram": {"field": "day", "interval": 1.0}}})
        return {
            date.fromordinal(int(bucket["key"])): bucket["doc_count"]
            for bucket in found["days"]["buckets"]
            if bucket["doc_count"]
        }

    return ask, watch


def chdb(dataset: Path, folder: Path) -> tuple[Asked, Stopwatch] | None:
    """Build a table of ClickHouse with a text index; None where it is not installed."""
    try:
        sessions: Any = importlib.import_module("chdb.session")
    except ModuleNotFoundError:
        return None
    session = sessions.Session(str(folder))
    parquet = folder.with_suffix(".parquet")
    with duckdb.connect(str(dataset), read_only=True) as connection:
        connection.execute(
            f"COPY (SELECT article_id AS id, published_on AS day, lower(title || ' . ' || text) AS text "
            f"FROM articles JOIN article_texts USING (article_id)) TO '{parquet}'"
        )
    with stopwatch() as watch:
        session.query("CREATE DATABASE news ENGINE = Atomic")
        session.query(
            "CREATE TABLE news.articles (id UInt32, day Date32, text String, INDEX words text TYPE text(tokenizer = 'splitByNonAlpha')) "
            "ENGINE = MergeTree ORDER BY id"
        )
        session.query(f"INSERT INTO news.articles SELECT id, day, text FROM file('{parquet}')")
        session.query("OPTIMIZE TABLE news.articles FINAL")
    parquet.unlink()

    def ask(query: str) -> Days:
        joiner = " OR " if " OR " in query else " AND "
        words = ", ".join(f"'{word}'" for word in query.split(joiner))
        test = f"has{'Any' if joiner == ' OR ' else 'All'}Tokens(text, [{words}])"
        rows = str(session.query(f"SELECT day, count() FROM news.articles WHERE {test} GROUP BY day", "TSV")).split(
            "\n"
        )
        return {date.fromisoformat(day): int(count) for day, count in (row.split("\t") for row in rows if row)}

    return ask, watch
