"""One file into the store: what it is, whether it was taken in before, and on from where it was left."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from etl.intake.owners import Owners
from etl.intake.recognise import Kind, kind_of
from etl.intake.rows import GivenSource, Row
from etl.intake.saved_pages import digest_of_folder
from etl.intake.saving import save_rows, why_refused
from etl.intake.source_list import SourceList
from etl.job import Job
from etl.records import Tally
from etl.store.imports import Import, Refusal

BATCH = 100  # pages saved in one transaction
LINKS_BATCH = 5_000  # links are small


@dataclass(slots=True)
class Description:
    """What a file was taken for, and what its rows would come to; nothing was changed."""

    said: str
    gives: str
    rows: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        readable = self.rows - sum(self.refused.values())
        lines = [f"{self.said}: {self.rows:,} rows, {readable:,} of them give {self.gives}"]
        lines += [f"  {count:,} refused: {reason}" for reason, count in self.refused.most_common(8)]
        return "\n".join(lines)


def describe_file(path: Path) -> Description:
    """Read a file as an import would, and tell what it is; raises CoverageError where it is nothing that we read."""
    kind = kind_of(path)
    told = Description(kind.said, kind.gives)
    for row in kind.read(path, 0):
        told.rows += 1
        if reason := why_refused(row):
            told.refused[reason] += 1
    return told


def import_file(job: Job, path: Path, sources_file: Path) -> Tally:
    """Take in one file; raises CoverageError where it is nothing that we read.

    Links and pages go into the store, where fetch and extract find them; lists of sources into the sources file, which
    says whom to collect.
    """
    tally, kind = Tally("import"), kind_of(path)
    begun = job.store.imports.begin(path.name, checksum(path), kind.name, job.clock.now())
    if begun.next_start is None and kind.gives != "sources":
        tally.notes = {"known already": begun.rows}
        return tally
    if kind.gives == "sources":  # the sources file may have changed since: it is what counts
        begun = Import(begun.import_id)
    before = replace(begun)
    if kind.gives == "sources":
        _import_sources(job, path, kind, begun, SourceList.load(sources_file))
    else:
        _import_rows(job, path, kind, begun, tally)
    tally.done, tally.failed = begun.imported - before.imported, begun.refused - before.refused
    where = f", now in {sources_file.name}" if kind.gives == "sources" else ""
    tally.count(f"{kind.gives} of {kind.said}{where}", tally.done)
    tally.count("known already", begun.known - before.known)
    return tally


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file or folder, so that the same is known under any name."""
    if path.is_dir():
        return digest_of_folder(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _import_rows(job: Job, path: Path, kind: Kind, done: Import, tally: Tally) -> None:
    """Take in links and pages from where the import stands, batch by batch."""
    job.archive.repair(job.store.pages.archive_ends())
    owners = Owners(job.store.lists.sources())
    rows = _rows_left(path, kind, done)
    size = LINKS_BATCH if kind.gives == "links" else BATCH
    with job.bar("import", None) as bar:
        while batch := list(islice(rows, size)):
            save_rows(job, batch, done, owners)
            tally.count("rows with unreadable letters", sum(row.is_mended for row in batch))
            bar.update(len(batch))
    done.next_start = None
    with job.store.database.transaction():
        job.store.imports.save(done, [])


def _rows_left(path: Path, kind: Kind, done: Import) -> Iterator[Row]:
    """Yield the rows that were not taken in yet."""
    before = done.rows
    if kind.is_entered:
        for row in kind.read(path, done.next_start or 0):
            yield replace(row, number=before + row.number)
        return
    yield from islice(kind.read(path, 0), before, None)


def _import_sources(job: Job, path: Path, kind: Kind, done: Import, listed: SourceList) -> None:
    """Add sources to the sources file, and note what became of each row."""
    refusals: list[Refusal] = []
    for row in kind.read(path, 0):
        is_new, reason = False, row.reason
        if isinstance(row.given, GivenSource):
            is_new, reason = listed.add(row.given)
        if reason:
            refusals.append(Refusal(row.number, row.subject, reason))
        done.add(1, imported=int(is_new), refused=int(reason is not None))
    listed.save()
    done.next_start = None
    with job.store.database.transaction():
        job.store.imports.forget_refusals(done.import_id)
        job.store.imports.save(done, refusals)
