"""The two processes of a crawl: whichever dies, the other notices."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.errors import CoverageError
from etl.settings import Clock, Settings
from etl.web.crawl import Crawl
from etl.web.questions import Question

Answer = bytes | Callable[[], Iterator[bytes | float]]
Serve = Callable[[str, str, Answer], None]
Web = Callable[..., Settings]
Http = Callable[..., bytes]

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = [Question(1, "http://quick.test/"), Question(2, "http://hanging.test/")]
STAGE = """
import multiprocessing, sys
from pathlib import Path
from etl.records import WaitingLink
from etl.settings import load_settings
from etl.web import fetch_pages

if __name__ == "__main__":
    settings = load_settings(Path(sys.argv[1]))
    links = [WaitingLink(n, "x", f"http://{name}.test/") for n, name in enumerate(("quick", "hanging"))]
    answers = fetch_pages(links, settings, settings.make_clock())
    for answer in answers:
        print(multiprocessing.active_children()[0].pid, flush=True)
        if sys.argv[2:]:
            break
"""
SETTINGS = """
[collector]
contact = "tests"
[politeness]
delay_seconds = 0
[guard]
private_hosts = ["*.test"]
[hosts]
"*.test" = "{}"
"""


@pytest.fixture(scope="module")
def settings(serve: Serve, http: Http, web: Web) -> Settings:
    serve("quick.test", "/", http(b"page"))
    serve("hanging.test", "/", lambda: iter([30.0]))
    return web()


def is_gone(process: int, seconds: float) -> bool:
    """Tell whether a process ends within some seconds; a dead one may wait for its parent to take note of it."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def start_stage(settings: Settings, folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    (address,) = settings.hosts["*.test"]
    (folder / "settings.toml").write_text(SETTINGS.format(f"{address.ip}:{address.port}"))
    (folder / "stage.py").write_text(STAGE)
    command = [sys.executable, str(folder / "stage.py"), str(folder / "settings.toml"), *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env)


def test_a_child_that_dies_is_a_sentence(settings: Settings) -> None:
    with Crawl(settings, Clock()) as crawl:
        answers = crawl.answers(QUESTIONS)
        assert next(answers).body == b"page"
        (child,) = multiprocessing.active_children()
        child.kill()
        with pytest.raises(CoverageError, match="the collecting process was killed by signal 9"):
            next(answers)


def test_a_mistake_of_the_childs_is_told(serve: Serve, http: Http, settings: Settings) -> None:
    serve("busy.test", "/", http(b"", 429, retry_after="1"))
    broken = Clock("a time that nothing can be added to")  # type: ignore[arg-type]
    with Crawl(settings, broken) as crawl, pytest.raises(CoverageError, match=r"made a mistake(.|\n)*TypeError"):
        list(crawl.answers([Question(1, "http://busy.test/")]))


def test_a_stage_that_stops_in_the_middle_leaves_no_child(settings: Settings) -> None:
    with Crawl(settings, Clock()) as crawl:
        next(crawl.answers(QUESTIONS))
        (child,) = multiprocessing.active_children()
        number, began = child.pid or 0, time.monotonic()
    assert is_gone(number, 1)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "how",
    [signal.SIGKILL, *(pytest.param(how, marks=pytest.mark.slow) for how in (signal.SIGINT, signal.SIGTERM))],
)
def test_a_child_ends_with_its_parent(settings: Settings, tmp_path: Path, how: signal.Signals) -> None:
    with start_stage(settings, tmp_path) as stage:
        assert stage.stdout is not None
        child = int(stage.stdout.readline())
        assert not is_gone(child, 0.1)
        stage.send_signal(how)
        assert is_gone(child, 5)
        stage.wait(5)


@pytest.mark.slow
def test_a_stage_that_forgets_its_answers_ends(settings: Settings, tmp_path: Path) -> None:
    with start_stage(settings, tmp_path, "forget") as stage:
        assert stage.stdout is not None
        child = int(stage.stdout.readline())
        assert stage.wait(5) == 0
        assert is_gone(child, 1)
