"""Pages that somebody saved: one file, a folder, a tar or a ZIP file of them, with or without an index of addresses.

An index is a file named index.csv or index.jsonl among the pages or beside them, with the columns file, url, fetched_at
and, where the address does not tell it, source. A page without any address keeps a made-up one.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from etl.errors import CoverageError
from etl.intake.json_rows import made_up_address
from etl.intake.opening import BROKEN, open_zip, text_of
from etl.intake.rows import Row, Rows, moment_of, page_row
from etl.intake.saved_from import read_saved
from etl.methods.article.decode import is_binary
from etl.unpack import UnpackError, is_gzip, unpack

MOST_BYTES = 64_000_000  # of one page
INDEXES = ("index.csv", "index.jsonl")
FILE_KEYS = ("file", "member", "filename", "path")
TIME_KEYS = ("fetched_at", "captured_at", "capture", "timestamp")
# What lies beside saved pages and is none: the pictures and programs of a page, lists, the system's own files.
BESIDE = re.compile(
    r"(^|/)([._][^/]*|readme[^/]*|thumbs\.db|robots\.txt)$|(^|/)(__MACOSX|[^/]*_files|[^/]*_dateien|[^/]*_fichiers)/"
    r"|\.(jpe?g|png|gif|webp|avif|svg|ico|css|js|json|jsonl|xml|csv|tsv|md|woff2?|ttf|eot|mp[34]|pdf|download)$",
    re.IGNORECASE,
)
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # an archive's member before the web has no time at all

Index = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Member:
    """A file among saved pages."""

    path: str
    body: bytes
    modified_at: datetime
    size: int


def read_pages(path: Path) -> Rows:
    """Yield the pages of a file, folder, tar or ZIP file; the number of a row is that of the file."""
    index = dict(_index_beside(path))
    number, is_alone = 0, path.is_file() and not _is_packed(path)
    try:
        for member in _members(path):
            name = PurePosixPath(member.path).name
            if name in INDEXES:
                index.update(read_index(text_of(member.body), member.path))
            elif is_alone or member.path in index or not BESIDE.search(member.path):
                number += 1
                yield _row_of(number, member, _said_of(member.path, index))
    except (tarfile.TarError, CoverageError, *BROKEN) as error:
        yield Row(number + 1, reason=f"from here on the archive cannot be read: {error}")


def read_index(text: str, name: str) -> Index:
    """Read an index: what it says of each file, by the file's path. Lines that are none say nothing."""
    lines = text.splitlines()
    records = (_json(line) for line in lines) if name.endswith("l") else csv.DictReader(lines)
    index = {}
    for record in records:
        said = {str(key): value for key, value in record.items() if isinstance(value, str)}
        if file := next((said[key] for key in FILE_KEYS if said.get(key)), None):
            index[file.removeprefix("./")] = said
    return index


def digest_of_folder(path: Path) -> str:
    """Return the SHA-256 of all that is in a folder: the names of its files, and what they hold."""
    digest = hashlib.sha256()
    for file in _files(path):
        digest.update(f"{file.relative_to(path)}\0".encode())
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()


def _row_of(number: int, member: Member, said: Mapping[str, str]) -> Row:
    if member.size > MOST_BYTES:
        return Row(number, subject=member.path, reason=f"is larger than {MOST_BYTES:,} bytes")
    try:
        body = unpack(member.body, "gzip", most_bytes=MOST_BYTES) if is_gzip(member.body) else member.body
    except UnpackError as error:
        return Row(number, subject=member.path, reason=f"the file {error}")
    if not body.strip():
        return Row(number, subject=member.path, reason="is empty")
    if is_binary(body[:100_000]):
        return Row(number, subject=member.path, reason="is no page but something in bytes")
    saved = read_saved(body, member.path)
    told = next((moment_of(said[key]) for key in TIME_KEYS if said.get(key)), None)
    return page_row(
        number,
        saved.body,
        url=said.get("url") or saved.url or made_up_address(body.decode("utf-8", "replace")),
        fetched_at=told or saved.saved_at or member.modified_at,
        content_type=saved.content_type,
        source_name=said.get("source"),
    )


def _said_of(path: str, index: Index) -> Mapping[str, str]:
    return index.get(path.removeprefix("./")) or index.get(PurePosixPath(path).name) or {}


def _index_beside(path: Path) -> Index:
    folder = path if path.is_dir() else path.parent
    index: dict[str, Mapping[str, str]] = {}
    for name in INDEXES:
        file = folder / name
        if file.is_file() and file != path:
            index.update(read_index(text_of(file.read_bytes()), name))
    return index


def _json(line: str) -> Mapping[str, object]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _members(path: Path) -> Iterator[Member]:
    if path.is_dir():
        for file in _files(path):
            yield _of_file(file, file.relative_to(path).as_posix())
    elif zipfile.is_zipfile(path):
        yield from _of_zip(path)
    elif tarfile.is_tarfile(path):
        yield from _of_tar(path)
    else:
        yield _of_file(path, path.name)


def _is_packed(path: Path) -> bool:
    return zipfile.is_zipfile(path) or tarfile.is_tarfile(path)


def _files(folder: Path) -> list[Path]:
    """The files of a folder, in order; what a link points to is not in it."""
    return sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _of_file(file: Path, name: str) -> Member:
    about = file.stat()
    with file.open("rb") as stream:
        body = stream.read(MOST_BYTES + 1)
    return Member(name, body, _second(about.st_mtime), about.st_size)


def _of_zip(path: Path) -> Iterator[Member]:
    with open_zip(path) as archive:
        for one in archive.infolist():
            if one.is_dir():
                continue
            with archive.open(one) as stream:
                body = stream.read(MOST_BYTES + 1)
            modified_at = datetime(*one.date_time, tzinfo=UTC) if one.date_time[1] and one.date_time[2] else EARLIEST
            yield Member(one.filename, body, _possible(modified_at, path), len(body))


def _of_tar(path: Path) -> Iterator[Member]:
    with tarfile.open(path, "r|*") as archive:
        for one in archive:
            stream = archive.extractfile(one) if one.isreg() else None
            if stream is not None:
                body = stream.read(MOST_BYTES + 1)
                yield Member(one.name.removeprefix("./"), body, _possible(_second(one.mtime), path), one.size)


def _second(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def _possible(modified_at: datetime, archive: Path) -> datetime:
    return modified_at if modified_at > EARLIEST else _second(archive.stat().st_mtime)


def check_folder(path: Path) -> None:
    """Raise CoverageError where a folder has no files."""
    if not _files(path):
        raise CoverageError(f"{path}: is an empty folder")
