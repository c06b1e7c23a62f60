"""Ask for waiting links, politely, and keep what is answered, unread: the last contact with the network."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from itertools import islice

from etl.job import Job
from etl.records import PageAnswer, Tally, WaitingLink
from etl.settings import Settings
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


def run(job: Job) -> Tally:
    """Fetch every link that waits, and keep the pages; what a killed run left behind is set aside first."""
    tally, store = Tally("fetch"), job.store
    job.archive.repair(store.pages.archive_ends())
    most = min(job.limit or job.settings.fetch.pages_per_run, job.settings.fetch.pages_per_run)
    links = {link.link_id: link for link in store.links.waiting_links(job.clock.now(), job.source_ids, most)}
    answers = fetch_pages(links.values(), job.settings, job.clock)
    with job.bar("fetch", len(links)) as bar:
        while batch := list(islice(answers, BATCH)):
            places = job.archive.append(batch)
            visits = [next_visit(links[answer.link_id], answer, job.settings) for answer in batch]
            store.pages.save_answers(batch, places, visits)
            _count(batch, tally)
            bar.update(len(batch))
    return tally


def _count(batch: list[PageAnswer], tally: Tally) -> None:
    for answer in batch:
        tally.done += answer.reason is None
        tally.failed += answer.reason is not None
        if answer.reason:
            log.info("fetch.failed url=%s reason=%r", answer.url, answer.reason)
