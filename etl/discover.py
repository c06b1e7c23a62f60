"""Ask the feeds that are due; a link never seen before is saved."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from etl.job import Job
from etl.records import Feed, FeedAnswer, Tally
from etl.settings import Settings
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
        pause: timedelta = min(shortest * float(2 ** min(feed.failures, 20)), timedelta(days=rules.longest_pause_days))
        return max(answer.asked_at + pause, answer.retry_at or answer.asked_at)
    said = timedelta(minutes=answer.ttl_minutes or 0)
    since = answer.asked_at - feed.answered_at if feed.answered_at else shortest
    wait = shortest if new else 2 * since
    return answer.asked_at + min(max(wait, said, shortest), longest)


def run(job: Job) -> Tally:
    """Ask every feed that is due, and first find the feeds of sources of which none is known."""
    tally = Tally("discover")
    _find_missing(job, tally)
    feeds = {feed.feed_id: feed for feed in job.store.links.due_feeds(job.clock.now(), job.source_ids)}
    new: dict[int, int] = dict.fromkeys(feeds, 0)
    with job.bar("discover", len(feeds)) as bar:
        for answer in read_feeds(feeds.values(), job.settings, job.clock):
            feed = feeds[answer.feed_id]
            new[feed.feed_id] += _save(job, feed, answer, new[feed.feed_id])
            tally.failed += answer.reason is not None
            bar.update(answer.is_last)
    tally.done = sum(new.values())
    tally.notes["feeds asked"] = len(feeds)
    return tally


def _save(job: Job, feed: Feed, answer: FeedAnswer, new: int) -> int:
    """Save one answer and return how many links it brought; new is how many the feed brought before in this run."""
    following = next_visit(feed, answer, new + len(answer.links), job.settings) if answer.is_last else None
    if answer.reason:
        job.store.journal.save_failures("discover", [(feed.source_id, feed.url, answer.asked_at, answer.reason)])
        log.info("discover.failed feed=%s reason=%r", feed.url, answer.reason)
    return job.store.links.save_answer(answer, following)


def _find_missing(job: Job, tally: Tally) -> None:
    """Find the feeds of sources that are given by their home page alone."""
    missing = set(job.store.links.sources_without_feeds(job.source_ids))
    if not missing:
        return
    sources = {source.source_id: source for source in job.store.lists.sources() if source.source_id in missing}
    found = list(find_feeds(sources.values(), job.settings, job.clock))
    tally.notes["feeds found"] = job.store.links.save_found_feeds(found)
    with_feeds = {feed.source_id for feed in found if feed.kind}
    reasons = {feed.source_id: feed.reason or "no feed found" for feed in found if feed.source_id not in with_feeds}
    now = job.clock.now()
    rows = [(source_id, sources[source_id].home_page or "", now, reason) for source_id, reason in reasons.items()]
    job.store.journal.save_failures("discover", rows)
    tally.failed += len(rows)
