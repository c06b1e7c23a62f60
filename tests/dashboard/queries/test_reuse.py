"""The questions of reuse answer through their functions."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from dashboard import queries
from dashboard.dataset import Dataset
from dashboard.filters import Filter


@pytest.mark.parametrize(
    ("ask", "columns"),
    [
        (queries.copied_sources, {"source_id", "original_source_id", "copies"}),
        (queries.reuse_by_source, {"source_id", "articles", "share_without_credit"}),
        (queries.citing_sources, {"source_id", "cited_source_id", "citations", "disputes"}),
        (queries.denials, {"article_id", "disputer", "hours_until_denial"}),
        (queries.carried_without_denial, {"story_id", "articles_after", "share_without_denial"}),
    ],
)
def test_reuse(dozen: Dataset, ask: Callable[[Dataset, Filter], pd.DataFrame], columns: set[str]) -> None:
    assert columns <= set(ask(dozen, Filter()).columns)
