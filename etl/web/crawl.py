"""The stage's side of a crawl: it starts the process that collects, asks it questions and reads its answers."""

from __future__ import annotations

import atexit
import multiprocessing
import signal
import time
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from etl.errors import CoverageError
from etl.records import PageAnswer
from etl.settings import Clock, Settings
from etl.web.questions import Question, Skipped, Trouble

QUESTIONS_AT_ONCE = 10_000  # asked and not yet answered: enough that all hosts have one, and a few megabytes
SECONDS_TO_END = 3.0


class Crawl:
    """A process that fetches what it is asked for. Use it as a context: at its end the process ends too."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        settings.user_agent()  # nobody is asked by somebody without a name
        self._settings, self._clock = settings, clock
        self._ends_at = time.monotonic() + settings.limits.seconds_per_run
        self._process: Any = None
        self._questions: Connection | None = None
        self._answers: Connection | None = None
        self._open: set[int] = set()

    def __enter__(self) -> Crawl:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def ask(self, question: Question) -> None:
        """Ask a question more; its answer comes out of answers()."""
        if self._process is None:
            self._start()
        assert self._questions is not None
        try:
            self._questions.send(question)
        except OSError:
            raise self._death() from None
        self._open.add(question.number)

    def answers(self, questions: Iterable[Question]) -> Iterator[PageAnswer]:
        """Ask questions, and yield answers in the order in which they come.

        A question whose host wants to be left alone, or for which this run has no time left, has no answer.
        """
        waiting = iter(questions)
        self._refill(waiting)
        while self._open and (message := self._receive()) is not None:
            if isinstance(message, Trouble):
                raise CoverageError(f"the collecting process made a mistake; please report it:\n{message.text}")
            number = message.number if isinstance(message, Skipped) else message.link_id
            self._open.discard(number)
            if isinstance(message, PageAnswer):
                yield message
            self._refill(waiting)

    def _refill(self, waiting: Iterator[Question]) -> None:
        while len(self._open) < QUESTIONS_AT_ONCE and (question := next(waiting, None)) is not None:
            self.ask(question)

    def _receive(self) -> PageAnswer | Skipped | Trouble | None:
        """Wait for a message; None when the run's time is up."""
        assert self._answers is not None
        seconds = self._ends_at - time.monotonic()
        try:
            if seconds <= 0 or not self._answers.poll(seconds):
                return None
            message: PageAnswer | Skipped | Trouble = self._answers.recv()
        except (EOFError, OSError):
            raise self._death() from None
        return message

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        asked, self._questions = context.Pipe(duplex=False)
        self._answers, answered = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_collect, args=(asked, answered, self._settings, self._clock), daemon=True, name="collect"
        )
        with _Undisturbed():
            self._process.start()
        atexit.register(self._end)  # where nobody closes the context, the interpreter would wait for the process
        asked.close()
        answered.close()

    def _death(self) -> CoverageError:
        """The error that tells how the process ended."""
        self._process.join(SECONDS_TO_END)
        code = self._process.exitcode
        how = f"was killed by signal {-code}" if code and code < 0 else f"ended with {code}"
        return CoverageError(f"the collecting process {how}; what was saved is kept, run the stage again")

    def _end(self) -> None:
        """Close the pipes, upon which the process ends by itself, and make sure of it."""
        if self._process is None:
            return
        atexit.unregister(self._end)
        for pipe in (self._questions, self._answers):
            assert pipe is not None
            pipe.close()
        self._process.join(SECONDS_TO_END)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()
        self._process = None


def _collect(asked: Connection, answered: Connection, settings: Settings, clock: Clock) -> None:
    from etl.web.child import collect  # Scrapy is needed over there alone

    collect(asked, answered, settings, clock)


class _Undisturbed:
    """While a process is started: it inherits that Ctrl-C and SIGTERM do not reach it. It ends with its parent."""

    def __enter__(self) -> None:
        self._before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, self._before)
