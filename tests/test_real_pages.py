"""Real pages taken in from a WARC file: what ten outlets wrote in the weeks around an election."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def dataset(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of 1,554 real front-page stories of November 2016."""
    pages = shared / "data" / "pages_us_outlets_2016-11"
    tool = shared / "tools" / "to_warc.py"
    if not pages.is_dir() or not tool.is_file():
        pytest.skip(f"the real pages are not here: {pages}")
    folder = tmp_path_factory.mktemp("real")
    run([sys.executable, tool, pages, folder / "november.warc.gz"])
    for step in (["import", folder / "november.warc.gz"], ["extract"], ["enrich"], ["group"], ["publish"]):
        run([sys.executable, "-m", "etl", "--quiet", "--data", folder / "data", *step])
    return folder / "data" / "coverage.duckdb"


def run(command: list[str | Path]) -> None:
    done = subprocess.run(
        list(map(str, command)), cwd=PROJECT, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_real_pages_are_read_and_dated(dataset: Path, figure: Callable[[str], None]) -> None:
    with duckdb.connect(str(dataset), read_only=True) as connection:
        articles, dated, sources = connection.execute(
            "SELECT count(*), count(*) FILTER (published_on BETWEEN '2016-10-01' AND '2016-11-30'), count(DISTINCT source_id) FROM articles"
        ).fetchall()[0]
        failed = connection.execute("SELECT sum(failures)::INTEGER FROM failures").fetchall()[0][0]
        stories, copies = connection.execute(
            "SELECT (SELECT count(*) FROM stories WHERE sources > 1), (SELECT count(*) FROM articles WHERE original_id IS NOT NULL)"
        ).fetchall()[0]
    figure(
        f"real pages: {articles:,} articles, {failed:,} pages without one, {stories} stories of several sources, {copies} copies"
    )
    assert articles + failed >= 1_500
    assert articles >= 1_450
    assert dated >= 0.97 * articles
    assert sources >= 10
    assert stories >= 50


@pytest.mark.slow
def test_the_election_stands_out(dataset: Path) -> None:
    with duckdb.connect(str(dataset), read_only=True) as connection:
        by_day = dict(connection.execute("SELECT bucket, articles FROM coverage_over_time('trump')").fetchall())
        emails = connection.execute("SELECT sum(articles) FROM coverage_over_time('clinton AND email*')").fetchall()[0][
            0
        ]
        by_source = connection.execute("FROM coverage_by_source('clinton AND email*')").fetchall()
        (searched,) = connection.execute("SELECT count(*) FROM search('clinton AND email*')").fetchall()[0]
    assert max(by_day, key=lambda day: by_day[day]).isoformat() in {f"2016-11-{day:02}" for day in range(8, 15)}
    assert 0 < emails <= searched
    assert len([row for row in by_source if row[1]]) >= 5
