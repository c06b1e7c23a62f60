"""The console answers one SELECT within its limits, and nothing else; 60 statements that try more."""

from __future__ import annotations

import time

import pytest

from dashboard.console import StatementRefused, run_select
from dashboard.dataset import Dataset

OTHER_STATEMENTS = [
    "",
    "SELEC 1",
    "SELECT 1; SELECT 2",
    "COPY articles TO '/tmp/out.csv'",
    "COPY (SELECT 1) TO '/tmp/out.parquet'",
    "ATTACH '/tmp/other.duckdb'",
    "ATTACH '/tmp/other.duckdb' AS o; SELECT 1",
    "DETACH dataset",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET memory_limit = '100GB'",
    "SET enable_external_access = true",
    "RESET memory_limit",
    "CREATE TABLE t (i INTEGER)",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE MACRO f(x) AS x",
    "CREATE SECRET s (TYPE s3)",
    "DROP TABLE articles",
    "DELETE FROM articles",
    "UPDATE articles SET title = ''",
    "INSERT INTO topics VALUES ('a', 'b', 'c')",
    "ALTER TABLE topics ADD COLUMN x INTEGER",
    "EXPORT DATABASE '/tmp/out'",
    "IMPORT DATABASE '/tmp/out'",
    "PRAGMA database_list",
    "PRAGMA show_tables",
    "CALL pragma_version()",
    "USE memory",
    "BEGIN; SELECT 1",
    "CHECKPOINT",
    "VACUUM",
    "EXPLAIN ANALYZE SELECT 1",
    "PREPARE p AS SELECT 1",
    "SELECT $1",
    "SELECT ?",
]
FILES = [
    "SELECT * FROM read_csv('/etc/passwd')",
    "FROM read_text('/etc/passwd')",
    "FROM read_blob('/etc/shadow')",
    "FROM '/etc/passwd'",
    "FROM glob('/*')",
    "FROM read_json('/proc/self/environ')",
    "FROM read_parquet('https://localhost/x.parquet')",
    "FROM sniff_csv('/etc/passwd')",
    "FROM parquet_metadata('/etc/passwd')",
    "FROM query('FROM read_text(''/etc/passwd'')')",
    "SELECT (SELECT content FROM read_text('/etc/hostname'))",
    "FROM query_table(['/etc/passwd'])",
    "SELECT getenv('PATH')",
    "FROM duckdb_settings()",
    "FROM duckdb_databases()",
    "FROM pragma_database_list()",
    "FROM query('FROM duckdb_' || 'settings()')",
    "FROM duckdb_extensions()",
    "FROM sqlite_scan('/tmp/x', 'y')",
    "SELECT load_extension('x')",
]
GREEDY = [
    "SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c",
    "WITH RECURSIVE t(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM t) SELECT count(*) FROM t",
    "SELECT length(repeat('x', 2000000000))",
    "SELECT list(x) FROM range(10000000000) t(x)",
    "SELECT a.i FROM range(100000) AS a(i), range(100000) AS b(i) ORDER BY b.i DESC, a.i",
]


@pytest.mark.parametrize("statement", OTHER_STATEMENTS[::4] + FILES[::4])
def test_nothing_but_reading_the_dataset(dozen: Dataset, statement: str) -> None:
    with pytest.raises(StatementRefused) as raised:
        run_select(dozen, statement, seconds=3)
    assert_harmless(str(raised.value), dozen)


@pytest.mark.slow
@pytest.mark.parametrize("statement", OTHER_STATEMENTS + FILES)
def test_every_statement_that_tries_more_is_refused(dozen: Dataset, statement: str) -> None:
    with pytest.raises(StatementRefused) as raised:
        run_select(dozen, statement, seconds=3)
    assert_harmless(str(raised.value), dozen)


@pytest.mark.parametrize("statement", [GREEDY[0], *(pytest.param(each, marks=pytest.mark.slow) for each in GREEDY[1:])])
def test_greedy_statements_are_stopped(dozen: Dataset, statement: str) -> None:
    begun = time.monotonic()
    with pytest.raises(StatementRefused, match=r"stopped after 1 seconds|more memory") as raised:
        run_select(dozen, statement, seconds=1)
    assert time.monotonic() - begun < 8
    assert_harmless(str(raised.value), dozen)


def test_a_reader_is_not_told_where_files_lie(dozen: Dataset) -> None:
    found = run_select(dozen, "SELECT current_setting('allowed_paths')::VARCHAR AS places")
    assert str(dozen.file.parent) not in str(found)
    assert "…" in str(found)


def test_a_question_is_answered_with_names_and_types(dozen: Dataset) -> None:
    found = run_select(dozen, "SELECT source_id, count(*) AS articles FROM articles GROUP BY ALL ORDER BY ALL")
    assert (found.columns, found.kinds) == (["source_id", "articles"], ["VARCHAR", "BIGINT"])
    assert found.rows == [["gull", 6], ["heron", 6]]
    assert not found.is_cut


def test_rows_cells_and_bytes_are_cut_and_it_is_said(dozen: Dataset) -> None:
    found = run_select(dozen, "SELECT range, repeat('x', 50) AS wide FROM range(5000)", rows=100, cell=10)
    assert (len(found.rows), found.is_cut) == (100, True)
    assert found.rows[0] == [0, "x" * 9 + "…"]
    heavy = run_select(dozen, "SELECT repeat('x', 90000) AS wide FROM range(1000)")
    assert heavy.is_cut
    assert len(heavy.rows) < 300


def test_numbers_that_a_browser_would_round_are_text(dozen: Dataset) -> None:
    found = run_select(dozen, "SELECT 9007199254740993 AS large, 'nan'::DOUBLE AS none, NULL AS nothing, true AS yes")
    assert found.rows == [["9007199254740993", "nan", None, True]]


def assert_harmless(told: str, dataset: Dataset) -> None:
    assert "Traceback" not in told
    assert str(dataset.file.parent) not in told
    assert "root:" not in told
