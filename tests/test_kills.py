"""The collector killed at any instant and started again: nothing is lost, nothing doubled, the dataset is the same."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from warcio.archiveiterator import ArchiveIterator

PROJECT = Path(__file__).resolve().parents[1]
NEWSROOM = PROJECT / "etl" / "newsroom"
SOURCES = ("courrier-de-valdry", "echo-des-rives")
LONGEST = 10.0  # seconds after which a kill comes at the latest; an undisturbed run takes about as long

# What a dataset says, whatever its numbers and its times of collection.
FACTS = {
    "articles": """
        SELECT url, source_id, title, authors, published_at, date_origin, language, words, agency, text FROM articles JOIN
        article_texts USING (article_id)
    """,
    "copies": "SELECT a.url, o.url FROM articles AS a JOIN articles AS o ON o.article_id = a.original_id",
    "stories": """
        SELECT title, articles, sources, list_sort(list(url)) FROM stories JOIN (SELECT story_id, url FROM articles) USING
        (story_id) GROUP BY ALL
    """,
    "topics": "SELECT url, topic_id, matches, is_in_title FROM article_topics JOIN articles USING (article_id)",
    "quotes": "SELECT url, speaker, text, quote_position, is_direct FROM quotes JOIN articles USING (article_id)",
    "mentions": """
        SELECT url, name, kind, mentions, first_position FROM mentions JOIN articles USING (article_id) JOIN entities USING
        (entity_id)
    """,
    "citations": """
        SELECT a.url, c.source_id, cited_name, sentence, is_dispute, r.url FROM citations AS c JOIN articles AS a USING
        (article_id) LEFT JOIN articles AS r ON r.article_id = cited_article_id
    """,
    "days": "SELECT source_id, covered_on, articles, state FROM covered_days",
    "words": """
        SELECT url, term, postings.matches, positions FROM postings JOIN terms USING (term_id) JOIN articles USING
        (article_id)
    """,
    "failures": "SELECT DISTINCT source_id, stage, reason FROM failures",
}

Start = Callable[[Path], subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory, free_port: Callable[[], int]) -> Iterator[Start]:
    """Return a function that starts a run of two sources into a folder; the newsroom is served meanwhile."""
    port, folder = free_port(), tmp_path_factory.mktemp("settings")
    settings = (NEWSROOM / "settings.toml").read_text("utf-8").replace("127.0.0.1:8765", f"127.0.0.1:{port}")
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    server = subprocess.Popen([sys.executable, "-m", "etl", "newsroom", "serve", "--port", str(port)], cwd=PROJECT)

    while not is_open(port):
        assert server.poll() is None
        time.sleep(0.2)

    def run(data: Path) -> subprocess.Popen[bytes]:
        chosen = [part for source_id in SOURCES for part in ("--source", source_id)]
        lists = ["--sources", NEWSROOM / "sources.toml", "--topics", NEWSROOM / "topics.toml"]
        command = [
            sys.executable,
            "-m",
            "etl",
            "--quiet",
            "--data",
            data,
            *lists,
            "--settings",
            folder / "settings.toml",
            *chosen,
            "run",
        ]
        return subprocess.Popen(list(map(str, command)), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    yield run
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="module")
def undisturbed(start: Start, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """What the dataset says after a run that nobody disturbed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    finish(start(folder))
    told = facts(folder)
    assert all(told.values()), "a fact that no article has is not compared"
    return told


def is_open(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def finish(run: subprocess.Popen[bytes]) -> None:
    said, _ = run.communicate(timeout=240)
    assert run.returncode == 0, said.decode()


def facts(data: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(data / "coverage.duckdb"), read_only=True) as connection:
        return {name: sorted(connection.execute(sql).fetchall(), key=repr) for name, sql in FACTS.items()}


def check(data: Path, undisturbed: dict[str, list[tuple[object, ...]]]) -> None:
    """Hold a dataset that was collected through kills to one that was not, and archive and store to each other."""
    for name, rows in facts(data).items():
        assert rows == undisturbed[name], name
    with duckdb.connect(str(data / "store.duckdb"), read_only=True) as connection:
        twice = connection.execute(
            "SELECT link_id FROM pages WHERE link_id IS NOT NULL GROUP BY ALL HAVING count(*) > 1"
        )
        assert twice.fetchall() == []
        (kept,) = connection.execute("SELECT count(*) FROM pages").fetchall()[0]
    assert count_responses(data / "pages") == kept


def count_responses(folder: Path) -> int:
    """Read every record of the archive; a torn one raises."""
    responses = 0
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            responses += sum(record.rec_type == "response" for record in ArchiveIterator(file))
    return responses


def kill_runs(start: Start, folder: Path, undisturbed: dict[str, list[tuple[object, ...]]], *, kills: int) -> int:
    """Kill runs at random instants until they were killed so often; return how many data folders were completed."""
    chance, data, completed, killed = random.Random(kills), folder / "0", 0, 0
    while True:
        run = start(data)
        if killed == kills:
            finish(run)
            check(data, undisturbed)
            return completed + 1
        try:
            said, _ = run.communicate(timeout=chance.uniform(0.0, LONGEST))
        except subprocess.TimeoutExpired:
            run.kill()
            run.communicate()
            killed += 1
            time.sleep(0.2)  # the system lets go of the lock when it has buried the process
        else:
            assert run.returncode == 0, said.decode()
            check(data, undisturbed)
            completed += 1
            data = folder / str(completed)


def test_five_kills(start: Start, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path) -> None:
    assert kill_runs(start, tmp_path, undisturbed, kills=5) >= 1


@pytest.mark.slow
def test_forty_kills(start: Start, undisturbed: dict[str, list[tuple[object, ...]]], tmp_path: Path) -> None:
    assert kill_runs(start, tmp_path, undisturbed, kills=40) >= 3
