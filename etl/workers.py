"""Do heavy work on many pages: in this process, in local processes, or on a Dask cluster, by one function.

Work goes out in chunks, so that handing it over costs little, and no more than a few chunks are out at a time, so
that memory is bounded however many pages wait. Results come back as they are done, in any order, each with its page;
every page comes back exactly once. If a chunk's worker dies or is overdue, its pages are done again one by one, so
that only the page that is to blame becomes a failure. The function therefore has to be one that can be repeated, and
importable where it runs.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as RemoteFuture

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 16  # pages handed over at once: a third of a second's work
_AHEAD = 3  # chunks out for each worker: one in work, one waiting, one coming back
_OVERHEAD = 30.0  # seconds in which a worker must have started, besides the time limit


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item, Result]):
    """What became of one page: a result, or why there is none."""

    item: Item
    result: Result | None = None
    failure: str | None = None


Chunk = list[Item]
Outcomes = list[Outcome[Item, Result]]


def map_pages(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int = 1,
    timeout: float = 30.0,
    scheduler: str | None = None,
    chunk: int = CHUNK,
) -> Iterator[Outcome[Item, Result]]:
    """Yield the outcome of each page, in the order in which they are done.

    Args:
        function: What is done with a page; it is called again if its worker dies.
        items: The pages, or where they are; taken as they are needed.
        workers: Local processes; 0 or 1 is this process, which cannot stop a page that takes too long.
        timeout: Seconds that one page may take.
        scheduler: Address of a Dask scheduler, such as tcp://127.0.0.1:8786; needs the extra `cluster`.
        chunk: Pages handed over at once.
    """
    if scheduler is not None:
        yield from _on_cluster(function, items, scheduler, timeout=timeout, chunk=chunk)
    elif workers > 1:
        yield from _in_processes(function, items, workers, timeout=timeout, chunk=chunk)
    else:
        yield from (_attempt(function, item) for item in items)


def default_workers() -> int:
    """Return how many processes this machine has cores for."""
    return os.cpu_count() or 1


def _attempt(function: Callable[[Item], Result], item: Item) -> Outcome[Item, Result]:
    """Do one page; whatever it raises is that page's failure."""
    try:
        return Outcome(item, function(item))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - one page must not end the run, whatever it raises
        return Outcome(item, failure=f"{type(error).__name__}: {error}")


def _attempt_all(function: Callable[[Item], Result], chunk: Chunk[Item]) -> Outcomes[Item, Result]:
    return [_attempt(function, item) for item in chunk]


def _chunks(items: Iterable[Item], size: int) -> Iterator[Chunk[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


# --- local processes -----------------------------------------------------------------------------------------


def _in_processes(
    function: Callable[[Item], Result], items: Iterable[Item], workers: int, *, timeout: float, chunk: int
) -> Iterator[Outcome[Item, Result]]:
    """Do pages in processes of their own, which are started afresh where they die."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPool(max_workers=workers, context=multiprocessing.get_context(method))

    def submit(pages: Chunk[Item]) -> Future[Outcomes[Item, Result]]:
        future: Future[Outcomes[Item, Result]] = pool.schedule(_attempt_all, args=[function, pages], timeout=timeout)
        return future

    try:
        yield from _drive(submit, _chunks(items, chunk), most=workers * _AHEAD, timeout=timeout)
        pool.close()
    finally:
        pool.stop()
        pool.join()


def _drive(
    submit: Callable[[Chunk[Item]], Future[Outcomes[Item, Result]]],
    chunks: Iterator[Chunk[Item]],
    *,
    most: int,
    timeout: float,
) -> Iterator[Outcome[Item, Result]]:
    """Keep so many chunks out, and yield what comes back; do the pages of a lost chunk one by one."""
    out: dict[Future[Outcomes[Item, Result]], Chunk[Item]] = {}
    single: list[Item] = []
    while True:
        while len(out) < most:
            pages = [single.pop()] if single else next(chunks, [])
            if not pages:
                break
            out[submit(pages)] = pages
        if not out:
            return
        done, _ = wait(out, return_when=FIRST_COMPLETED)
        for future in done:
            pages = out.pop(future)
            outcomes, again = _collect(future, pages, timeout)
            yield from outcomes
            single += again


def _collect(
    future: Future[Outcomes[Item, Result]], pages: Chunk[Item], timeout: float
) -> tuple[Outcomes[Item, Result], Chunk[Item]]:
    """Return what a chunk came back with, and the pages to do again."""
    try:
        return future.result(), []
    except TimeoutError:
        reason = f"took longer than {timeout:g} s"
    except ProcessExpired as error:
        reason = f"its worker died (exit code {error.exitcode})"
    except Exception as error:  # noqa: BLE001 - a page or result that cannot be handed over is that page's failure
        reason = f"{type(error).__name__}: {error}"
    return ([Outcome(pages[0], failure=reason)], []) if len(pages) == 1 else ([], pages)


# --- a Dask cluster ------------------------------------------------------------------------------------------


def _on_cluster(
    function: Callable[[Item], Result], items: Iterable[Item], scheduler: str, *, timeout: float, chunk: int
) -> Iterator[Outcome[Item, Result]]:
    """Do pages on the workers of a Dask cluster; what a lost worker had is done by another."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ImportError("a scheduler needs the extra `cluster`: pip install -e '.[cluster]'") from error
    with Client(scheduler, timeout=_OVERHEAD, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=_OVERHEAD)
        threads = sum(client.nthreads().values())
        yield from _drive(
            _Cluster(client, function, timeout).submit, _chunks(items, chunk), most=threads * _AHEAD, timeout=timeout
        )


class _Cluster:
    """Makes Dask's futures ones that can be waited for with the standard library's."""

    def __init__(self, client: Client, function: Callable[[Any], Any], timeout: float) -> None:
        self.client, self.function, self.timeout = client, function, timeout

    def submit(self, pages: Chunk[Any]) -> Future[Outcomes[Any, Any]]:
        """Hand a chunk to the cluster."""
        answer: Future[Outcomes[Any, Any]] = Future()
        answer.set_running_or_notify_cancel()
        remote = self.client.submit(_attempt_all_within, self.function, pages, self.timeout, pure=False)
        remote.add_done_callback(lambda done: _answer(done, answer))
        return answer


def _answer(done: RemoteFuture, answer: Future[Outcomes[Any, Any]]) -> None:
    """Hand a finished Dask future's result, or its error, to a future of the standard library."""
    error = done.exception() if done.status == "error" else None
    if error is not None:
        answer.set_exception(error)
    elif done.status == "finished":
        answer.set_result(done.result())
    else:
        answer.set_exception(RuntimeError(f"the cluster gave the work up: {done.status}"))


def _attempt_all_within(
    function: Callable[[Item], Result], chunk: Chunk[Item], timeout: float
) -> Outcomes[Item, Result]:
    return [_attempt_within(function, item, timeout) for item in chunk]


def _attempt_within(function: Callable[[Item], Result], item: Item, timeout: float) -> Outcome[Item, Result]:
    """Do one page in a thread of its own, left behind if it takes too long: Dask cannot stop what it began."""
    answers: list[Outcome[Item, Result]] = []
    thread = threading.Thread(target=lambda: answers.append(_attempt(function, item)), daemon=True)
    thread.start()
    thread.join(timeout)
    return answers[0] if answers else Outcome(item, failure=f"took longer than {timeout:g} s")
