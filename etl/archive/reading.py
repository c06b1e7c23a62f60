"""Read the pages of any WARC or WACZ file, one after the other, so that a file of any size fits into memory.

Archives differ: bodies lie there packed, chunked, or unpacked with headers that say otherwise; records point to earlier
captures instead of holding a page; Media Cloud adds a record about each page; files end in the middle of a record.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, TypeAlias, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from etl.errors import CoverageError
from etl.records import ArchivedPage
from etl.unpack import UnpackError, is_gzip, unpack

Record: TypeAlias = Any  # warcio's

MOST_BYTES = 64_000_000  # of one body: memory is for pages, not for what else an archive may hold
MOST_UNPACKED = 200  # times that a member of a WACZ may grow: WARC files are packed already
MEDIA_CLOUD = "application/x.mediacloud-indexer+json"
PACKED, PLAIN = b"\x1f\x8b\x08", b"WARC/1."  # how each record begins
TORN = "the record is torn: the file ends, or is damaged, within it"
NOTHING = ArchivedPage("", "", datetime.fromtimestamp(0, UTC), 0)
CUT = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)  # a stream that ends too early, or is damaged
# What warcio raises over records that are none: the last two where an address is missing, or a header is no text.
BROKEN = (*CUT, ArchiveLoadFailed, StatusAndHeadersParserException, AttributeError, UnicodeError)


def read_warc(path: Path, start: int = 0, *, most_bytes: int = MOST_BYTES) -> Iterator[ArchivedPage]:
    """Yield the pages of a .warc, .warc.gz or .wacz file, told apart by content, from a page's end on.

    What holds no page although it should (a revisit, a torn record) comes with its reason. CoverageError where the file
    is none of these.
    """
    if zipfile.is_zipfile(path):
        yield from _read_wacz(path, start, most_bytes)
        return
    head = _head_of(path)
    if not (is_gzip(head) or head.startswith((b"WARC/", b"filedesc:"))):
        raise CoverageError(f"{path}: is no WARC file")
    open_file = _Unpacked if is_gzip(head) and _is_one_member(path) else open
    with cast("IO[bytes]", open_file(path, "rb")) as stream:
        yield from _read_stream(stream, start, most_bytes)


def page_of(record: Record, most_bytes: int = MOST_BYTES) -> ArchivedPage | None:
    """Read one record; None where it is none of a web page, such as a request. Its place is not known yet."""
    said = record.rec_headers
    url = said.get_header("WARC-Target-URI") or ""
    if record.rec_type not in ("response", "revisit") or not url.startswith(("http://", "https://")):
        return None
    http = record.http_headers
    headers = tuple((name, value) for name, value in http.headers) if http else ()
    status = http.get_statuscode() if http else ""
    page = ArchivedPage(
        url=said.get_header("X-Requested-URI") or url,
        final_url=url,
        fetched_at=_moment(said.get_header("WARC-Date")),
        status=int(status) if status.isdecimal() else 0,
        headers=headers,
    )
    if record.rec_type == "revisit":
        return replace(page, reason="a revisit: it points to an earlier capture and holds no page")
    if not page.status:
        return replace(page, reason="the record holds no HTTP answer")
    return _with_body(page, record, most_bytes)


class _Unpacked(gzip.GzipFile):
    """A gzip file that ends, instead of failing, where it is torn."""

    def read(self, size: int | None = -1) -> bytes:
        """Return the next bytes, none where the file is torn."""
        try:
            return self.read1(-1 if size is None else size)
        except CUT:
            return b""


@dataclass(frozen=True, slots=True)
class _Held:
    """A page that waits for the record about it."""

    page: ArchivedPage
    record_id: str


def _read_stream(stream: IO[bytes], start: int, most_bytes: int) -> Iterator[ArchivedPage]:
    """Read all records from a place on; what cannot be read is one page with a reason, and the next record follows."""
    stream.seek(0)
    mark = PACKED if is_gzip(stream.read(3)) else PLAIN
    while True:
        reached, torn = yield from _read_records(stream, start, most_bytes)
        if _is_end(stream, reached):
            return
        start = _next_record(stream, reached + 1, mark)
        lost = torn or replace(NOTHING, reason="what lies here cannot be read")
        yield replace(lost, offset=reached, end=start)


def _read_records(
    stream: IO[bytes], start: int, most_bytes: int
) -> Generator[ArchivedPage, None, tuple[int, ArchivedPage | None]]:
    """Read records as long as they are whole; return where they end, and the torn page that begins there."""
    stream.seek(start)
    records = ArchiveIterator(stream, arc2warc=True)
    reached, torn = start, None
    held: _Held | None = None
    while (record := _next(records)) is not None:
        try:
            metadata = _metadata(record, held)
            page = None if metadata is not None else page_of(record, most_bytes)
            offset, end = _place(records)
        except CUT:
            break
        if page and page.reason == TORN:
            torn = page
            break
        reached = end
        if held and metadata is not None:
            held = _Held(replace(held.page, metadata=metadata, end=reached), held.record_id)
        elif held and page:
            yield held.page
            held = None
        if page:
            record_id = record.rec_headers.get_header("WARC-Record-ID") or ""
            held = _Held(replace(page, offset=offset, end=reached), record_id)
    if held:
        yield held.page
    return reached, torn


def _is_end(stream: IO[bytes], place: int) -> bool:
    try:
        return stream.seek(place) != place or not stream.read(1)
    except CUT:
        return True


def _next_record(stream: IO[bytes], start: int, mark: bytes) -> int:
    """Where the next record seems to begin, or else the stream's end."""
    stream.seek(start)
    before, place = b"", start
    with contextlib.suppress(*CUT):
        while chunk := stream.read(1_000_000):
            found = (before + chunk).find(mark)
            if found >= 0:
                return place - len(before) + found
            before, place = chunk[-len(mark) :], place + len(chunk)
    return place


def _next(records: ArchiveIterator) -> Record | None:
    """The next record; None at the end, or where the rest cannot be read."""
    try:
        with _unheard():
            return next(records, None)
    except BROKEN:
        return None


def _place(records: ArchiveIterator) -> tuple[int, int]:
    """Where the present record begins, and where the next one does."""
    with _unheard():
        offset = records.get_record_offset()
    return offset, records.offset


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Warcio prints what it finds wrong; here that is told by the page's reason."""
    with contextlib.redirect_stderr(io.StringIO()):
        yield


def _with_body(page: ArchivedPage, record: Record, most_bytes: int) -> ArchivedPage:
    said = {name.lower(): value for name, value in page.headers}
    with _unheard():
        block = record.raw_stream.read(most_bytes + 1)
    if len(block) > most_bytes:
        return replace(page, reason=f"the page is larger than {most_bytes:,} bytes")
    if getattr(record.raw_stream, "limit", 0) > 0:
        return replace(page, reason=TORN)
    if said.get("transfer-encoding", "").strip().lower() == "chunked":
        with _unheard():
            block = ChunkedDataReader(io.BytesIO(block)).read(most_bytes + 1)
    try:
        body = unpack(block, said.get("content-encoding", ""), most_bytes=most_bytes)
    except UnpackError as error:
        if b"<" not in block[:500]:  # many archives keep the header of what they have unpacked
            return replace(page, reason=f"the page {error}")
        body = block
    return replace(page, body=body, reason=None if body else "the page is empty")


def _metadata(record: Record, held: _Held | None) -> dict[str, Any] | None:
    """What a record says about the page before it; None where it is no such record."""
    said = record.rec_headers
    if held is None or record.rec_type != "metadata" or not (record.content_type or "").startswith(MEDIA_CLOUD):
        return None
    if (said.get_header("WARC-Refers-To") or said.get_header("WARC-Concurrent-To")) != held.record_id:
        return None
    try:
        found = json.loads(record.raw_stream.read())
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _moment(text: str | None) -> datetime:
    """WARC-Date, which every record must have; the beginning of time where it is broken, so that nothing seems new."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)


def _head_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(16)


def _is_one_member(path: Path) -> bool:
    """Tell whether a file was packed as a whole, so that no record of it can be reached by itself."""
    with path.open("rb") as file, _unheard():
        records = ArchiveIterator(file)
        try:
            next(records, None)
            next(records, None)
        except ArchiveLoadFailed as error:
            return "non-chunked" in str(error)
        except BROKEN:
            return False
    return False


def _read_wacz(path: Path, start: int, most_bytes: int) -> Iterator[ArchivedPage]:
    """Read the WARC files in a WACZ as if they were one, laid end to end in the order of their names."""
    with zipfile.ZipFile(path) as archive:
        members = sorted(
            (one for one in archive.infolist() if one.filename.startswith("archive/") and not one.is_dir()),
            key=lambda one: one.filename,
        )
        if not members:
            raise CoverageError(f"{path}: is a ZIP file without WARC files (archive/*.warc.gz) in it")
        begin = 0
        for member in members:
            if member.file_size > MOST_UNPACKED * max(1, member.compress_size):
                raise CoverageError(f"{path}: {member.filename} would unpack to {member.file_size:,} bytes")
            if start < begin + member.file_size:
                with archive.open(member) as stream:
                    for page in _read_stream(stream, max(0, start - begin), most_bytes):
                        yield replace(page, offset=begin + page.offset, end=begin + page.end)
            begin += member.file_size
