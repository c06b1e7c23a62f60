"""One publication, step by step: an empty dataset, the store's rows, judged days, the word index, the checks, the switch."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from etl.errors import CoverageError
from etl.job import Job
from etl.methods import agency, article, citations, copies, dates, language, mentions, quotes, roles, stories, topics
from etl.methods.links import index_domains, source_of
from etl.publish.checks import run_checks
from etl.publish.covered_days import SourceDays, judge_days
from etl.publish.entities import name_entities
from etl.publish.growing import begin_growth, can_grow, forget_changed
from etl.publish.publications import Publications
from etl.publish.schema import SCHEMA_VERSION, create_dataset, quoted
from etl.publish.word_index import index_articles, merge_segments
from etl.records import Tally
from etl.store import Store
from etl.store.database import Database

ROWS = Path(__file__).with_name("rows.sql")
CODE_VERSION = "0.1.0"

log = logging.getLogger(__name__)


def publish(job: Job, *, name: str | None = None, without_texts: bool = False, anew: bool = False) -> Tally:
    """Build a publication, check it and switch to it; raises CheckFailed, and then the one before stays.

    It is made of the newest one where that can be added to, unless asked to build it anew; the answers are the same.
    """
    tally, store = Tally("publish"), job.store
    publications, now = Publications(job.folder), job.clock.now()
    run_id = name or f"{now:%Y-%m-%d-%H%M%S}"
    if name and publications.path(name).exists():
        raise CoverageError(f"publication {name} exists, and a publication never changes; choose another name")
    run_id = next(new for new in _names(run_id) if not publications.path(new).exists())
    building = publications.begin(run_id)
    store.journal.begin_run(run_id, started_at=now, code_version=CODE_VERSION, schema_version=SCHEMA_VERSION)
    is_grown = not anew and not without_texts and can_grow(publications.newest())
    _begin(building, publications.newest() if is_grown else None)
    _copy_rows(store, building, is_grown=is_grown, memory_mb=job.settings.work.memory_mb)
    with duckdb.connect(str(building)) as connection:
        connection.execute(f"SET memory_limit = '{job.settings.work.memory_mb}MB'")
        postings = index_articles(connection)
        merge_segments(connection)
        if without_texts:
            connection.execute(WITHOUT_TEXTS)
        checked = run_checks(connection)
        tally.notes = _changes(connection, publications.newest())
        tally.done = tally.notes.pop("articles")
        connection.execute("CHECKPOINT")
    path = publications.finish(building, run_id)
    store.journal.finish_run(run_id)
    publications.prune(job.settings.keep.publications)
    log.info(
        "publish.done run=%s articles=%d postings=%d checks=%d path=%s",
        run_id,
        tally.done,
        postings,
        len(checked),
        path,
    )
    return tally


METHODS = (article, language, topics, mentions, quotes, citations, agency, dates, copies, stories, roles)
METHOD_CARDS = [module.CARD for module in METHODS]

# What a text could be rebuilt from; words and boolean queries stay exact.
WITHOUT_TEXTS = """
DELETE FROM article_texts; UPDATE postings SET positions = NULL; UPDATE articles SET summary = NULL;
UPDATE quotes SET text = NULL; UPDATE citations SET sentence = NULL;
UPDATE story_roles SET sentence = NULL;
"""


def check_publication(path: Path | None) -> list[str]:
    """Run the checks on a publication and return their names; raises CheckFailed at the first breach."""
    if path is None:
        raise CoverageError("nothing is published yet; `python -m etl run` collects and publishes")
    with duckdb.connect(str(path), read_only=True) as connection:
        return run_checks(connection)


def _names(run_id: str) -> Iterator[str]:
    yield run_id
    yield from (f"{run_id}-{number}" for number in range(2, 10_000))


def _begin(building: Path, newest: Path | None) -> None:
    """Make the file of a publication: empty, or a copy of the newest one."""
    if newest:
        shutil.copyfile(newest, building)
    else:
        create_dataset(building)


def _copy_rows(store: Store, building: Path, *, is_grown: bool, memory_mb: int) -> None:
    """Fill the tables of a new dataset that come from the store."""
    database = store.database
    database.execute(f"SET memory_limit = '{memory_mb}MB'")
    database.execute(f"ATTACH {quoted(building)} AS publication")
    try:
        if is_grown:
            begin_growth(database)
        database.execute("CREATE OR REPLACE TEMP TABLE hyperlink_owners (url VARCHAR, source_id VARCHAR)")
        database.insert("hyperlink_owners", _hyperlink_owners(store))
        name_entities(database)
        for statement in database.connection.extract_statements(ROWS.read_text(encoding="utf-8")):
            database.connection.execute(statement)
        if is_grown:
            forget_changed(database)
        database.execute(_TEXTS)
        database.insert("publication.covered_days", _covered_days(database))
        database.insert("publication.methods", METHOD_CARDS)
    finally:
        database.execute("DETACH publication")


def _hyperlink_owners(store: Store) -> list[dict[str, object]]:
    """Return to which of our sources the addresses lead that articles link to."""
    domains = index_domains((source.source_id, domain) for source in store.lists.sources() for domain in source.domains)
    urls = [row[0] for row in store.database.rows("SELECT DISTINCT url FROM hyperlinks")]
    owned = ((url, source_of(url, domains)) for url in urls)
    return [{"url": url, "source_id": owner} for url, owner in owned if owner]


def _covered_days(database: Database) -> list[dict[str, object]]:
    """Judge the days of every source that has articles or feeds that answered."""
    counts: dict[str, dict[date, int]] = {}
    for source_id, day, articles in database.rows(_ARTICLES_OF_DAYS):
        counts.setdefault(source_id, {})[day] = articles
    failed: dict[str, dict[date, tuple[int, str]]] = {}
    for source_id, day, articles, reason in database.rows(_FAILED_OF_DAYS):
        failed.setdefault(source_id, {})[day] = (articles, reason)
    last = dict(database.rows(_LAST_DAYS))
    return [
        {"source_id": source_id, "covered_on": day.covered_on, "articles": day.articles, "state": day.state,
         "expected_low": day.expected_low, "expected_high": day.expected_high, "reason": day.reason}
        for source_id in sorted(counts)
        for day in judge_days(SourceDays(counts[source_id], failed.get(source_id, {}), last.get(source_id)))
    ]  # fmt: skip


def _changes(connection: duckdb.DuckDBPyConnection, before: Path | None) -> dict[str, int]:
    """Return what is in a new publication, and how many articles it has more than the one before."""
    articles, sources, stories = connection.execute(_SIZES).fetchall()[0]
    changes = {"articles": articles, "sources": sources, "stories": stories}
    if before:
        connection.execute(f"ATTACH {quoted(before)} AS before (READ_ONLY)")
        (known,) = connection.execute(
            "SELECT count(*) FROM articles JOIN before.articles USING (article_id)"
        ).fetchall()[0]
        changes["new articles"] = articles - known
        connection.execute("DETACH before")
    return changes


_TEXTS = """
INSERT INTO publication.article_texts
SELECT article_id, text FROM article_texts JOIN publication.articles AS a USING (article_id)
       ANTI JOIN publication.article_texts USING (article_id)
ORDER  BY a.published_on, a.published_at, article_id
"""
_SIZES = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM sources), (SELECT count(*) FROM stories)"
_ARTICLES_OF_DAYS = """
SELECT source_id, published_on, count(*)::INTEGER FROM publication.articles WHERE date_origin <> 'collected' GROUP BY ALL
"""
_FAILED_OF_DAYS = """
SELECT source_id, published_at::DATE AS day, count(*)::INTEGER, mode(reason) FROM links
WHERE  published_at IS NOT NULL AND (state = 'failed' OR state = 'waiting' AND attempts > 0) GROUP BY ALL
"""
_LAST_DAYS = "SELECT source_id, max(answered_at)::DATE - 1 FROM feeds WHERE answered_at IS NOT NULL GROUP BY source_id"
