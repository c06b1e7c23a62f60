"""Starts a process for one statement and takes its answer, or ends it when its time is over."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.dataset import Dataset
from etl.errors import CoverageError

SECONDS, ROWS = 10.0, 10_000  # that a statement may take and give
BYTES = 20_000_000  # of an answer
CELL = 100_000  # characters of a cell
MOST_STATEMENT = 20_000  # characters
AT_ONCE = 2  # statements: more wait
GRACE = 2.0  # seconds to start and to write the answer

_ANSWERING = Path(__file__).with_name("answering.py")
_free = threading.BoundedSemaphore(AT_ONCE)


class StatementRefused(CoverageError):
    """A statement that a reader wrote is no single SELECT, cannot be run, or took too much."""


@dataclass(frozen=True)
class Answer:
    """Names and types of the columns, the rows, and whether rows were left out."""

    columns: list[str]
    kinds: list[str]
    rows: list[list[Any]]
    is_cut: bool


def run_select(
    dataset: Dataset, statement: str, *, seconds: float = SECONDS, rows: int = ROWS, cell: int = CELL
) -> Answer:
    """Run one SELECT that a reader wrote, read-only, without files and network, within limits of time, memory and rows.

    Raises:
        StatementRefused: It is another statement, has a mistake, or takes too much.
    """
    if len(statement) > MOST_STATEMENT:
        raise StatementRefused(f"a statement may have {MOST_STATEMENT:,} characters")
    given = {"file": str(dataset.file), "statement": statement, "seconds": seconds, "rows": rows}
    if not _free.acquire(timeout=seconds):
        raise StatementRefused("too many statements are running; try again in a moment")
    try:
        found = _answered(given | {"bytes": BYTES, "cell": cell}, seconds)
    finally:
        _free.release()
    if "refused" in found:
        raise StatementRefused(found["refused"])
    return Answer(**found)


def _answered(given: dict[str, Any], seconds: float) -> dict[str, Any]:
    try:
        run = subprocess.run(  # noqa: S603 our own program; the statement is its input
            [sys.executable, "-I", str(_ANSWERING)],
            input=json.dumps(given),
            capture_output=True,
            encoding="utf-8",
            timeout=seconds + GRACE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise StatementRefused(f"stopped after {seconds:g} seconds") from error
    if run.returncode:  # out of memory at a place where nothing could be said any more
        raise StatementRefused("it needs more memory than a statement may have")
    return dict(json.loads(run.stdout))
