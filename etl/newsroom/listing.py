"""Listing: which address of an article its source's feeds name, which other addresses it has, and what is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from etl.newsroom.period import dice
from etl.newsroom.sources import sources
from etl.newsroom.truth import ArticleTruth, Trouble

TRACKED = {"northern-ledger": "utm_source=rss&utm_medium=feed", "diario-de-puertolago": "utm_source=rss"}
AMP, PRINT = "commonwave", "courrier-de-valdry"  # sources with a second page of every article
TWIN_LISTED = 0.12  # share of their articles of which a feed names the second page
MOVED = 0.02  # share of articles of which a feed names an address that moved
SLOW, CUT_FIRST, BUSY_FIRST = 0.008, 0.003, 0.003  # shares of articles
HEAVY_SOURCE = "harbour-post"

# Addresses that feeds name and that hold no article.
BROKEN: dict[str, Trouble] = {
    "http://harbour-post.test/news/2026/05/withdrawn-report": "gone",
    "http://courrier-de-valdry.test/region/article-retire-0001.php": "gone",
    "http://northern-ledger.test/news/never-published-1": "missing",
    "http://brueckenhafener-anzeiger.test/artikel/entwurf_a1.html": "missing",
    "http://diario-de-puertolago.test/local/20260601/borrador-1.html": "missing",
    "http://voz-de-tamarinda.test/noticias/pagina-perdida": "missing",
    "http://prairie-courier.test/local/round-and-round.html": "loop",
    "http://meridian-wire.test/en/20260702-broken-off": "cut",
}
PARTNER_PAGES = tuple(
    f"http://northern-ledger.test/partner/{name}"
    for name in ("garden-furniture", "river-cruises", "better-sleep", "loft-ladders", "slow-cookers", "sun-hats")
)


@dataclass(slots=True)
class Listing:
    """What feeds name and what answers how."""

    listed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    twins: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    heavy: str = ""


def list_addresses(articles: Mapping[str, ArticleTruth]) -> Listing:
    """Decide, article by article, what the feeds name."""
    listing = Listing()
    named: dict[str, list[str]] = {source_id: [] for source_id in sources()}
    for article in articles.values():
        named[article.source_id].append(_name(article, listing))
    for address in (*BROKEN, *PARTNER_PAGES):
        named[_source_of(address)].append(address)
    listing.troubles.update(BROKEN, **dict.fromkeys(PARTNER_PAGES, "forbidden"))
    listing.listed = {source_id: tuple(addresses) for source_id, addresses in named.items()}
    listing.heavy = next(
        article.address
        for article in articles.values()
        if article.source_id == HEAVY_SOURCE and article.address not in listing.troubles
    )
    return listing


def twin_of(article: ArticleTruth) -> str | None:
    """Return the address of an article's AMP or print page."""
    parts = urlsplit(article.address)
    if article.source_id == AMP:
        return f"http://{parts.netloc}/amp{parts.path}"
    if article.source_id == PRINT:
        return f"http://{parts.netloc}/imprimer{parts.path}"
    return None


def _name(article: ArticleTruth, listing: Listing) -> str:
    """Return the address that the feeds name for an article, noting its twins and troubles."""
    rng = dice("listing", article.address)
    twin = twin_of(article)
    if twin:
        listing.twins[twin] = article.address
    for trouble, share in (("slow", SLOW), ("cut first", CUT_FIRST), ("busy first", BUSY_FIRST)):
        if rng.random() < share:
            listing.troubles.setdefault(article.address, trouble)  # type: ignore[arg-type]
    if article.source_id in TRACKED:
        tracked = f"{article.address}?{TRACKED[article.source_id]}"
        listing.twins[tracked] = article.address
        return tracked
    if twin and rng.random() < TWIN_LISTED:
        return twin
    if rng.random() < MOVED:
        return _moved(article, listing)
    return article.address


def _moved(article: ArticleTruth, listing: Listing) -> str:
    parts = urlsplit(article.address)
    old = f"http://{parts.netloc}/old{parts.path}"
    listing.twins[old] = article.address
    listing.troubles[old] = "moved"
    return old


def _source_of(address: str) -> str:
    host = urlsplit(address).netloc
    return next(source_id for source_id, source in sources().items() if source.host == host)


def hosts() -> Iterator[tuple[str, str]]:
    """Yield every virtual host and its source."""
    for source_id, source in sources().items():
        yield source.host, source_id
