from __future__ import annotations

from etl.newsroom.describe import describe
from etl.newsroom.truth import Newsroom


def test_one_page_says_what_there_is(newsroom: Newsroom) -> None:
    page = describe(newsroom)
    assert "16 fictional sources in 13 countries" in page
    assert f"{len(newsroom.articles):,} articles on 120 days" in page
    assert "2026-06-09 to 2026-06-14" in page
    assert all(source.source.name in page for source in newsroom.sources.values())
    assert len(page.splitlines()) < 30
