"""Answers one SELECT and ends. It runs as a process of its own, so that its memory and time are the system's to take away.

The statement comes as JSON on standard input and the answer leaves as JSON on standard output. DuckDB does not count all
memory of long strings against its own limit; the limit of the process does.
"""

from __future__ import annotations

import json
import math
import os
import resource
import sys
import threading
from pathlib import Path
from typing import Any

import duckdb

MEMORY = "256MB"  # of DuckDB
PROCESS_BYTES = 1_500_000_000  # of the address space, of which code and DuckDB's reserve take a third
BATCH = 500  # rows fetched at a time
LARGEST_EXACT = 2**53  # integers beyond it lose digits in a browser
SETTINGS = (
    "home_directory = '/'",
    "temp_directory = ''",
    "enable_external_access = false",
    "lock_configuration = true",
)
NOT_SHOWN = {"DUCKDB_SETTINGS", "DUCKDB_DATABASES", "PRAGMA_DATABASE_LIST", "DUCKDB_EXTENSIONS", "DUCKDB_LOGS"}


class Refused(Exception):
    """The statement is none that the console answers; the reason is a sentence."""


def answer(given: dict[str, Any]) -> dict[str, Any]:
    """Return columns, kinds, rows and is_cut of a statement, or refused with the reason."""
    folder = str(Path(given["file"]).parent)
    try:
        found = _run(given)
    except Refused as error:
        found = {"refused": str(error)}
    except duckdb.InterruptException:
        found = {"refused": f"stopped after {given['seconds']:g} seconds"}
    except (MemoryError, duckdb.OutOfMemoryException):
        found = {"refused": "it needs more memory than a statement may have"}
    except duckdb.Error as error:
        found = {"refused": str(error)}
    written = json.dumps(found, ensure_ascii=True)
    for hidden in (folder, str(Path.home())):
        if len(hidden) > 1:
            written = written.replace(json.dumps(hidden)[1:-1], "…")
    return dict(json.loads(written))


def _run(given: dict[str, Any]) -> dict[str, Any]:
    connection = duckdb.connect(config={"memory_limit": MEMORY, "threads": 1})
    connection.execute("ATTACH '" + given["file"].replace("'", "''") + "' AS dataset (READ_ONLY)")
    for setting in SETTINGS:
        connection.execute(f"SET {setting}")
    connection.execute("USE dataset")
    timer = threading.Timer(given["seconds"], connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        return _fetched(connection, _only_select(connection, given["statement"]), given)
    finally:
        timer.cancel()


def _only_select(connection: duckdb.DuckDBPyConnection, text: str) -> duckdb.Statement:
    statements = connection.extract_statements(text)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise Refused("one SELECT statement at a time, and nothing else")
    plan = connection.execute(f"EXPLAIN {statements[0].query}").fetchall()
    if any(name in str(plan).upper() for name in NOT_SHOWN):
        raise Refused("settings and places of files are not shown here")
    return statements[0]


def _fetched(
    connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement, given: dict[str, Any]
) -> dict[str, Any]:
    result = connection.execute(statement)
    described = result.description or []
    rows: list[list[Any]] = []
    size = 0
    while len(rows) <= given["rows"] and size < given["bytes"] and (batch := result.fetchmany(BATCH)):
        for row in batch:
            rows.append([_plain(value, given["cell"]) for value in row])
            size += sum(len(value) if isinstance(value, str) else 8 for value in rows[-1])
            if size >= given["bytes"]:
                break
    return {
        "columns": [str(column[0]) for column in described],
        "kinds": [str(column[1]) for column in described],
        "rows": rows[: given["rows"]],
        "is_cut": len(rows) > given["rows"] or size >= given["bytes"],
    }


def _plain(value: Any, most: int) -> Any:  # noqa: ANN401 a cell of any type
    """Return a cell as JSON takes it: numbers as they are, all else as text that is cut."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < LARGEST_EXACT:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    text = value.isoformat(" ") if hasattr(value, "hour") and hasattr(value, "isoformat") else str(value)
    return text if len(text) <= most else text[: most - 1] + "…"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (PROCESS_BYTES, PROCESS_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.write(json.dumps(answer(json.load(sys.stdin))))
    sys.stdout.flush()
    os._exit(0)  # without taking DuckDB apart, whose threads now and then abort while Python ends
