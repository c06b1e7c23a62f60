"""This file opens the published dataset, read-only and locked, and follows it from one publication to the next.

DuckDB serves a path that was replaced from the database it opened before. So every publication is attached to an instance
of its own, under its resolved path, and the one before is closed when its last cursor is.
"""

from __future__ import annotations

import html
import os
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pandas as pd

from dashboard.filters import Filter
from dashboard.rows import Value
from etl.errors import CoverageError, QueryError
from etl.methods.query import parse_query

SCHEMA_VERSION = 1  # of data/schema that the questions and pages know; a test holds it equal to the publisher's
LOOK_AGAIN = 1.0  # seconds between two looks at whether there is a newer publication
MOST_FRAMES, MOST_BYTES = 256, 64_000_000  # of answers remembered
ANSWER_SECONDS = 30.0  # for our own questions: so that no query holds a thread for ever
BATCH = 1_000  # rows of an export read at a time

T = TypeVar("T")

_DEFAULT = Path(__file__).resolve().parents[1] / "data" / "coverage.duckdb"
_QUERY_PROBLEM = re.compile(r"query: (.*) \(at character (\d+)\)", re.DOTALL)


class DatasetMissing(CoverageError):
    """There is no dataset at the path, or none that can be read."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path.name}: {problem}; `make demo` or `python -m etl publish` makes a dataset")
        self.path, self.problem = path, problem


class SchemaMismatch(CoverageError):
    """The dataset was published by another version of the project."""

    def __init__(self, path: Path, found: int) -> None:
        super().__init__(
            f"{path.name}: its schema has version {found}, this dashboard reads version {SCHEMA_VERSION}; "
            "publish again with this version of the project"
        )
        self.path, self.found = path, found


@dataclass(frozen=True)
class Limits:
    """What one process may use: memory as DuckDB writes it, and threads of one query."""

    memory: str = "1GB"
    threads: int = 2


@dataclass
class _Publication:
    """An open publication; `readers` counts its cursors."""

    run_id: str
    mark: tuple[Any, ...]
    connection: duckdb.DuckDBPyConnection
    readers: int = 0
    is_retired: bool = False


@dataclass
class _Memory:
    """The latest answers, up to a number and a size."""

    frames: OrderedDict[tuple[Any, ...], tuple[pd.DataFrame, int]] = field(default_factory=OrderedDict)
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def recall(self, key: tuple[Any, ...]) -> pd.DataFrame | None:
        """Return an answer that was kept, as the newest one used."""
        with self.lock:
            if key not in self.frames:
                return None
            self.frames.move_to_end(key)
            return self.frames[key][0].copy(deep=False)

    def keep(self, key: tuple[Any, ...], frame: pd.DataFrame) -> None:
        """Keep an answer, and let go of those that were used longest ago."""
        size = int(frame.memory_usage(deep=True).sum())
        with self.lock:
            if key in self.frames or size > MOST_BYTES // 4:
                return
            self.frames[key] = (frame.copy(deep=False), size)
            self.size += size
            while self.size > MOST_BYTES or len(self.frames) > MOST_FRAMES:
                self.size -= self.frames.popitem(last=False)[1][1]


class Dataset:
    """The published dataset: ask it the questions of the file, or plain SQL.

    Args:
        path: The file; without it the environment variable MEDIA_COVERAGE_DATASET, then data/coverage.duckdb.
        limits: Memory and threads.
        waits: Do not raise now where the file cannot be opened: each use tries again.
    """

    def __init__(self, path: str | Path | None = None, *, limits: Limits | None = None, waits: bool = False) -> None:
        self.path = Path(path or os.environ.get("MEDIA_COVERAGE_DATASET") or _DEFAULT)
        self.limits = limits or Limits()
        self._lock = threading.Lock()
        self._memory = _Memory()
        self._now: _Publication | None = None
        self._looked_at = 0.0
        self._made: dict[tuple[Any, ...], Any] = {}
        if not waits:
            self.refresh()

    @property
    def publication(self) -> str:
        """Name of the publication at hand."""
        with self._lease() as (publication, _):
            return publication.run_id

    @property
    def file(self) -> Path:
        """The file of the publication at hand."""
        with self._lease() as (publication, _):
            return Path(publication.mark[0])

    def ask(self, question: str, wanted: Filter | None = None, *leading: Value, **arguments: Value) -> pd.DataFrame:
        """Return the answer to a question of the dataset (a table macro), as `data/dictionary.md` describes it.

        Args:
            question: Name of the macro.
            wanted: The filters; only those that are set are handed on.
            leading: What the question asks for first, such as a story.
            arguments: Its own named parameters, such as grain.
        """
        statement, values = question_sql(question, wanted, leading, arguments)
        return self.sql(statement, values)

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """Return the answer to SQL of our own; answers are remembered until the next publication."""
        key = (query, repr(parameters))
        if (known := self._memory.recall((self._mark(), *key))) is not None:
            return known
        with self._lease() as (publication, cursor):
            with _stopped_after(cursor, ANSWER_SECONDS):
                frame = _told_apart(cursor, query, parameters).df()
            self._memory.keep((publication.mark, *key), frame)
            return frame

    def remember(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` makes of this publication, made once: for what is put together of several answers."""
        key = (self._mark(), name)
        if key not in self._made:
            self._made = {known: value for known, value in self._made.items() if known[0] == key[0]} | {key: make()}
        made: T = self._made[key]
        return made

    def stream(self, query: str, parameters: Sequence[Any] = ()) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the names of the columns, then the rows in batches: for exports, in constant memory."""
        with self._lease() as (_, cursor):
            answer = _told_apart(cursor, query, parameters)
            yield [tuple(column[0] for column in answer.description or [])]
            while batch := answer.fetchmany(BATCH):
                yield batch

    def refresh(self) -> None:
        """Move over to a newer publication if there is one, looking at most once a second."""
        with self._lock:
            self._refresh()

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            self._retire(self._now)
            self._now, self._looked_at = None, 0.0

    def _repr_html_(self) -> str:
        facts = self.sql(_FACTS).iloc[0]
        gaps = int(facts["missing_days"])
        told = [
            f"{facts['first_on']:%-d %b %Y} to {facts['last_on']:%-d %b %Y}",
            f"{facts['articles']:,} articles of {facts['sources']:,} sources",
            f"{facts['stories']:,} stories, {facts['topics']:,} topics",
            f"{gaps:,} source-{'day' if gaps == 1 else 'days'} missing",
            f"publication {self.publication}",
        ]
        return f"<p><b>Media coverage</b><br>{'<br>'.join(html.escape(line) for line in told)}</p>"

    @contextmanager
    def _lease(self) -> Iterator[tuple[_Publication, duckdb.DuckDBPyConnection]]:
        """Lend a cursor of the publication at hand, one a call; it stays open for the cursor's life."""
        with self._lock:
            self._refresh()
            publication = self._now
            assert publication is not None  # refresh opens it or raises
            publication.readers += 1
            cursor = publication.connection.cursor()
        try:
            cursor.execute("USE dataset")
            yield publication, cursor
        finally:
            cursor.close()
            with self._lock:
                publication.readers -= 1
                if publication.is_retired:
                    self._retire(publication)

    def _mark(self) -> tuple[Any, ...]:
        with self._lock:
            self._refresh()
            assert self._now is not None  # refresh opens it or raises
            return self._now.mark

    def _refresh(self) -> None:
        now = time.monotonic()
        if self._now is not None and now - self._looked_at < LOOK_AGAIN:
            return
        self._looked_at = now
        try:
            mark = _mark(self.path)
        except FileNotFoundError as error:
            if self._now is not None:  # it is being replaced: what is open stays good
                return
            raise DatasetMissing(self.path, "no dataset here") from error
        if self._now is not None and self._now.mark == mark:
            return
        newer = _open(self.path, mark, self.limits)
        self._retire(self._now)
        self._now = newer

    def _retire(self, publication: _Publication | None) -> None:
        if publication is None:
            return
        publication.is_retired = True
        if publication.readers == 0:
            publication.connection.close()


def question_sql(
    question: str, wanted: Filter | None = None, leading: Sequence[Any] = (), arguments: Mapping[str, Any] | None = None
) -> tuple[str, list[Any]]:
    """Return the SQL that asks a question, with its values to be bound; raises QueryError before anything is asked."""
    if wanted and wanted.query:
        parse_query(wanted.query)
    named = (wanted.parameters() if wanted else {}) | {
        name: value for name, value in (arguments or {}).items() if value is not None
    }
    places = ["?" for _ in leading] + [f"{name} := ?" for name in named]
    return f"FROM {question}({', '.join(places)})", [*leading, *named.values()]


def written_out(statement: str, values: Sequence[Any]) -> str:
    """Return SQL with its values written in place, to be copied into any DuckDB shell."""
    literals = iter([_literal(value) for value in values])
    return re.sub(r"\?", lambda _: next(literals), statement) + ";"


def _literal(value: Value) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_literal(item) for item in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else "'" + str(value).replace("'", "''") + "'"


def _told_apart(cursor: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[Any]) -> duckdb.DuckDBPyConnection:
    """Run SQL; a query that cannot be understood raises QueryError, as it does outside of the dataset."""
    try:
        return cursor.execute(query, list(parameters))
    except duckdb.InvalidInputException as error:
        if not (told := _QUERY_PROBLEM.search(str(error))):
            raise
        raise QueryError("", int(told.group(2)), told.group(1)) from error


@contextmanager
def _stopped_after(cursor: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, cursor.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _mark(path: Path) -> tuple[Any, ...]:
    """Tell one publication from another, also where a copy stands for the link."""
    resolved = path.resolve(strict=True)
    state = resolved.stat()
    return str(resolved), state.st_ino, state.st_size, state.st_mtime_ns


def _open(path: Path, mark: tuple[Any, ...], limits: Limits) -> _Publication:
    connection = duckdb.connect(config={"memory_limit": limits.memory, "threads": limits.threads})
    try:
        connection.execute(f"ATTACH {_literal(mark[0])} AS dataset (READ_ONLY)")
        for setting in (
            "enable_external_access = false",
            "max_temp_directory_size = '1GB'",
            "lock_configuration = true",
        ):
            connection.execute(f"SET {setting}")
        connection.execute("USE dataset")
        run_id, version = connection.execute(_LAST_RUN).fetchall()[0]
    except (duckdb.Error, IndexError) as error:
        connection.close()
        raise DatasetMissing(path, "no dataset that can be read") from error
    if version != SCHEMA_VERSION:
        connection.close()
        raise SchemaMismatch(path, version)
    return _Publication(run_id, mark, connection)


_LAST_RUN = "SELECT run_id, schema_version FROM runs ORDER BY ended_at DESC, run_id DESC LIMIT 1"
_FACTS = """
SELECT min(published_on) AS first_on, max(published_on) AS last_on, count(*) AS articles,
       (SELECT count(*) FROM sources) AS sources, (SELECT count(*) FROM stories) AS stories,
       (SELECT count(*) FROM topics) AS topics,
       (SELECT count(*) FROM covered_days WHERE state = 'missing') AS missing_days
FROM   articles WHERE date_origin <> 'collected'
"""

assert {"query", "topics", "since", "until"} <= {given.name for given in fields(Filter)}
