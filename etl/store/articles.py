"""Articles, their texts, versions and hyperlinks, and the addresses that failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from etl.records import Article, ArticleText, Hyperlink, KnownArticle, WaitingPage
from etl.store.database import Database


class ArticleIntent(NamedTuple):
    """What is to be done with an article that was read: decided by extract, done here."""

    what: Literal["new", "update", "version", "older version", "known"]
    article: Article
    known: KnownArticle | None = None


class PageFailure(NamedTuple):
    """A page that holds no article, and why."""

    page: WaitingPage
    reason: str
    failed_at: datetime


class Articles:
    """What extract reads, and enrich and group are asked about."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, keys: Sequence[str]) -> dict[str, KnownArticle]:
        """Return what is known at some canonical addresses."""
        return {row[1]: KnownArticle(*row) for row in self._database.rows(_KNOWN, list(keys))}

    def save(self, intents: Sequence[ArticleIntent], failures: Sequence[PageFailure], reader_version: str) -> None:
        """Save a batch of pages that were read: articles, or reasons; in one transaction."""
        database = self._database
        with database.transaction():
            numbered = list(zip(intents, self._ids(intents), strict=True))
            replaced = [number for intent, number in numbered if intent.what in ("update", "version")]
            self._save_versions([(intent, number) for intent, number in numbered if intent.what.endswith("version")])
            for table in ("articles", "article_texts", "hyperlinks"):
                database.execute(f"DELETE FROM {table} WHERE list_contains(?::INTEGER[], article_id)", replaced)
            written = [
                (intent.article, number) for intent, number in numbered if intent.what in ("new", "update", "version")
            ]
            database.insert("articles", [_article_row(article, number) for article, number in written])
            database.insert(
                "article_texts", [{"article_id": number, "text": article.reading.text} for article, number in written]
            )
            database.insert("hyperlinks", _hyperlink_rows(written))
            self._save_failures(failures)
            pages = [intent.article.page.page_id for intent in intents] + [failure.page.page_id for failure in failures]
            database.execute(
                "UPDATE pages SET reader_version = ? WHERE list_contains(?::INTEGER[], page_id)", reader_version, pages
            )

    def _ids(self, intents: Sequence[ArticleIntent]) -> list[int]:
        """Return the number of each article: a new one, or the one it has."""
        new = sum(intent.what == "new" for intent in intents)
        fresh = iter(row[0] for row in self._database.rows("SELECT nextval('article_ids') FROM range(?)", new))
        return [intent.known.article_id if intent.known else next(fresh) for intent in intents]

    def _save_versions(self, changed: Sequence[tuple[ArticleIntent, int]]) -> None:
        """Keep the state that was known, unless it was kept before, and the new one."""
        ids = [number for _, number in changed]
        self._database.execute(_KEEP_FIRST_STATE, ids)
        self._database.insert("article_versions", [
            {"article_id": number, "seen_at": intent.article.page.fetched_at, "title": intent.article.reading.title,
             "text": intent.article.reading.text, "digest": intent.article.digest}
            for intent, number in changed
        ])  # fmt: skip

    def _save_failures(self, failures: Sequence[PageFailure]) -> None:
        urls = [failure.page.final_url for failure in failures]
        self._database.execute(
            "DELETE FROM failures WHERE stage = 'extract' AND list_contains(?::VARCHAR[], url)", urls
        )
        self._database.insert("failures", [
            {"stage": "extract", "source_id": page.source_id, "url": page.final_url, "failed_at": failed_at, "reason": reason}
            for page, reason, failed_at in failures
        ])  # fmt: skip

    def count(self) -> int:
        """Return how many articles there are."""
        return int(self._database.value("SELECT count(*) FROM articles"))

    def count_waiting(self, stage: Literal["enricher", "grouper"], version: str) -> int:
        """Return how many articles this version of enrich or group has not seen."""
        return int(
            self._database.value(f"SELECT count(*) FROM articles WHERE {stage}_version IS DISTINCT FROM ?", version)
        )

    def waiting(self, stage: Literal["enricher", "grouper"], version: str, size: int) -> Iterator[list[ArticleText]]:
        """Yield the articles that wait for enrich or group in batches, in order of publication, then address."""
        yield from self._batches(_WAITING.format(stage=stage, test="IS DISTINCT FROM ?"), size, version)

    def seen(self, stage: Literal["enricher", "grouper"], size: int) -> Iterator[list[ArticleText]]:
        """Yield the articles that enrich or group has seen, in the same order."""
        yield from self._batches(_WAITING.format(stage=stage, test="IS NOT NULL"), size)

    def _batches(self, sql: str, size: int, *parameters: object) -> Iterator[list[ArticleText]]:
        ids = [row[0] for row in self._database.rows(sql, *parameters)]
        for start in range(0, len(ids), size):
            yield self.texts(ids[start : start + size])

    def texts(self, article_ids: Sequence[int]) -> list[ArticleText]:
        """Return some articles with their texts and hyperlinks, in the order asked for."""
        rows = self._database.records(_TEXTS, list(article_ids))
        return [
            ArticleText(
                **row
                | {
                    "authors": tuple(row["authors"] or ()),
                    "hyperlinks": tuple(Hyperlink(url, position=at) for url, at in row["hyperlinks"] or ()),
                }
            )
            for row in rows
        ]


def _article_row(article: Article, number: int) -> dict[str, object]:
    page, reading = article.page, article.reading
    return {
        "article_id": number, "page_id": page.page_id, "source_id": page.source_id, "url": article.url, "key": article.key,
        "title": reading.title or page.link_title, "authors": list(reading.authors), "published_at": article.published_at,
        "date_origin": article.date_origin, "date_precision": article.date_precision, "is_zone_assumed": reading.is_zone_assumed,
        "is_date_disputed": reading.is_date_disputed, "modified_at": reading.modified_at, "collected_at": page.fetched_at,
        "language": reading.language, "language_confidence": reading.language_confidence, "words": article.words,
        "summary": reading.summary, "section": reading.section, "keywords": list(reading.keywords),
        "is_truncated": reading.is_truncated, "is_live_blog": reading.is_live_blog, "image_url": reading.image_url,
        "text_origin": reading.text_origin, "digest": article.digest, "import_id": page.import_id, "is_twin": article.is_twin,
    }  # fmt: skip


def _hyperlink_rows(written: Sequence[tuple[Article, int]]) -> list[dict[str, object]]:
    return [
        {"article_id": number, "url": link.url, "key": key, "position": link.position}
        for article, number in written
        for link, key in article.hyperlinks
    ]


_KNOWN = """
SELECT article_id, a.key, a.page_id, final_url, collected_at, digest, is_twin
FROM   articles AS a JOIN pages USING (page_id) WHERE list_contains(?::VARCHAR[], a.key)
"""
_KEEP_FIRST_STATE = """
INSERT INTO article_versions
SELECT article_id, collected_at, title, text, digest FROM articles JOIN article_texts USING (article_id)
WHERE  list_contains(?::INTEGER[], article_id) AND article_id NOT IN (SELECT article_id FROM article_versions)
"""
_WAITING = """
SELECT article_id FROM articles WHERE {stage}_version {test} ORDER BY coalesce(published_at, collected_at), key
"""
_TEXTS = """
SELECT article_id, source_id, a.url, coalesce(title, '') AS title, text, language, authors,
       CASE WHEN date_origin <> 'collected' THEN published_at END AS published_at, collected_at, hyperlinks
FROM   (SELECT unnest($1::INTEGER[]) AS article_id, generate_subscripts($1::INTEGER[], 1) AS nth) AS asked
       JOIN articles AS a USING (article_id) JOIN article_texts USING (article_id)
       LEFT JOIN (SELECT article_id, list((url, position) ORDER BY position, url) AS hyperlinks FROM hyperlinks
                  WHERE list_contains($1::INTEGER[], article_id) GROUP BY article_id) USING (article_id)
ORDER  BY nth
"""
