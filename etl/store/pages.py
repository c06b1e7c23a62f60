"""Kept pages: where they lie in the archive, and which wait to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from etl.methods.links import canonical_url
from etl.records import PageAnswer, Place, WaitingPage
from etl.store.database import Database

_ALL = 1_000_000_000  # more than any store has


class Pages:
    """What fetch and intake keep, and extract reads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_answers(
        self, answers: Sequence[PageAnswer], places: Sequence[Place | None], next_at: Sequence[datetime | None]
    ) -> None:
        """Save what became of some links: a page at its place, or why there is none, and when each is asked again."""
        rows = [_answer_row(*one) for one in zip(answers, places, next_at, strict=True)]
        with self._database.transaction(), self._database.batch("answers", rows):
            self._database.execute(_KEEP)
            self._database.execute(_TAKE_NOTE)
            self._database.execute("DELETE FROM failures WHERE stage = 'fetch' AND url IN (SELECT url FROM answers)")
            self._database.execute(_FAILED)

    def save_imported(
        self, answers: Sequence[PageAnswer], places: Sequence[Place], source_ids: Sequence[str], import_id: int
    ) -> None:
        """Save pages that somebody else fetched; the caller holds the transaction."""
        rows = [
            _answer_row(answer, place, None) | {"source_id": source_id, "import_id": import_id}
            for answer, place, source_id in zip(answers, places, source_ids, strict=True)
        ]
        self._database.insert_selected(
            "pages", rows,
            "nextval('page_ids') AS page_id, source_id, url, final_url, key, fetched_at, status, file, start, length, import_id",
        )  # fmt: skip

    def archive_ends(self) -> dict[str, int]:
        """Return, for each file of the archive, where its last page ends."""
        return dict(self._database.rows("SELECT file, max(start + length) FROM pages GROUP BY file"))

    def count_waiting(self, source_ids: Sequence[str] = (), other_than: str | None = None) -> int:
        """Return how many pages `waiting` yields."""
        return int(
            self._database.value(
                f"SELECT count(*) FROM ({_WAITING})", other_than, list(source_ids), list(source_ids), _ALL
            )
        )

    def waiting(
        self, source_ids: Sequence[str] = (), *, other_than: str | None = None, most: int = 1_000_000_000
    ) -> Iterator[WaitingPage]:
        """Yield pages that were never read, or with other_than those that another version of the reader read."""
        rows = self._database.rows(_WAITING, other_than, list(source_ids), list(source_ids), most)
        for page_id, source_id, url, final_url, fetched_at, file, start, length, *facts in rows:
            yield WaitingPage(page_id, source_id, url, final_url, fetched_at, Place(file, start, length), *facts)


def _answer_row(answer: PageAnswer, place: Place | None, next_at: datetime | None) -> dict[str, object]:
    return {
        "link_id": answer.link_id,
        "url": answer.url,
        "final_url": answer.final_url,
        "key": canonical_url(answer.final_url),
        "fetched_at": answer.fetched_at,
        "status": answer.status,
        "file": place and place.file,
        "start": place and place.offset,
        "length": place and place.length,
        "reason": answer.reason,
        "is_refused": answer.is_refused,
        "next_at": next_at,
    }


_KEEP = """
INSERT INTO pages BY NAME
SELECT nextval('page_ids') AS page_id, link_id, source_id, a.url, final_url, a.key, fetched_at, status, file, start, length
FROM   answers AS a JOIN links USING (link_id) WHERE file IS NOT NULL
"""
_TAKE_NOTE = """
UPDATE links SET next_at = answers.next_at, reason = answers.reason,
       state = CASE WHEN file IS NOT NULL THEN 'kept' WHEN is_refused THEN 'refused'
                    WHEN answers.next_at IS NULL AND state = 'waiting' THEN 'failed' ELSE state END,
       attempts = CASE WHEN file IS NOT NULL THEN 0 ELSE attempts + 1 END,
       fetches = fetches + (file IS NOT NULL)::INTEGER
FROM   answers WHERE links.link_id = answers.link_id
"""
_FAILED = """
INSERT INTO failures
SELECT 'fetch', source_id, a.url, fetched_at, a.reason FROM answers AS a JOIN links USING (link_id) WHERE a.reason IS NOT NULL
"""
_WAITING = """
SELECT page_id, p.source_id, p.url, final_url, fetched_at, file, start, length, s.time_zone, s.language, l.title, l.published_at, import_id,
       s.name
FROM   pages AS p JOIN sources AS s USING (source_id) LEFT JOIN links AS l USING (link_id)
WHERE  CASE WHEN $1 IS NULL THEN reader_version IS NULL ELSE reader_version IS DISTINCT FROM $1 END
       AND (len($2::VARCHAR[]) = 0 OR list_contains($3::VARCHAR[], p.source_id))
ORDER  BY page_id LIMIT $4::BIGINT
"""
