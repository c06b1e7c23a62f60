"""What the rows of any file come to, whatever its format: a link, a page, a source, or a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from etl.records import Collection, Link, PageAnswer, Source

NOWHERE = "text.invalid"  # the host of texts that came without an address; no name under .invalid exists (RFC 2606)


@dataclass(frozen=True, slots=True)
class GivenPage:
    """A page, or an article that others have read, with the name of its source where the address does not tell it."""

    answer: PageAnswer
    source_name: str | None = None


@dataclass(frozen=True, slots=True)
class GivenSource:
    """A source for the list of sources, and the collections that it names."""

    source: Source
    collections: tuple[Collection, ...] = ()


Given: TypeAlias = Link | GivenPage | GivenSource


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: what it gives, or why it gives nothing."""

    number: int  # as its owner counts them: lines of a file, records of an archive, files of a folder
    given: Given | None = None
    subject: str | None = None
    reason: str | None = None
    end: int | None = None  # where reading goes on after it, in a file that can be entered in the middle
    is_mended: bool = False  # letters could not be read, and stand as U+FFFD


Rows: TypeAlias = Iterator[Row]


def page_row(
    number: int,
    body: bytes,
    *,
    url: str,
    fetched_at: datetime,
    content_type: str,
    source_name: str | None = None,
) -> Row:
    """Return the row of a page that came without its server's answer."""
    headers = (("Content-Type", content_type),)
    answer = PageAnswer(0, url, url, fetched_at, 200, headers, body, reason=None if body else "the page is empty")
    return Row(number, GivenPage(answer, source_name), url, answer.reason)


def moment_of(text: object) -> datetime | None:
    """Return the time that a cell states, in UTC to the second; a bare day is midnight; None where it states none."""
    said = str(text or "").strip()
    digits = said.replace("T", "").removesuffix("Z")
    try:
        if len(digits) == 14 and digits.isdecimal():  # as web archives and GDELT write it
            return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC, microsecond=0).astimezone(UTC)
