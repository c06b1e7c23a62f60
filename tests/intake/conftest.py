"""A data folder of one's own for each test, and files of every format as people have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from etl import extract
from etl.archive import Archive
from etl.intake import import_file
from etl.job import Job
from etl.records import Place, Tally
from etl.settings import load_settings, load_sources
from etl.store import Store

SOURCES = """# Whom we collect; this remark stays.
[collections.ports]
name = "Ports"

[[sources]]
source_id = "harbour-post"
name = "Harbour Post"
home_page = "https://harbour-post.example/"  # and so does this
country = "IE"
time_zone = "Europe/Dublin"
collections = ["ports"]
"""


@dataclass
class Office:
    """A data folder, and what a test asks of it."""

    job: Job
    sources_file: Path

    def take_in(self, path: Path) -> Tally:
        return import_file(self.job, path, self.sources_file)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.job.store.database.rows(sql)

    @property
    def imports(self) -> list[tuple[Any, ...]]:
        """Format, rows, imported, known and refused of each import."""
        return self.rows("SELECT format, rows, imported, known, refused FROM imports ORDER BY import_id")

    @property
    def refusals(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT row_number, reason FROM import_refusals ORDER BY import_id, row_number")

    @property
    def links(self) -> list[str]:
        return [url for (url,) in self.rows("SELECT url FROM links ORDER BY link_id")]

    @property
    def pages(self) -> list[str]:
        return [url for (url,) in self.rows("SELECT final_url FROM pages ORDER BY page_id")]

    def body(self, number: int = 1) -> bytes:
        """Return the body of a page, as it lies in the archive."""
        place = Place(*self.rows(f"SELECT file, start, length FROM pages WHERE page_id = {number}")[0])
        return Archive(self.job.pages, file_bytes=1).read(place).body

    def read(self) -> Tally:
        """Read what was taken in."""
        return extract.run(self.job)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    sources_file = tmp_path / "sources.toml"
    sources_file.write_text(SOURCES, encoding="utf-8")
    with Store(tmp_path / "data") as store:
        store.lists.save_sources(load_sources(sources_file), sources_file.name)
        yield Office(Job(store, tmp_path / "data", load_settings(), workers=1, is_quiet=True), sources_file)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file and returns its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write
