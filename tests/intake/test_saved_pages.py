"""Saved pages: told apart, their addresses found by every mark, alone, in folders and in archives."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from etl.intake.saved_from import read_saved

if TYPE_CHECKING:
    from tests.intake.conftest import Office

Write = Callable[..., Path]

ONE = "https://harbour-post.example/2026/09/ferry-strike-ends"
WORDS = "The ferries of Port Ardan sail again after eleven days, said the union on Tuesday evening. "
PAGE = f"""<html><head>{{head}}<title>Ferry strike ends</title></head>
<body><article><h1>Ferry strike ends</h1><p>{WORDS * 4}</p></article></body></html>"""
SINGLE_FILE = f"""<!DOCTYPE html> <html><!--
 Page saved with SingleFile
 url: {ONE}
 saved date: Tue Sep 01 2026 22:00:00 GMT+0200 (CEST)
-->"""
CANONICAL = f'<link rel="canonical" href="{ONE}">'
MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: {ONE}
Subject: =?utf-8?Q?Ferry?=
Date: Tue, 1 Sep 2026 20:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----b"

------b
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable
Content-Location: {ONE}

{PAGE.format(head="").replace("=", "=3D")}
------b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://harbour-post.example/a.png

iVBORw0KGgo=
------b--
"""


def page(head: str = "") -> bytes:
    return PAGE.format(head=head).encode()


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (page(CANONICAL), "a.html"),
        (page(CANONICAL.replace("rel=\"canonical\"", "REL='Canonical nofollow'")), "a.html"),
        (page('<base href="https://harbour-post.example/2026/09/"><link rel="canonical" href="ferry-strike-ends">'), "a.html"),
        (page(f'<meta property="og:url" content="{ONE}">'), "a.html"),
        (page(f'<base href="{ONE}">'), "a.html"),
        (f"<!-- saved from url=(0053){ONE} -->\n".encode() + page('<link rel="canonical" href="https://other.example/x">'), "a.htm"),
        (SINGLE_FILE.encode() + page(), "a.html"),
        (page(), "harbour-post.example/2026/09/ferry-strike-ends"),
        (page(), "mirror/harbour-post.example/2026/09/ferry-strike-ends.gz"),
        (MHTML.encode(), "a.mhtml"),
        (MHTML.replace("\n", "\r\n").encode(), "a.mht"),
    ],
)  # fmt: skip
def test_the_address_is_found_by_every_mark(content: bytes, path: str) -> None:
    saved = read_saved(content, path)
    assert saved.url == ONE
    assert b"eleven days" in saved.body


@pytest.mark.parametrize(
    "head",
    [
        *("", '<link rel="canonical" href="file:///home/a.html">', '<link rel="canonical" href="http://[">'),
        '<meta property="og:url" content="javascript:1">',
    ],
)
def test_what_is_no_address_is_none(head: str) -> None:
    assert read_saved(page(head), "a.html").url is None


def test_the_time_of_saving_is_that_of_the_mark() -> None:
    assert read_saved(MHTML.encode(), "a.mhtml").saved_at == datetime(2026, 9, 1, 20, tzinfo=UTC)
    assert read_saved(SINGLE_FILE.encode() + page(), "a.html").saved_at == datetime(2026, 9, 1, 20, tzinfo=UTC)


def test_a_single_page_is_read_into_an_article(office: Office, write: Write) -> None:
    path = write("a.html", page(CANONICAL))
    os.utime(path, (1_788_300_000, 1_788_300_000))
    office.take_in(path)
    assert office.read().done == 1
    assert office.rows("SELECT url, source_id, import_id, collected_at FROM articles") == [
        (ONE, "harbour-post", 1, datetime.fromtimestamp(1_788_300_000, UTC))
    ]


def test_a_folder_with_an_index_pictures_packed_pages_and_links_out_of_it(
    office: Office, write: Write, tmp_path: Path
) -> None:
    write("saved/one.html", page())
    write("saved/two.html.gz", gzip.compress(page()))
    write("saved/one_files/style.css", "a{}")
    write("saved/one_files/advert.html", page())
    write("saved/logo.png", b"\x89PNG")
    write("saved/empty.html", "  \n")
    write("saved/sound.bin", bytes(range(256)) * 20)
    (tmp_path / "saved" / "secret.html").symlink_to(write("elsewhere.html", page(CANONICAL)))
    write(
        "saved/index.csv",
        f"file,url,fetched_at\none.html,{ONE},2026-09-01T20:00:00Z\ntwo.html.gz,{ONE}-2,2026-09-01 20:00:00+02:00\n",
    )
    office.take_in(tmp_path / "saved")
    assert sorted(office.pages) == [ONE, f"{ONE}-2"]
    assert office.refusals == [(1, "is empty"), (3, "is no page but something in bytes")]
    assert office.rows("SELECT fetched_at FROM pages ORDER BY fetched_at") == [
        (datetime(2026, 9, 1, 18, tzinfo=UTC),), (datetime(2026, 9, 1, 20, tzinfo=UTC),)
    ]  # fmt: skip
    assert office.take_in(tmp_path / "saved").notes == {"known already": 4}


def tar_of(files: dict[str, bytes], mode: str = "w:xz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(content), 1_788_300_000
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_a_tar_file_with_an_index_beside_it(office: Office, write: Write, mode: str) -> None:
    write("index.jsonl", f'{{"id": 1, "member": "day/a.html", "url": "{ONE}", "capture": "20260901200000"}}\nbroken\n')
    office.take_in(write("pages.bin", tar_of({"day/a.html": page(), "../../etc/b.html": page(CANONICAL + "-b")}, mode)))
    assert (ONE, datetime(2026, 9, 1, 20, tzinfo=UTC)) in office.rows("SELECT final_url, fetched_at FROM pages")
    assert office.imports == [("tar", 2, 2, 0, 0)]


def test_a_tar_file_that_is_cut_keeps_what_came_before(office: Office, write: Write) -> None:
    noise = os.urandom(200_000).hex().encode()
    whole = tar_of({"a.html": page(CANONICAL), "b.html": page(f"<!-- {noise.decode()} -->")}, "w:gz")
    office.take_in(write("pages.tgz", whole[: len(whole) // 2]))
    assert office.pages == [ONE]
    assert [reason.split(":")[0] for _, reason in office.refusals] == ["from here on the archive cannot be read"]


def test_a_zip_file_of_pages(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.html", page(CANONICAL))
        archive.writestr("b.mhtml", MHTML.replace(ONE, f"{ONE}-b"))
    office.take_in(path)
    assert office.pages == [ONE, f"{ONE}-b"]


def test_a_page_without_an_address_has_one_made_up_always_the_same(office: Office, write: Write) -> None:
    office.take_in(write("a.html", page()))
    (url,) = office.pages
    assert url.startswith("http://text.invalid/")
    assert office.rows("SELECT source_id FROM pages") == [("unknown",)]
    office.read()
    assert office.rows("SELECT title FROM articles") == [("Ferry strike ends",)]


COPIED = f"""icon search-bicon menuicon closeicon v-compressicon
1 Sep, 2026 18:30

Ferry strike ends

After eleven days the union takes the offer

Ferry strike ends

{WORDS * 3}

{WORDS * 2}
"""


def test_a_text_as_copied_from_the_screen(office: Office, write: Write) -> None:
    office.take_in(write("copied.txt", COPIED))
    assert office.read().done == 1
    (found,) = office.job.store.database.records("SELECT * FROM articles JOIN article_texts USING (article_id)")
    assert (found["title"], found["summary"]) == ("Ferry strike ends", "After eleven days the union takes the offer")
    assert found["published_at"] == datetime(2026, 9, 1, 18, 30, tzinfo=UTC)
    assert (found["date_precision"], found["is_zone_assumed"], found["source_id"]) == ("minute", True, "unknown")
    assert found["text"].startswith("The ferries")


def test_a_text_with_its_address_and_source_beside_it(office: Office, write: Write) -> None:
    path = write("notes/copied.txt", COPIED)
    write("notes/index.csv", f"file,url,source\ncopied.txt,{ONE},\nother.txt,,The Quay Times\n")
    other = write("notes/other.txt", COPIED.replace("eleven", "twelve"))
    office.take_in(path)
    office.take_in(other)
    office.read()
    assert office.rows("SELECT source_id, url LIKE 'http://text.invalid/%' FROM articles ORDER BY ALL") == [
        ("harbour-post", False), ("the-quay-times", True)
    ]  # fmt: skip


def test_the_seed_page(office: Office, shared: Path) -> None:
    office.take_in(shared / "data" / "seed" / "copied_page.txt")
    assert office.read().done == 1
    assert office.rows("SELECT published_at, date_precision, is_zone_assumed FROM articles") == [
        (datetime(2022, 9, 14, 13, 37, tzinfo=UTC), "minute", True)
    ]


@pytest.mark.parametrize(
    ("folder", "file", "rows", "refused"),
    [
        ("pages_fundus", "pages.tar", 106, 0),
        pytest.param("pages_trafilatura", "html.tar.xz", 306, 4, marks=pytest.mark.slow),
        pytest.param("pages_mediacloud_dates", "html.tar.xz", 103, 0, marks=pytest.mark.slow),
    ],
)
def test_real_archives_of_pages(office: Office, shared: Path, folder: str, file: str, rows: int, refused: int) -> None:
    office.take_in(shared / "data" / folder / file)
    (found,) = office.imports
    assert (found[1], found[4]) == (rows, refused)
    assert not [url for url in office.pages if "text.invalid" in url]
