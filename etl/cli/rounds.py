"""Collecting that goes on: a round every so often, a publication a day.

Between two rounds nothing is open, so that other commands can look, sources can be edited, and a kill costs nothing.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Never

import click

from etl.errors import CoverageError
from etl.job import Job

UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
SLACK = 0.05  # of the time between publications: rounds do not begin on the second
TRIES, WAIT = 30, 10.0  # to open the store, and seconds between: another command may be looking into it


class Duration(click.ParamType[timedelta]):
    """A time such as 30m, 2h or 1d."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read it; click tells what is wrong."""
        if isinstance(value, timedelta):
            return value
        found = re.fullmatch(r"(\d{1,6})\s*([smhd])", str(value).strip())
        if not found or not int(found[1]):
            self.fail(f"{value!r} is no time; write one such as 30m, 2h or 1d", param, ctx)
        return int(found[1]) * UNITS[found[2]]


def keep_collecting(
    open_job: Callable[[], AbstractContextManager[Job]],
    every: timedelta,
    *,
    one_round: Callable[[Job], None],
    pause: Callable[[float], object],
) -> Never:
    """Do one round after the other, each beginning this long after the one before it, or at once where that took longer."""
    while True:
        with open_job() as job:
            started = job.clock.now()
            one_round(job)
            took = job.clock.now() - started
        click.echo(f"the next round begins in {_in_words(max(every - took, timedelta(0)))}")
        pause(max(0.0, (every - took).total_seconds()))


def is_publication_due(job: Job) -> bool:
    """Tell whether the last publication is old enough for a new one."""
    last = job.store.database.value("SELECT max(started_at) FROM runs WHERE is_finished")
    interval = timedelta(hours=job.settings.publish.interval_hours)
    return last is None or job.clock.now() - last >= interval * (1 - SLACK)


@contextlib.contextmanager
def patiently(open_job: Callable[[], AbstractContextManager[Job]]) -> Iterator[Job]:
    """Open the store, waiting for a command that is looking into it; CoverageError where it takes too long."""
    with contextlib.ExitStack() as stack:
        yield _opened(open_job, stack)


def _opened(open_job: Callable[[], AbstractContextManager[Job]], stack: contextlib.ExitStack) -> Job:
    for _ in range(TRIES):
        try:
            return stack.enter_context(open_job())
        except CoverageError as error:
            if "is writing here" not in str(error):
                raise
            time.sleep(WAIT)
    return stack.enter_context(open_job())


def _in_words(wait: timedelta) -> str:
    minutes = round(wait.total_seconds() / 60)
    if minutes >= 120:
        return f"{minutes / 60:.0f} hours"
    return f"{minutes} minutes" if minutes != 1 else "a minute"
