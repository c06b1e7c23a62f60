"""The records that stages and methods hand to each other. Imports nothing of ours.

Times are aware and in UTC, days are days in UTC, positions count characters of an article's text from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

SourceKind = Literal["newspaper", "agency", "broadcaster", "magazine", "blog"]
FeedKind = Literal["rss", "atom", "json", "sitemap", "news-sitemap", "sitemap-index", "home-page"]
DateOrigin = Literal["json-ld", "meta", "time-tag", "url", "feed", "text", "collected"]
DatePrecision = Literal["minute", "day"]
MentionKind = Literal["person", "organisation", "place"]


# --- what is to be collected -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceDomain:
    """A domain, or a path of one, that belongs to a source, and when."""

    domain: str
    path_prefix: str = "/"
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An organisation that publishes news; facts are None for a source known only from an import."""

    source_id: str
    name: str
    home_page: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    language: str | None = None  # BCP 47
    time_zone: str | None = None  # IANA
    kind: SourceKind | None = None
    domains: tuple[SourceDomain, ...] = ()
    feeds: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()  # by others, as in other languages


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of sources."""

    collection_id: str
    name: str


@dataclass(frozen=True, slots=True)
class SourceList:
    """What a sources file says: whom to collect, and whether they are fictional."""

    sources: tuple[Source, ...]
    collections: tuple[Collection, ...] = ()
    is_fictional: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A saved query with a name."""

    topic_id: str
    name: str
    query: str


# --- from the web -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that lists new articles, and what was learnt when it was asked before."""

    feed_id: int
    source_id: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0  # in a row
    answered_at: datetime | None = None  # when it last answered; None where it never did


@dataclass(frozen=True, slots=True)
class Link:
    """An address found in a feed, with what the feed says of it; not fetched yet."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What a feed answered: its links, or why there are none."""

    feed_id: int
    asked_at: datetime
    status: int | None = None  # None where no answer came
    kind: FeedKind | None = None
    links: tuple[Link, ...] = ()
    more: tuple[str, ...] = ()  # further feed addresses: a sitemap index's sitemaps, a paged feed's next page
    etag: str | None = None
    last_modified: str | None = None
    oldest_at: datetime | None = None  # how far back the feed remembers
    reason: str | None = None  # why it failed, in words
    is_last: bool = True  # False where more answers of the same feed follow in this run
    retry_at: datetime | None = None  # when the server says to come back
    ttl_minutes: int | None = None  # how long the feed itself says it stays the same


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a source's home page, robots.txt or a common place led to, and whether it answers."""

    source_id: str
    url: str
    origin: Literal["home-page", "robots.txt", "common-place"]
    kind: FeedKind | None = None  # None where it is no feed
    title: str | None = None
    links: int = 0
    reason: str | None = None  # why it is not usable, in words


@dataclass(frozen=True, slots=True)
class WaitingLink:
    """A link as the store hands it to fetch."""

    link_id: int
    source_id: str
    url: str
    attempts: int = 0  # failed since it was last kept
    fetches: int = 0


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What was answered for a link, unread, or why nothing was kept."""

    link_id: int
    url: str  # as asked
    final_url: str  # after redirects
    fetched_at: datetime
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    reason: str | None = None  # why it was refused or failed, in words
    is_refused: bool = False  # never to be asked again
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies in the archive."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as it lies in a WARC file, ours or anyone's: unpacked, unread."""

    url: str  # as asked
    final_url: str  # after redirects
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    offset: int = 0  # where its record begins
    end: int = 0  # where the next record begins: reading can be taken up there
    metadata: dict[str, Any] | None = None  # what Media Cloud's archives say of it
    reason: str | None = None  # why there is no page in it, in words


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A kept page as the store hands it to extract."""

    page_id: int
    source_id: str
    url: str
    final_url: str
    fetched_at: datetime
    place: Place
    time_zone: str | None = None
    language: str | None = None  # of the source, a prior
    link_title: str | None = None
    link_published_at: datetime | None = None
    import_id: int | None = None
    source_name: str | None = None


# --- what is read out of a page -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link inside an article's text; position is where its words begin, None where they were not found."""

    url: str
    text: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page says, read without touching the network."""

    url: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    date_origin: DateOrigin | None = None
    date_precision: DatePrecision | None = None
    is_zone_assumed: bool = False
    is_date_disputed: bool = False
    text: str = ""  # paragraphs are separated by an empty line
    language: str | None = None  # ISO 639-1
    language_confidence: float = 0.0  # 0 to 1
    section: str | None = None
    keywords: tuple[str, ...] = ()
    summary: str | None = None
    image_url: str | None = None
    canonical_url: str | None = None
    hyperlinks: tuple[Hyperlink, ...] = ()
    is_live_blog: bool = False
    is_truncated: bool = False
    no_article: str | None = None  # why the page holds no article, in words
    text_origin: str | None = None  # which reader gave the text


@dataclass(frozen=True, slots=True)
class Article:
    """One reading as an article: where it belongs, and from which page it was read."""

    page: WaitingPage
    key: str  # canonical address: one key is one article
    url: str  # the same as one opens it
    reading: Reading
    published_at: datetime | None  # the page's own, else the feed's
    date_origin: DateOrigin
    date_precision: DatePrecision | None
    words: int
    digest: str  # of title and text
    is_twin: bool  # read from an AMP, print or mobile page instead of the article's own
    hyperlinks: tuple[tuple[Hyperlink, str], ...] = ()  # with the canonical address of each


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What the store already has at an address."""

    article_id: int
    key: str
    page_id: int
    page_url: str
    collected_at: datetime
    digest: str
    is_twin: bool


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article as enrich and group ask methods about it."""

    article_id: int
    source_id: str
    url: str
    title: str
    text: str
    language: str | None
    authors: tuple[str, ...]
    published_at: datetime | None  # None where only its collection is dated
    collected_at: datetime
    hyperlinks: tuple[Hyperlink, ...] = ()


# --- what methods find in an article ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody said; start and end are what stands between the marks (or the clause, if indirect)."""

    start: int
    end: int
    speaker: str | None = None  # the fullest form of the name in the article
    speaker_start: int | None = None
    verb: str | None = None
    is_direct: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, organisation or place named at one place of a text."""

    start: int
    end: int
    kind: MentionKind
    name: str  # the form by which the article's name is known: its longest


@dataclass(frozen=True, slots=True)
class Citation:
    """Another source named as origin of a report; the sentence is text[sentence_start:sentence_end]."""

    start: int
    end: int
    outlet: str  # the outlet's usual name
    sentence_start: int
    sentence_end: int
    is_dispute: bool = False
    disputer: str | None = None
    evidence: Literal["name", "hyperlink", "both"] = "name"  # by what the outlet is cited
    url: str | None = None  # of the hyperlink, if there is one


@dataclass(frozen=True, slots=True)
class MentionedDate:
    """A date that a text tells of: a day, or the first day of a month or year."""

    start: int
    end: int
    mentioned_on: date
    precision: Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class CopyRange:
    """A passage that a copy shares with its original: character positions in both texts, length in words."""

    position: int
    original_position: int
    words: int


# --- what a stage tells -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """What one run of a stage did."""

    stage: str
    done: int = 0
    failed: int = 0
    seconds: float = 0.0
    notes: dict[str, int] = field(default_factory=dict)

    def count(self, note: str, number: int = 1) -> None:
        """Add to what is noted under a name; nothing where there is nothing to note."""
        if number:
            self.notes[note] = self.notes.get(note, 0) + number

    def __str__(self) -> str:
        parts = [f"{self.done:,} done"]
        if self.failed:
            parts.append(f"{self.failed:,} failed")
        parts += [f"{count:,} {name}" for name, count in self.notes.items()]
        return f"{self.stage:<9} {', '.join(parts)} ({self.seconds:.1f} s)"
