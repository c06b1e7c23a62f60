"""The newsroom, built once for all tests of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from etl.newsroom.build import build_newsroom
from etl.newsroom.truth import ArticleTruth, Newsroom


@pytest.fixture(scope="session")
def newsroom() -> Newsroom:
    return build_newsroom()


@pytest.fixture(scope="session")
def words_of() -> Callable[[ArticleTruth], list[str]]:
    """Count words alike in all languages: pairs of letters stand for words of Japanese."""

    def words(article: ArticleTruth) -> list[str]:
        found = re.findall(r"\w+", article.text.lower())
        return re.findall(r"\w\w", "".join(found)) if article.language == "ja" else found

    return words
