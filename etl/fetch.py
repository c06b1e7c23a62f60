"""Ask for waiting links, politely, and keep what is answered, unread: the last contact with the network."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from etl.archive import Archive
from etl.records import PageAnswer, Tally, WaitingLink
from etl.settings import Settings
from etl.store import Store
from etl.web import fetch_pages

BATCH = 50  # pages on the disk and in the store together: a second's work on the newsroom, half a minute's on the web

log = logging.getLogger(__name__)


def next_visit(link: WaitingLink, answer: PageAnswer, settings: Settings) -> datetime | None:
    """Decide when a link is asked for again: soon after a failure, later to see silent changes; None for never."""
    rules = settings.fetch
    if answer.is_refused:
        return None
    if answer.reason:
        if link.attempts + 1 >= rules.attempts:
            return None
        pause = timedelta(minutes=rules.first_retry_minutes * 2**link.attempts)
        return max(answer.fetched_at + pause, answer.retry_at or answer.fetched_at)
    hours = rules.again_hours[link.fetches] if link.fetches < len(rules.again_hours) else None
    return answer.fetched_at + timedelta(hours=hours) if hours else None


def run(
    store: Store, archive: Archive, settings: Settings, *, source_ids: Sequence[str] = (), limit: int | None = None
) -> Tally:
    """Fetch every link that waits, and keep the pages; what a killed run left behind in the archive is set aside first."""
    tally, clock = Tally("fetch"), settings.make_clock()
    archive.repair(store.pages.archive_ends())
    most = min(limit or settings.fetch.pages_per_run, settings.fetch.pages_per_run)
    links = {link.link_id: link for link in store.links.waiting_links(clock.now(), source_ids, most)}
    answers = fetch_pages(links.values(), settings, clock)
    for batch in _batches(answers):
        places = archive.append(batch)
        store.pages.save_answers(
            batch, places, [next_visit(links[answer.link_id], answer, settings) for answer in batch]
        )
        for answer in batch:
            tally.done += answer.reason is None
            tally.failed += answer.reason is not None
            if answer.reason:
                log.info("fetch.failed url=%s reason=%r", answer.url, answer.reason)
    return tally


def _batches(answers: Iterator[PageAnswer]) -> Iterator[list[PageAnswer]]:
    while batch := list(islice(answers, BATCH)):
        yield batch
