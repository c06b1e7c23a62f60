"""The dataset as Parquet: the same rows, and the same answers by DuckDB over many files and by Spark."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.errors import CoverageError
from etl.export import INDEX, export_parquet
from etl.publish.schema import create_dataset

README = Path(__file__).resolve().parents[1] / "data" / "README.md"
FACTS = "false, false, TIMESTAMP '2026-09-01', 'en', 3, false, false"
COLUMNS = "is_zone_assumed, is_date_disputed, collected_at, language, words, is_truncated, is_live_blog"
DAYS = [(7, 1), (7, 31), (8, 1), (8, 2), (8, 3), (8, 3)]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a dataset of six articles, three of them on floods; the last one is undated."""
    path = tmp_path_factory.mktemp("export") / "it's here.duckdb"
    create_dataset(path)
    with duckdb.connect(str(path)) as connection:
        for number, (month, day) in enumerate(DAYS, 1):
            origin = "collected" if number == len(DAYS) else "meta"
            connection.execute(
                f"INSERT INTO articles (article_id, source_id, url, title, published_on, date_origin, {COLUMNS}) "
                f"VALUES (?, ?, ?, ?, ?, ?, {FACTS})",
                [
                    number,
                    "post",
                    f"https://post.test/{number}",
                    f"It's {number}, «quoted»",
                    date(2026, month, day),
                    origin,
                ],
            )
            connection.execute("INSERT INTO article_texts VALUES (?, ?)", [number, f"Text\n\n{number}"])
            if number in (2, 3, 6):
                connection.execute("INSERT INTO article_topics VALUES ('floods', ?, NULL, 'post', 1, false)", [number])
        connection.execute("INSERT INTO sources (source_id, name) VALUES ('post', 'Post')")
    return path


@pytest.fixture(scope="module")
def exported(dataset: Path) -> Path:
    folder = dataset.parent / "exported"
    export_parquet(dataset, folder)
    return folder


def ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(sql, values).fetchall()


def told(block: str) -> str:
    """Return what data/README.md shows in SQL of one kind."""
    blocks: list[str] = re.findall(rf"```{block}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return next(part for part in blocks if "article_topics" in part)


def test_every_table_but_the_index_is_there_with_all_rows(dataset: Path, tmp_path: Path) -> None:
    rows = export_parquet(dataset, tmp_path / "out")
    with duckdb.connect(str(dataset), read_only=True) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            if name not in INDEX
        ]
        assert rows == {name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in tables}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_articles_lie_by_month(dataset: Path, exported: Path) -> None:
    assert sorted(path.name for path in (exported / "articles").iterdir()) == [
        "month=2026-07",
        "month=2026-08",
        "month=unknown",
    ]
    before = ask(
        f"ATTACH '{str(dataset).replace(chr(39), chr(39) * 2)}' AS d (READ_ONLY); FROM d.articles ORDER BY article_id"
    )
    files = f"read_parquet('{exported}/articles/**/*.parquet', hive_partitioning = true)"
    assert ask(f"SELECT * EXCLUDE month FROM {files} ORDER BY article_id") == before


EXPECTED = [("2026-07", 1, 1 / 2), ("2026-08", 1, 1 / 3)]


def test_duckdb_answers_from_the_files_as_told(exported: Path) -> None:
    assert ask(told("sql").replace("DIR", str(exported))) == EXPECTED


def test_a_folder_with_content_is_left_alone(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CoverageError, match="not empty"):
        export_parquet(dataset, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.slow
def test_spark_answers_from_the_files_as_told(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pyspark = pytest.importorskip("pyspark.sql", reason="PySpark is not installed")
    if not shutil.which("java"):
        pytest.skip("Spark needs Java; Debian's package is default-jre-headless")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    builder = (
        pyspark.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
    )
    spark = builder.getOrCreate()
    try:
        for name in ("articles", "article_topics"):
            spark.read.parquet(f"{exported}/{name}").createOrReplaceTempView(name)
        statement = re.search(r'spark\.sql\("""(.*?)"""\)', told("python"), re.DOTALL)
        assert statement is not None
        assert [tuple(row) for row in spark.sql(statement.group(1)).collect()] == EXPECTED
    finally:
        spark.stop()
