"""Which addresses are one article's, whose they are, and which are no article at all.

What is told: the one address under which an article is known (canonical), the source that an address belongs to, and
what an address alone gives away (home page, list, media file).

How: by the address alone, without asking anybody. Scheme, host and escapes are brought into one form (RFC 3986, RFC
5891); names that only tell where a reader came from are dropped; twins for telephones, printers and AMP are undone
where the host's or the path's own words say so, and never across a registrable domain (publicsuffix.org, its private
part included: m.blogspot.com is somebody's own).

Known errors: twins that only their pages declare (rel=canonical) stay apart until the page is read; a server on which
http and https, or www and the bare name, serve different things is read as one; a slug that is really called "amp"
loses it.

Reference: T. Berners-Lee et al., RFC 3986, sections 6.2.2 and 6.2.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import TypeAlias
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

import idna
import tldextract

from etl.errors import FetchRefused
from etl.records import SourceDomain

DomainIndex: TypeAlias = Mapping[str, tuple[tuple[SourceDomain, str], ...]]  # domain -> paths and owners

TWIN_HOSTS = ("www.", "m.", "mobile.", "amp.", "print.", "wap.", "touch.")
TWIN_SEGMENTS = ("amp", "amp.html", "print", "print.html")
TWIN_QUERY = re.compile(
    r"(amp|isamp|print|printable|printpage|mobile|nomobile)=(1|true|yes|y|amp|print)?|amp=.*|output(type)?=(amp|print)|(view|mode|display|format)=(amp|print|mobile)",
    re.IGNORECASE,
)
# Names that only say where a reader came from: the documentation of the services that add them, and RSS readers' own.
TRACKERS = re.compile(
    r"(utm|at|ns|pk|mtm|itm|hsa|oly|vero|trk|wt|piwik|matomo|sc|ito|int|stm)_\w+|_ga|_gl|_hsenc|_hsmi|__twitter_impression|__s"
    r"|(fb|g|dc|ms|y|tw|tt|sc|epi|li_fat_)clid|msclkid|gclsrc|[gw]braid|igshid|igsh|mc_[ce]id|mkt_tok|s_cid|ml_subscriber(_hash)?"
    r"|(cmp|nc|oc|ic|sr|spr|wicked)id|cmp|xtor|xtref|spm|smid|smtyp|sref|ref|ref_?src|ref_?url|referr?er|taid|guccounter"
    r"|guce_referr?er(_sig)?|feature|soc_src|soc_trk|ftag|ftcamp|rss|feed|(jsession|phpsess|session|aspsession)id\w*",
    re.IGNORECASE,
)
SESSION = re.compile(r";(jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
INDEX_PAGE = re.compile(r"(index|default)\.(html?|php|aspx?|jsp)", re.IGNORECASE)
AMP_FILE = re.compile(r"(?<=.)\.amp(?=(\.html?)?$)", re.IGNORECASE)
UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
PATH_SAFE = "/!$&'()*+,;=:@-._~"

MEDIA = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|svg|ico|mp[34]|m4[av]|mov|avi|webm|ogg|oga|wav|aac|m3u8|pdf|docx?|xlsx?|pptx?|zip|gz|rar|exe|dmg|apk|css|js|json|xml|rss|atom|txt|woff2?)$",
    re.IGNORECASE,
)
LISTS = re.compile(
    r"/(tags?|topics?|themen?|category|categories|kategorie|categorie|categoria|sections?|authors?|autore?n?|autor|people|profile|archives?|archivo|series|schlagwort|label)(/[^/]+){0,2}(/page/\d+)?"
    r"|(/[^/]+)*/page/\d+|/(search|suche|buscar|recherche|login|signin|register|subscribe|subscription|account|contact|about(-us)?|imprint|impressum|privacy(-policy)?|terms|newsletters?|rss|feeds?|sitemap|live-?tv|weather)",
    re.IGNORECASE,
)
SLUG = re.compile(r"(-[^-/]+){3}|\d{5}")  # what editors call an article by: four words or more, or a long number


def canonical_url(url: str) -> str:
    """Return the one address under which an article is known; FetchRefused where it is no web address.

    It is a key, with https and without www, that usually opens in a browser as well.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = _canonical_host(parts.hostname or ""), parts.port
    except ValueError as error:
        raise FetchRefused(url, f"is no web address: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchRefused(url, "is no web address")
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    fragment = _canonical_escapes(parts.fragment) if parts.fragment.startswith("!") else ""  # "#!" names the article
    query = _canonical_query(parts.query)
    return urlunsplit(("https", netloc, _canonical_path(parts.path, has_query=bool(query)), query, fragment))


def why_no_article(url: str) -> str | None:
    """Say why an address surely leads to no article, or None where it may."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if (parts.hostname or "").removeprefix("www.") == "news.google.com":
        return "a redirect of Google News, which does not tell where it leads"
    if (not path or INDEX_PAGE.fullmatch(path.lstrip("/"))) and not parts.query:
        return "a home page"
    if MEDIA.search(path):
        return "a media file"
    if LISTS.fullmatch(path) and not SLUG.search(path):
        return "a list, not an article"
    return None


def index_domains(domains: Iterable[tuple[str, SourceDomain]]) -> DomainIndex:
    """Prepare pairs of source_id and domain for source_of."""
    index: dict[str, list[tuple[SourceDomain, str]]] = {}
    for source_id, domain in domains:
        index.setdefault(domain.domain.removeprefix("www."), []).append((domain, source_id))
    return {host: tuple(sorted(owned, key=lambda one: -len(one[0].path_prefix))) for host, owned in index.items()}


def source_of(url: str, domains: DomainIndex, *, on: date | None = None) -> str | None:
    """Return the source_id of the source that an address belonged to on a day; the longest domain and path win."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return None
    path = (parts.path or "/") + ("" if parts.path.endswith("/") else "/")
    labels = host.split(".")
    for name in (".".join(labels[start:]) for start in range(len(labels))):
        for domain, source_id in domains.get(name, ()):
            if path.startswith(domain.path_prefix) and _is_owned(domain, on):
                return source_id
    return None


def claimed_canonical(page_url: str, claimed: str | None, domains: DomainIndex) -> str:
    """Return the canonical address of a page that claims one; what lies outside its own source is not believed."""
    own = canonical_url(page_url)
    try:
        other = canonical_url(urljoin(page_url, claimed.strip())) if claimed else own
    except (FetchRefused, ValueError):
        return own
    source_id = source_of(own, domains)
    is_own = (
        source_of(other, domains) == source_id if source_id else registrable_domain(other) == registrable_domain(own)
    )
    return other if is_own and not why_no_article(other) else own


def _is_owned(domain: SourceDomain, on: date | None) -> bool:
    return on is None or (domain.first_on or date.min) <= on <= (domain.last_on or date.max)


def _canonical_host(host: str) -> str:
    """Bring a host into ASCII and lower case, and take off what names its twins; ValueError where it is none."""
    name = host.rstrip(".").lower()
    if not name.isascii():
        name = idna.encode(name, uts46=True).decode("ascii")
    while twin := next((twin for twin in TWIN_HOSTS if name.startswith(twin)), None):
        rest = name.removeprefix(twin)
        if _registrable_host(rest) != _registrable_host(name):
            break
        name = rest
    return name


def registrable_domain(url: str) -> str:
    """Return the domain that somebody registered, of an address (publicsuffix.org)."""
    return _registrable_host(urlsplit(url).hostname or "")


@cache
def _suffixes() -> tldextract.TLDExtract:
    """The public suffix list as the library carries it: never fetched, never written to disk."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _registrable_host(host: str) -> str:
    """The part of a host that somebody registered; below an unknown suffix (.test) the last two names."""
    found = _suffixes().extract_str(host)
    if found.suffix or not host:
        return f"{found.domain}.{found.suffix}" if found.domain else ""
    return ".".join(host.split(".")[-2:])


def _canonical_path(path: str, *, has_query: bool) -> str:
    text = _canonical_escapes(SESSION.sub("", path))
    segments = _without_dots([part for part in text.split("/") if part])
    while (plainer := _plainer(segments, has_query)) != segments:
        segments = plainer
    return "/" + "/".join(segments)


def _plainer(segments: list[str], has_query: bool) -> list[str]:
    """Take one thing off a path that only tells twins apart; what is left may have another."""
    first, last = (segments[0].lower(), segments[-1].lower()) if segments else ("", "")
    if len(segments) > 1 and last in TWIN_SEGMENTS:
        return segments[:-1]
    if len(segments) > 1 and first == "amp":
        return segments[1:]
    if INDEX_PAGE.fullmatch(last) and not has_query:
        return segments[:-1]
    return [*segments[:-1], AMP_FILE.sub("", segments[-1])] if segments else []


def _without_dots(segments: list[str]) -> list[str]:
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return kept


def _canonical_escapes(path: str) -> str:
    """Escape what must be, unescape what need not be, and write escapes in capitals."""
    return re.sub(r"%([0-9A-Fa-f]{2})", _plain, quote(path, safe=PATH_SAFE + "%"))


def _plain(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in UNRESERVED else match[0].upper()


def _canonical_query(query: str) -> str:
    """Keep what chooses the article, in alphabetical order."""
    raw = quote(query, safe="%&=+" + PATH_SAFE)  # what is no ASCII is UTF-8; what is escaped may be anything, and stays
    pairs = parse_qsl(raw, keep_blank_values=True, encoding="latin-1")
    kept = [(name, value) for name, value in pairs if not _is_idle(name, value)]
    return urlencode(sorted(kept), encoding="latin-1")


def _is_idle(name: str, value: str) -> bool:
    """Tell whether a part of a query chooses no other article."""
    return bool(TRACKERS.fullmatch(name) or TWIN_QUERY.fullmatch(f"{name}={value}"))
