"""The store and its parts, and the lock that lets one run at a time write it."""

from __future__ import annotations

import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import duckdb

from etl.errors import CoverageError
from etl.store.articles import Articles
from etl.store.database import Database
from etl.store.findings import FindingsTable
from etl.store.groups import GroupsTable
from etl.store.imports import Imports
from etl.store.journal import Journal
from etl.store.links import Links
from etl.store.lists import Lists
from etl.store.pages import Pages

# What DuckDB raises where the disk is full or broken: there is one writer, so that no transaction fails for another.
UNWRITABLE = (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException, duckdb.OutOfMemoryException)


class Store:
    """What the stages know and have still to do, in one file of the data folder.

    Raises CoverageError where another run holds the folder, naming it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = hold(folder / "lock")
        self.database = Database(folder / "store.duckdb")
        self.lists = Lists(self.database)
        self.links = Links(self.database)
        self.pages = Pages(self.database)
        self.articles = Articles(self.database)
        self.findings = FindingsTable(self.database)
        self.groups = GroupsTable(self.database)
        self.imports = Imports(self.database)
        self.journal = Journal(self.database)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store; where it could not be written, tell that in a sentence."""
        try:
            self.close()
        except duckdb.Error as broken:
            error = error or broken
        if isinstance(error, UNWRITABLE):
            said = str(error).splitlines()[0]
            raise CoverageError(f"{self._folder}: {said}; make room and run again, what was saved is kept") from error

    def close(self) -> None:
        """Write everything to the disk, and let others in."""
        try:
            self.database.close()
        finally:
            os.close(self._lock)


def hold(path: Path) -> int:
    """Hold a folder for this process by a file in it, and return what to close; CoverageError names who else holds it.

    The system lets go of it when the process ends, however it ends.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.read(descriptor, 200).decode(errors="replace").strip() or "another run"
        os.close(descriptor)
        raise CoverageError(
            f"{path.parent}: {holder} is writing here; wait until it ends, or use another --data folder"
        ) from error
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"process {os.getpid()} (since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC)".encode())
    return descriptor
