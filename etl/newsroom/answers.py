"""Answers: what the newsroom's server says to a request, deterministic for every address.

What changes with the number of requests (busy the first time, cut the first time) is counted by each reception, so
a server started anew begins anew.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from etl.newsroom.feeds import Offer, offers_of
from etl.newsroom.listing import BROKEN
from etl.newsroom.pages import Rendered, Site, render_article, render_home, render_plain
from etl.newsroom.pages.site import said, sections_of
from etl.newsroom.period import NOW
from etl.newsroom.sources import sources
from etl.newsroom.truth import ArticleTruth, Newsroom

SLOW_SECONDS = 0.35
RETRY_AFTER = 1  # seconds
CRAWL_DELAY = {"tidewatch": 0.1}
DISALLOWED = {"northern-ledger": "/partner/", "commonwave": "/search", "voz-de-tamarinda": "/suscripcion/"}
ZIPPING = frozenset({"harbour-post", "commonwave", "diario-de-puertolago", "marsa-alakhbar", "alpenfunk"})
KEPT_PAGES = 400  # rendered pages that stay in memory
_PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
_LOOP = {f"{address}": f"{address}?again=1" for address, trouble in BROKEN.items() if trouble == "loop"}


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; header names are in lower case."""

    method: str
    host: str
    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, after how many seconds, and whether the connection is cut in the middle of it."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay: float = 0.0
    is_cut: bool = False


class Reception:
    """Answers requests for every virtual host."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._sites = {source.host: Site(source, newsroom) for source in sources().values()}
        self._offers: dict[str, dict[str, Offer]] = {}
        self._articles = {_key(address): article for address, article in newsroom.articles.items()}
        self._twins = {_key(twin): newsroom.articles[address] for twin, address in newsroom.twins.items()}
        self._troubles = {_key(address): trouble for address, trouble in newsroom.troubles.items()}
        self._asked: Counter[tuple[str, str]] = Counter()
        self._page = lru_cache(KEPT_PAGES)(self._render)

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        site = self._sites.get(request.host.partition(":")[0].lower())
        if request.method not in {"GET", "HEAD"}:
            return Answer(405, (("Allow", "GET, HEAD"),))
        if site is None:
            return _page(404, render_plain(None, "No such site."))
        answer = self._first_trouble(request, site) or self._regular(request, site)
        return _conditional(_zipped(answer, request, site), request)

    def _first_trouble(self, request: Request, site: Site) -> Answer | None:
        """Answer where something is wrong with the address, now or for good."""
        key = (site.source.host, _path(request.target))
        trouble = self._troubles.get(key)
        if trouble is None or trouble in {"slow", "forbidden"}:
            return None
        self._asked[key] += request.method == "GET"
        is_first = self._asked[key] <= 1
        words = said(site.source.language)
        match trouble:
            case "gone":
                return _page(410, render_plain(site, words["gone"]))
            case "missing":
                return _page(404, render_plain(site, words["missing"]))
            case "loop":
                return _loop(request, site)
            case "moved":
                return Answer(301, (("Location", self._twins[key].address),))
            case "busy first" if is_first:
                answer = _page(429, render_plain(site, words["busy"]))
                return replace(answer, headers=(*answer.headers, ("Retry-After", str(RETRY_AFTER))))
            case "cut":
                return replace(_page(200, render_plain(site, "…" * 4000)), is_cut=True)
            case "cut first" if is_first:
                return replace(self._regular(request, site), is_cut=True)
        return None

    def _regular(self, request: Request, site: Site) -> Answer:
        path, host = _path(request.target), site.source.host
        article = self._articles.get((host, path)) or self._twins.get((host, path))
        if article:
            return self._article(path, article)
        offer = self._offers_of(site).get(request.target)
        if offer:
            return _dated(_answer(200, offer.body, offer.content_type), offer.changed_at)
        return self._other(path, site)

    def _article(self, path: str, article: ArticleTruth) -> Answer:
        twin = "amp" if path.startswith("/amp/") else "print" if path.startswith("/imprimer/") else ""
        rendered = self._page(article.address, twin)
        answer = _dated(_page(200, rendered), article.modified_at or article.published_at)
        is_slow = self._newsroom.troubles.get(article.address) == "slow"
        return replace(answer, delay=SLOW_SECONDS) if is_slow else answer

    def _render(self, address: str, twin: str) -> Rendered:
        article = self._newsroom.articles[address]
        return render_article(self._sites[sources()[article.source_id].host], article, twin)

    def _offers_of(self, site: Site) -> dict[str, Offer]:
        host = site.source.host
        if host not in self._offers:
            self._offers[host] = offers_of(self._newsroom, site.source.source_id)
        return self._offers[host]

    def _other(self, path: str, site: Site) -> Answer:
        for prefix, write in _OTHER.items():
            if path.startswith(prefix):
                return write(site)
        if path == "/":
            return _dated(_page(200, render_home(site)), site.articles[-1].published_at)
        if any(path.rstrip("/") == f"/{section}" for section, _ in sections_of(site.source.language)):
            return _dated(_page(200, render_home(site)), site.articles[-1].published_at)
        return _page(404, render_plain(site, said(site.source.language)["missing"]))


def _robots(site: Site) -> Answer:
    source_id, home = site.source.source_id, site.source.source.home_page or ""
    lines = ["User-agent: *", f"Disallow: {DISALLOWED.get(source_id, '/admin/')}"]
    if source_id in CRAWL_DELAY:
        lines.append(f"Crawl-delay: {CRAWL_DELAY[source_id]:g}")
    maps = [address for address in site.source.source.feeds if "sitemap" in address]
    lines += [f"Sitemap: {address}" for address in maps or site.source.source.feeds[:1]]
    return _answer(200, "\n".join([f"# {home}", *lines, ""]).encode(), "text/plain; charset=utf-8")


def _partner(site: Site) -> Answer:
    return _page(200, render_plain(site, said(site.source.language)["partner"]))


_OTHER: dict[str, Callable[[Site], Answer]] = {
    "/robots.txt": _robots,
    "/partner/": _partner,
    "/images/": lambda _site: _answer(200, _PIXEL, "image/gif"),
    "/favicon.ico": lambda _site: _answer(200, _PIXEL, "image/gif"),
    "/assets/": lambda _site: _answer(200, b"/* nothing */", "text/javascript"),
}


def _loop(request: Request, site: Site) -> Answer:
    address = f"http://{site.source.host}{request.target}"
    return Answer(302, (("Location", _LOOP.get(address, address.partition("?")[0])),))


def _key(address: str) -> tuple[str, str]:
    return urlsplit(address).netloc, _path(urlsplit(address).path)


def _path(target: str) -> str:
    """Return what a target means, whichever way its letters are percent-encoded; queries change nothing."""
    return unquote(target.partition("?")[0])


def _page(status: int, rendered: Rendered) -> Answer:
    return _answer(status, rendered.body, rendered.content_type)


def _answer(status: int, body: bytes, content_type: str) -> Answer:
    return Answer(status, (("Content-Type", content_type),), body)


def _dated(answer: Answer, changed_at: datetime) -> Answer:
    """Add what makes a request conditional next time."""
    tag = f'"{sha256(answer.body).hexdigest()[:20]}"'
    changed = format_datetime(min(changed_at, NOW).replace(microsecond=0), usegmt=True)
    return replace(answer, headers=(*answer.headers, ("ETag", tag), ("Last-Modified", changed)))


def _conditional(answer: Answer, request: Request) -> Answer:
    """Answer 304 where the asker has what there is."""
    headers = dict(answer.headers)
    if answer.status != 200 or "ETag" not in headers:
        return answer
    known = request.headers.get("if-none-match")
    since = request.headers.get("if-modified-since")
    has_it = headers["ETag"] in known if known else bool(since) and not _is_newer(headers["Last-Modified"], since or "")
    kept = tuple((name, value) for name, value in answer.headers if name in {"ETag", "Last-Modified"})
    return replace(answer, status=304, headers=kept, body=b"") if has_it else answer


def _is_newer(changed: str, since: str) -> bool:
    try:
        then = parsedate_to_datetime(since)
    except ValueError:
        return True
    return parsedate_to_datetime(changed) > (then if then.tzinfo else then.replace(tzinfo=UTC))


def _zipped(answer: Answer, request: Request, site: Site) -> Answer:
    accepts = "gzip" in request.headers.get("accept-encoding", "")
    is_text = answer.headers and answer.headers[0][1].startswith(("text/html", "application/rss", "application/feed"))
    if not accepts or not is_text or site.source.source_id not in ZIPPING or len(answer.body) < 500:
        return answer
    headers = (*answer.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(answer, headers=headers, body=gzip.compress(answer.body, 1, mtime=0))
