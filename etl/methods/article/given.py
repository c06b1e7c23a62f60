"""Read an article that others have extracted, out of the JSON object in which they keep it.

The keys are those of news-please, fundus, newspaper4k, Event Registry and NewsAPI.org, and the plain ones that people
choose themselves. A time without a zone is read in the source's; midnight without a zone is a day without a time, since
that is how these libraries write one; the word "None" says nothing.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from etl.methods.article.kinds import EMPTY
from etl.methods.article.moments import Moment, is_possible, read_moment
from etl.methods.language import detect_language, normal_code
from etl.records import Reading

Item: TypeAlias = Mapping[str, Any]

TEXTS = ("maintext", "text_content", "text", "body", "full_text", "plaintext", "content")
TITLES = ("title", "headline", "article_title", "title_page")
ADDRESSES = ("url", "responded_url", "requested_url", "canonical_link", "link", "permalink", "address", "href")
PUBLISHED = (
    *("date_publish", "publishing_date", "publish_date", "dateTimePub", "publishedAt", "published_at"),
    *("date_published", "publication_date", "pub_date", "date"),
)
MODIFIED = ("date_modify", "date_modified", "modified_at")
COLLECTED = ("date_download", "collected_at", "fetched_at", "dateTime", "collect_date", "seendate", "captured_at")
SOURCES = ("source_domain", "publisher", "source", "outlet", "media_name")
SUMMARIES = ("summary", "description", "meta_description")
IMAGES = ("image_url", "top_image", "image", "urlToImage", "images")
KEYWORDS = ("keywords", "topics", "tags", "meta_keywords")
NOTHING = frozenset({"", "None", "null", "nan", "[]", "{}"})


def text_in(item: Item) -> str:
    """Return the text of an article, its paragraphs separated by empty lines; empty where there is none."""
    body = item.get("body")
    if isinstance(body, Mapping):  # fundus: headlines inside sections are part of the text
        parts = [
            part
            for section in _listed(body.get("sections"))
            if isinstance(section, Mapping)
            for part in _section(section)
        ]
        return "\n\n".join(parts)
    text = _first(item, TEXTS) or ""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def address_in(item: Item) -> str | None:
    """Return the address that an object states, None where it states none."""
    nested = item.get("html")
    return _first(item, ADDRESSES) or (_first(nested, ADDRESSES) if isinstance(nested, Mapping) else None)


def source_in(item: Item) -> str | None:
    """Return the name or domain of the source that an object states."""
    said = next((item[key] for key in SOURCES if item.get(key)), None)
    if isinstance(said, Mapping):
        return _first(said, ("title", "name", "uri", "id"))
    return _said(said)


def title_in(item: Item) -> str | None:
    """Return the headline that an object states."""
    return _first(item, TITLES)


def published_in(item: Item, *, time_zone: str | None = None, captured_at: datetime | None = None) -> Moment | None:
    """Return the time of publication that an object states."""
    moment = _moment(item, PUBLISHED)
    return moment if moment and is_possible(moment, captured_at) else None


def collected_in(item: Item) -> datetime | None:
    """Return when an object says that it was collected."""
    moment = _moment(item, COLLECTED)
    return moment.aware("UTC") if moment else None


def read_given(body: bytes, url: str, *, time_zone: str | None = None, captured_at: datetime | None = None) -> Reading:
    """Read an article out of a JSON object; says in `no_article` why there is none.

    Args:
        body: The object, in UTF-8.
        url: The article's address.
        time_zone: IANA, the source's: times without a zone are read in it.
        captured_at: When it was collected; no article is dated after it.
    """
    item = _object_in(body)
    text, title = text_in(item), title_in(item)
    if not text:
        return Reading(url, title=title, no_article=EMPTY)
    stated = _first(item, ("language", "lang", "meta_lang"))
    language, confidence = detect_language(f"{title or ''}\n{text}", prior=stated)
    moment, modified = published_in(item, captured_at=captured_at), _moment(item, MODIFIED)
    return Reading(
        url=url,
        title=title,
        authors=tuple(_names(item.get("authors") or item.get("author"))),
        published_at=moment.aware(time_zone) if moment else None,
        modified_at=modified.aware(time_zone) if modified else None,
        date_origin="meta" if moment else None,
        date_precision=moment.precision if moment else None,
        is_zone_assumed=moment is not None and moment.precision == "minute" and moment.at.tzinfo is None,
        text=text,
        language=language or normal_code(stated),
        language_confidence=confidence,
        section=_first(item, ("section", "category")),
        keywords=tuple(_texts(next((item[key] for key in KEYWORDS if item.get(key)), None))),
        summary=_summary(item),
        image_url=next((_said(one) for key in IMAGES for one in _listed(item.get(key)) if _said(one)), None),
        text_origin="given",
    )


def _object_in(body: bytes) -> Item:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _section(section: Item) -> Iterator[str]:
    for key in ("headline", "paragraphs"):
        yield from (text for one in _listed(section.get(key)) if (text := _said(one)))


def _summary(item: Item) -> str | None:
    body = item.get("body")
    said = " ".join(_texts(body.get("summary"))) if isinstance(body, Mapping) else None
    return said or _first(item, SUMMARIES)


def _moment(item: Item, keys: tuple[str, ...]) -> Moment | None:
    """Read the first time that is stated under some keys."""
    for key in keys:
        moment = read_moment(said) if (said := _said(item.get(key))) else None
        if moment and moment.at.tzinfo is None and moment.at.time() == datetime.min.time():
            return Moment(moment.at, "day")
        if moment:
            return moment
    return None


def _first(item: Item, keys: tuple[str, ...]) -> str | None:
    return next((said for key in keys if (said := _said(item.get(key)))), None)


def _said(value: object) -> str | None:
    """Return what a value says as text, None where it says nothing."""
    if isinstance(value, Mapping):
        return _first(value, ("url", "name", "title", "label"))
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    text = str(value).strip()
    return None if text in NOTHING else text


def _listed(value: object) -> list[object]:
    """Return a value as a list; cells of tables hold lists as Python or JSON writes them."""
    if isinstance(value, str) and value[:1] in ("[", "{", "("):
        try:
            value = ast.literal_eval(value)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return [value]
    if isinstance(value, list | tuple | set):
        return list(value)
    return [] if value is None else [value]


def _texts(value: object) -> Iterator[str]:
    yield from (text for one in _listed(value) if (text := _said(one)))


def _names(value: object) -> Iterator[str]:
    """Yield names of authors: a list of them, or one text with commas."""
    for name in _texts(value):
        yield from (part.strip() for part in name.split(",") if part.strip())
