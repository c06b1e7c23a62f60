"""Pages that others fetched, from a WARC or WACZ file: they enter our archive unread and wait to be read like our own."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from pathlib import Path

from etl.archive import read_warc
from etl.errors import CoverageError, FetchRefused
from etl.job import Job
from etl.methods.links import DomainIndex, canonical_url, index_domains, registrable_domain, source_of, why_no_article
from etl.records import ArchivedPage, PageAnswer, Source, SourceDomain
from etl.store.imports import Import, Refusal

BATCH = 100  # pages saved in one transaction


def is_warc(path: Path) -> bool:
    """Tell whether a file is a WARC or WACZ, by its content."""
    try:
        next(read_warc(path), None)
    except CoverageError:
        return False
    return True


def import_warc(job: Job, path: Path, done: Import) -> None:
    """Take in a file from where the import stands, batch by batch."""
    job.archive.repair(job.store.pages.archive_ends())
    domains = _Owners(job.store.lists.sources())
    pages = read_warc(path, done.next_start or 0)
    with job.bar("import", None) as bar:
        while batch := list(islice(pages, BATCH)):
            _save(job, batch, done, domains)
            bar.update(len(batch))
    done.next_start = None
    with job.store.database.transaction():
        job.store.imports.save(done, [])


class _Owners:
    """Whose an address is; a source that is not known is made up from its domain."""

    def __init__(self, sources: list[Source]) -> None:
        self._ids = {source.source_id for source in sources}
        self._domains = [(source.source_id, domain) for source in sources for domain in source.domains]
        self._index: DomainIndex = index_domains(self._domains)
        self.new: list[Source] = []

    def of(self, url: str) -> str:
        """Return the source of an address."""
        known = source_of(url, self._index)
        if known:
            return known
        name = registrable_domain(url)
        source_id = name.replace(".", "-")
        while source_id in self._ids:
            source_id += "-imported"
        source = Source(source_id, name, domains=(SourceDomain(name),))
        self.new.append(source)
        self._ids.add(source_id)
        self._domains.append((source_id, source.domains[0]))
        self._index = index_domains(self._domains)
        return source_id


def why_refused(page: ArchivedPage) -> str | None:
    """Say why a record holds no page that may be an article, or None."""
    if page.reason:
        return page.reason
    if page.status != 200:
        return f"HTTP {page.status}"
    kind = next((value for name, value in page.headers if name.lower() == "content-type"), "text/html")
    if "html" not in kind.lower():
        return f"no web page but {kind.split(';')[0].strip() or 'something without a type'}"
    return why_no_article(page.final_url)


def _save(job: Job, batch: list[ArchivedPage], done: Import, owners: _Owners) -> None:
    """Save a batch of records: each is imported, known, or refused."""
    store = job.store
    kept: dict[tuple[str, datetime], PageAnswer] = {}
    refusals: list[Refusal] = []
    for number, page in enumerate(batch, done.rows + 1):
        try:
            key, reason = canonical_url(page.final_url), why_refused(page)
        except FetchRefused as error:
            key, reason = "", error.reason
        if reason:
            refusals.append(Refusal(number, page.final_url or None, reason))
        else:
            kept[key, page.fetched_at] = _answer(page)
    known = store.imports.known_captures(list(kept)) if kept else set()
    new = [answer for capture, answer in kept.items() if capture not in known]
    places = [place for place in job.archive.append(new) if place]
    source_ids = [owners.of(answer.final_url) for answer in new]
    done.rows, done.imported, done.refused = (
        done.rows + len(batch),
        done.imported + len(new),
        done.refused + len(refusals),
    )
    done.known, done.next_start = done.rows - done.imported - done.refused, batch[-1].end
    with store.database.transaction():
        store.imports.add_sources(owners.new)
        store.pages.save_imported(new, places, source_ids, done.import_id)
        store.imports.save(done, refusals)
    owners.new.clear()


def _answer(page: ArchivedPage) -> PageAnswer:
    return PageAnswer(0, page.url, page.final_url, page.fetched_at, page.status, page.headers, page.body)
