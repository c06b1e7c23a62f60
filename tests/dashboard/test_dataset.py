from __future__ import annotations

import shutil
import threading
from pathlib import Path
from types import ModuleType

import duckdb
import pandas as pd
import pytest

from dashboard import dataset as module
from dashboard.dataset import (
    Dataset,
    DatasetMissing,
    Limits,
    SchemaMismatch,
    question_sql,
    written_out,
)
from dashboard.filters import Filter
from etl.errors import CoverageError, QueryError
from etl.publish.schema import SCHEMA_VERSION


def copied(path: Path, to: Path, run_id: str) -> Path:
    """Make a publication of another name."""
    shutil.copy(path, to)
    with duckdb.connect(str(to)) as connection:
        connection.execute("UPDATE runs SET run_id = ?", [run_id])
    return to


def test_the_schema_version_is_the_publishers() -> None:
    assert module.SCHEMA_VERSION == SCHEMA_VERSION


def test_a_missing_dataset_is_a_sentence_at_once(tmp_path: Path) -> None:
    with pytest.raises(DatasetMissing, match=r"none\.duckdb: no dataset here; `make demo`"):
        Dataset(tmp_path / "none.duckdb")


def test_a_file_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "torn.duckdb").write_bytes(b"not a database" * 100)
    with pytest.raises(DatasetMissing, match="no dataset that can be read"):
        Dataset(tmp_path / "torn.duckdb")


def test_another_schema_version_is_a_sentence(dozen_path: Path, tmp_path: Path) -> None:
    other = copied(dozen_path, tmp_path / "other.duckdb", "other")
    with duckdb.connect(str(other)) as connection:
        connection.execute("UPDATE runs SET schema_version = 99")
    with pytest.raises(SchemaMismatch, match="version 99"):
        Dataset(other)
    assert issubclass(SchemaMismatch, CoverageError)


def test_the_path_comes_from_the_environment(dozen_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_COVERAGE_DATASET", str(dozen_path))
    assert Dataset().publication == "first"


def test_a_dataset_that_waits_opens_once_it_is_there(
    dozen_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN", 0.0)
    waiting = Dataset(tmp_path / "late.duckdb", waits=True)
    with pytest.raises(DatasetMissing):
        waiting.ask("coverage_over_time")
    shutil.copy(dozen_path, tmp_path / "late.duckdb")
    assert len(waiting.ask("coverage_over_time")) == 8


def test_whole_numbers_stay_whole_where_some_are_missing(dozen: Dataset) -> None:
    found = dozen.sql("SELECT article_id, original_id, published_on, is_truncated FROM articles ORDER BY article_id")
    assert [str(kind) for kind in found.dtypes] == ["int32", "Int32", "datetime64[us]", "bool"]


def test_answers_are_remembered_and_cannot_be_spoiled(dozen: Dataset) -> None:
    first = dozen.sql("SELECT count(*) AS articles FROM articles")
    first.loc[0, "articles"] = 99
    assert dozen.sql("SELECT count(*) AS articles FROM articles")["articles"].tolist() == [12]


def test_memory_is_bounded(dozen_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FRAMES", 3)
    dataset = Dataset(dozen_path)
    for number in range(10):
        dataset.sql("SELECT ? AS number", [number])
    assert len(dataset._memory.frames) == 3
    kept = sum(size for _, size in dataset._memory.frames.values())
    assert dataset._memory.size == kept


def test_a_query_that_cannot_be_understood_names_its_place(dozen: Dataset) -> None:
    with pytest.raises(QueryError) as raised:
        dozen.ask("search", None, "dam AND")
    assert raised.value.position == 5


def test_a_newer_publication_is_taken_over_and_the_old_one_closed(
    dozen_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN", 0.0)
    link = tmp_path / "coverage.duckdb"
    link.symlink_to(copied(dozen_path, tmp_path / "coverage-1.duckdb", "one"))
    dataset = Dataset(link)
    reading = dataset.stream("SELECT article_id FROM articles")
    assert next(reading) == [("article_id",)]
    old = dataset._now
    (tmp_path / "next").symlink_to(copied(dozen_path, tmp_path / "coverage-2.duckdb", "two"))
    (tmp_path / "next").replace(link)
    assert dataset.publication == "two"
    assert sum(len(batch) for batch in reading) == 12  # a reader of the old one is undisturbed
    assert old is not None
    assert old.readers == 0
    assert old.is_retired


def test_a_copy_in_place_of_the_link_is_taken_over_too(
    dozen_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN", 0.0)
    path = copied(dozen_path, tmp_path / "coverage.duckdb", "one")
    dataset = Dataset(path)
    assert dataset.publication == "one"
    copied(dozen_path, tmp_path / "next.duckdb", "two").replace(path)
    assert dataset.publication == "two"


def test_many_threads_ask_while_publications_change(
    dozen_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN", 0.0)
    path = copied(dozen_path, tmp_path / "coverage.duckdb", "0")
    dataset, wrong = Dataset(path, limits=Limits(threads=1)), []

    def ask() -> None:
        for number in range(20):
            counted = dataset.sql("SELECT count(*) + ? - ? AS articles FROM articles", [number, number])[
                "articles"
            ].iloc[0]
            if counted != 12:
                wrong.append(counted)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(1, 4):
        copied(dozen_path, tmp_path / "next.duckdb", str(number)).replace(path)
    for thread in threads:
        thread.join()
    assert wrong == []
    assert dataset.publication == "3"


def test_two_datasets_in_one_process_do_not_mix(dozen: Dataset, pressed: Dataset, press: ModuleType) -> None:
    for _ in range(2):
        assert dozen.sql("SELECT count(*) AS sources FROM sources")["sources"].iloc[0] == 2
        assert pressed.sql("SELECT count(*) AS sources FROM sources")["sources"].iloc[0] == len(press.SOURCES)


def test_it_shows_itself_in_a_notebook(dozen: Dataset) -> None:
    assert dozen._repr_html_() == (
        "<p><b>Media coverage</b><br>2 Mar 2026 to 9 Mar 2026<br>11 articles of 2 sources<br>2 stories, 1 topics<br>"
        "1 source-day missing<br>publication first</p>"
    )


def test_the_sql_written_out_gives_the_same_numbers(dozen: Dataset) -> None:
    statement, values = question_sql(
        "coverage_over_time", Filter(query="dam's OR dam", sources=("gull",)), (), {"grain": "week"}
    )
    told = written_out(statement, values)
    assert told == "FROM coverage_over_time(asked := 'dam''s OR dam', in_sources := ['gull'], grain := 'week');"
    pd.testing.assert_frame_equal(dozen.sql(told.rstrip(";")), dozen.sql(statement, values))
