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
        """Tell whether anything that is published differs from what the last publication was made of."""
        return bool(self._database.value("SELECT value FROM facts WHERE name = 'published'") != self._fingerprint())

    def _fingerprint(self) -> str:
        """Return a digest of all that a publication is made of; a kill in a stage leaves no other trace."""
        return str(self._database.value(_FINGERPRINT))

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

    def begin_run(self, run_id: str, *, started_at: datetime, code_version: str, schema_version: int) -> None:
        """Note a publication that is made now, and that the tallies so far belong to it; what came to nothing is dropped."""
        with self._database.transaction():
            self._database.execute(
                "UPDATE tallies SET run_id = NULL WHERE run_id IN (SELECT run_id FROM runs WHERE NOT is_finished)"
            )
            self._database.execute("DELETE FROM runs WHERE NOT is_finished")
            self._database.insert("runs", [
                {"run_id": run_id, "started_at": started_at, "ended_at": started_at, "tallies": json.dumps(self.unpublished_tallies()),
                 "code_version": code_version, "schema_version": schema_version, "is_finished": False}
            ])  # fmt: skip
            self._database.execute("UPDATE tallies SET run_id = ? WHERE run_id IS NULL", run_id)

    def finish_run(self, run_id: str) -> None:
        """Note that a publication is there, and what it was made of."""
        with self._database.transaction():
            self._database.execute("UPDATE runs SET is_finished = true WHERE run_id = ?", run_id)
            self._database.execute("DELETE FROM facts WHERE name = 'published'")
            self._database.execute("INSERT INTO facts VALUES ('published', ?)", self._fingerprint())


_TABLES = {
    "articles": "article_id, digest, url, published_at, enricher_version, grouper_version",
    "groupings": "article_id, story_id, original_id",
    "story_roles": "article_id, role",
    "story_merges": "story_id, into_story_id",
    "citations": "article_id, position, cited_article_id",
    "article_topics": "article_id, topic_id, matches",
    "article_versions": "article_id, digest",
    "failures": "stage, source_id, url, reason",
    "imports": "import_id, imported, known, refused",
    "feeds": "source_id, answered_at::DATE",
    "sources": "source_id, name, home_page, country, language, time_zone, kind",
    "source_domains": "source_id, domain, path_prefix, first_on, last_on",
    "source_collections": "source_id, collection_id",
    "collections": "collection_id, name",
    "topics": "topic_id, name, query",
}
_FINGERPRINT = "SELECT concat_ws(' ', " + ", ".join(
    f"(SELECT count(*) || ':' || coalesce(bit_xor(hash({columns})), 0) FROM {table})" for table, columns in _TABLES.items()
) + ")"  # fmt: skip
