"""Write into the sources file of a person: what is added stands at its end, all else stays as it was, comments too."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit.items import AoT
from tomlkit.toml_document import TOMLDocument

from etl.errors import ConfigError, CoverageError
from etl.intake.owners import Owners
from etl.intake.rows import GivenSource
from etl.records import Source
from etl.settings import load_sources


@dataclass(slots=True)
class SourceList:
    """The sources file as it is edited; save() writes it, if it still means something."""

    path: Path
    document: TOMLDocument
    owners: Owners
    added: int = 0

    @classmethod
    def load(cls, path: Path) -> SourceList:
        """Read the file; ConfigError names what in it cannot be meant."""
        listed = load_sources(path)
        return cls(path, tomlkit.parse(path.read_text(encoding="utf-8")), Owners(listed.sources))

    def add(self, given: GivenSource) -> tuple[bool, str | None]:
        """Add a source, or the feeds of one that is listed; return whether anything is new, and why it was refused."""
        source = given.source
        home = source.home_page or (source.feeds[0] if source.feeds else "")
        owner = self.owners.known(home) or next(filter(None, map(self.owners.known, source.feeds)), None)
        if owner:
            return self.add_feeds(owner, source.feeds) > 0, None
        for collection in given.collections:
            self._declare(collection.collection_id, collection.name)
        source_id = self.owners.of(home)
        self._sources().append(_table(source_id, source))
        self.added += 1
        return True, None

    def add_feeds(self, source_id: str, feeds: Iterable[str]) -> int:
        """Write feeds into a listed source, and return how many it did not have."""
        entry = next(one for one in self._sources() if one["source_id"] == source_id)
        known = {str(feed) for feed in entry.get("feeds", [])}
        new = [feed for feed in dict.fromkeys(feeds) if feed not in known]
        if new and "feeds" not in entry:
            entry["feeds"] = tomlkit.array()
        for feed in new:
            cast("Any", entry["feeds"]).append(feed)
        if new:
            cast("Any", entry["feeds"]).multiline(len(known) + len(new) > 1)
        self.added += len(new)
        return len(new)

    def save(self) -> None:
        """Write the file in one step; CoverageError where what it would say cannot be meant, and then it stays as it was."""
        if not self.added:
            return
        draft = self.path.with_name(f".{self.path.name}.new")
        draft.write_text(tomlkit.dumps(self.document), encoding="utf-8")
        try:
            load_sources(draft)
        except ConfigError as error:
            draft.unlink()
            raise CoverageError(f"{self.path}: stays as it was: {error.problem}") from error
        os.replace(draft, self.path)  # noqa: PTH105 - the same, and known to be one step

    def _sources(self) -> AoT:
        if "sources" not in self.document:
            self.document["sources"] = tomlkit.aot()
        return cast("AoT", self.document["sources"])

    def _declare(self, collection_id: str, name: str) -> None:
        if "collections" not in self.document:
            self.document["collections"] = tomlkit.table(is_super_table=True)
        collections = cast("Any", self.document["collections"])
        if collection_id not in collections:
            table = tomlkit.table()
            table["name"] = name
            collections[collection_id] = table


def _table(source_id: str, source: Source) -> Any:  # noqa: ANN401 - tomlkit's table
    table = tomlkit.table()
    table["source_id"] = source_id
    for key in ("name", "home_page", "country", "language", "time_zone", "kind"):
        if value := getattr(source, key):
            table[key] = value
    for key in ("collections", "feeds"):
        if values := getattr(source, key):
            table[key] = list(values)
    return table
