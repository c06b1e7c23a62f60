"""What leaves the dataset: Parquet for many machines, under the names that the tables have here.

What belongs to an article lies in one folder a table, by month of publication (Hive's way, month=2026-08), so that DuckDB,
Spark and others read only the months they need; the rest is one file a table. The word index stays where its questions are.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from etl.errors import CoverageError
from etl.publish.schema import quoted

INDEX = ("terms", "postings", "lead_words")


def export_parquet(dataset: Path, folder: Path) -> dict[str, int]:
    """Write the tables of a dataset into a new folder and return their rows by name; raises CoverageError where it has content."""
    if folder.exists() and any(folder.iterdir()):
        raise CoverageError(
            f"{folder} is not empty; choose a new folder, so that no old month is left among the new ones"
        )
    writing = folder.with_name(f".{folder.name}.writing")
    shutil.rmtree(writing, ignore_errors=True)
    writing.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {quoted(dataset)} AS dataset (READ_ONLY); USE dataset;")
        tables = connection.execute(_TABLES, [list(INDEX)]).fetchall()
        rows = {
            table: _write_table(connection, table, writing, of_articles=of_articles) for table, of_articles in tables
        }
    if folder.exists():
        folder.rmdir()
    writing.rename(folder)
    return rows


def _write_table(connection: duckdb.DuckDBPyConnection, table: str, folder: Path, *, of_articles: bool) -> int:
    """Write one table, by month where its rows belong to articles, and return its rows."""
    if of_articles:
        statement = (
            f"COPY ({_BY_MONTH.format(table=table)}) TO {quoted(folder / table)} ({_FORMAT}, PARTITION_BY (month))"
        )
    else:
        statement = f"COPY (FROM {table}) TO {quoted(folder / f'{table}.parquet')} ({_FORMAT})"
    ((rows,),) = connection.execute(statement).fetchall()
    return int(rows)


_FORMAT = "FORMAT parquet, COMPRESSION zstd"
_TABLES = """
SELECT table_name, table_name IN (SELECT table_name FROM duckdb_columns() WHERE database_name = 'dataset' AND column_name = 'article_id')
FROM   duckdb_tables() WHERE database_name = 'dataset' AND NOT list_contains(?, table_name) ORDER BY table_name
"""
_BY_MONTH = """
SELECT t.*, month FROM {table} AS t JOIN (
    SELECT article_id, CASE WHEN date_origin = 'collected' THEN 'unknown' ELSE strftime(published_on, '%Y-%m') END AS month FROM articles
) USING (article_id) ORDER BY month, article_id
"""
