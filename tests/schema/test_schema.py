"""The declaration of the dataset: everything is explained, nothing is ambiguous, the generated files are fresh."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.dictionary import dictionary_text, stale_files
from etl.publish.schema import FILTERS, STORAGE_VERSION

Dataset = duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def dataset(empty_dataset: Path) -> Iterator[Dataset]:
    with duckdb.connect(str(empty_dataset), read_only=True) as connection:
        yield connection


def test_every_table_and_column_is_explained(dataset: Dataset) -> None:
    silent = dataset.execute(
        "SELECT table_name FROM duckdb_tables() WHERE comment IS NULL "
        "UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    ).fetchall()
    assert silent == []


def test_no_parameter_has_the_name_of_a_column(dataset: Dataset) -> None:
    """DuckDB would silently take the parameter for the column."""
    parameters = "SELECT DISTINCT unnest(parameters) AS name FROM duckdb_functions() WHERE NOT internal AND function_type LIKE '%macro'"
    same = dataset.execute(
        f"SELECT name FROM ({parameters}) WHERE name IN (SELECT column_name FROM duckdb_columns() WHERE NOT internal)"
    ).fetchall()
    assert same == []


def test_no_column_of_an_answer_has_the_name_of_a_filter(dataset: Dataset) -> None:
    asked = dataset.execute(
        "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro' AND comment IS NOT NULL "
        "AND list_has_all(parameters, ?)",
        [list(FILTERS)],
    ).fetchall()
    assert len(asked) > 20
    arguments = {
        "quotes_of": "'x', ",
        "mentions_over_time": "'x', ",
        "blind_spots": "'a', 'b', ",
        "sample_articles": "1, 1, ",
    }
    for (question,) in asked:
        call = f"{question}({arguments.get(question, '')}asked := 'x', since := '2026-01-01')"
        columns = {row[0] for row in dataset.execute(f"DESCRIBE FROM {call}").fetchall()}
        assert not columns & set(FILTERS), question


def test_the_generated_files_are_fresh() -> None:
    assert stale_files() == []
    assert "### coverage_over_time(grain, filters)" in dictionary_text()


def test_the_file_has_the_stated_storage_version(empty_dataset: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{empty_dataset}' AS dataset (READ_ONLY)")
        ((tags,),) = connection.execute(
            "SELECT tags FROM duckdb_databases() WHERE database_name = 'dataset'"
        ).fetchall()
    assert tags["storage_version"].startswith(STORAGE_VERSION[:4])
