"""Pages that others fetched, from a WARC or WACZ file: they enter our archive unread and wait to be read like our own."""

from __future__ import annotations

import zipfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from etl.archive import read_warc
from etl.errors import CoverageError
from etl.intake.opening import open_zip
from etl.intake.rows import GivenPage, Row, Rows
from etl.records import ArchivedPage, PageAnswer


def read_archive(path: Path, start: int) -> Rows:
    """Yield the records of a file from a place on; they are numbered from there, too."""
    number, end = 0, start
    try:
        with _checked(path):
            for number, page in enumerate(read_warc(path, start), 1):
                end = page.end
                yield _row_of(number, page)
    except CoverageError as error:
        if not number:
            raise
        yield Row(number + 1, reason=f"from here on the archive cannot be read: {error}", end=end)


def why_refused(page: ArchivedPage) -> str | None:
    """Say why a record holds no page that may be an article, or None."""
    if page.reason:
        return page.reason
    if page.status != 200:
        return f"HTTP {page.status}"
    kind = next((value for name, value in page.headers if name.lower() == "content-type"), "text/html")
    if "html" not in kind.lower():
        return f"no web page but {kind.split(';')[0].strip() or 'something without a type'}"
    return None


def _row_of(number: int, page: ArchivedPage) -> Row:
    if reason := why_refused(page):
        return Row(number, subject=page.final_url or None, reason=reason, end=page.end)
    answer = PageAnswer(0, page.url, page.final_url, page.fetched_at, page.status, page.headers, page.body)
    return Row(number, GivenPage(answer), page.final_url, end=page.end)


def _checked(path: Path) -> AbstractContextManager[object]:
    """Where an archive is a ZIP file, tell its damages in a sentence."""
    return open_zip(path) if zipfile.is_zipfile(path) else nullcontext()
