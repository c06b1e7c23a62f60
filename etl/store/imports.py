"""Files taken in: what became of each of their rows, and where reading goes on after an interruption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from etl.records import Link, Source
from etl.store.database import Database
from etl.store.lists import domain_rows, source_row


class Refusal(NamedTuple):
    """A row of a file that was not taken in, and why."""

    row_number: int
    subject: str | None
    reason: str


class NewLink(NamedTuple):
    """A link that was never seen before, with its canonical address and its source."""

    link: Link
    key: str
    source_id: str


@dataclass(slots=True)
class Import:
    """One file as it is taken in."""

    import_id: int
    rows: int = 0
    imported: int = 0
    known: int = 0
    refused: int = 0
    next_start: int | None = 0  # None when the file is done

    def add(self, rows: int, *, imported: int, refused: int) -> None:
        """Count rows that were read; what is neither imported nor refused was known."""
        self.rows += rows
        self.imported += imported
        self.refused += refused
        self.known = self.rows - self.imported - self.refused


class Imports:
    """What intake notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, file: str, sha256: str, kind: str, now: datetime) -> Import:
        """Return the import of a file: a new one, or the one that was begun before."""
        found = self._database.records(
            "SELECT import_id, rows, imported, known, refused, next_start FROM imports WHERE sha256 = ?", sha256
        )
        if found:
            return Import(**found[0])
        number = self._database.value("SELECT nextval('import_ids')")
        self._database.insert("imports", [
            {"import_id": number, "file": file, "sha256": sha256, "format": kind, "rows": 0, "imported": 0, "known": 0,
             "refused": 0, "imported_at": now, "next_start": 0}
        ])  # fmt: skip
        return Import(number)

    def save(self, done: Import, refusals: Sequence[Refusal]) -> None:
        """Note how far an import has come; the caller holds the transaction."""
        self._database.execute(
            "UPDATE imports SET rows = ?, imported = ?, known = ?, refused = ?, next_start = ? WHERE import_id = ?",
            done.rows, done.imported, done.known, done.refused, done.next_start, done.import_id,
        )  # fmt: skip
        self._database.insert(
            "import_refusals", [refusal._asdict() | {"import_id": done.import_id} for refusal in refusals]
        )

    def add_sources(self, sources: Sequence[Source]) -> None:
        """Add sources that are known only from an import, named after their domains; the caller holds the transaction."""
        rows = [source_row(source) | {"is_listed": False} for source in sources]
        self._database.insert("sources", rows)
        self._database.insert("source_domains", domain_rows(sources))

    def add_links(self, links: Sequence[NewLink], found_at: datetime) -> None:
        """Let links wait to be fetched; the caller holds the transaction."""
        rows = [
            {"source_id": source_id, "url": link.url, "key": key, "found_at": found_at, "title": link.title,
             "published_at": link.published_at, "language": link.language, "state": "waiting", "attempts": 0, "fetches": 0}
            for link, key, source_id in links
        ]  # fmt: skip
        self._database.insert_selected("links", rows, "nextval('link_ids') AS link_id, *")

    def forget_refusals(self, import_id: int) -> None:
        """Drop what was refused of a file that is taken in again; the caller holds the transaction."""
        self._database.execute("DELETE FROM import_refusals WHERE import_id = ?", import_id)

    def known_addresses(self, keys: Sequence[str]) -> set[str]:
        """Return which canonical addresses are known as links, pages or articles."""
        rows = self._database.rows(_KNOWN_ADDRESSES, list(keys))
        return {key for (key,) in rows}

    def known_captures(self, keys: Sequence[tuple[str, datetime]]) -> set[tuple[str, datetime]]:
        """Return which captures (canonical address, time) were kept before."""
        with self._database.batch("asked", [{"key": key, "fetched_at": fetched_at} for key, fetched_at in keys]):
            rows = self._database.rows("SELECT key, fetched_at FROM asked SEMI JOIN pages USING (key, fetched_at)")
        return {(key, fetched_at) for key, fetched_at in rows}


_KNOWN_ADDRESSES = """
SELECT key FROM (SELECT unnest(?::VARCHAR[]) AS key)
WHERE  key IN (SELECT key FROM links UNION ALL SELECT key FROM pages UNION ALL SELECT key FROM articles)
"""
