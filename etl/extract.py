"""Read title, text, date and the rest out of fetched pages: one page, one article, or the reason why not."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin

from etl.archive import Archive
from etl.errors import FetchRefused, NoArticleText
from etl.job import Job
from etl.methods.article import CARD, read_article, without_name
from etl.methods.article.given import read_given
from etl.methods.links import DomainIndex, canonical_url, claimed_canonical, index_domains
from etl.methods.words import words_of
from etl.records import (
    ArchivedPage,
    Article,
    DateOrigin,
    DatePrecision,
    Hyperlink,
    KnownArticle,
    Reading,
    Source,
    Tally,
    WaitingPage,
)
from etl.store import Store
from etl.store.articles import ArticleIntent, PageFailure
from etl.workers import Outcome, default_workers, map_pages

READER_VERSION = str(CARD["version"])
MIN_WORDS = 50  # shorter bodies are captions, tickers and cookie walls
BATCH = 200  # pages saved in one transaction
DAY = timedelta(days=1)

log = logging.getLogger(__name__)


def extract_article(page: WaitingPage, archive: Archive, domains: DomainIndex) -> Article:
    """Read one kept page; raises NoArticleText where it holds no article."""
    reading = _read_page(page, archive.read(page.place))
    if reading.title and page.source_name:
        reading = replace(reading, title=without_name(reading.title, page.source_name))
    words = len(words_of(reading.text))
    if reading.no_article:
        raise NoArticleText(page.final_url, reading.no_article)
    if words < MIN_WORDS:
        raise NoArticleText(page.final_url, f"too few words for an article: fewer than {MIN_WORDS}")
    key = claimed_canonical(page.final_url, reading.canonical_url, domains)
    published_at, origin, precision = date_of(page, reading)
    title = reading.title or page.link_title
    digest = hashlib.sha256(f"{title}\n\n{reading.text}".encode()).hexdigest()[:32]
    is_twin = canonical_url(page.final_url) != key
    url = urljoin(page.final_url, reading.canonical_url) if is_twin and reading.canonical_url else page.final_url
    return Article(
        page,
        key,
        url,
        reading,
        published_at,
        origin,
        precision,
        words,
        digest,
        is_twin,
        tuple(_keyed(reading.hyperlinks)),
    )


def _read_page(page: WaitingPage, archived: ArchivedPage) -> Reading:
    """Read a page; an import may hold articles that others have read, which are taken as they are."""
    if page.import_id is not None and _header(archived.headers, "content-type").startswith("application/json"):
        return read_given(archived.body, page.final_url, time_zone=page.time_zone, captured_at=page.fetched_at)
    return read_article(
        archived.body,
        page.final_url,
        time_zone=page.time_zone,
        captured_at=page.fetched_at,
        charset=_charset(archived.headers),
    )


def _keyed(hyperlinks: Sequence[Hyperlink]) -> Iterator[tuple[Hyperlink, str]]:
    """Yield the hyperlinks that are addresses, with their canonical form."""
    for hyperlink in hyperlinks:
        with suppress(FetchRefused):  # mailto: and the like lead to no page
            yield hyperlink, canonical_url(hyperlink.url)


def date_of(page: WaitingPage, reading: Reading) -> tuple[datetime, DateOrigin, DatePrecision | None]:
    """Choose the date of publication: what the page says, else what the feed said, else the day of its collection.

    Where the page tells the day alone, the feed's time is taken if it lies on that day, else noon, which is on the same day in
    UTC wherever the source is. No page was published after it was fetched. A feed or list that says midnight says the day alone.
    """
    told = page.link_published_at if page.link_published_at and page.link_published_at <= page.fetched_at else None
    at, origin, precision = _of_feed(told)
    if reading.published_at:
        said_at, said_precision = reading.published_at.astimezone(UTC), reading.date_precision or "day"
        is_same_day = told is not None and timedelta(0) <= told - said_at < DAY
        if not (is_same_day and (said_precision, precision) == ("day", "minute")):
            at, origin, precision = said_at, reading.date_origin or "text", said_precision
    if at is None:
        return page.fetched_at, "collected", None
    if precision == "day":
        at += DAY / 2
    if at > page.fetched_at:  # a zone that is not the page's: of its time only the day is good
        at, precision = page.fetched_at, "day"
    return at, origin, precision


def _of_feed(told: datetime | None) -> tuple[datetime | None, DateOrigin, DatePrecision]:
    """Return what a feed or list told; where it is midnight, it knew the day alone, as sitemaps and story lists do."""
    return told, "feed", "day" if told and told.time() == datetime.min.time() else "minute"


def decide(article: Article, known: KnownArticle | None) -> ArticleIntent:
    """Decide what an article is beside what is known at its address; which of several pages comes first does not matter."""
    if known is None:
        return ArticleIntent("new", article)
    page = article.page
    if known.page_id == page.page_id or (known.is_twin and not article.is_twin):
        return ArticleIntent("update", article, known)
    if article.digest == known.digest or (article.is_twin and not known.is_twin):
        return ArticleIntent("known", article, known)
    if (
        page.fetched_at == known.collected_at or article.is_twin
    ):  # two addresses of one page that differ: one is chosen for good
        return ArticleIntent("update" if page.final_url < known.page_url else "known", article, known)
    return ArticleIntent("version" if page.fetched_at > known.collected_at else "older version", article, known)


def _charset(headers: Sequence[tuple[str, str]]) -> str | None:
    """Return the charset that the server declared."""
    found = re.search(r"charset=[\"']?([\w.:-]+)", _header(headers, "content-type"), re.IGNORECASE)
    return found and found.group(1)


def _header(headers: Sequence[tuple[str, str]], wanted: str) -> str:
    """Return the first header of a name, empty where there is none."""
    return next((value for name, value in headers if name.lower() == wanted), "")


def run(job: Job, *, again: bool = False) -> Tally:
    """Read every kept page that waits, or with again all that another version of the reader read."""
    tally, store = Tally("extract"), job.store
    pages = store.pages.waiting(job.source_ids, other_than=READER_VERSION if again else None)
    read = partial(_read, folder=job.pages, domains=domains_of(store.lists.sources()))
    workers = job.workers or job.settings.work.workers or default_workers()
    outcomes = map_pages(
        read, pages, workers=workers, timeout=job.settings.work.seconds_per_page, scheduler=job.scheduler
    )
    with job.bar("extract", store.pages.count_waiting(job.source_ids, READER_VERSION if again else None)) as bar:
        while batch := list(islice(outcomes, BATCH)):
            for part in _one_page_an_address(batch):
                _save(store, part, tally, job.clock.now())
            bar.update(len(batch))
    return tally


def domains_of(sources: Sequence[Source]) -> DomainIndex:
    """Return whose each domain is."""
    return index_domains((source.source_id, domain) for source in sources for domain in source.domains)


Read = Outcome[WaitingPage, "Article | str"]


def _read(page: WaitingPage, *, folder: Path, domains: DomainIndex) -> Article | str:
    """Return the article of a page, or in words why there is none."""
    try:
        return extract_article(page, Archive(folder, file_bytes=0), domains)
    except NoArticleText as error:
        return error.reason


def _one_page_an_address(batch: Sequence[Read]) -> Iterator[list[Read]]:
    """Yield a batch in parts in which no article occurs twice: each is decided upon what is known by then."""
    while batch:
        keys: set[str] = set()
        part: list[Read] = []
        later: list[Read] = []
        for outcome in batch:
            key = outcome.result.key if isinstance(outcome.result, Article) else outcome.item.final_url
            (later if key in keys else part).append(outcome)
            keys.add(key)
        yield part
        batch = later


def _save(store: Store, batch: Sequence[Read], tally: Tally, now: datetime) -> None:
    articles = [outcome.result for outcome in batch if isinstance(outcome.result, Article)]
    failures = [
        PageFailure(outcome.item, outcome.failure or str(outcome.result), now)
        for outcome in batch
        if not isinstance(outcome.result, Article)
    ]
    known = store.articles.known([article.key for article in articles])
    intents = [decide(article, known.get(article.key)) for article in articles]
    store.articles.save(intents, failures, READER_VERSION)
    tally.done += len(articles)
    tally.failed += len(failures)
    for intent in intents:
        if intent.what != "new":
            tally.count(_NOTES[intent.what])
    for failure in failures:
        log.info("extract.skipped url=%s reason=%r", failure.page.final_url, failure.reason)


_NOTES = {"update": "read again", "version": "changed", "older version": "changed", "known": "known already"}
