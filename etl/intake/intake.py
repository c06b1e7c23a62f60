"""One file into the store: what it is, whether it was taken in before, and on from where it was left."""

from __future__ import annotations

import hashlib
from pathlib import Path

from etl.errors import CoverageError
from etl.intake.warc import import_warc, is_warc
from etl.job import Job
from etl.records import Tally

BLOCK = 1 << 20


def import_file(job: Job, path: Path) -> Tally:
    """Take in one file; raises CoverageError where it is nothing that we read."""
    tally = Tally("import")
    kind = kind_of(path)
    begun = job.store.imports.begin(path.name, checksum(path), kind, job.clock.now())
    if begun.next_start is None:
        tally.notes = {"known already": begun.rows}
        return tally
    before = (begun.imported, begun.known, begun.refused)
    import_warc(job, path, begun)
    tally.done, tally.failed = begun.imported - before[0], begun.refused - before[2]
    tally.notes = {"known already": begun.known - before[1]}
    return tally


def kind_of(path: Path) -> str:
    """Return what a file is, by its content."""
    if not path.is_file():
        raise CoverageError(f"{path}: no such file")
    if is_warc(path):
        return "warc"
    raise CoverageError(f"{path}: is none of the formats that can be taken in; these are WARC and WACZ files")


def checksum(path: Path) -> str:
    """Return a file's SHA-256, so that the same file is known under any name."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
