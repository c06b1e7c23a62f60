"""The sources file: whom to collect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator

from etl.records import Collection, Source, SourceDomain, SourceKind, SourceList
from etl.settings.fields import Country, Id, Language, Table, Text, TimeZone, WebAddress, is_web_address
from etl.settings.toml import Location, TomlFile, first_mistake


class DomainEntry(Table):
    """A domain or a path of one, and from when to when it is the source's."""

    domain: str
    first_on: date | None = None
    last_on: date | None = None

    @field_validator("domain")
    @classmethod
    def _is_domain(cls, domain: str) -> str:
        if "://" in domain or not is_web_address(f"http://{domain}"):
            raise ValueError('is no domain; write "example.org", or "example.org/path/" for a part of one')
        return domain


class SourceEntry(Table):
    """One [[sources]] of the file."""

    source_id: Id
    name: Text
    also_called: tuple[Text, ...] = ()
    home_page: WebAddress | None = None
    country: Country | None = None
    language: Language | None = None
    time_zone: TimeZone | None = None
    kind: SourceKind | None = None
    collections: tuple[Id, ...] = ()
    feeds: tuple[WebAddress, ...] = ()
    domains: tuple[DomainEntry, ...] = ()

    @field_validator("domains", mode="before")
    @classmethod
    def _read_domains(cls, given: object) -> object:
        return [{"domain": one} if isinstance(one, str) else one for one in given] if isinstance(given, list) else given


class CollectionEntry(Table):
    """One [collections.ID] of the file."""

    name: Text


class SourcesFile(Table):
    """The whole file."""

    fictional: bool = False
    collections: dict[Id, CollectionEntry] = Field(default_factory=dict)
    sources: list[SourceEntry] = Field(default_factory=list)


def load_sources(path: Path) -> SourceList:
    """Read the sources file; ConfigError names what cannot be meant."""
    file = TomlFile.load(path)
    try:
        said = SourcesFile.model_validate(file.data)
    except ValidationError as error:
        raise first_mistake(file, error, SourcesFile) from error
    for location, problem in _contradictions(said):
        raise file.mistake(location, problem)
    return SourceList(
        tuple(_source_of(entry) for entry in said.sources),
        tuple(Collection(collection_id, entry.name) for collection_id, entry in said.collections.items()),
        said.fictional,
    )


def _contradictions(said: SourcesFile) -> Iterator[tuple[Location, str]]:
    """Find what each entry may say alone, but not together with the rest."""
    seen: dict[str, int] = {}
    owned: list[tuple[SourceDomain, str]] = []
    for number, entry in enumerate(said.sources):
        place: Location = ("sources", number)
        first = seen.setdefault(entry.source_id, number)
        if first != number:
            yield (*place, "source_id"), f"source_id {entry.source_id!r} is that of source {first + 1} too; rename one"
        if not entry.feeds and not entry.home_page:
            yield place, "the source has neither feeds nor a home_page to find them from; add one"
        if not entry.home_page and not entry.domains:
            yield place, "the source has neither a home_page nor domains, so its pages cannot be told; add one"
        for name in entry.collections:
            if name not in said.collections:
                yield (*place, "collections"), f"collection {name!r} is not declared; add a [collections.{name}]"
        for domain in _domains_of(entry):
            owner = next((one for other, one in owned if one != entry.source_id and _overlap(domain, other)), None)
            if owner:
                where = domain.domain + domain.path_prefix
                yield (*place, "domains"), f"{where} is {owner!r}'s already; give one of them a path or other days"
            owned.append((domain, entry.source_id))


def _overlap(one: SourceDomain, other: SourceDomain) -> bool:
    """Tell whether two domains are the same on some day."""
    if (one.domain, one.path_prefix) != (other.domain, other.path_prefix):
        return False
    starts, ends = max(one.first_on or date.min, other.first_on or date.min), (one.last_on, other.last_on)
    return starts <= min(end or date.max for end in ends)


def _source_of(entry: SourceEntry) -> Source:
    return Source(
        source_id=entry.source_id,
        name=entry.name,
        also_called=entry.also_called,
        home_page=entry.home_page,
        country=entry.country,
        language=entry.language,
        time_zone=entry.time_zone,
        kind=entry.kind,
        domains=_domains_of(entry),
        feeds=entry.feeds,
        collections=entry.collections,
    )


def _domains_of(entry: SourceEntry) -> tuple[SourceDomain, ...]:
    """The domains that an entry names, else its home page's."""
    if not entry.domains:
        host = urlsplit(entry.home_page or "").hostname or ""
        return (SourceDomain(host.removeprefix("www.")),) if host else ()
    return tuple(_domain_of(one) for one in entry.domains)


def _domain_of(entry: DomainEntry) -> SourceDomain:
    parts = urlsplit(f"http://{entry.domain}")
    path = parts.path if parts.path.endswith("/") else parts.path + "/"
    return SourceDomain((parts.hostname or "").removeprefix("www."), path, entry.first_on, entry.last_on)
