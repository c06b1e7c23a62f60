"""A run is stopped, or cannot go on: it ends soon, in a sentence, and what was saved is there."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.newsroom.server import RunningNewsroom, running_newsroom
from etl.store import Store

PROJECT = Path(__file__).resolve().parents[2]
NEWSROOM = PROJECT / "etl" / "newsroom"
LATEST = 5.0  # seconds after a signal
SITE = "https://harbour-post.example"
SOURCES = f'[[sources]]\nsource_id = "harbour-post"\nname = "Harbour Post"\nhome_page = "{SITE}/"\n'


@pytest.fixture(scope="module")
def newsroom() -> Iterator[RunningNewsroom]:
    with running_newsroom() as running:
        yield running


def command(folder: Path, *words: str) -> list[str]:
    (folder / "sources.toml").exists() or (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    options = ["--data", folder / "data", "--sources", folder / "sources.toml", "--quiet"]
    return [sys.executable, "-m", "etl", *map(str, options), *words]


def newsroom_command(folder: Path, newsroom: RunningNewsroom, *words: str) -> list[str]:
    settings = folder / "settings.toml"
    said = (NEWSROOM / "settings.toml").read_text(encoding="utf-8")
    settings.write_text(said.replace("127.0.0.1:8765", f"127.0.0.1:{newsroom.port}"), encoding="utf-8")
    (folder / "sources.toml").write_text((NEWSROOM / "sources.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return command(folder, "--settings", str(settings), "--workers", "2", *words)


def stop(started: subprocess.Popen[str], number: signal.Signals) -> tuple[float, str]:
    """Send a signal to a run and its processes, as a terminal does; return how long it took to end, and what it said."""
    at = time.monotonic()
    os.killpg(started.pid, number)
    said = "".join(started.communicate(timeout=20))
    return time.monotonic() - at, said


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("number", "mark", "delay"),
    [
        (signal.SIGTERM, "discover", 2.0),
        pytest.param(signal.SIGINT, "discover", 2.0, marks=SLOW),
        pytest.param(signal.SIGINT, "fetch", 3.0, marks=SLOW),
        pytest.param(signal.SIGTERM, "fetch", 3.0, marks=SLOW),
        pytest.param(signal.SIGINT, "extract", 4.0, marks=SLOW),
    ],
)
def test_a_signal_ends_a_run_within_five_seconds_with_its_tally(
    tmp_path: Path, newsroom: RunningNewsroom, number: signal.Signals, mark: str, delay: float
) -> None:
    words = newsroom_command(tmp_path, newsroom, "run")
    run = subprocess.Popen(
        words, cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert run.stdout is not None
    while mark not in (line := run.stdout.readline()):
        assert line, "the run ended before it was stopped"
    time.sleep(delay)  # within the stage after the one that told its tally
    took, said = stop(run, number)
    assert took < LATEST, said
    assert run.returncode == 1
    assert "Stopped. What was done is saved; run again to go on." in said
    assert "stopped after" in said
    assert "which saved: " in said
    assert "Traceback" not in said
    with Store(tmp_path / "data") as store:  # nothing holds it, nothing is broken
        assert store.links.waiting_links(store.database.value("SELECT now()")) is not None


HELD_UP = """
import hashlib
from etl.cli.stopping import stoppable
with stoppable():
    print("ready", flush=True)
    hashlib.pbkdf2_hmac("sha512", b"a", b"b", 200_000_000)  # some minutes in which no signal is looked at
"""


def test_a_long_call_into_a_library_does_not_hold_the_end_up() -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", HELD_UP], cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    time.sleep(0.5)
    took, said = stop(run, signal.SIGTERM)
    assert 3.5 < took < LATEST
    assert (run.returncode, "What was done is saved" in said) == (1, True)


def test_the_second_of_two_runs_names_the_first_and_ends(tmp_path: Path) -> None:
    with Store(tmp_path / "data"):
        second = subprocess.run(
            command(tmp_path, "run"), cwd=PROJECT, text=True, capture_output=True, timeout=60, check=False
        )
    assert second.returncode == 1
    assert f"process {os.getpid()} (since " in second.stderr
    assert second.stderr.count("\n") == 1


def test_two_that_keep_collecting_are_one_too_many(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[collector]\ncontact = "desk@example.org"\n')
    words = command(tmp_path, "--settings", str(settings), "run", "--every", "1d")
    (tmp_path / "sources.toml").write_text("sources = []\n")  # nobody is asked
    first = subprocess.Popen(
        words, cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while not (tmp_path / "data" / "every.lock").exists() or not (tmp_path / "data" / "every.lock").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    second = subprocess.run(words, cwd=PROJECT, text=True, capture_output=True, timeout=60, check=False)
    first.terminate()
    first.communicate(timeout=20)
    assert second.returncode == 1
    assert f"process {first.pid} (since " in second.stderr


def limited(most: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


@pytest.mark.parametrize("what", ["links", pytest.param("pages", marks=SLOW)])
def test_a_full_disk_is_one_sentence_and_leaves_everything_readable(tmp_path: Path, what: str) -> None:
    if what == "links":
        given = tmp_path / "list.txt"
        given.write_text("".join(f"{SITE}/2026/{nth:064x}\n" for nth in range(20_000)))
    else:
        given = tmp_path / "pages"
        given.mkdir()
        for nth in range(300):
            (given / f"{nth}.html").write_text(
                f"<link rel=canonical href={SITE}/2026/a-{nth}><p>{os.urandom(4_000).hex()}"
            )
    words = command(tmp_path, "import", str(given))
    subprocess.run(command(tmp_path, "status"), cwd=PROJECT, capture_output=True, timeout=60, check=True)
    full = subprocess.run(
        words, cwd=PROJECT, text=True, capture_output=True, timeout=60, check=False, preexec_fn=lambda: limited(1_000_000)
    )  # fmt: skip
    assert full.returncode == 1
    assert full.stderr.startswith("Error: ")
    assert full.stderr.count("\n") == 1, full.stderr
    assert "make room and run again" in full.stderr
    again = subprocess.run(words, cwd=PROJECT, text=True, capture_output=True, timeout=60, check=True)
    assert "failed" not in again.stdout
    with Store(tmp_path / "data") as store:
        count = store.database.value(f"SELECT count(DISTINCT key) FROM {what}")
        assert count == store.database.value(f"SELECT count(*) FROM {what}") == (20_000 if what == "links" else 300)
