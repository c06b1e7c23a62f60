"""Rows into the store, batch by batch: each is imported, already known, or refused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from etl.errors import FetchRefused
from etl.intake.owners import Owners
from etl.intake.rows import NOWHERE, GivenPage, GivenSource, Row
from etl.job import Job
from etl.methods.links import canonical_url, registrable_domain, why_no_article
from etl.records import Link
from etl.store.imports import Import, NewLink, Refusal


def save_rows(job: Job, rows: Sequence[Row], done: Import, owners: Owners) -> None:
    """Save a batch of rows, and how far the import has come, at once or not at all."""
    pages: dict[tuple[str, datetime], GivenPage] = {}
    links: dict[str, Link] = {}
    refusals: list[Refusal] = []
    for row in rows:
        key, reason = _key_of(row)
        if reason:
            refusals.append(Refusal(row.number, row.subject, reason))
        elif isinstance(row.given, GivenPage):
            pages[key, row.given.answer.fetched_at] = row.given
        elif isinstance(row.given, Link):
            links.setdefault(key, row.given)
    store = job.store
    known = store.imports.known_captures(list(pages)) if pages else set()
    new = [page for capture, page in pages.items() if capture not in known]
    places = [place for place in job.archive.append([page.answer for page in new]) if place]
    found = [NewLink(link, key, owners.of(link.url)) for key, link in _unknown(job, links).items()]
    source_ids = [owners.of(page.answer.final_url, page.source_name) for page in new]
    done.add(len(rows), imported=len(new) + len(found), refused=len(refusals))
    done.next_start = done.rows if rows[-1].end is None else rows[-1].end
    with store.database.transaction():
        store.imports.add_sources(owners.new)
        store.imports.add_links(found, job.clock.now())
        store.pages.save_imported([page.answer for page in new], places, source_ids, done.import_id)
        store.imports.save(done, refusals)
    owners.new.clear()


def why_refused(row: Row) -> str | None:
    """Say why a row cannot be taken in, as far as it tells by itself."""
    return _key_of(row)[1]


def _unknown(job: Job, links: dict[str, Link]) -> dict[str, Link]:
    known = job.store.imports.known_addresses(list(links)) if links else set()
    return {key: link for key, link in links.items() if key not in known}


def _key_of(row: Row) -> tuple[str, str | None]:
    """Return the canonical address of what a row gives, or why it gives nothing."""
    if row.reason or row.given is None:
        return "", row.reason or "holds nothing"
    if isinstance(row.given, GivenSource):
        return "", None
    url = row.given.answer.final_url if isinstance(row.given, GivenPage) else row.given.url
    try:
        key = canonical_url(url)
    except FetchRefused as error:
        return "", error.reason
    is_made_up = registrable_domain(url) == NOWHERE
    return key, None if is_made_up else why_no_article(url)
