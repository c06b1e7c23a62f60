"""The newsroom's sources: what the list of sources tells the world, and how each one works and writes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from etl.newsroom.period import FOLDER
from etl.newsroom.voices import Manner, Voice, voice_of
from etl.newsroom.world import LATIN, Cast, Entity, Language, Person, countries, read_world
from etl.records import Source, SourceDomain

# What each language's newspapers use where a source has no marks of its own.
_QUOTES: dict[str, tuple[str, str]] = {
    "en": ("“", "”"),
    "de": ("„", "“"),
    "fr": ("«\u00a0", "\u00a0»"),
    "es": ("«", "»"),
    "ja": ("「", "」"),
    "ar": ("«", "»"),
}
AGENCY = "meridian-wire"
AGENCY_LANGUAGES: tuple[Language, ...] = LATIN


@dataclass(frozen=True, slots=True)
class NewsSource:
    """One fictional source."""

    source: Source
    entity: Entity  # what texts call it
    week: tuple[int, ...]  # routine articles a day, from Monday on
    hours: tuple[int, int]  # when it publishes, local time
    length: tuple[int, int]  # facts told of an event, at least and at most
    manner: Manner
    dateline: bool
    reprints: float
    credits: float
    cites: float
    staff: tuple[Person, ...]
    layout: str
    address: str
    later_layout: tuple[str, date] | None = None
    charset: str = "utf-8"
    declared: str = "utf-8"  # what the HTTP header says the encoding is, rightly or wrongly; empty for nothing
    missing: tuple[date, date] | None = None

    @property
    def source_id(self) -> str:
        """Return the source's short name."""
        return self.source.source_id

    @property
    def language(self) -> Language:
        """Return the language it mainly writes in."""
        return cast("Language", self.source.language)

    @property
    def country(self) -> str:
        """Return its country's code as places.toml has it."""
        return (self.source.country or "").lower()

    @property
    def host(self) -> str:
        """Return its virtual host."""
        return self.source.domains[0].domain

    @property
    def zone(self) -> ZoneInfo:
        """Return its time zone."""
        return _zone(self.source.time_zone or "UTC")

    def local(self, at: datetime) -> datetime:
        """Return a time as its clocks show it."""
        return at.astimezone(self.zone)

    def languages(self) -> tuple[Language, ...]:
        """Return the languages it publishes in; the agency has a desk for each of several."""
        return AGENCY_LANGUAGES if self.source_id == AGENCY else (self.language,)

    def voice(self, language: Language) -> Voice:
        """Return how it writes a language."""
        return _voice(self.source_id, language)

    def layout_on(self, day: date) -> str:
        """Return the layout of its pages from a day."""
        return self.later_layout[0] if self.later_layout and day >= self.later_layout[1] else self.layout

    def charset_on(self, day: date) -> str:
        """Return the encoding of its pages from a day; a redesign ends the old one."""
        return "utf-8" if self.later_layout and day >= self.later_layout[1] else self.charset

    def missing_days(self) -> tuple[date, ...]:
        """Return the days on which its server was down and nothing was written."""
        if self.missing is None:
            return ()
        first, last = self.missing
        return tuple(first + timedelta(days=number) for number in range((last - first).days + 1))


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@cache
def sources() -> dict[str, NewsSource]:
    """Return every source by its short name."""
    table = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf8"))
    styles = read_world("styles")
    cast_of_staff = Cast()
    return {row["source_id"]: _source(row, styles[row["source_id"]], cast_of_staff) for row in table["sources"]}


@cache
def _voice(source_id: str, language: Language) -> Voice:
    return voice_of(language, _manner(read_world("styles")[source_id], language))


def _source(row: Mapping[str, Any], style: Mapping[str, Any], staff: Cast) -> NewsSource:
    source = Source(
        source_id=row["source_id"],
        name=row["name"],
        home_page=row["home_page"],
        country=row["country"],
        language=row["language"],
        time_zone=row["time_zone"],
        kind=row["kind"],
        domains=tuple(SourceDomain(domain) for domain in row["domains"]),
        feeds=tuple(row["feeds"]),
        collections=tuple(row["collections"]),
    )
    latin = style.get("latin", source.name)
    names = {**dict.fromkeys(LATIN, latin), "ja": style["ja"], "ar": style["ar"]}
    layout = style.get("later_layout")
    missing = style.get("missing")
    return NewsSource(
        source=source,
        entity=Entity(f"source-{source.source_id}", "organisation", names),
        week=tuple(style["week"]),
        hours=(style["hours"][0], style["hours"][1]),
        length=(style["length"][0], style["length"][1]),
        manner=_manner(style, cast("Language", source.language)),
        staff=_staff(source, style["staff"], staff),
        later_layout=(layout[0], layout[1]) if layout else None,
        missing=(missing[0], missing[1]) if missing else None,
        charset=style.get("charset", "utf-8"),
        declared=style.get("declared", "utf-8"),
        **{key: style[key] for key in ("dateline", "reprints", "credits", "cites", "layout", "address")},
    )


def _manner(style: Mapping[str, Any], language: Language) -> Manner:
    own = style.get("quotes")
    return Manner(
        quotes=(own[0], own[1]) if own else _QUOTES[language],
        apostrophe=style.get("apostrophe", "’"),
        percent=style.get("percent", "%"),
        is_month_first=style.get("month_first", False),
        has_title_case=style.get("title_case", False),
        has_honorifics=style.get("honorifics", False),
        has_decimal_point=style.get("decimal_point", False),
    )


def _staff(source: Source, number: int, staff: Cast) -> tuple[Person, ...]:
    pool = countries()[(source.country or "").lower()].pool
    pool = "en" if source.language == "en" else pool
    return tuple(staff.draw("writer", f"{source.source_id}/{place}", pool=pool) for place in range(number))
