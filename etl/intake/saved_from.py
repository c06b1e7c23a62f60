"""Tell where and when a saved page was saved, by the marks that browsers and tools leave in it. Pure.

The surest first: the comment of a browser or of SingleFile, the header of an MHTML file, the address that the page
claims for itself, the folders into which wget puts it.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import cast
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

HEAD = 200_000  # bytes of a page in which its marks stand
SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->", re.IGNORECASE)
SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)\s+(?:saved date:\s*([^\n]*))?", re.IGNORECASE
)
MHTML = re.compile(
    rb"\A(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?(?:Snapshot-Content-Location|Content-Type:\s*multipart/related)",
    re.IGNORECASE,
)
HTML = re.compile(rb"<(!doctype html|html|head|body|meta|title|div|p|article)\b", re.IGNORECASE)
HOST = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved page: its body, and what its marks tell."""

    body: bytes
    content_type: str
    url: str | None = None
    saved_at: datetime | None = None


def read_saved(body: bytes, path: str) -> Saved:
    """Read the marks of a saved page.

    Args:
        body: The file, unpacked: HTML, MHTML, or plain text.
        path: Where it lies, below the folder or archive that is taken in.
    """
    if MHTML.match(body[:HEAD]):
        return _of_mhtml(body)
    head = body[:HEAD]
    if not is_html(head):
        return Saved(body, "text/plain", _by_folders(path))
    saved = Saved(body, "text/html")
    if found := SINGLE_FILE.search(head):
        return replace(saved, url=_text(found[1]), saved_at=_script_date(_text(found[2] or b"")))
    if found := SAVED_FROM.search(head):
        return replace(saved, url=_text(found[1]))
    return replace(saved, url=_claimed(head) or _by_folders(path))


def is_html(head: bytes) -> bool:
    """Tell whether a file begins like a page."""
    plain = head.replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    return bool(HTML.search(plain[:20_000]))


def is_mhtml(head: bytes) -> bool:
    """Tell whether a file begins like a page in one piece, as browsers save it."""
    return bool(MHTML.match(head))


def _of_mhtml(body: bytes) -> Saved:
    message = email.message_from_bytes(body, policy=email.policy.default)
    part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
    if part is None:
        return Saved(b"", "text/html")
    page = cast("bytes", part.get_payload(decode=True) or b"")
    charset = part.get_content_charset()
    said = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "").strip()
    return Saved(page, "text/html" + (f"; charset={charset}" if charset else ""), _web(said, ""), _mail_date(message))


def _claimed(head: bytes) -> str | None:
    """Return the address that a page claims: canonical, for networks, or the base of its links."""
    try:
        tree = html.document_fromstring(head, parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    base = next(iter(tree.xpath("//base/@href")), "")
    claims = [
        *tree.xpath("//link[contains(concat(' ', translate(@rel, 'CANOIL', 'canoil'), ' '), ' canonical ')]/@href"),
        *tree.xpath("//meta[@property='og:url']/@content"),
        *tree.xpath("//meta[@name='twitter:url']/@content"),
        base,
    ]
    return next((url for claim in claims if (url := _web(str(claim), base)) and urlsplit(url).path.strip("/")), None)


def _by_folders(path: str) -> str | None:
    """Return the address by the folders of wget: www.example.org/2026/09/01/a.html."""
    parts = path.split("/")
    start = next(
        (nth for nth, part in enumerate(parts[:-1]) if HOST.fullmatch(part) and not part.endswith("_files")), None
    )
    return None if start is None else _web("https://" + "/".join(parts[start:]).removesuffix(".gz"), "")


def _web(claim: str, base: str) -> str | None:
    try:
        url = urljoin(base, claim.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _text(found: bytes) -> str:
    return found.decode("utf-8", "replace").strip()


def _script_date(said: str) -> datetime | None:
    """Read a date as JavaScript writes it: Tue Sep 01 2026 08:00:00 GMT+0200 (a name of the zone)."""
    try:
        return datetime.strptime(said.split(" (")[0].strip(), "%a %b %d %Y %H:%M:%S GMT%z").astimezone(UTC)
    except ValueError:
        return None


def _mail_date(message: EmailMessage) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(message.get("Date", "")))
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC, microsecond=0).astimezone(UTC)
