"""Ask the feeds that are due; a link never seen before is saved."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from etl.records import Feed, FeedAnswer, Tally
from etl.settings import Settings
from etl.store import Store
from etl.web import find_feeds, read_feeds

log = logging.getLogger(__name__)


def next_visit(feed: Feed, answer: FeedAnswer, new: int, settings: Settings) -> datetime:
    """Decide when a feed is asked again: sooner if it brings links, less and less often while it fails."""
    rules = settings.feeds
    shortest, longest = (
        timedelta(minutes=rules.shortest_interval_minutes),
        timedelta(minutes=rules.longest_interval_minutes),
    )
    if answer.reason:
        pause = min(shortest * 2 ** min(feed.failures, 20), timedelta(days=rules.longest_pause_days))
        return max(answer.asked_at + pause, answer.retry_at or answer.asked_at)
    said = timedelta(minutes=answer.ttl_minutes or 0)
    since = answer.asked_at - feed.answered_at if feed.answered_at else shortest
    wait = shortest if new else 2 * since
    return answer.asked_at + min(max(wait, said, shortest), longest)


def run(store: Store, settings: Settings, *, source_ids: Sequence[str] = ()) -> Tally:
    """Ask every feed that is due, and first find the feeds of sources of which none is known."""
    tally, clock = Tally("discover"), settings.make_clock()
    _find_missing(store, settings, source_ids, tally)
    feeds = {feed.feed_id: feed for feed in store.links.due_feeds(clock.now(), source_ids)}
    new: dict[int, int] = dict.fromkeys(feeds, 0)
    for answer in read_feeds(feeds.values(), settings, clock):
        feed = feeds[answer.feed_id]
        following = (
            next_visit(feed, answer, new[feed.feed_id] + len(answer.links), settings) if answer.is_last else None
        )
        found = store.links.save_answer(answer, following)
        new[feed.feed_id] += found
        tally.done += found
        if answer.reason:
            store.journal.save_failures("discover", [(feed.source_id, feed.url, answer.asked_at, answer.reason)])
            log.info("discover.failed feed=%s reason=%r", feed.url, answer.reason)
            tally.failed += 1
    tally.notes["feeds asked"] = len(feeds)
    return tally


def _find_missing(store: Store, settings: Settings, source_ids: Sequence[str], tally: Tally) -> None:
    """Find the feeds of sources that are given by their home page alone."""
    missing = set(store.links.sources_without_feeds(source_ids))
    if not missing:
        return
    sources = [source for source in store.lists.sources() if source.source_id in missing]
    clock = settings.make_clock()
    found = list(find_feeds(sources, settings, clock))
    tally.notes["feeds found"] = store.links.save_found_feeds(found)
    without = missing - {feed.source_id for feed in found if feed.kind}
    reasons = {
        feed.source_id: feed.reason or "no feed found from its home page" for feed in found if feed.source_id in without
    }
    homes = {source.source_id: source.home_page or "" for source in sources}
    rows = [(source_id, homes[source_id], clock.now(), reason) for source_id, reason in reasons.items()]
    store.journal.save_failures("discover", rows)
    tally.failed += len(rows)
