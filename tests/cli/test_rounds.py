"""Collecting that goes on, with a clock that is moved: a day in the fast tests, a month in the slow one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
import duckdb
import pytest

from etl.cli.rounds import Duration, is_publication_due, keep_collecting
from etl.cli.stages import run_round
from etl.job import Job
from etl.settings import Settings, load_settings, load_sources
from etl.status import source_states
from etl.store import Store

START = datetime(2026, 8, 1, 0, 30, tzinfo=UTC)
SENTENCES = (
    "The council of Port Ardan met on the quay and spoke about the ferry number {n} for most of the morning.",
    "Nobody had expected that the harbour would close gate {n} so early in the year, said the oldest of the pilots.",
    "A vote on the budget of dock {n} is due next week, and the fishermen have asked for a hearing before it.",
    "Rain fell on shed {n} until the evening, when the market opened again under a grey and quiet sky.",
)
SOURCES = """fictional = true

[[sources]]
source_id = "quay-times"
name = "Quay Times"
home_page = "http://quay-times.test/"
language = "en"
time_zone = "UTC"
feeds = ["http://quay-times.test/feed.xml"]
"""


class Site:
    """A source that publishes an article every four hours; its feed holds the last ten. It is down on some days."""

    def __init__(self) -> None:
        self.now = START
        self.down: set[int] = set()  # days of the month
        self.pages: list[str] = []  # as they were asked for and answered

    def published(self) -> list[datetime]:
        first, hours = START - timedelta(hours=36), timedelta(hours=4)
        return [first + nth * hours for nth in range(int((self.now - first) / hours) + 1)]

    def answer(self, path: str) -> tuple[int, str, str]:
        if self.now.day in self.down:
            return 503, "text/plain", "down"
        if path == "/feed.xml":
            return 200, "application/rss+xml", self.feed()
        number = path.rpartition("-")[2]
        if not number.isdecimal():
            return 404, "text/plain", "nothing"
        self.pages.append(path)
        return 200, "text/html", self.page(int(number))

    def feed(self) -> str:
        items = "".join(
            f"<item><title>Ferry {self.number(at)} sails</title><link>http://quay-times.test/2026/the-ferry-sails-again-{self.number(at)}</link>"
            f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
            for at in self.published()[-10:]
        )
        return f"<rss version='2.0'><channel><title>Quay Times</title>{items}</channel></rss>"

    def number(self, at: datetime) -> int:
        return int((at - START + timedelta(days=3)) / timedelta(hours=4))

    def page(self, number: int) -> str:
        at = START - timedelta(days=3) + number * timedelta(hours=4)
        text = "".join(f"<p>{sentence.format(n=number * 7 + nth)}</p>" for nth, sentence in enumerate(SENTENCES))
        head = f"<title>Ferry {number} sails</title><meta property='article:published_time' content='{at.isoformat()}'>"
        return f"<html lang=en><head>{head}</head><body><article><h1>Ferry {number} sails</h1>{text}</article></body></html>"


@pytest.fixture
def site() -> Iterator[tuple[Site, int]]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = site.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site, server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join(10)


class Over(Exception):
    """The time that was simulated is over."""


def simulate(folder: Path, site: Site, port: int, *, until: datetime, every: timedelta) -> int:
    """Collect round after round until a day, and return how many rounds that were."""
    (folder / "sources.toml").write_text(SOURCES)
    (folder / "settings.toml").write_text(
        f'[collector]\ncontact = "desk@quay-times.test"\n[politeness]\ndelay_seconds = 0\nretries = 0\n[guard]\n'
        f'private_hosts = ["*.test"]\n[hosts]\n"*.test" = "127.0.0.1:{port}"\n[fetch]\nagain_hours = []\n'
    )
    base = load_settings(folder / "settings.toml")
    rounds = 0

    @contextmanager
    def open_job() -> Iterator[Job]:
        moved: Settings = base.model_copy(update={"clock": base.clock.model_copy(update={"now": site.now})})
        with Store(folder / "data") as store:
            store.lists.save_sources(load_sources(folder / "sources.toml"), "sources.toml")
            yield Job(store, folder / "data", moved, workers=1, is_quiet=True)

    def pause(seconds: float) -> None:
        nonlocal rounds
        rounds += 1
        site.now += timedelta(seconds=seconds)
        if site.now >= until:
            raise Over

    with pytest.raises(Over):
        keep_collecting(open_job, every, one_round=run_round, pause=pause)
    site.now -= every
    with open_job() as job:
        assert not is_publication_due(job)
        (state,) = source_states(job)
        assert state["said"].startswith("works, answered today")
        assert (state["gap_days"], state["waiting"]) == (0, 0)
    return rounds


def check_dataset(folder: Path, site: Site) -> int:
    """Return how many publications were made; every article is there, once, on its day."""
    with duckdb.connect(str(folder / "data" / "coverage.duckdb"), read_only=True) as dataset:
        found = [row[0] for row in dataset.execute("SELECT published_at FROM articles ORDER BY 1").fetchall()]
        runs = dataset.execute("SELECT count(*) FROM runs").fetchall()[0][0]
        assert dataset.execute(
            "SELECT DISTINCT state FROM covered_days WHERE covered_on < ?", [site.now.date()]
        ).fetchall() == [("collected",)]
    last = max(found).replace(tzinfo=UTC)
    assert [at.replace(tzinfo=UTC) for at in found] == [at for at in site.published() if at <= last]
    assert site.now - last < timedelta(hours=30)
    assert (
        len(set(site.pages)) == len(site.pages) == len(site.published())
    )  # nothing was asked for twice, nothing missed
    return int(runs)


def test_two_days(tmp_path: Path, site: tuple[Site, int]) -> None:
    rounds = simulate(tmp_path, *site, until=START + timedelta(hours=36), every=timedelta(hours=12))
    assert rounds == 3
    assert check_dataset(tmp_path, site[0]) == 2  # at the first round, and a day later


@pytest.mark.slow
def test_a_month(tmp_path: Path, site: tuple[Site, int]) -> None:
    site[0].down = {9, 20}  # its feed remembers longer than that
    rounds = simulate(tmp_path, *site, until=START + timedelta(days=31), every=timedelta(hours=8))
    assert rounds == 93
    assert check_dataset(tmp_path, site[0]) in (30, 31)
    assert len(list((tmp_path / "data" / "publications").glob("coverage-*.duckdb"))) <= 7


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("30m", timedelta(minutes=30)),
        ("2h", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
        ("45 s", timedelta(seconds=45)),
    ],
)
def test_how_often(text: str, time: timedelta) -> None:
    assert Duration().convert(text, None, None) == time


@pytest.mark.parametrize("text", ["", "0m", "soon", "30", "-5m", "1.5h"])
def test_what_is_no_time_is_told(text: str) -> None:
    with pytest.raises(click.BadParameter, match="write one such as 30m"):
        Duration().convert(text, None, None)
