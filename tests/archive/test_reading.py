from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest

from etl.archive import read_warc
from etl.errors import CoverageError
from etl.records import ArchivedPage

BODY = "<html><p>Weißwurst</p></html>".encode()
MEDIA_CLOUD = "application/x.mediacloud-indexer+json"


def record(kind: str, block: bytes, url: str = "http://post.test/1", **said: str) -> bytes:
    fields = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2016-11-08T21:00:00Z", **said}
    fields["Content-Length"] = fields.pop("length", str(len(block)))
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + block + b"\r\n\r\n"


def answer(body: bytes = BODY, status: str = "200 OK", **headers: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def response(body: bytes = BODY, url: str = "http://post.test/1", **headers: str) -> bytes:
    return record("response", answer(body, **headers), url, Content_Type="application/http; msgtype=response")


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def read(tmp_path: Path, *records: bytes, name: str = "a.warc.gz") -> list[ArchivedPage]:
    path = tmp_path / name
    path.write_bytes(b"".join(gzip.compress(one) if name.endswith("gz") else one for one in records))
    return list(read_warc(path))


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_of_a_warc(tmp_path: Path, name: str) -> None:
    info = record("warcinfo", b"software: x\r\n", Content_Type="application/warc-fields")
    asked = record("request", b"GET / HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request")
    names = record("response", b"20161108\npost.test 1.2.3.4\n", "dns:post.test", Content_Type="text/dns")
    first, second = read(tmp_path, info, asked, response(Server="x"), names, response(url="http://b.test/"), name=name)
    assert (first.url, first.final_url, first.status, first.body) == (
        "http://post.test/1",
        "http://post.test/1",
        200,
        BODY,
    )
    assert (first.fetched_at, first.headers) == (datetime(2016, 11, 8, 21, tzinfo=UTC), (("Server", "x"),))
    assert (first.reason, second.url) == (None, "http://b.test/")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_reading_can_be_taken_up_where_it_was_left(tmp_path: Path, name: str) -> None:
    pages = read(tmp_path, *(response(url=f"http://post.test/{number}") for number in range(6)), name=name)
    for number, page in enumerate(pages):
        rest = list(read_warc(tmp_path / name, page.end))
        assert rest == pages[number + 1 :]


def test_a_warc_that_was_packed_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "whole.warc.gz"
    path.write_bytes(gzip.compress(b"".join(response(url=f"http://post.test/{number}") for number in range(4))))
    pages = list(read_warc(path))
    assert [page.url[-1] for page in pages] == ["0", "1", "2", "3"]
    assert list(read_warc(path, pages[1].end)) == pages[2:]


def test_a_warc_that_was_packed_as_a_whole_and_torn(tmp_path: Path) -> None:
    path = tmp_path / "whole.warc.gz"
    whole = gzip.compress(b"".join(response(os.urandom(3_000), f"http://post.test/{n}") for n in range(4)))
    path.write_bytes(whole[:-1_500])
    pages = list(read_warc(path))
    assert [page.url[-1:] for page in pages] == ["0", "1", "2", "3"]
    assert [bool(page.reason) for page in pages] == [False, False, False, True]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(BODY), {"Content_Encoding": "gzip"}),
        (brotli.compress(BODY), {"Content_Encoding": "br"}),
        (zlib.compress(BODY), {"Content_Encoding": "deflate"}),
        (chunked(BODY), {"Transfer_Encoding": "chunked"}),
        (chunked(brotli.compress(BODY)), {"Transfer_Encoding": "chunked", "Content_Encoding": "br"}),
        (BODY, {"Content_Encoding": "gzip"}),  # unpacked already, with the header left in
        (BODY, {"Content_Encoding": "br"}),
        (BODY, {"Transfer_Encoding": "chunked"}),
        (BODY, {"Content_Length": "3", "Content_Type": "text/html; encoding=utf-8"}),
    ],
)
def test_bodies_are_unpacked_whatever_the_headers_say(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    (page,) = read(tmp_path, response(body, **headers))
    assert (page.body, page.reason) == (BODY, None)


def test_several_captures_of_one_address_are_several_pages(tmp_path: Path) -> None:
    assert len(read(tmp_path, response(), response(b"<p>changed</p>"))) == 2


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (record("revisit", answer(b""), WARC_Profile="x"), "a revisit"),
        (response(b""), "the page is empty"),
        (record("response", b"no HTTP at all"), "holds no HTTP answer"),
        (response(b"\x00\x01\x02", Content_Encoding="gzip"), "the page is not gzip"),
        (response(gzip.compress(bytes(3_000_000)), Content_Encoding="gzip"), "unpacks to more than"),
        (response(brotli.compress(bytes(3_000_000)), Content_Encoding="br"), "unpacks to more than"),
    ],
)
def test_a_record_without_a_page_says_why(tmp_path: Path, block: bytes, reason: str) -> None:
    (tmp_path / "a.warc").write_bytes(block + response(url="http://post.test/2"))
    bad, good = read_warc(tmp_path / "a.warc", most_bytes=1_000_000)
    assert reason in (bad.reason or "")
    assert bad.body == b""
    assert (good.url, good.reason) == ("http://post.test/2", None)


def test_a_page_that_is_too_large_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(response(b"x" * 5_000) + response(url="http://post.test/2"))
    large, good = read_warc(path, most_bytes=1_000)
    assert large.reason == "the page is larger than 1,000 bytes"
    assert good.body == BODY


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("missing", [60, 200])
def test_a_torn_last_record_does_no_harm(tmp_path: Path, name: str, missing: int) -> None:
    read(tmp_path, response(), response(os.urandom(2_000), url="http://post.test/2"), name=name)
    path = tmp_path / name
    path.write_bytes(path.read_bytes()[:-missing])
    first, torn = read_warc(path)
    assert (first.url, first.reason) == ("http://post.test/1", None)
    assert (torn.url, torn.body) == ("http://post.test/2", b"")
    assert "the record is torn" in (torn.reason or "")
    assert (torn.offset, torn.end) == (first.end, path.stat().st_size)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_behind_damage_reading_goes_on(tmp_path: Path, name: str) -> None:
    pages = read(tmp_path, *(response(os.urandom(2_000), url=f"http://post.test/{n}") for n in range(5)), name=name)
    path = tmp_path / name
    content = bytearray(path.read_bytes())
    content[pages[2].offset : pages[2].offset + 40] = b"\xff" * 40
    path.write_bytes(content)
    found = list(read_warc(path))
    assert [page.url[-1:] for page in found if not page.reason] == ["0", "1", "3", "4"]
    assert [page.offset for page in found if page.reason] == [pages[2].offset]
    assert list(read_warc(path, found[2].end)) == found[3:]


def test_what_media_cloud_says_of_a_page_comes_with_it(tmp_path: Path) -> None:
    def about(record_id: str, said: object) -> bytes:
        block = json.dumps(said).encode()
        return record("metadata", block, Content_Type=MEDIA_CLOUD, WARC_Refers_To=record_id)

    one = record("response", answer(), Content_Type="application/http", WARC_Record_ID="<urn:uuid:1>")
    two = record("response", answer(), "http://post.test/2", WARC_Record_ID="<urn:uuid:2>")
    said = {"content_metadata": {"publication_date": "2016-11-08", "language": "de"}}
    pages = read(tmp_path, one, about("<urn:uuid:1>", said), two, about("<urn:uuid:9>", said))
    assert [page.metadata for page in pages] == [said, None]
    assert list(read_warc(tmp_path / "a.warc.gz", pages[0].end)) == pages[1:]


def wacz(path: Path, members: dict[str, bytes], packed: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", packed) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_the_pages_of_a_wacz(tmp_path: Path, packed: int) -> None:
    def part(*numbers: int) -> bytes:
        return b"".join(gzip.compress(response(url=f"http://post.test/{number}")) for number in numbers)

    members = {
        "archive/b.warc.gz": part(3, 4),
        "archive/a.warc.gz": part(1, 2),
        "pages/pages.jsonl": b'{"format":"json-pages-1.0"}\n',
        "../../outside.warc.gz": part(9),
    }
    path = wacz(tmp_path / "a.wacz", members, packed)
    pages = list(read_warc(path))
    assert [page.url[-1] for page in pages] == ["1", "2", "3", "4"]
    for number, page in enumerate(pages):
        assert list(read_warc(path, page.end)) == pages[number + 1 :]


def test_a_wacz_that_is_a_bomb_or_empty_is_refused(tmp_path: Path) -> None:
    bomb = wacz(tmp_path / "bomb.wacz", {"archive/a.warc": bytes(20_000_000)}, zipfile.ZIP_DEFLATED)
    with pytest.raises(CoverageError, match="would unpack to 20,000,000 bytes"):
        list(read_warc(bomb))
    with pytest.raises(CoverageError, match="without WARC files"):
        list(read_warc(wacz(tmp_path / "empty.wacz", {"pages/pages.jsonl": b""})))


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"%PDF-1.4"])
def test_what_is_no_warc_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    with pytest.raises(CoverageError, match="is no WARC file"):
        list(read_warc(path))


def test_other_things_in_gzip_are_one_page_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b"some text"))
    assert [page.reason for page in read_warc(path)] == ["what lies here cannot be read"]


def test_nothing_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    read(tmp_path, response() + b"junk without end", name="a.warc")
    whole = io.BytesIO(gzip.compress(response() * 2)).getvalue()
    (tmp_path / "b.warc.gz").write_bytes(whole)
    list(read_warc(tmp_path / "b.warc.gz"))
    assert capfd.readouterr() == ("", "")
