"""Pages in this process, in local processes, and on a Dask cluster; dead and slow workers cost only their page."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.workers import CHUNK, Outcome, default_workers, map_pages

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers import the functions below, as they import those of `etl` when it is run from its checkout."""
    monkeypatch.syspath_prepend(ROOT)


def double(number: int) -> int:
    return 2 * number


def refuse_odd(number: int) -> int:
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number


def die_at_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def hang_at_seven(number: int) -> int:
    if number == 7:
        time.sleep(60)
    return number


def exit_at_seven(number: int) -> int:
    if number == 7:
        sys.exit(3)
    return number


def unsendable(number: int) -> Callable[[], int]:
    return lambda: number


def slowly(number: int) -> int:
    time.sleep(0.02)
    return number


def results(outcomes: Iterator[Outcome[int, int]]) -> dict[int, int | str | None]:
    return {outcome.item: outcome.failure or outcome.result for outcome in outcomes}


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_every_page_comes_back_once(workers: int) -> None:
    outcomes = list(map_pages(double, range(100), workers=workers, timeout=20))
    assert sorted((outcome.item, outcome.result) for outcome in outcomes) == [
        (number, 2 * number) for number in range(100)
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_a_page_raises_is_its_failure(workers: int) -> None:
    found = results(map_pages(refuse_odd, range(6), workers=workers, timeout=20))
    assert found == {0: 0, 1: "ValueError: 1 is odd", 2: 2, 3: "ValueError: 3 is odd", 4: 4, 5: "ValueError: 5 is odd"}


@pytest.mark.parametrize(
    ("function", "reason"), [(die_at_seven, "died"), (exit_at_seven, "SystemExit"), (hang_at_seven, "longer than 1 s")]
)
def test_a_lost_worker_costs_only_its_page(function: Callable[[int], int], reason: str) -> None:
    found = results(map_pages(function, range(40), workers=2, timeout=1))
    assert reason in str(found.pop(7))
    assert found == {number: number for number in range(40) if number != 7}


def test_a_result_that_cannot_be_handed_over_is_a_failure() -> None:
    outcomes = list(map_pages(unsendable, range(2), workers=2, timeout=20))
    assert all(outcome.failure and outcome.result is None for outcome in outcomes)


def test_no_more_than_a_few_chunks_are_taken_ahead() -> None:
    taken = 0

    def pages() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield number

    outcomes = map_pages(double, pages(), workers=2, timeout=20)
    next(outcomes)
    assert taken <= 2 * 3 * CHUNK
    outcomes.close()  # type: ignore[attr-defined]


def test_nothing_to_do() -> None:
    assert list(map_pages(double, [], workers=2, timeout=1)) == []


def test_default_is_the_number_of_cores() -> None:
    assert default_workers() == os.cpu_count()


def test_a_missing_scheduler_is_told() -> None:
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("etl.workers._OVERHEAD", 1.0)
        with pytest.raises(OSError, match="Timed out"):
            list(map_pages(double, range(3), scheduler=f"tcp://127.0.0.1:{port}"))


class Cluster:
    """A Dask scheduler and workers in processes of their own on 127.0.0.1."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.processes = [
            self.start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
        ]
        self.workers = [
            self.start("worker", self.address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--no-nanny")
            for _ in range(workers)
        ]
        self.processes += self.workers

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": str(self.folder)}
        with (self.folder / f"{command[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:]],
                env=environment,
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    made = Cluster(tmp_path, 2)
    yield made
    made.stop()


@pytest.mark.slow
def test_a_cluster_does_the_same_work(cluster: Cluster) -> None:
    found = results(map_pages(refuse_odd, range(100), scheduler=cluster.address, timeout=20))
    assert len(found) == 100
    assert found[4] == 4
    assert found[5] == "ValueError: 5 is odd"


@pytest.mark.slow
def test_a_page_that_hangs_on_a_cluster_is_left_behind(cluster: Cluster) -> None:
    found = results(map_pages(hang_at_seven, range(20), scheduler=cluster.address, timeout=1))
    assert found.pop(7) == "took longer than 1 s"
    assert found == {number: number for number in range(20) if number != 7}


@pytest.mark.slow
def test_the_work_of_a_killed_cluster_worker_is_done_by_the_other(cluster: Cluster) -> None:
    outcomes = map_pages(slowly, range(400), scheduler=cluster.address, timeout=20)
    seen = [next(outcomes).item for _ in range(40)]
    assert cluster.workers[0].poll() is None
    cluster.workers[0].kill()
    seen += [outcome.item for outcome in outcomes if outcome.failure is None]
    assert sorted(seen) == list(range(400))
