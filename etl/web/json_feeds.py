"""JSON Feed 1 and 1.1 (jsonfeed.org). Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from etl.errors import FetchFailed
from etl.records import Link
from etl.web.parsed import Further, ParsedFeed, moment, plain_text, web_address


def read_json_feed(text: str, url: str) -> ParsedFeed:
    """Read a JSON Feed; FetchFailed where the JSON is broken or something else."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchFailed(url, f"broken JSON: {str(error)[:100]}") from error
    if "jsonfeed.org/version/" not in str(found.get("version")) or not isinstance(found.get("items"), list):
        raise FetchFailed(url, "JSON, but no JSON Feed")
    entries = [entry for entry in found["items"] if isinstance(entry, dict)]
    links = [link for entry in entries if (link := _link_of(entry, url, found.get("language")))]
    following = web_address(found.get("next_url"), url)
    return ParsedFeed(
        kind="json",
        links=tuple(links),
        further=(Further(following),) if following and following != url else (),
        title=plain_text(found.get("title")),
        skipped=len(found["items"]) - len(links),
    )


def _link_of(entry: Mapping[str, Any], base: str, language: object) -> Link | None:
    address = web_address(entry.get("url"), base) or web_address(entry.get("external_url"), base)
    if address is None and str(entry.get("id")).startswith("http"):
        address = web_address(str(entry["id"]), base)
    if address is None:
        return None
    said = entry.get("language") or language
    published = moment(entry.get("date_published")) or moment(entry.get("date_modified"))
    return Link(address, plain_text(entry.get("title")), published, said if isinstance(said, str) else None)
