"""The file answers wherever it is opened: by the oldest reader, under another name, as a copy, without network or extensions."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

QUESTIONS = [
    "SELECT count(*) AS found FROM search('(flood OR dam) AND NOT \"climate summit\"')",
    "SELECT count(*) AS found FROM search('\"flood came\"~2')",
    "SELECT count(*) AS found FROM search('東京')",
    "SELECT count(*) AS found FROM search('Émile title:naïve*')",
    "SELECT sum(articles)::INTEGER AS found FROM coverage_over_time(asked := 'flood', grain := 'week')",
    "SELECT count(*) AS found FROM top_words(asked := 'flood')",
    "SELECT count(*) AS found FROM words_in_context(asked := 'flood')",
    "SELECT count(*) AS found FROM bursts(asked := 'flood')",
    "SELECT count(*) AS found FROM why(asked := 'flood', since := '2026-01-01')",
    "SELECT count(*) AS found FROM clause_matches(asked := 'flood OR \"came here\"')",
    "SELECT count(*) AS found FROM coverage_by_source(in_sources := ['post'])",
    "SELECT count(*) AS found FROM sample_articles(2, 1)",
]


@pytest.fixture(scope="module")
def file(make_dataset: Callable[..., duckdb.DuckDBPyConnection], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dataset that was closed, and copied to another place."""
    articles = [{"title": "Naïve", "text": f"A flood came here, {nth}. Émile was in 東京都."} for nth in range(6)]
    connection = make_dataset([*articles, {"text": "The climate summit on the dam."}])
    ((path,),) = connection.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()
    connection.close()
    return Path(shutil.copy(path, tmp_path_factory.mktemp("elsewhere") / "copied.duckdb"))


@pytest.fixture(scope="module")
def expected(file: Path) -> list[int]:
    with duckdb.connect(str(file), read_only=True, config={"autoinstall_known_extensions": "false"}) as connection:
        found = [int(connection.execute(question).fetchall()[0][0]) for question in QUESTIONS]
    assert 0 not in found, dict(zip(QUESTIONS, found, strict=True))
    return found


def shell(*arguments: str, sql: str) -> list[int]:
    """Return the numbers that the DuckDB shell finds."""
    command = shutil.which("duckdb", path=sysconfig.get_path("scripts"))
    if command is None:
        pytest.skip("the package duckdb-cli is not installed")
    offline = "SET autoinstall_known_extensions = false; SET autoload_known_extensions = false;"
    run = subprocess.run(
        [command, "-json", *arguments],
        input=f"{offline} {sql};",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [
        row["found"] for part in run.stdout.split("]\n") if part.strip() for row in json.loads(part.rstrip("]\n") + "]")
    ]


def test_the_oldest_reader_is_the_shell_of_duckdb_1_5() -> None:
    command = shutil.which("duckdb", path=sysconfig.get_path("scripts"))
    if command is None:
        pytest.skip("the package duckdb-cli is not installed")
    version = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=60, check=True).stdout
    assert version.startswith("v1.5.")


def test_the_shell_answers(file: Path, expected: list[int]) -> None:
    assert shell("-readonly", str(file), sql=";\n".join(QUESTIONS)) == expected


def test_the_shell_answers_under_another_name(file: Path, expected: list[int]) -> None:
    attach = f"ATTACH '{file}' AS x (READ_ONLY); USE x"
    assert shell(sql=";\n".join([attach, *QUESTIONS])) == expected


def test_python_answers_under_another_name(file: Path, expected: list[int]) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{file}' AS x (READ_ONLY); USE x")
        assert [int(connection.execute(question).fetchall()[0][0]) for question in QUESTIONS] == expected
