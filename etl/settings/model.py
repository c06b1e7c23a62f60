"""How to collect, keep and publish: the shape of settings.toml, where the defaults and their reasons stand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator

from etl.errors import ConfigError
from etl.settings.clock import Clock
from etl.settings.fields import HostAddresses, Pattern, Table
from etl.settings.toml import TomlFile, first_mistake, location_of

DEFAULTS = Path(__file__).resolve().parents[2] / "data" / "settings.toml"

Positive = Annotated[int, Field(gt=0)]
NotNegative = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(gt=0)]


class CollectorSection(Table):
    """Who asks."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z_-]+$")]  # the only characters that robots.txt allows in a name
    contact: str


class PolitenessSection(Table):
    """How often a host is asked, and when it is left alone."""

    delay_seconds: Annotated[float, Field(ge=0)]
    longest_delay_seconds: Annotated[float, Field(ge=0)]
    is_throttled: bool
    connections_per_host: Positive
    connections: Positive
    retries: NotNegative
    longest_wait_seconds: Annotated[float, Field(ge=0)]
    failures_per_host: Positive


class LimitsSection(Table):
    """What no answer may exceed."""

    seconds_per_request: Seconds
    seconds_per_lookup: Seconds
    seconds_per_run: Seconds
    page_bytes: Positive
    feed_bytes: Positive
    robots_bytes: Positive
    header_bytes: Positive
    redirects: NotNegative
    url_characters: Positive


class GuardSection(Table):
    """Where the collector may go."""

    ports: tuple[Annotated[int, Field(gt=0, lt=65536)], ...]
    private_hosts: tuple[Pattern, ...]


class FeedsSection(Table):
    """How deep feeds are read, and how often."""

    sitemaps_per_feed: NotNegative
    pages_per_feed: Positive
    links_per_document: Positive
    shortest_interval_minutes: Positive
    longest_interval_minutes: Positive
    longest_pause_days: Positive


class FetchSection(Table):
    """How often a link is tried, and when an article is looked at again."""

    attempts: Positive
    first_retry_minutes: Positive
    pages_per_run: Positive
    again_hours: tuple[Positive, ...]


class ArchiveSection(Table):
    """How large a WARC file grows."""

    file_bytes: Positive


class WorkSection(Table):
    """What heavy work may use."""

    workers: NotNegative
    seconds_per_page: Seconds
    memory_mb: Positive


class PublishSection(Table):
    """How often the dataset is published."""

    interval_hours: Positive


class KeepSection(Table):
    """What is kept, and how long."""

    publications: Positive
    pages_days: NotNegative
    log_files: Positive


class ClockSection(Table):
    """A fixed time, for the newsroom and for repeating a day."""

    now: datetime | None = None

    @field_validator("now")
    @classmethod
    def _with_zone(cls, now: datetime | None) -> datetime | None:
        if now is not None and now.tzinfo is None:
            raise ValueError("has no time zone; add Z for UTC")
        return now and now.astimezone(UTC)


class Settings(Table):
    """Everything that settings.toml says."""

    collector: CollectorSection
    politeness: PolitenessSection
    limits: LimitsSection
    guard: GuardSection
    hosts: dict[Pattern, HostAddresses]
    feeds: FeedsSection
    fetch: FetchSection
    archive: ArchiveSection
    work: WorkSection
    publish: PublishSection
    keep: KeepSection
    clock: ClockSection = ClockSection()

    def make_clock(self) -> Clock:
        """Return the clock that these settings ask for."""
        return Clock(self.clock.now)

    def user_agent(self) -> str:
        """Return how we introduce ourselves; ConfigError where nobody said who collects."""
        if not self.collector.contact:
            raise ConfigError(
                str(DEFAULTS),
                "[collector]",
                "contact is empty; write how the sources can reach you, before collecting from the web",
            )
        return f"{self.collector.name}/0.1 (+{self.collector.contact})"


def load_settings(path: Path | None = None) -> Settings:
    """Read data/settings.toml, and over it a file of one's own; ConfigError names what cannot be meant."""
    files = [TomlFile.load(DEFAULTS)] + ([TomlFile.load(path)] if path else [])
    merged: dict[str, Any] = {}
    for file in files:
        for table, lines in file.data.items():
            merged[table] = {**merged.get(table, {}), **lines} if isinstance(lines, dict) else lines
    try:
        return Settings.model_validate(merged)
    except ValidationError as error:
        location = location_of(error)
        said_in = next((file for file in reversed(files) if file.holds(location)), files[0])
        raise first_mistake(said_in, error, Settings) from error
