"""Lists of sources: OPML of feed readers, and the tables of sources that Media Cloud exports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from babel.core import get_global
from lxml import etree

from etl.errors import CoverageError
from etl.intake.opening import open_unpacked
from etl.intake.owners import slug_of
from etl.intake.rows import GivenSource, Row, Rows
from etl.intake.tables import Table, read_records
from etl.methods.language import normal_code
from etl.records import Collection, Source, SourceKind

MOST_BYTES = 50_000_000
KINDS: dict[str, SourceKind] = {
    "print_native": "newspaper",
    "audio_broadcast": "broadcaster",
    "video_broadcast": "broadcaster",
}
XMLURL, HTMLURL = "xmlurl", "htmlurl"  # in lower case: programs write them in any


def read_opml(path: Path) -> Rows:
    """Yield the feeds of an OPML file as sources; the folders that they lie in are collections."""
    with open_unpacked(path) as stream:
        body = stream.read(MOST_BYTES + 1)
    # Neither entities nor document types are resolved; what is broken is read as far as it goes.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser=parser)
    except etree.XMLSyntaxError as error:
        raise CoverageError(f"{path}: cannot be read as OPML: {error}") from error
    feeds = _outlines(root) if root is not None else iter(())
    for number, (said, folders) in enumerate(feeds, 1):
        yield _feed_row(number, said, folders)


def read_source_table(path: Path, table: Table) -> Rows:
    """Yield the sources of a table with the columns of Media Cloud: homepage, domain, label, pub_country, ..."""
    collection = _collection_of_file(path)
    for number, record in read_records(path, table):
        yield Row(number, reason=record) if isinstance(record, str) else _table_row(number, record, collection)


def _outlines(root: Any) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:  # noqa: ANN401 - lxml's element
    """Yield each outline that is a feed with the names of the folders around it."""
    for outline in root.iter("{*}outline", "outline"):
        said = {str(name).lower(): str(value).strip() for name, value in outline.attrib.items()}
        if XMLURL in said:
            around = [_folder_name(one) for one in outline.iterancestors() if etree.QName(one).localname == "outline"]
            yield said, tuple(name for name in reversed(around) if name)


def _folder_name(outline: Any) -> str:  # noqa: ANN401 - lxml's element
    return str(outline.get("text") or outline.get("title") or "").strip()


def _feed_row(number: int, said: Mapping[str, str], folders: tuple[str, ...]) -> Row:
    feed = said[XMLURL].removeprefix("feed:").replace("feed://", "http://", 1)
    if not _is_web(feed):
        return Row(number, subject=feed, reason="is no web address")
    home = said.get(HTMLURL, "")
    home = home if _is_web(home) else urljoin(feed, "/")
    categories = [part.strip("/ ") for part in said.get("category", "").split(",")]
    names = [*folders, *(part.rsplit("/", 1)[-1] for part in categories if part)]
    collections = tuple({slug_of(name): Collection(slug_of(name), name) for name in names if slug_of(name)}.values())
    source = Source(
        source_id="",
        name=said.get("title") or said.get("text") or _host(home),
        home_page=home,
        language=normal_code(said.get("language")),
        feeds=(feed,),
        collections=tuple(one.collection_id for one in collections),
    )
    return Row(number, GivenSource(source, collections), feed)


def _table_row(number: int, record: Mapping[str, str], collection: Collection | None) -> Row:
    home = record.get("homepage", "").strip() or f"https://{record.get('domain', '').strip()}/"
    home = home if "://" in home else f"https://{home}"
    if not _is_web(home):
        return Row(number, subject=record.get("label") or None, reason="has neither a homepage nor a domain")
    source = Source(
        source_id="",
        name=record.get("label", "").strip() or _host(home),
        home_page=home,
        country=_country(record.get("pub_country", "")),
        language=normal_code(record.get("primary_language")),
        kind=KINDS.get(record.get("media_type", "")),
        collections=(collection.collection_id,) if collection else (),
    )
    return Row(number, GivenSource(source, (collection,) if collection else ()), home)


def _collection_of_file(path: Path) -> Collection | None:
    """The collection that Media Cloud names in a file's name: Collection-<id>-<name>-sources-<time>.csv."""
    found = re.match(r"Collection-\d+-(.+)-sources-", path.name)
    name = found[1].replace("_", " ").strip() if found else ""
    return Collection(slug_of(name), name) if slug_of(name) else None


def _country(code: str) -> str | None:
    """Return the two letters of a country's three."""
    aliases = cast("Mapping[str, list[str]]", get_global("territory_aliases"))
    code = code.strip().upper()
    two = code if len(code) == 2 else next(iter(aliases.get(code, [])), "")
    return two if re.fullmatch(r"[A-Z]{2}", two) else None


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
