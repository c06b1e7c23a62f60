"""Pictures of every page and state, to be looked at; `make pictures` says where they go, and makes the README's anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

README = Path(__file__).resolve().parents[2] / "README.png"
LARGEST = 400_000  # bytes of the README's picture
SHOWN = {
    "overview": "/",
    "explore": "/explore?peak=2026-07-14..2026-07-18&q=kaltenau&q=strike",
    "topic": "/topic/dam-failure",
    "topics": "/topics",
    "source": "/source/northern-ledger",
    "sources": "/sources",
    "stories": "/stories",
    "story": "/story/{dam}",
    "story-denied": "/story/{talks}",
    "article-copy": "/article/{copy}",
    "people": "/people",
    "person": "/person/{speaker}",
    "compare-sources": "/compare?q=kaltenau",
    "compare-calendar": "/compare/calendar?q=strike",
    "compare-lines": "/compare/lines?q=kaltenau&q=strike",
    "compare-periods": "/compare/periods?peak=2026-07-14..2026-07-16&topic=dam-failure",
    "compare-words": "/compare/words?q=dam%20AND%20rain",
    "compare-citations": "/compare/citations",
    "compare-topics": "/compare/topics",
    "health": "/health",
    "sql": "/sql?s=FROM%20coverage_over_time(asked%20%3A%3D%20%27dam%27)",
    "about": "/about",
    "state-empty": "/explore?q=zzzyzz",
    "state-error": "/explore?q=%22broken",
    "state-gap": "/explore?q=rain&source=northern-ledger",
    "state-partial": "/explore?grain=week&q=rain&since=2026-05-06&until=2026-08-27",
    "state-stale": "/explore?publication=2026-08-01-060000&q=rain",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go."""
    given = os.environ.get("MEDIA_COVERAGE_PICTURES")
    folder = Path(given) if given else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 320), ("dark", 320)])
def test_every_page_has_its_picture(
    open_page: Callable[..., Page],
    settled: Callable[[Page], None],
    server: str,
    named: dict[str, int],
    folder: Path,
    scheme: str,
    width: int,
) -> None:
    page = open_page("/about", width=width, scheme=scheme)
    settled(page)
    for name, address in SHOWN.items():
        page.goto(server + address.format(**named))
        settled(page)
        picture = folder / f"{name}-{width}-{scheme}.png"
        page.screenshot(path=picture, full_page=True)
        assert picture.stat().st_size > 5_000


def test_the_readme_s_picture_is_small_enough(
    open_page: Callable[..., Page], settled: Callable[[Page], None], folder: Path
) -> None:
    page = open_page("/explore?peak=2026-07-14..2026-07-18&q=kaltenau", width=1280, height=1250)
    settled(page)
    picture = folder / "README.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size <= LARGEST
    if "MEDIA_COVERAGE_PICTURES" in os.environ:
        README.write_bytes(picture.read_bytes())
