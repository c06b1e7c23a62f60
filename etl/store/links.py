"""Feeds and what was learnt of them; links and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from etl.methods.links import canonical_url
from etl.records import Feed, FeedAnswer, FoundFeed, WaitingLink
from etl.store.database import Database


class Links:
    """What discover finds and fetch asks for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due_feeds(self, now: datetime, source_ids: Sequence[str] = ()) -> list[Feed]:
        """Return the feeds of listed sources that are to be asked now; of some sources only, if any are named."""
        return [Feed(*row) for row in self._database.rows(_DUE_FEEDS, now, list(source_ids), list(source_ids))]

    def sources_without_feeds(self, source_ids: Sequence[str] = ()) -> list[str]:
        """Return the listed sources of which no feed is known yet."""
        rows = self._database.rows(_WITHOUT_FEEDS, list(source_ids), list(source_ids))
        return [source_id for (source_id,) in rows]

    def save_found_feeds(self, found: Iterable[FoundFeed]) -> int:
        """Keep the feeds that were found and answer, and return how many are new."""
        rows = [{"source_id": feed.source_id, "url": feed.url, "origin": feed.origin} for feed in found if feed.kind]
        if not rows:
            return 0
        with self._database.batch("found", rows):
            return len(self._database.rows(_NEW_FEEDS))

    def save_answer(self, answer: FeedAnswer, next_at: datetime | None) -> int:
        """Save a feed's links and what was learnt of it, and return how many links are new.

        The same address is one link, whichever feeds and twins it comes by. next_at is when to ask again; None while
        more answers of the feed follow.
        """
        with self._database.transaction():
            new = self._save_links(answer)
            if answer.is_last:
                self._database.execute(_ASKED, answer.asked_at, next_at, answer.reason, answer.reason, answer.feed_id)
            if answer.is_last and not answer.reason:
                self._database.execute(_ANSWERED, answer.asked_at, answer.feed_id)
            if answer.is_last and not answer.reason and answer.status != 304:
                learnt = (answer.etag, answer.last_modified, answer.kind, answer.oldest_at)
                self._database.execute(_LEARNT, *learnt, answer.feed_id)
        return new

    def _save_links(self, answer: FeedAnswer) -> int:
        rows = [
            {"nth": nth, "url": link.url, "key": canonical_url(link.url), "title": link.title, "published_at": link.published_at,
             "language": link.language}
            for nth, link in enumerate(answer.links)
        ]  # fmt: skip
        if not rows:
            return 0
        with self._database.batch("found", rows):
            return len(self._database.rows(_NEW_LINKS, answer.asked_at, answer.feed_id))

    def waiting_links(self, now: datetime, source_ids: Sequence[str] = (), most: int = 1_000_000) -> list[WaitingLink]:
        """Return links that are to be fetched now, those of each source spread over the list so that no host is met in a row."""
        return [
            WaitingLink(*row) for row in self._database.rows(_WAITING, now, list(source_ids), list(source_ids), most)
        ]


_OF_SOURCES = "(len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], source_id))"
_DUE_FEEDS = f"""
SELECT feed_id, source_id, url, etag, last_modified, failures, answered_at
FROM   feeds JOIN sources USING (source_id)
WHERE  feeds.is_listed AND sources.is_listed AND (next_at IS NULL OR next_at <= ?) AND {_OF_SOURCES}
ORDER  BY feed_id
"""
_WITHOUT_FEEDS = f"""
SELECT source_id FROM sources ANTI JOIN (SELECT source_id FROM feeds WHERE is_listed) AS known USING (source_id)
WHERE  is_listed AND home_page IS NOT NULL AND {_OF_SOURCES} ORDER BY source_id
"""
_NEW_FEEDS = """
INSERT INTO feeds BY NAME
SELECT nextval('feed_ids') AS feed_id, source_id, url, origin, 0 AS failures, true AS is_listed
FROM   found ANTI JOIN feeds USING (url) RETURNING feed_id
"""
_NEW_LINKS = """
INSERT INTO links BY NAME
SELECT nextval('link_ids') AS link_id, source_id, url, key, ?::TIMESTAMP AS found_at, title, published_at, language,
       'waiting' AS state, 0 AS attempts, 0 AS fetches
FROM  (SELECT f.*, feeds.source_id FROM found AS f, feeds WHERE feed_id = ?
       QUALIFY row_number() OVER (PARTITION BY key ORDER BY nth) = 1) AS one
       ANTI JOIN links USING (key)
ORDER  BY nth RETURNING link_id
"""
_ASKED = """
UPDATE feeds SET asked_at = ?::TIMESTAMP, next_at = ?::TIMESTAMP, reason = ?, failures = CASE WHEN ? IS NULL THEN 0 ELSE failures + 1 END
WHERE  feed_id = ?
"""
_ANSWERED = "UPDATE feeds SET answered_at = ?::TIMESTAMP WHERE feed_id = ?"
_LEARNT = "UPDATE feeds SET etag = ?, last_modified = ?, kind = ?, oldest_at = ?::TIMESTAMP WHERE feed_id = ?"
_WAITING = f"""
SELECT link_id, source_id, url, attempts, fetches FROM links
WHERE  (state = 'waiting' AND next_at IS NULL OR state IN ('waiting', 'kept') AND next_at <= ?::TIMESTAMP) AND {_OF_SOURCES}
ORDER  BY row_number() OVER (PARTITION BY source_id ORDER BY link_id), source_id LIMIT ?
"""
