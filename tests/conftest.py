"""What tests of the whole house share: the newsroom collected and published, once for all of them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

PROJECT = Path(__file__).resolve().parents[1]
NEWSROOM = PROJECT / "etl" / "newsroom"
OPTIONS = [
    "--sources",
    NEWSROOM / "sources.toml",
    "--topics",
    NEWSROOM / "topics.toml",
    "--settings",
    NEWSROOM / "settings.toml",
]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real pages and labelled sets; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("MEDIA_COVERAGE_SHARED", PROJECT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"the folder of real pages is not here: {folder} (MEDIA_COVERAGE_SHARED names another)")
    return folder


@pytest.fixture(scope="session")
def newsroom_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder into which the whole newsroom was collected over HTTP, and published. Not to be written to."""
    shared_by_workers = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared_by_workers = shared_by_workers.parent
    folder = shared_by_workers / "newsroom"
    with FileLock(f"{folder}.lock"):
        if not (folder / "coverage.duckdb").exists():
            shutil.rmtree(folder, ignore_errors=True)
            collect_newsroom(folder)
    return folder


@pytest.fixture(scope="session")
def newsroom_dataset(newsroom_run: Path) -> Path:
    """Return the published dataset of the newsroom."""
    return newsroom_run / "coverage.duckdb"


def collect_newsroom(folder: Path) -> str:
    """Run the demonstration without its dashboard and return what it says."""
    command = [
        sys.executable,
        "-m",
        "etl",
        "--data",
        folder,
        *OPTIONS,
        "newsroom",
        "demo",
        "--no-dashboard",
        "--newsroom-port",
        str(find_free_port()),
    ]
    run = subprocess.run(
        [str(part) for part in command], cwd=PROJECT, capture_output=True, text=True, timeout=540, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (folder / "said.txt").write_text(run.stdout, encoding="utf-8")
    return run.stdout


FIGURES = PROJECT / "build" / "figures.txt"  # of the newest test run


@pytest.fixture
def figure() -> Callable[[str], None]:
    """Return a function that notes a measured figure; all of them are printed at the end of the tests."""

    def note(told: str) -> None:
        FIGURES.parent.mkdir(exist_ok=True)
        with FIGURES.open("a", encoding="utf-8") as file:
            file.write(told + "\n")

    return note


def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin with no figures."""
    if not hasattr(session.config, "workerinput"):
        FIGURES.unlink(missing_ok=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests noted, those of all workers."""
    if FIGURES.exists():
        terminalreporter.section("measured")
        terminalreporter.write(FIGURES.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Return a function that finds a port of this machine that is free now."""
    return find_free_port


def find_free_port() -> int:
    """Return a port of this machine that is free now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
