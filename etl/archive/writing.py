"""Append pages to our own WARC files, read them back, and make the files agree with the store after a kill.

A page is safe when append() has returned: it is on the disk. The store notes it afterwards. What lies behind the last
page that the store knows was written in vain and is set aside, never thrown away.
"""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.archive.reading import BROKEN, page_of, read_warc
from etl.errors import CoverageError
from etl.records import ArchivedPage, PageAnswer, Place

SUFFIX = ".warc.gz"
ASIDE = "unrecorded"  # the folder below ours for what the store does not know
WRITER = {"software": "Media Coverage", "format": "WARC File Format 1.0"}
GZIP_LEVEL = 6  # gzip's own default; warcio's 9 takes twice the time for three per cent
# How the body came over the wire; it lies here unpacked and whole.
WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class Archive:
    """The WARC files of one folder; there is one writer at a time."""

    def __init__(self, folder: Path, *, file_bytes: int) -> None:
        self._folder, self._file_bytes = folder, file_bytes

    def append(self, answers: Iterable[PageAnswer]) -> list[Place | None]:
        """Write the pages of answers, and return the place of each, None where an answer has no page.

        When it returns, all are on the disk; CoverageError where they cannot be, and then none is there.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        batch = _Batch(self._folder, self._file_bytes)
        try:
            places = [batch.write(answer) if answer.body else None for answer in answers]
            batch.finish()
        except OSError as error:
            batch.undo()
            raise CoverageError(
                f"{self._folder}: pages cannot be written: {error.strerror}; make room and run again"
            ) from error
        except BaseException:  # an interruption, too, leaves no half batch
            batch.undo()
            raise
        return places

    def read(self, place: Place) -> ArchivedPage:
        """Return the page at a place; CoverageError where there is none."""
        try:
            with (self._folder / place.file).open("rb") as file:
                file.seek(place.offset)
                packed = file.read(place.length)
            record = next(ArchiveIterator(io.BytesIO(packed)))
            page = page_of(record)
        except (OSError, StopIteration, *BROKEN) as error:
            raise CoverageError(f"{self._folder / place.file}: no page at byte {place.offset}; restore it") from error
        if page is None or page.reason:
            why = page.reason if page else "another record"
            raise CoverageError(f"{self._folder / place.file}: no page at byte {place.offset}, but {why}; restore it")
        return page

    def repair(self, ends: Mapping[str, int]) -> int:
        """Make every file end where the store says it does, and return how many pages were set aside.

        Args:
            ends: for each file that the store knows, where its last recorded page ends.
        """
        files = {path.name: path for path in sorted(self._folder.glob(f"*{SUFFIX}"))}
        for name, end in ends.items():
            size = files[name].stat().st_size if name in files else 0
            if size < end:
                what = "is missing" if name not in files else f"ends at byte {size:,}"
                raise CoverageError(f"{self._folder / name}: {what}, the store knows pages up to {end:,}; restore it")
        return sum(self._cut(path, ends.get(name, 0)) for name, path in files.items())

    def _cut(self, path: Path, end: int) -> int:
        """Set aside what lies behind a file's end; return how many pages that were."""
        if path.stat().st_size == end > 0:
            return 0
        pages = [page.end for page in read_warc(path, end) if not page.reason] if _can_be_read(path, end) else []
        if pages:
            self._set_aside(path, end, pages[-1])
        if end:
            os.truncate(path, end)
        else:
            path.unlink()
        _sync(self._folder)
        return len(pages)

    def _set_aside(self, path: Path, start: int, end: int) -> None:
        folder = self._folder / ASIDE
        folder.mkdir(exist_ok=True)
        name = f"{path.name.removesuffix(SUFFIX)}-{start}"
        taken = len(list(folder.glob(f"{name}*")))
        with path.open("rb") as source, (folder / f"{name}-{taken + 1}{SUFFIX}").open("xb") as target:
            source.seek(start)
            target.write(source.read(end - start))
            target.flush()
            os.fsync(target.fileno())


class _Batch:
    """The pages of one append(), which are all written or not at all."""

    def __init__(self, folder: Path, file_bytes: int) -> None:
        self._folder, self._file_bytes = folder, file_bytes
        names = sorted(path.name for path in folder.glob(f"*{SUFFIX}"))
        self._name = names[-1] if names else _next_name("")
        self._before: dict[str, int] = {}  # sizes of the files that this batch has touched
        self._size = self._size_of(self._name)
        self._waiting = bytearray()

    def write(self, answer: PageAnswer) -> Place:
        """Add one page and return where it will lie."""
        if self._size >= self._file_bytes:
            self._flush()
            self._name, self._size = _next_name(self._name), 0
        if not self._size:
            self._add(_info_record(self._name))
        offset = self._size
        self._add(_page_record(answer))
        return Place(self._name, offset, self._size - offset)

    def finish(self) -> None:
        """Bring everything to the disk."""
        self._flush()
        _sync(self._folder)

    def undo(self) -> None:
        """Cut the files back to what they were."""
        for name, size in self._before.items():
            os.truncate(self._folder / name, size)
            if not size:
                (self._folder / name).unlink()

    def _add(self, record: bytes) -> None:
        self._waiting += record
        self._size += len(record)

    def _flush(self) -> None:
        if not self._waiting:
            return
        with (self._folder / self._name).open("ab") as file:
            self._before[self._name] = file.tell()
            file.write(self._waiting)
            file.flush()
            os.fsync(file.fileno())
        self._waiting.clear()

    def _size_of(self, name: str) -> int:
        path = self._folder / name
        return path.stat().st_size if path.exists() else 0


def _page_record(answer: PageAnswer) -> bytes:
    """One response record as a gzip member of its own."""
    headers = [(name, value) for name, value in answer.headers if name.lower() not in WIRE_HEADERS]
    headers.append(("Content-Length", str(len(answer.body))))
    http = StatusAndHeaders(_status_line(answer.status or 200), headers, protocol="HTTP/1.1")
    said = {"WARC-Date": answer.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    if answer.url != answer.final_url:
        said["X-Requested-URI"] = answer.url
    return _packed("response", answer.final_url, payload=answer.body, http=http, said=said)


def _info_record(name: str) -> bytes:
    payload = "".join(f"{key}: {value}\r\n" for key, value in WRITER.items()).encode()
    return _packed("warcinfo", None, payload=payload, http=None, said={"WARC-Filename": name})


def _packed(
    kind: str, url: str | None, *, payload: bytes, http: StatusAndHeaders | None, said: dict[str, str]
) -> bytes:
    plain = io.BytesIO()
    writer = WARCWriter(plain, gzip=False)
    writer.write_record(
        writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(payload),
            length=len(payload),
            http_headers=http,
            warc_headers_dict=said,
            warc_content_type="" if http else "application/warc-fields",
        )
    )
    return gzip.compress(plain.getvalue(), GZIP_LEVEL, mtime=0)


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _next_name(name: str) -> str:
    number = int(name.removesuffix(SUFFIX).rpartition("-")[2] or 0)
    return f"pages-{number + 1:06}{SUFFIX}"


def _can_be_read(path: Path, start: int) -> bool:
    """Tell whether a gzip member begins at a place: a torn tail may be shorter than that."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(3) == b"\x1f\x8b\x08"


def _sync(folder: Path) -> None:
    """Write a folder's list of files to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
