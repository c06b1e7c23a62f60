"""What is true of the newsroom: every article, story and source as records, so that every method can be scored.

Positions count characters of an article's text, whose paragraphs are separated by an empty line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from etl.newsroom.copying import CopyKind
from etl.records import Citation, Hyperlink, Mention, MentionedDate, Quote, Source

Trouble = Literal[
    "gone",  # 410, for good
    "missing",  # 404, for good
    "loop",  # redirects in a circle, for good
    "cut",  # the connection is cut in mid-answer, always
    "forbidden",  # robots.txt forbids it, though a feed names it
    "cut first",  # the connection is cut the first time, then the page comes
    "busy first",  # 429 with Retry-After the first time, then the page comes
    "slow",  # the page comes after some hundred milliseconds
    "moved",  # 301 to the article's address
]
FOR_GOOD: frozenset[Trouble] = frozenset({"gone", "missing", "loop", "cut", "forbidden"})


@dataclass(frozen=True, slots=True)
class CitationTruth:
    """Another source named as origin of a report, and which report it is."""

    citation: Citation
    source_id: str
    address: str | None  # of the report
    has_hyperlink: bool


@dataclass(frozen=True, slots=True)
class ArticleTruth:
    """One article, as a perfect reader would read it."""

    address: str
    source_id: str
    title: str
    standfirst: str  # not part of the text
    paragraphs: tuple[str, ...]
    published_at: datetime
    authors: tuple[str, ...]
    language: str
    section: str
    keywords: tuple[str, ...]
    story_id: str
    topics: tuple[str, ...]
    layout: str
    charset: str  # what its bytes are in
    original: str | None = None  # address of the article that it copies
    copy_kind: CopyKind | None = None
    agency: str | None = None  # credited in by-line or dateline
    quotes: tuple[Quote, ...] = ()
    mentions: tuple[Mention, ...] = ()
    citations: tuple[CitationTruth, ...] = ()
    dates: tuple[MentionedDate, ...] = ()
    hyperlinks: tuple[Hyperlink, ...] = ()
    modified_at: datetime | None = None

    @property
    def text(self) -> str:
        """Return the text: paragraphs separated by an empty line."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class StoryTruth:
    """What happened, and who told it; facts are slots with their values in plain English."""

    story_id: str
    kind: str
    title: str
    place: str
    country: str
    happened_at: datetime
    facts: Mapping[str, str]
    topics: tuple[str, ...]
    addresses: tuple[str, ...]  # in order of publication
    first_source: str


@dataclass(frozen=True, slots=True)
class SourceTruth:
    """A source, and the days on which its server was down: nothing was written on them, so nothing is lost."""

    source: Source
    names: Mapping[str, str]  # what texts of each language call it
    layouts: tuple[str, ...]
    missing_days: tuple[date, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Everything that is true."""

    sources: Mapping[str, SourceTruth]
    articles: Mapping[str, ArticleTruth]  # by address, in order of publication
    stories: Mapping[str, StoryTruth]
    twins: Mapping[str, str]  # other addresses of an article (AMP, print, moved, tracking): the article's address
    troubles: Mapping[str, Trouble]  # by address
    heavy: str  # address of the page of three megabytes
    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by source: addresses its feeds name

    def digest(self) -> str:
        """Return a digest of everything, to tell whether two builds are the same."""
        return hashlib.sha256(repr(self).encode()).hexdigest()
