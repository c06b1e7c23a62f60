"""What one run of a stage is about: the data folder, the settings, and the choices of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Never

from tqdm import tqdm

from etl.archive import Archive
from etl.settings import Clock, Settings
from etl.store import Store


@dataclass(frozen=True)
class Job:
    """The surroundings in which a stage does its work."""

    store: Store
    folder: Path  # of store, pages and publications
    settings: Settings
    source_ids: tuple[str, ...] = ()  # only these sources; all if empty
    limit: int | None = None  # pages at most
    workers: int | None = None
    scheduler: str | None = None  # of a Dask cluster
    is_quiet: bool = False

    @property
    def pages(self) -> Path:
        """The folder of the archive."""
        return self.folder / "pages"

    @cached_property
    def archive(self) -> Archive:
        """The archive of fetched pages."""
        return Archive(self.pages, file_bytes=self.settings.archive.file_bytes)

    @cached_property
    def clock(self) -> Clock:
        """The one clock."""
        return self.settings.make_clock()

    def bar(self, stage: str, total: int | None) -> tqdm[Never]:
        """Return a progress bar, which shows itself on a terminal only."""
        return tqdm(total=total, desc=f"{stage:<9}", unit="", leave=False, disable=True if self.is_quiet else None)
