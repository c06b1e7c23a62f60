"""JSON files of links and of articles that others have read: one object a line, a list, or a list within an object.

Read as a stream, so that a file of any size fits into memory. An object with a text is an article, kept as it was
given; one with an address alone is a link. Answers of services that hold no data are refused by name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias, cast

import ijson  # type: ignore[import-untyped]

from etl.intake.opening import open_text, open_unpacked
from etl.intake.rows import NOWHERE, Row, Rows, page_row
from etl.intake.tables import NoList
from etl.methods.article.given import (
    Item,
    address_in,
    collected_in,
    published_in,
    source_in,
    text_in,
    title_in,
)
from etl.records import Link

Form: TypeAlias = Literal["lines", "list"]

GIVEN = "application/json; charset=utf-8"  # the type of an article that others have read, as it lies in the archive
LONGEST_LINE = 16_000_000  # characters of one object
CONTAINERS = (
    "articles.results.item",
    "articles.item",
    "stories.item",
    "results.item",
    "data.item",
    "items.item",
    "item",
)
NO_DATA = {
    "timeline": "a timeline of GDELT's: counts, which list no articles",
    "query_details": "a timeline of GDELT's: counts, which list no articles",
    "error": "the message of a service, no data",
}


@dataclass(frozen=True, slots=True)
class Objects:
    """How the objects of a JSON file lie in it."""

    form: Form
    prefix: str = ""  # in ijson's words: where the list is
    holds: Literal["links", "articles"] = "links"


def recognise_json(head: str, path: Path) -> Objects | None:
    """Tell how the objects lie in a file; None where it is no JSON, NoList where it has none for us."""
    start = head.lstrip()[:1]
    if start == "[":
        return _with_contents(path, Objects("list", "item"))
    if start != "{":
        return None
    first = next((line for line in head.splitlines() if line.strip()), "")
    item = _object(first)
    if item is None and not first.strip().endswith("}"):  # an object over several lines, or a line longer than the head
        return _of_keys(path)
    if item is None:
        return _with_contents(path, Objects("lines"))
    if not item:
        raise NoList("an empty answer: {}")
    if any(isinstance(item.get(key), list | dict) for key in ("articles", "stories", "results", "items", "timeline")):
        return _of_keys(path)
    if not text_in(item) and not address_in(item):
        _refuse_no_data(item)
    return _with_contents(path, Objects("lines"))


def _refuse_no_data(keys: Container[str]) -> None:
    if said := next((NO_DATA[key] for key in NO_DATA if key in keys), None):
        raise NoList(said)


def read_json(path: Path, objects: Objects) -> Rows:
    """Yield the rows of a JSON file; the number of a row is that of its line or of its place in the list."""
    collected_at = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    for number, item in _items(path, objects):
        yield row_of(number, item, collected_at) if isinstance(item, dict) else Row(number, reason=str(item))


def row_of(number: int, item: Item, collected_at: datetime) -> Row:
    """Return the row of one object: an article, a link, or a reason."""
    address, is_article = address_in(item), bool(text_in(item))
    if not is_article and not address:
        return Row(number, subject=title_in(item), reason="has neither a text nor an address")
    if not is_article:
        moment = published_in(item)
        said = (title_in(item), moment.aware("UTC") if moment else None)
        return Row(number, Link(str(address), *said, _language(item)), address)
    body = json.dumps(item, ensure_ascii=False, default=str).encode("utf-8", "replace")
    url = address or made_up_address(f"{title_in(item)}\n\n{text_in(item)}")
    return page_row(
        number, body, url=url, fetched_at=collected_in(item) or collected_at, content_type=GIVEN, source_name=source_in(item)
    )  # fmt: skip


def made_up_address(text: str) -> str:
    """Return an address for a text that came without one: the same text has the same, and it leads nowhere."""
    return f"http://{NOWHERE}/{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _language(item: Item) -> str | None:
    said = item.get("language") or item.get("lang")
    return said if isinstance(said, str) and said != "None" else None


def _items(path: Path, objects: Objects) -> Iterator[tuple[int, dict[str, Any] | str]]:
    if objects.form == "lines":
        yield from _lines(path)
        return
    number = 0
    with open_unpacked(path) as stream:
        try:
            for number, item in enumerate(ijson.items(_plain(stream), objects.prefix, use_float=True), 1):
                yield number, item if isinstance(item, dict) else "is no object"
        except (ijson.JSONError, UnicodeDecodeError) as error:
            yield number + 1, f"from here on it cannot be read as JSON: {str(error).splitlines()[0][:200]}"


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    with open_text(path) as text:
        number = 0
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                yield number, f"the line has more than {LONGEST_LINE:,} characters"
            elif line.strip():
                item = _object(line)
                yield number, "is no JSON object" if item is None else item


def _plain(stream: IO[bytes]) -> IO[bytes]:
    """Return a stream without the mark that some programs put at its start."""
    peeked = cast("Any", stream).peek(3) if hasattr(stream, "peek") else b""
    if peeked.startswith(b"\xef\xbb\xbf"):
        stream.read(3)
    return stream


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _of_keys(path: Path) -> Objects | None:
    """Tell by the keys of the object that a file is, where its list lies; an object with none is a single article."""
    seen: set[str] = set()
    try:
        with open_unpacked(path) as stream:
            for prefix, event, value in ijson.parse(_plain(stream)):
                if event == "map_key" and not prefix:
                    seen.add(str(value))
                if event == "start_map" and prefix in CONTAINERS:
                    return _with_contents(path, Objects("list", prefix))
                if event == "end_array" and prefix in ("articles", "stories", "articles.results"):
                    return Objects("list", f"{prefix}.item")
    except (ijson.JSONError, UnicodeDecodeError):
        return None
    _refuse_no_data(seen)
    return _with_contents(path, Objects("list", ""))


def _with_contents(path: Path, objects: Objects) -> Objects:
    """Tell whether the first objects of a file are articles or links."""
    for _, (_, item) in zip(range(20), _items(path, objects), strict=False):
        if isinstance(item, dict) and text_in(item):
            return Objects(objects.form, objects.prefix, "articles")
    return objects
