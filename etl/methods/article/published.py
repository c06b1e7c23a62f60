"""When an article was published, and how that is known.

The order of trust, as written here and nowhere else: JSON-LD, meta elements, elements marked as the time of
publication, the address, the first time element, a date in words by the headline. A statement that is impossible
(before the web, after the capture) is passed over. Where the first two of these that speak differ by more than a day,
the order decides and the date is disputed. Times without a zone are read in the source's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from etl.methods.article.blocks import Block
from etl.methods.article.bounds import Element
from etl.methods.article.classes import ASIDE_WORDS
from etl.methods.article.lines import listed
from etl.methods.article.moments import Moment, is_possible, read_moment
from etl.methods.article.statements import Statements, words_of
from etl.records import DateOrigin, DatePrecision

_META = listed(
    "article:published_time article:published og:published_time og:article:published_time datepublished "
    "published_time published_at publication_date publishdate publish-date publish_date "
    "pubdate publishedtime sailthru.date parsely-pub-date article.published article_date_original "
    "originalpublicationdate dc.date.issued dc.date dcterms.created dcterms.date dcterms.issued "
    "dc.date.created cxenseparse:recs:publishtime cxenseparse:publishtime date article:created "
    "datecreated uploaddate timestamp weibo:article:create_at rnews:datepublished ptime "
    "displaydate release_date bt:pubdate shareaholic:article_published_time citation_publication_date citation_date"
)
_META_MODIFIED = listed(
    "article:modified_time article:updated_time og:updated_time og:modified_time datemodified "
    "last-modified lastmod revised modified_time dcterms.modified"
)
_MARKED = (
    "//*[@itemprop='datePublished' or @itemprop='dateCreated' or contains(@property, 'datePublished') or "
    "contains(@class, 'entry-date') or @pubdate]"
)
_PUBLISHED_NAMES = re.compile(r"publish|pubdate|posted|created|entry-date|dateline|issued")
_MODIFIED_NAMES = re.compile(r"modif|updat|lastmod")
_URL = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)/([a-z]{3})/(0?[1-9]|[12]\d|3[01])(?!\d)", re.IGNORECASE),
)
_MONTHS = {name: number for number, name in enumerate(listed("jan feb mar apr may jun jul aug sep oct nov dec"), 1)}
_DIGIT = re.compile(r"\d")
_BYLINE_BIT = 1 << next(bit for bit, words in enumerate(ASIDE_WORDS) if words.startswith("byline"))
_LONGEST_LINE = 160  # a line that gives the date of publication is short
_MOST_LINES = 40
_UPDATED = re.compile(
    r"^\W{0,3}(?:last\s+)?(?:updated|modified|aktualisiert|mis à jour|actualizado|aggiornato|atualizado|"
    r"bijgewerkt|oppdatert|uppdaterad|opdateret|обновлено|zaktualizowano)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Published:
    """The date of publication and what is known of it."""

    at: datetime | None = None
    modified_at: datetime | None = None
    origin: DateOrigin | None = None
    precision: DatePrecision | None = None
    is_zone_assumed: bool = False
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a statement of time has to be read by."""

    language: str | None = None
    time_zone: str | None = None
    captured_at: datetime | None = None

    def moment(self, text: str | None) -> Moment | None:
        """Read a statement; None where it states nothing possible."""
        moment = read_moment(text, language=self.language, captured_at=self.captured_at) if text else None
        return moment if moment is not None and is_possible(moment, self.captured_at) else None


@dataclass(frozen=True, slots=True)
class _Page:
    """All that a page is asked for its date."""

    stated: Statements
    document: Element
    blocks: list[Block]
    url: str
    setting: Setting


def choose_date(stated: Statements, document: Element, blocks: list[Block], url: str, *, setting: Setting) -> Published:
    """Return when the page was published, by the order of trust."""
    told = _first_two(_Page(stated, document, blocks, url, setting))
    if not told:
        return Published(modified_at=_modified(stated, setting, None))
    origin, moment = told[0]
    at = moment.aware(setting.time_zone)
    is_disputed = any(abs(other.aware(setting.time_zone) - at) > _apart(moment, other) for _, other in told[1:])
    is_assumed = moment.precision == "minute" and moment.at.tzinfo is None
    return Published(at, _modified(stated, setting, at), origin, moment.precision, is_assumed, is_disputed)


def _apart(moment: Moment, other: Moment) -> timedelta:
    """Return how far apart two statements of one moment can be: a day, and what a zone makes of a bare day."""
    return timedelta(days=1, hours=14 if "day" in (moment.precision, other.precision) else 0)


def _first_two(page: _Page) -> list[tuple[DateOrigin, Moment]]:
    """Return the most trusted statement, and the next of another origin; costly places only if none was found."""
    told: list[tuple[DateOrigin, Moment]] = []
    for origin, moments, is_costly in _PLACES:
        if told and (is_costly or origin == told[0][0]):
            continue
        moment = next((moment for moment in moments(page) if moment is not None), None)
        if moment is not None:
            told.append((origin, moment))
        if len(told) == 2:
            break
    return told


Moments = Iterator[Moment | None]


def _in_json(page: _Page) -> Moments:
    return (page.setting.moment(page.stated.of_item(key)) for key in ("datePublished", "dateCreated", "uploadDate"))


def _in_meta(page: _Page) -> Moments:
    return (page.setting.moment(value) for name in _META for value in page.stated.meta.get(name, ()))


def _in_named_times(page: _Page) -> Moments:
    named = (
        value
        for value, names in page.stated.times[:50]
        if _PUBLISHED_NAMES.search(names) and not _MODIFIED_NAMES.search(names)
    )
    return map(page.setting.moment, named)


def _in_marked(page: _Page) -> Moments:
    nodes = page.document.xpath(_MARKED)[:10]
    return (
        page.setting.moment(node.get("content") or node.get("datetime") or node.get("title") or words_of(node))
        for node in nodes
    )


def _in_address(page: _Page) -> Moments:
    """Read the day that many addresses hold."""
    for pattern in _URL:
        found = pattern.search(page.url[:1_000])
        month = (_MONTHS.get(found[2].lower()) or found[2]) if found else ""
        if found:
            yield page.setting.moment(f"{found[1]}-{month}-{found[3]}")


def _in_times(page: _Page) -> Moments:
    return (page.setting.moment(value) for value, names in page.stated.times[:50] if not _MODIFIED_NAMES.search(names))


def _in_words(page: _Page) -> Moments:
    return map(page.setting.moment, _lines(page.blocks))


# where a date may stand, the most trusted first; whether looking there is costly
_PLACES: tuple[tuple[DateOrigin, Callable[[_Page], Moments], bool], ...] = (
    ("json-ld", _in_json, False),
    ("meta", _in_meta, False),
    ("time-tag", _in_named_times, False),
    ("time-tag", _in_marked, True),
    ("url", _in_address, False),
    ("time-tag", _in_times, True),
    ("text", _in_words, True),
)


def _lines(blocks: list[Block]) -> Iterator[str]:
    """Yield short lines that may give the date: those named so, those around the headline, the page's first."""
    short = [
        block
        for block in blocks
        if block.size <= _LONGEST_LINE and _DIGIT.search(block.text) and not _UPDATED.match(block.text)
    ]
    headline = next((block.order for block in blocks if block.box.tag == "h1"), 0)
    named = [block for block in short if block.box.aside & _BYLINE_BIT and block.order >= headline - 5]
    near = [block for block in short if -5 <= block.order - headline <= 25]
    for block in (*named[:_MOST_LINES], *near[:_MOST_LINES], *short[:_MOST_LINES]):
        yield block.text


def _modified(stated: Statements, setting: Setting, published_at: datetime | None) -> datetime | None:
    """Return when the page was last changed, not before it was published."""
    values = (
        stated.of_item("dateModified"),
        *(value for name in _META_MODIFIED for value in stated.meta.get(name, ())),
    )
    moment = next((moment for moment in map(setting.moment, values) if moment is not None), None)
    at = moment.aware(setting.time_zone) if moment else None
    return at if at and (published_at is None or at >= published_at) else None
