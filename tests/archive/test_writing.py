from __future__ import annotations

import errno
import gzip
import hashlib
import os
from base64 import b32encode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.archive import Archive, read_warc
from etl.errors import CoverageError
from etl.records import PageAnswer, Place

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
HEADERS = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "5"), ("X-Two", "a"))


def page(number: int, body: bytes = b"<html>\x00 page</html>") -> PageAnswer:
    url = f"http://post.test/{number}"
    return PageAnswer(number, url, f"{url}/there", NOW, 200, HEADERS, body)


def ends_of(places: list[Place | None]) -> dict[str, int]:
    ends: dict[str, int] = {}
    for place in places:
        if place:
            ends[place.file] = max(ends.get(place.file, 0), place.offset + place.length)
    return ends


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pages"


@pytest.fixture
def archive(folder: Path) -> Archive:
    return Archive(folder, file_bytes=1_000_000)


def test_a_page_is_read_back_as_it_came(archive: Archive) -> None:
    (place,) = archive.append([page(1)])
    assert place
    kept = archive.read(place)
    assert (kept.url, kept.final_url) == ("http://post.test/1", "http://post.test/1/there")
    assert (kept.fetched_at, kept.status, kept.body) == (NOW, 200, page(1).body)
    assert kept.headers == (("Content-Type", "text/html"), ("X-Two", "a"), ("Content-Length", "19"))


def test_odd_headers_and_statuses_are_kept(archive: Archive) -> None:
    headers = (("X-Nul", "a\x00b"), ("X-Latin", "caf\xe9 \xff"), ("X-Empty", ""), ("X-Long", "x" * 50_000))
    url = "http://post.test/%C3%A4?q=[1]"
    (place,) = archive.append([PageAnswer(1, url, url, NOW, 799, headers, b"page")])
    assert place
    kept = archive.read(place)
    assert (kept.final_url, kept.status, kept.body) == (url, 799, b"page")
    assert [name for name, _ in kept.headers] == ["X-Nul", "X-Latin", "X-Empty", "X-Long", "Content-Length"]


def test_an_answer_without_a_page_is_not_kept(archive: Archive, folder: Path) -> None:
    refused = PageAnswer(1, "http://post.test/1", "http://post.test/1", NOW, reason="robots.txt forbids")
    assert archive.append([refused]) == [None]
    assert list(folder.iterdir()) == []
    first, nothing, second = archive.append([page(1), refused, page(2)])
    assert first
    assert nothing is None
    assert second
    assert second.offset == first.offset + first.length


def test_the_file_is_a_warc_that_others_can_read(archive: Archive, folder: Path) -> None:
    (place,) = archive.append([page(1)])
    assert place
    packed = (folder / place.file).read_bytes()
    info, record = gzip.decompress(packed[: place.offset]), gzip.decompress(packed[place.offset :])
    assert info.startswith(b"WARC/1.0\r\nWARC-Filename: pages-000001.warc.gz\r\nWARC-Type: warcinfo")
    digest = b32encode(hashlib.sha1(page(1).body).digest())
    for line in (
        b"WARC-Type: response",
        b"WARC-Target-URI: http://post.test/1/there",
        b"X-Requested-URI: http://post.test/1",
        b"WARC-Date: 2026-09-01T06:00:00Z",
        b"WARC-Payload-Digest: sha1:" + digest,
        b"HTTP/1.1 200 OK",
    ):
        assert line in record


def test_a_new_file_is_begun_when_one_is_full(folder: Path) -> None:
    archive = Archive(folder, file_bytes=3_000)
    places = archive.append([page(number, os.urandom(500)) for number in range(20)])
    files = sorted(path.name for path in folder.iterdir())
    assert len(files) > 2
    assert files == sorted({place.file for place in places if place})
    assert [read.url for name in files for read in read_warc(folder / name)] == [page(n).url for n in range(20)]


def test_what_the_store_knows_is_left_as_it_is(archive: Archive, folder: Path) -> None:
    places = archive.append([page(1), page(2)])
    before = [path.read_bytes() for path in folder.iterdir()]
    assert archive.repair(ends_of(places)) == 0
    assert [path.read_bytes() for path in folder.iterdir()] == before


@pytest.mark.parametrize(
    "torn", [b"", b"\x1f", b"\x1f\x8b\x08\x00torn", b"\x00\x00\x00\x00", gzip.compress(b"WARC/1.0\r\n", mtime=0)]
)
def test_a_torn_tail_is_cut_off(archive: Archive, folder: Path, torn: bytes) -> None:
    places = archive.append([page(1)])
    path = next(folder.iterdir())
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    assert archive.repair(ends_of(places)) == 0
    assert path.read_bytes() == whole
    assert list(folder.iterdir()) == [path]


def test_pages_that_the_store_does_not_know_are_set_aside(archive: Archive, folder: Path) -> None:
    known = archive.append([page(1)])
    path = next(folder.iterdir())
    whole = path.read_bytes()
    archive.append([page(2), page(3)])
    path.write_bytes(path.read_bytes() + b"\x1f\x8b\x08\x00torn")
    assert archive.repair(ends_of(known)) == 2
    assert path.read_bytes() == whole
    (aside,) = (folder / "unrecorded").iterdir()
    assert [read.url for read in read_warc(aside)] == ["http://post.test/2", "http://post.test/3"]
    (again,) = archive.append([page(2)])
    assert again
    assert archive.read(again).url == "http://post.test/2"


def test_a_store_that_knows_nothing_loses_nothing(archive: Archive, folder: Path) -> None:
    archive.append([page(1), page(2)])
    assert archive.repair({}) == 2
    assert [path.name for path in folder.iterdir()] == ["unrecorded"]
    archive.append([page(3)])
    assert archive.repair({}) == 1
    assert len(list((folder / "unrecorded").iterdir())) == 2


@pytest.mark.parametrize(("known", "what"), [(5_000_000, "ends at byte"), (None, "is missing")])
def test_an_archive_that_lacks_pages_is_told(archive: Archive, known: int | None, what: str) -> None:
    archive.append([page(1)])
    ends = {"pages-000001.warc.gz": known} if known else {"pages-000009.warc.gz": 700}
    with pytest.raises(CoverageError, match=f"{what}.*restore it"):
        archive.repair(ends)


def test_a_full_disk_leaves_everything_as_it_was(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Archive(folder, file_bytes=2_000)
    places = small.append([page(1, os.urandom(900))])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full_after(count: int) -> Callable[[int], None]:
        left = iter(range(count))

        def fsync(_descriptor: int) -> None:
            if next(left, None) is None:
                raise OSError(errno.ENOSPC, "No space left on device")

        return fsync

    for count in range(3):
        monkeypatch.setattr(os, "fsync", full_after(count))
        with pytest.raises(CoverageError, match="No space left on device; make room and run again"):
            small.append([page(number, os.urandom(900)) for number in range(2, 9)])
        monkeypatch.undo()
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert small.repair(ends_of(places)) == 0


def test_nothing_is_read_where_nothing_lies(archive: Archive, folder: Path) -> None:
    (place,) = archive.append([page(1)])
    assert place
    wrong = [
        Place("pages-000007.warc.gz", 0, 100),
        Place(place.file, 0, place.offset),
        Place(place.file, place.offset + 3, place.length),
        Place(place.file, place.offset, place.length // 2),
        Place(place.file, 10_000_000, 5),
    ]
    for one in wrong:
        with pytest.raises(CoverageError, match="no page at byte"):
            archive.read(one)


@settings(max_examples=30, deadline=None)
@given(share=st.floats(0, 1), batches=st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_after_a_kill_at_any_byte_archive_and_store_agree(
    share: float, batches: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The store knows all batches but the last, of which any number of bytes has reached the disk."""
    folder = tmp_path_factory.mktemp("kill")
    archive = Archive(folder, file_bytes=1_500)
    known: list[Place | None] = []
    for count in batches:
        known += archive.append([page(len(known) + number, os.urandom(200)) for number in range(count)])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    archive.append([page(100 + number, os.urandom(200)) for number in range(6)])
    killed = int(share * sum(path.stat().st_size for path in folder.iterdir()))
    for path in sorted(folder.iterdir(), reverse=True):  # the last bytes written are the first to be missing
        size, least = path.stat().st_size, len(before.get(path.name, b""))
        cut = min(killed, size - least)
        killed -= cut
        os.truncate(path, size - cut)
    archive.repair(ends_of(known))
    assert {path.name: path.read_bytes() for path in folder.glob("*.warc.gz")} == before
    for aside in folder.glob("unrecorded/*"):
        assert all(read.reason is None for read in read_warc(aside))
