"""What holds for every format: told before anything starts, taken up where it was left, never doubled."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from etl.cli import main
from etl.errors import CoverageError
from etl.intake import describe_file, intake
from etl.intake.recognise import kind_of

if TYPE_CHECKING:
    from tests.intake.conftest import Office

Write = Callable[..., Path]

SITE = "https://harbour-post.example"
ONE = f"{SITE}/2026/09/ferry-strike-ends"
TEXT = "The ferries of Port Ardan sail again after eleven days, said the union on Tuesday evening. " * 5
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>All of 1 September</title>
<item><link>{ONE}</link><pubDate>Tue, 01 Sep 2026 18:30:00 GMT</pubDate><domain>harbour-post.example</domain>
<title>Ferry strike ends</title><source url="{SITE}/feed" mcFeedId="1" mcSourceId="2"/></item>
<item><link>/relative-only-without-a-site</link></item></channel></rss>"""

JSON_FEED = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{{"id": 1, "url": "{ONE}"}}]}}'
OPML = '<opml version="2.0"><body><outline xmlUrl="https://quay-times.example/feed"/></body></opml>'
SITEMAP = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{ONE}</loc></url></urlset>'


def warc(*addresses: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    for url in addresses:
        http = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        page = f"<html><body><article><h1>Ferry</h1><p>{TEXT}</p></article></body></html>"
        said = {"WARC-Date": "2026-09-01T20:00:00Z"}
        payload = page.encode()
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(payload), length=len(payload), http_headers=http, warc_headers_dict=said
        )
        writer.write_record(record)
    return buffer.getvalue()


def wacz(*addresses: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc(*addresses))
        archive.writestr("pages/pages.jsonl", '{"format":"json-pages-1.0","id":"pages","title":"All Pages"}\n')
        archive.writestr("datapackage.json", "{}")
    return buffer.getvalue()


FORMATS: dict[str, tuple[str | bytes, str, str, int]] = {
    "warc": (warc(ONE), "a WARC file", "pages", 1),
    "wacz": (wacz(ONE, f"{ONE}-2"), "a WACZ file", "pages", 2),
    "rss": (RSS, "a saved feed", "links", 2),
    "packed rss": (gzip.compress(RSS.encode()), "a saved feed", "links", 2),
    "atom": (f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{ONE}"/></entry></feed>', "a saved feed", "links", 1),
    "json feed": (JSON_FEED, "a saved feed", "links", 1),
    "sitemap": (SITEMAP, "a saved feed", "links", 1),
    "opml": (OPML, "an OPML list of feeds", "sources", 1),
    "list": (f"{ONE}\n", "a list of addresses", "links", 1),
    "table": (f"title;url\nFerry;{ONE}\n", "a table with semicolons, addresses in url", "links", 1),
    "sources": ("id,homepage,domain,label\n1,https://quay-times.example,,Quay Times\n", "a table of sources", "sources", 1),
    "json list": (f'[{{"url": "{ONE}"}}]', "a JSON list of links", "links", 1),
    "json lines": (f'{{"url": "{ONE}"}}\n{{"url": "{ONE}-2"}}\n', "JSON Lines of links", "links", 2),
    "articles": (f'{{"url": "{ONE}", "text": "{TEXT}"}}\n', "JSON Lines of articles that were read by others", "articles", 1),
    "page": (f"<!doctype html><title>x</title><p>{TEXT}</p>", "a saved page", "pages", 1),
    "text": (f"1 Sep, 2026\n\nFerry strike ends at last\n\n{TEXT}", "the text of one page, as copied from the screen", "articles", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_told_by_its_content_and_taken_in_once(office: Office, write: Write, name: str) -> None:
    content, said, gives, rows = FORMATS[name]
    path = write("data.bin", content)
    told = describe_file(path)
    assert (told.said, told.gives, told.rows) == (said, gives, rows)
    assert office.imports == []
    first = office.take_in(path)
    ((_, read, imported, known, refused),) = office.imports
    assert read == rows == imported + known + refused
    assert first.done == imported > 0
    again = office.take_in(path)
    assert (again.done, again.notes["known already"]) == (0, rows)
    assert len(office.imports) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x7fELF" + bytes(range(256)) * 40, "none of the formats"),
        (b"PK\x03\x04 no zip", "none of the formats"),
        (b"<?xml version='1.0'?><kml><Document/></kml>", "XML of the kind <kml>"),
        (b"\x1f\x8b\x08\x00 cut", "damaged or cut"),
    ],
)
def test_what_cannot_be_taken_in_is_named(office: Office, write: Write, content: bytes, said: str) -> None:
    path = write("data.bin", content)
    with pytest.raises(CoverageError, match=said):
        office.take_in(path)
    assert office.imports == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # feedparser's, of feeds that tell only when they changed
@pytest.mark.parametrize("name", FORMATS)
def test_any_damage_is_refused_or_counted(write: Write, name: str) -> None:
    random, content = Random(name), FORMATS[name][0]
    whole = content if isinstance(content, bytes) else content.encode()
    odd = [b"\0", b"\xff", b'"', b"<", b"{", b"]", b"\r", b"&x;", b"http://[", b"\xef\xbb\xbf"]
    for _ in range(30):
        place, other = sorted(random.sample(range(len(whole)), 2))
        start, end = whole[:place], whole[place:]
        damaged = random.choice([start, end, whole + start, start + random.choice(odd) + end, start + whole[other:]])
        with suppress(CoverageError):
            told = describe_file(write("data.bin", damaged))
            assert sum(told.refused.values()) <= told.rows


def test_a_file_or_folder_that_is_not_there(office: Office, tmp_path: Path) -> None:
    (tmp_path / "hollow").mkdir()
    for name, said in (("none.csv", "no such file"), ("hollow", "an empty folder")):
        with pytest.raises(CoverageError, match=said):
            office.take_in(tmp_path / name)


def test_a_packed_bomb_is_refused(write: Write) -> None:
    path = write("list.csv.gz", gzip.compress(b"url\n" + b"\n" * 4_000_000))
    with pytest.raises(CoverageError, match="unpacks to more than"):
        describe_file(path)


def test_a_list_larger_than_any_feed_is_read_item_by_item(
    office: Office, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.intake.feeds.MOST_BYTES", 200)
    office.take_in(write("mc-2026-09-01.rss.gz", gzip.compress(RSS.encode())))
    assert office.rows("SELECT url, title, published_at FROM links") == [
        (ONE, "Ferry strike ends", datetime(2026, 9, 1, 18, 30, tzinfo=UTC))
    ]
    assert office.refusals == [(2, "has no address, or one relative to an unknown site")]
    entities = '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + RSS.split("?>")[1].replace("Ferry", "&f;")
    office.take_in(write("entities.rss", entities.replace("2026/09", "2026/10")))
    assert office.rows("SELECT title FROM links WHERE url LIKE '%2026/10%'")[0][0] in (None, "strike ends")
    with pytest.raises(CoverageError, match="that is no RSS"):
        office.take_in(write("long.xml", f"<feed>{'<entry/>' * 100}</feed>"))


def test_records_of_an_archive_that_hold_no_article(office: Office, write: Write) -> None:
    content = (
        warc(ONE)
        + warc(f"{ONE}-2", status="404 Not Found")
        + warc(f"{ONE}-3", kind="application/json")
        + warc(f"{SITE}/")
    )
    office.take_in(write("a.warc.gz", content))
    assert office.refusals == [(2, "HTTP 404"), (3, "no web page but application/json"), (4, "a home page")]
    assert office.imports == [("warc", 4, 1, 0, 3)]


class Killed(Exception):
    """Stands for the end of the process."""


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (warc(*(f"{ONE}-{nth}" for nth in range(9))), 9),
        (wacz(*(f"{ONE}-{nth}" for nth in range(9))), 9),
        ("\n".join(f"{ONE}-{nth}" for nth in range(9)), 9),
        ("\n".join(f'{{"url": "{ONE}-{nth}", "text": "{TEXT}"}}' for nth in range(9)), 9),
    ],
)
def test_an_import_that_was_killed_goes_on_where_it_was(
    office: Office, write: Write, monkeypatch: pytest.MonkeyPatch, content: str | bytes, size: int
) -> None:
    path = write("data.bin", content)
    monkeypatch.setattr(intake, "BATCH", 2)
    monkeypatch.setattr(intake, "LINKS_BATCH", 2)
    whole: Callable[..., None] = vars(intake)["save_rows"]
    calls = iter(range(100))

    def save_until_killed(*arguments: object) -> None:
        if next(calls) == 2:
            raise Killed
        whole(*arguments)

    monkeypatch.setattr(intake, "save_rows", save_until_killed)
    with pytest.raises(Killed):
        office.take_in(path)
    assert office.imports[0][1:] == (4, 4, 0, 0)
    monkeypatch.setattr(intake, "save_rows", whole)
    assert office.take_in(path).done == size - 4
    assert office.imports[0][1:] == (size, size, 0, 0)
    assert len(set(office.pages + office.links)) == len(office.pages + office.links) == size


@pytest.mark.slow
@pytest.mark.parametrize("line", ["{url}\n", '{{"url": "{url}", "title": "Ferry strike ends"}}\n'])
def test_memory_does_not_grow_with_the_file(write: Write, line: str) -> None:
    path = write("long.txt", "".join(line.format(url=f"{ONE}-{nth}") for nth in range(20_000)))
    rows = kind_of(path).read(path, 0)
    tracemalloc.start()
    try:
        assert sum(1 for _ in rows) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 900_000 < path.stat().st_size
    finally:
        tracemalloc.stop()


def test_dry_run_changes_nothing(write: Write, tmp_path: Path) -> None:
    path = write("list.txt", f"{ONE}\n{SITE}/\n")
    options = ["--data", str(tmp_path / "data"), "--sources", str(tmp_path / "none.toml")]
    said = CliRunner().invoke(main, [*options, "import", "--dry-run", str(path)])
    assert said.exit_code == 0, said.output
    assert said.output.splitlines() == [
        f"{path}: a list of addresses: 2 rows, 1 of them give links",
        "  1 refused: a home page",
    ]
    assert not (tmp_path / "data").exists()
