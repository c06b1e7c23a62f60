"""Pages for the tests of the reader: written here, or read from the folder of labelled pages where that is present."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

SENTENCES = (
    "The harbour council agreed on Monday to deepen the eastern basin, its chair Anna Holm said after a long session.",
    "Work is to begin in spring, and the city will pay for two thirds of it, according to the plan seen by this paper.",
    "Fishermen, who had asked for a later start, called the decision hasty and said that they would appeal.",
    "“We have waited nine years for this,” Holm said. “It would be wrong to wait for another one.”",
    "The basin was last deepened in 1974, when ships of half the size used it, and silt has come back since.",
)

MakePage = Callable[..., str]


@pytest.fixture
def paragraphs() -> tuple[str, ...]:
    """Five paragraphs of an article."""
    return SENTENCES


@pytest.fixture
def make_page() -> MakePage:
    """A function that writes a page: what stands in its head, what stands around the article, what stands in it."""

    def make(
        *,
        head: str = "",
        before: str = "",
        after: str = "",
        headline: str = "Council deepens harbour",
        body: str | None = None,
    ) -> str:
        text = body if body is not None else "".join(f"<p>{sentence}</p>" for sentence in SENTENCES * 2)
        menu = "".join(
            f'<li><a href="/{name}">{name}</a></li>' for name in ("news", "sport", "culture", "weather", "contact")
        )
        return (
            f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{headline} | '
            f"Harbour Post</title>{head}</head>"
            f"<body><nav "
            f'class="menu"><ul>{menu}</ul></nav>{before}<main><article><h1>{headline}</h1>{text}</article></main>{after}'
            "<footer><p>© Harbour Post. All rights reserved. Subscribe to our newsletter.</p></footer></body></html>"
        )

    return make


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of labelled pages, if there is one."""
    root = Path(__file__).parents[3]
    folder = Path(os.environ.get("MEDIA_COVERAGE_SHARED", root.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"the labelled pages are not here: {folder}")
    return folder
