"""What the methods found in each article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.records import Citation, Mention, MentionedDate, Quote
from etl.store.database import Database


@dataclass(frozen=True, slots=True)
class Findings:
    """What enrich found in one article."""

    article_id: int
    topics: tuple[tuple[str, int, bool], ...] = ()  # topic_id, matches, is_in_title
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    citations: tuple[Citation, ...] = ()
    dates: tuple[MentionedDate, ...] = ()
    agency: str | None = None


FOUND = ("article_topics", "mentions", "quotes", "citations", "mentioned_dates", "agencies")


class FindingsTable:
    """What enrich saves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, found: Sequence[Findings], version: str) -> None:
        """Save what was found in a batch of articles, in place of what an earlier version found."""
        database = self._database
        ids = [findings.article_id for findings in found]
        with database.transaction():
            for table in FOUND:
                database.execute(f"DELETE FROM {table} WHERE list_contains(?::INTEGER[], article_id)", ids)
            for table, rows in _rows(found).items():
                database.insert(table, rows)
            database.execute(
                "UPDATE articles SET enricher_version = ? WHERE list_contains(?::INTEGER[], article_id)", version, ids
            )

    def save_topics(self, topic_ids: Sequence[str], found: Sequence[Findings]) -> None:
        """Save the matches of some topics alone, as when their queries changed."""
        database = self._database
        ids = [findings.article_id for findings in found]
        with database.transaction():
            database.execute(
                "DELETE FROM article_topics WHERE list_contains(?::VARCHAR[], topic_id) AND list_contains(?::INTEGER[], article_id)",
                list(topic_ids), ids,
            )  # fmt: skip
            database.insert("article_topics", _rows(found)["article_topics"])


def _rows(found: Sequence[Findings]) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each table."""
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in FOUND}
    for one in found:
        article = {"article_id": one.article_id}
        rows["article_topics"] += [
            article | {"topic_id": topic_id, "matches": matches, "is_in_title": is_in_title}
            for topic_id, matches, is_in_title in one.topics
        ]
        rows["mentions"] += [article | row for row in _mention_rows(one.mentions)]
        rows["quotes"] += [
            article
            | {"speaker": quote.speaker, "quote_position": quote.start, "quote_end": quote.end, "verb": quote.verb,
               "is_direct": quote.is_direct, "position": quote.start if quote.speaker_start is None else quote.speaker_start}
            for quote in one.quotes
        ]  # fmt: skip
        rows["citations"] += [
            article
            | {"outlet": citation.outlet, "position": citation.start, "sentence_position": citation.sentence_start,
               "sentence_end": citation.sentence_end, "is_dispute": citation.is_dispute,
               "disputer": citation.disputer, "evidence": citation.evidence, "url": citation.url}
            for citation in one.citations
        ]  # fmt: skip
        rows["mentioned_dates"] += [
            article | {"mentioned_on": told.mentioned_on, "precision": told.precision, "position": told.start}
            for told in one.dates
        ]
        rows["agencies"] += [article | {"agency": one.agency}] if one.agency else []
    return rows


def _mention_rows(mentions: Sequence[Mention]) -> list[dict[str, object]]:
    """Return one row per name: how often and where first."""
    places: dict[tuple[str, str], list[int]] = {}
    for mention in mentions:
        places.setdefault((mention.name, mention.kind), []).append(mention.start)
    return [
        {"name": name, "kind": kind, "mentions": len(starts), "first_position": min(starts)}
        for (name, kind), starts in places.items()
    ]
