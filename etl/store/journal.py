"""How the data came to be: failures, tallies of the stages, imports, publications."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from etl.records import Tally
from etl.store.database import Database


class Journal:
    """What status tells, and what publish hands on."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_tally(self, tally: Tally, ended_at: datetime) -> None:
        """Note what a stage did."""
        self._database.insert("tallies", [
            {"stage": tally.stage, "ended_at": ended_at, "done": tally.done, "failed": tally.failed, "seconds": tally.seconds,
             "notes": json.dumps(tally.notes)}
        ])  # fmt: skip

    def unpublished_tallies(self) -> list[dict[str, Any]]:
        """Return what the stages did since the last publication."""
        rows = self._database.rows(
            "SELECT stage, sum(done)::INTEGER, sum(failed)::INTEGER, sum(seconds) FROM tallies WHERE run_id IS NULL GROUP BY stage"
        )
        return [
            {"stage": stage, "done": done, "failed": failed, "seconds": round(seconds, 1)}
            for stage, done, failed, seconds in rows
        ]

    def is_changed(self) -> bool:
        """Tell whether any stage did anything since the last publication, or there is none yet."""
        return bool(self._database.value("SELECT count(*) = 0 FROM runs")) or any(
            row["done"] for row in self.unpublished_tallies()
        )

    def save_failures(self, stage: str, rows: Sequence[tuple[str, str, datetime, str]]) -> None:
        """Note addresses that failed, in place of what was noted of them: source, address, time, reason."""
        database = self._database
        with database.transaction():
            database.execute(
                "DELETE FROM failures WHERE stage = ? AND list_contains(?::VARCHAR[], url)",
                stage,
                [row[1] for row in rows],
            )
            database.insert("failures", [
                {"stage": stage, "source_id": source_id, "url": url, "failed_at": failed_at, "reason": reason}
                for source_id, url, failed_at, reason in rows
            ])  # fmt: skip

    def save_run(
        self, run_id: str, *, started_at: datetime, ended_at: datetime, code_version: str, schema_version: int
    ) -> None:
        """Note a publication, and that the tallies so far belong to it."""
        tallies = json.dumps(self.unpublished_tallies())
        with self._database.transaction():
            self._database.insert("runs", [
                {"run_id": run_id, "started_at": started_at, "ended_at": ended_at, "tallies": tallies, "code_version": code_version,
                 "schema_version": schema_version}
            ])  # fmt: skip
            self._database.execute("UPDATE tallies SET run_id = ? WHERE run_id IS NULL", run_id)
