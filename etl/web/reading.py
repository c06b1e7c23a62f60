"""Ask feeds for their links: with what was learnt last time, and on to where a feed goes on."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from etl.errors import FetchFailed
from etl.records import Feed, FeedAnswer, FeedKind, Link, PageAnswer
from etl.settings import Clock, Settings
from etl.web.crawl import Crawl
from etl.web.feeds import parse_feed
from etl.web.parsed import Further, ParsedFeed
from etl.web.questions import Question

LINKS_PER_ANSWER = 5_000  # a sitemap index may hold millions: each part is saved before the next is made
SLACK = timedelta(days=1)  # a lastmod is often a day without a time

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Visit:
    """One feed in this run: which of its addresses were asked, which are still open, and what the first one said."""

    feed: Feed
    asked: set[str] = field(default_factory=set)
    open: int = 0
    is_whole: bool = True  # all that was asked has been read
    first: PageAnswer | None = None
    kind: FeedKind | None = None
    ttl_minutes: int | None = None


def read_feeds(feeds: Iterable[Feed], settings: Settings, clock: Clock) -> Iterator[FeedAnswer]:
    """Yield what feeds answer, a long one in parts; the last part of each feed is marked and carries what was learnt.

    A feed whose host asked to be left alone, or for which the run had no time left, has no last part: it stays due.
    """
    numbers, visits = count(1), dict[int, Visit]()

    def question(visit: Visit, url: str) -> Question:
        number = next(numbers)
        visits[number] = visit
        headers = () if visit.asked else _conditions(visit.feed)
        visit.asked.add(url)
        visit.open += 1
        return Question(number, url, headers=headers, is_feed=True)

    with Crawl(settings, clock) as crawl:
        for answer in crawl.answers(question(Visit(feed), feed.url) for feed in feeds):
            visit = visits.pop(answer.link_id)
            visit.open -= 1
            parsed = _read(visit, answer, settings)
            if isinstance(parsed, FeedAnswer):
                yield parsed
                continue
            followed, left = which_further(parsed, visit, settings)
            for further in followed:
                crawl.ask(question(visit, further.url))
            yield from _parts(visit, answer, parsed.links, left)


def which_further(parsed: ParsedFeed, visit: Visit, settings: Settings) -> tuple[list[Further], tuple[str, ...]]:
    """Choose where to read on in this run, and tell what is left out. Pure.

    Of an index the sitemaps that changed since the feed last answered, the latest first; of a paged feed the next
    page, unless this one reaches back to then.
    """
    since, most = visit.feed.answered_at, settings.feeds.pages_per_feed
    new = [further for further in parsed.further if further.url not in visit.asked]
    wanted = new
    if parsed.kind == "sitemap-index":
        most = settings.feeds.sitemaps_per_feed + 1  # the index itself
        changed = [one for one in new if not (since and one.modified_at and one.modified_at < since - SLACK)]
        wanted = sorted(changed, key=lambda one: one.modified_at or datetime.min.replace(tzinfo=UTC), reverse=True)
    elif since and parsed.oldest_at and parsed.oldest_at < since:
        wanted = []
    followed = wanted[: max(0, most - len(visit.asked))]
    chosen = {further.url for further in followed}
    return followed, tuple(further.url for further in wanted if further.url not in chosen)


def header_of(answer: PageAnswer, name: str) -> str | None:
    """Return the first header of a name, given in lower case."""
    return next((value for key, value in answer.headers if key.lower() == name), None)


def parse_answer(answer: PageAnswer, settings: Settings) -> ParsedFeed:
    """Read what was answered for a feed's address; FetchFailed where that is no feed."""
    if answer.reason:
        raise FetchFailed(answer.url, answer.reason)
    return parse_feed(
        answer.body,
        answer.final_url,
        content_type=header_of(answer, "content-type"),
        most_bytes=settings.limits.feed_bytes,
        most_links=settings.feeds.links_per_document,
    )


def _read(visit: Visit, answer: PageAnswer, settings: Settings) -> ParsedFeed | FeedAnswer:
    """Read a document, or return the feed's answer where there is nothing to read."""
    is_first, visit.first = visit.first is None, visit.first or answer
    if is_first and answer.status == 304:
        return _part(visit, answer, is_last=True)
    try:
        parsed = parse_answer(answer, settings)
    except FetchFailed as error:
        if is_first:
            return FeedAnswer(
                visit.feed.feed_id, answer.fetched_at, answer.status, reason=error.reason, retry_at=answer.retry_at
            )
        log.info("feed.not_whole feed=%s url=%s reason=%r", visit.feed.url, answer.url, error.reason)
        visit.is_whole = False
        return _part(visit, answer, more=(answer.url,), is_last=not visit.open)
    if is_first:
        visit.kind, visit.ttl_minutes = parsed.kind, parsed.ttl_minutes
    return parsed


def _parts(visit: Visit, answer: PageAnswer, links: tuple[Link, ...], left: tuple[str, ...]) -> Iterator[FeedAnswer]:
    for start in range(0, len(links), LINKS_PER_ANSWER) or [0]:
        is_end = start + LINKS_PER_ANSWER >= len(links)
        part = links[start : start + LINKS_PER_ANSWER]
        yield _part(visit, answer, links=part, more=left if is_end else (), is_last=is_end and not visit.open)


def _part(
    visit: Visit,
    answer: PageAnswer,
    *,
    links: tuple[Link, ...] = (),
    more: tuple[str, ...] = (),
    is_last: bool,
) -> FeedAnswer:
    """Make an answer; the last one carries what lets the feed be asked conditionally, if it was read whole.

    Never for an index: it may stay the same while its sitemaps change.
    """
    first = visit.first or answer
    is_learnt = is_last and visit.is_whole and visit.kind != "sitemap-index"
    kept = first.status == 304
    return FeedAnswer(
        feed_id=visit.feed.feed_id,
        asked_at=answer.fetched_at,
        status=first.status,
        kind=visit.kind,
        links=links,
        more=more,
        etag=(header_of(first, "etag") or (visit.feed.etag if kept else None)) if is_learnt else None,
        last_modified=(header_of(first, "last-modified") or (visit.feed.last_modified if kept else None))
        if is_learnt
        else None,
        oldest_at=min((link.published_at for link in links if link.published_at), default=None),
        is_last=is_last,
        ttl_minutes=visit.ttl_minutes,
    )


def _conditions(feed: Feed) -> tuple[tuple[str, str], ...]:
    said = (("If-None-Match", feed.etag), ("If-Modified-Since", feed.last_modified))
    return tuple((name, value) for name, value in said if value)
