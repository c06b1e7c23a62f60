"""Open a file as the bytes and the text in it: unpacked, in whatever encoding it was saved."""

from __future__ import annotations

import bz2
import codecs
import errno
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from etl.errors import CoverageError

HEAD = 65_536  # bytes by which a file is told
MOST_UNPACKED = 300  # times that a packed file may grow; lists of addresses stay under 50
# What the packers raise over damaged files; the last two where a ZIP file is encrypted, or packed in an odd way.
BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, lzma.LZMAError, RuntimeError, NotImplementedError)

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
PACKERS = ((b"\x1f\x8b\x08", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))


@contextmanager
def open_unpacked(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, or the one file in a gzip, bzip2, xz or ZIP file.

    Raises CoverageError where the packed file is damaged or would grow beyond all measure.
    """
    try:
        with _opened(path) as stream:
            yield stream
    except BROKEN as error:
        raise damaged(path, error) from error


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file; raises CoverageError where it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except BROKEN as error:
        raise damaged(path, error) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the file's beginning
            raise
        raise damaged(path, error) from error


def damaged(path: Path, error: Exception) -> CoverageError:
    """Return the error that says that a file is damaged."""
    return CoverageError(f"{path}: is damaged or cut: {error}; what was read before that is kept")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    most = MOST_UNPACKED * max(path.stat().st_size, 10_000)
    if zipfile.is_zipfile(path):
        with open_zip(path) as archive, archive.open(_only_member(path, archive)) as member:
            yield cast("IO[bytes]", io.BufferedReader(_Bounded(member, path, most)))
        return
    with path.open("rb") as file:
        start = file.read(8)
        file.seek(0)
        unpack = next((opener for mark, opener in PACKERS if start.startswith(mark)), None)
        if unpack is None:
            yield file
            return
        with cast("IO[bytes]", unpack(file)) as unpacked:
            yield cast("IO[bytes]", io.BufferedReader(_Bounded(unpacked, path, most)))


def _only_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if len(members) != 1:
        raise CoverageError(f"{path}: holds {len(members)} files; unpack it and import them")
    return members[0]


class _Bounded(io.RawIOBase):
    """A stream that ends with an error where more comes out of it than can be meant."""

    def __init__(self, stream: IO[bytes], path: Path, most: int) -> None:
        self._stream, self._path, self._left = stream, path, most

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read on."""
        chunk = self._stream.read(len(buffer))
        self._left -= len(chunk)
        if self._left < 0:
            raise CoverageError(f"{self._path}: unpacks to more than {MOST_UNPACKED} times its size")
        buffer[: len(chunk)] = chunk
        return len(chunk)


def head_of(path: Path) -> bytes:
    """Return the first bytes of what is in a file."""
    with open_unpacked(path) as stream:
        return stream.read(HEAD)


def encoding_of(head: bytes) -> str:
    """Tell how a text was saved: by its mark, as UTF-8 where its beginning can be read so, else as Windows does."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return encoding
    broken = _count_broken(head)
    return "utf-8" if broken <= len(head) // 1_000 else "windows-1252"


def _count_broken(head: bytes) -> int:
    """Count what is not UTF-8; a letter that the end of the head cuts is none of it."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head)
    return text.count("\ufffd") - head.count(b"\xef\xbf\xbd")


@contextmanager
def open_text(path: Path) -> Iterator[IO[str]]:
    """Open the text in a file; what cannot be read of it becomes U+FFFD."""
    encoding = encoding_of(head_of(path))
    with open_unpacked(path) as stream:
        yield io.TextIOWrapper(stream, encoding, errors="replace", newline="")


def text_of(head: bytes) -> str:
    """Return the beginning of a file as text."""
    return head.decode(encoding_of(head), "replace").lstrip("\ufeff")
