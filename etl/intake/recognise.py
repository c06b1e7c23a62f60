"""Tell what a file is, by its content and never by its name."""

from __future__ import annotations

import re
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from etl.archive import read_warc
from etl.errors import CoverageError
from etl.intake.article_tables import read_articles
from etl.intake.feeds import read_feed
from etl.intake.json_rows import read_json, recognise_json
from etl.intake.opening import head_of, open_zip, text_of
from etl.intake.outlets import read_opml, read_source_table
from etl.intake.rows import Rows
from etl.intake.saved_from import is_html, is_mhtml
from etl.intake.saved_pages import check_folder, read_pages
from etl.intake.tables import NoList, Table, read_table, recognise_table
from etl.intake.warc import read_archive
from etl.methods.article.decode import is_binary

ROOT = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL | re.IGNORECASE
)
FEEDS = ("rss", "rdf", "feed", "urlset", "sitemapindex", "channel")
# What services answer instead of data, under HTTP 200.
MESSAGES = {
    "please limit requests": "the message of GDELT that asks for fewer requests, no data",
    "one or more of your keywords were too short": "the message of GDELT about a query it cannot answer, no data",
    "your query was too short or too long": "the message of GDELT about a query it cannot answer, no data",
    "the specified phrase is too short": "the message of GDELT about a query it cannot answer, no data",
    "timespan is too short": "the message of GDELT about a query it cannot answer, no data",
}
LAYOUTS = {
    "addresses": "a table of addresses",
    "gkg": "GDELT's Global Knowledge Graph 2",
    "events": "GDELT's events",
    "mentions": "GDELT's mentions",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is taken for, and how its rows are read."""

    name: str
    said: str
    gives: str  # links, pages, articles, or sources
    read: Callable[[Path, int], Rows]  # from a place in the file on
    is_entered: bool = False  # reading can begin in the middle; others are read from the start, and rows passed over


def kind_of(path: Path) -> Kind:
    """Return what a file or folder is; CoverageError says what is seen where it is nothing that can be taken in."""
    if path.is_dir():
        check_folder(path)
        return _kind("folder", "a folder of saved pages", "pages", read_pages)
    if not path.is_file():
        raise CoverageError(f"{path}: no such file")
    try:
        return _of_archive(path) or _of_content(path)
    except NoList as error:
        raise CoverageError(f"{path}: is {error}") from error


def _kind(name: str, said: str, gives: str, read: Callable[[Path], Rows]) -> Kind:
    return Kind(name, said, gives, lambda path, _start: read(path))


def _of_archive(path: Path) -> Kind | None:
    if zipfile.is_zipfile(path):
        with open_zip(path) as archive:
            names = [one.filename for one in archive.infolist() if not one.is_dir()]
        if any(name.startswith("archive/") for name in names):
            return Kind("wacz", "a WACZ file", "pages", read_archive, is_entered=True)
        return _kind("zip", "a ZIP file of saved pages", "pages", read_pages) if len(names) != 1 else None
    if _is_warc(path):
        return Kind("warc", "a WARC file", "pages", read_archive, is_entered=True)
    return _kind("tar", "a tar file of saved pages", "pages", read_pages) if tarfile.is_tarfile(path) else None


def _is_warc(path: Path) -> bool:
    if not head_of(path).startswith((b"WARC/", b"filedesc:")):
        return False
    next(read_warc(path), None)
    return True


def _of_content(path: Path) -> Kind:
    head = head_of(path)
    if not head.strip():
        raise CoverageError(f"{path}: is empty")
    if is_mhtml(head):
        return _kind("page", "a saved page", "pages", read_pages)
    if is_binary(head):
        raise CoverageError(f"{path}: is none of the formats that can be taken in; `import --help` lists them")
    text = text_of(head)
    if said := next((MESSAGES[begin] for begin in MESSAGES if text.strip().lower().startswith(begin)), None):
        raise NoList(said)
    return _of_markup(text, head) or _of_json(text, path) or _of_table(text) or _text()


def _of_markup(text: str, head: bytes) -> Kind | None:
    if not text.lstrip().startswith("<"):
        return _kind("page", "a saved page", "pages", read_pages) if is_html(head) and "</" in text else None
    root = ROOT.match(text)
    name = root[1].lower() if root else ""
    if name == "opml":
        return _kind("opml", "an OPML list of feeds", "sources", read_opml)
    if name in FEEDS:
        return _kind("feed", "a saved feed", "links", read_feed)
    if is_html(head):
        return _kind("page", "a saved page", "pages", read_pages)
    raise NoList(f"XML of the kind <{name[:40]}>, none of the formats that can be taken in")


def _of_json(text: str, path: Path) -> Kind | None:
    objects = recognise_json(text, path)
    if objects is None:
        return None
    if text.lstrip().startswith("{") and '"https://jsonfeed.org/version/' in text.replace("\\/", "/")[:2_000]:
        return _kind("feed", "a saved feed", "links", read_feed)
    form = "JSON Lines" if objects.form == "lines" else "a JSON list"
    what = "articles that were read by others" if objects.holds == "articles" else "links"
    return _kind(f"json-{objects.holds}", f"{form} of {what}", objects.holds, partial(read_json, objects=objects))


def _of_table(text: str) -> Kind | None:
    table = recognise_table(text)
    if table is None:
        return None
    if table.layout == "articles":
        return _kind(
            "articles", "a table of articles that were read by others", "articles", partial(read_articles, table=table)
        )
    if table.layout == "sources":
        return _kind("sources", "a table of sources", "sources", partial(read_source_table, table=table))
    return _kind(table.layout, _said_of(table), "links", partial(read_table, table=table))


def _said_of(table: Table) -> str:
    if table.layout != "addresses":
        return LAYOUTS[table.layout]
    if not table.header and table.columns == (0,):
        return "a list of addresses"
    width = len(table.header)
    names = [table.header[column] if column < width else f"column {column + 1}" for column in table.columns]
    mark = {",": "commas", ";": "semicolons", "\t": "tabs"}[table.delimiter]
    return f"a table with {mark}, addresses in {' and '.join(names)}"


def _text() -> Kind:
    return _kind("text", "the text of one page, as copied from the screen", "articles", read_pages)
