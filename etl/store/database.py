"""A DuckDB connection as the store's parts use it: batches of rows in, rows out, one transaction a batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from etl.errors import CoverageError

SCHEMA = Path(__file__).with_name("store.sql")
SCHEMA_VERSION = 1


class Database:
    """The store's file, opened for writing; there is one writer at a time."""

    def __init__(self, path: Path) -> None:
        is_new = not path.exists()
        try:
            self.connection = duckdb.connect(str(path), config={"preserve_insertion_order": False})
            self.connection.execute("SET TimeZone = 'UTC'")
        except duckdb.Error as error:
            raise CoverageError(f"{path}: the store cannot be opened: {str(error).splitlines()[0]}") from error
        if is_new:
            with self.transaction():
                self.connection.execute(SCHEMA.read_text(encoding="utf-8"))
                self.execute("INSERT INTO facts VALUES ('schema_version', ?)", str(SCHEMA_VERSION))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all that is done within happen at once, or not at all."""
        self.connection.begin()
        try:
            yield
        except BaseException:  # an interruption, too, ends in all or nothing
            self.connection.rollback()
            raise
        self.connection.commit()

    def execute(self, sql: str, *parameters: object) -> None:
        """Run one statement."""
        self.connection.execute(sql, parameters)

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query; times are aware and in UTC."""
        return [tuple(map(_aware, row)) for row in self.connection.execute(sql, parameters).fetchall()]

    def records(self, sql: str, *parameters: object) -> list[dict[str, Any]]:
        """Return the rows of a query by column name; times are aware and in UTC."""
        cursor = self.connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, map(_aware, row), strict=True)) for row in cursor.fetchall()]

    def value(self, sql: str, *parameters: object) -> Any:  # noqa: ANN401 - whatever the query says
        """Return the one value of a query, None where it has no row."""
        rows = self.rows(sql, *parameters)
        return rows[0][0] if rows else None

    @contextmanager
    def batch(self, name: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[None]:
        """Let SQL read some rows as a table of that name."""
        self.connection.register(name, pa.Table.from_pylist([dict(row) for row in rows]))
        try:
            yield
        finally:
            self.connection.unregister(name)

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to a table, column by column name."""
        if rows:
            with self.batch("new_rows", rows):
                self.connection.execute(f"INSERT INTO {table} BY NAME FROM new_rows")

    def insert_selected(self, table: str, rows: Sequence[Mapping[str, Any]], columns: str) -> None:
        """Add rows to a table by the columns that an SQL list makes of them, such as a number from a sequence."""
        if rows:
            with self.batch("new_rows", rows):
                self.connection.execute(f"INSERT INTO {table} BY NAME SELECT {columns} FROM new_rows")

    def close(self) -> None:
        """Write everything to the file and close it."""
        self.connection.close()


def _aware(value: Any) -> Any:  # noqa: ANN401 - times among whatever a row holds
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
