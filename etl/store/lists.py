"""Sources, collections and topics as their files say, and facts of the whole store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from etl.errors import ConfigError
from etl.records import Source, SourceDomain, SourceList, Topic
from etl.store.database import Database


class Lists:
    """What is to be collected and counted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_sources(self, listed: SourceList, file: str) -> None:
        """Take over a list of sources. Sources that are no longer on it stay known, but are not asked."""
        self._check_same_world(listed, file)
        database = self._database
        with database.transaction():
            ids = [source.source_id for source in listed.sources]
            for table in ("sources", "source_domains", "source_collections"):
                database.execute(f"DELETE FROM {table} WHERE list_contains(?, source_id)", ids)
            database.execute("UPDATE sources SET is_listed = false")
            database.insert("sources", [source_row(source) for source in listed.sources])
            database.insert("source_domains", domain_rows(listed.sources))
            database.insert("source_collections", _collection_rows(listed.sources))
            database.execute("DELETE FROM collections WHERE origin = ?", file)
            database.insert("collections", [asdict(collection) | {"origin": file} for collection in listed.collections])
            self._save_feeds(listed.sources)

    def _check_same_world(self, listed: SourceList, file: str) -> None:
        known = self._database.value("SELECT value FROM facts WHERE name = 'is_fictional'")
        if known is None:
            self._database.execute("INSERT INTO facts VALUES ('is_fictional', ?)", str(listed.is_fictional).lower())
        elif (known == "true") != listed.is_fictional:
            ours, theirs = ("the newsroom's fictional", "real") if known == "true" else ("real", "fictional")
            raise ConfigError(
                file,
                "",
                f"has {theirs} sources, but this data folder holds {ours} articles; choose another --data folder",
            )

    def _save_feeds(self, sources: tuple[Source, ...]) -> None:
        database = self._database
        feeds = [{"source_id": source.source_id, "url": url} for source in sources for url in source.feeds]
        database.execute("UPDATE feeds SET is_listed = false WHERE origin = 'list'")
        if not feeds:
            return
        with database.batch("listed", feeds):
            database.execute("UPDATE feeds SET is_listed = true FROM listed WHERE feeds.url = listed.url")
            database.execute(
                "INSERT INTO feeds BY NAME SELECT nextval('feed_ids') AS feed_id, source_id, url, 'list' AS origin, 0 AS failures, "
                "true AS is_listed FROM listed ANTI JOIN feeds USING (url)"
            )

    def save_topics(self, topics: tuple[Topic, ...]) -> None:
        """Take over the topics; articles are matched anew only with those whose query changed."""
        database = self._database
        with database.transaction(), database.batch("listed", [asdict(topic) for topic in topics]):
            database.execute(
                "DELETE FROM article_topics WHERE topic_id NOT IN (SELECT t.topic_id FROM topics AS t JOIN listed USING (topic_id, query))"
            )
            database.execute("DELETE FROM topics")
            database.execute("INSERT INTO topics BY NAME SELECT topic_id, name, query FROM listed")

    def topics(self) -> list[Topic]:
        """Return every topic."""
        return [
            Topic(**row) for row in self._database.records("SELECT topic_id, name, query FROM topics ORDER BY topic_id")
        ]

    def unmatched_topics(self) -> list[Topic]:
        """Return the topics that were not matched with all articles as they stand now."""
        return [Topic(**row) for row in self._database.records(_UNMATCHED)]

    def save_matched_topics(self) -> None:
        """Note that all articles were matched with the topics as they stand now."""
        with self._database.transaction():
            self._database.execute("DELETE FROM matched_topics")
            self._database.execute("INSERT INTO matched_topics SELECT topic_id, query FROM topics")

    def sources(self) -> list[Source]:
        """Return every known source with its domains."""
        domains: dict[str, list[SourceDomain]] = {}
        for source_id, *facts in self._database.rows(
            "SELECT source_id, domain, path_prefix, first_on, last_on FROM source_domains ORDER BY ALL"
        ):
            domains.setdefault(source_id, []).append(SourceDomain(*facts))
        rows = self._database.records(
            "SELECT source_id, name, home_page, country, language, time_zone, kind, also_called FROM sources ORDER BY source_id"
        )
        return [
            Source(
                **row
                | {"domains": tuple(domains.get(row["source_id"], ())), "also_called": tuple(row["also_called"] or ())}
            )
            for row in rows
        ]


_UNMATCHED = (
    "SELECT topic_id, name, query FROM topics ANTI JOIN matched_topics USING (topic_id, query) ORDER BY topic_id"
)


def source_row(source: Source) -> dict[str, object]:
    """Return the row of a listed source."""
    return {
        "source_id": source.source_id, "name": source.name, "home_page": source.home_page, "country": source.country,
        "language": source.language, "time_zone": source.time_zone, "kind": source.kind,
        "also_called": list(source.also_called), "is_listed": True,
    }  # fmt: skip


def domain_rows(sources: Sequence[Source]) -> list[dict[str, object]]:
    """Return the rows of the domains of some sources."""
    return [{"source_id": source.source_id} | asdict(domain) for source in sources for domain in source.domains]


def _collection_rows(sources: tuple[Source, ...]) -> list[dict[str, object]]:
    return [
        {"source_id": source.source_id, "collection_id": collection_id}
        for source in sources
        for collection_id in source.collections
    ]
