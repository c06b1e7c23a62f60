"""The bars for reading, on the labelled pages beside the project; plain trafilatura is measured in the same run."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.methods.article.labelled import BODY_SETS, labelled_pages

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
BARS = {"aed": {"title": 0.90, "authors": 0.81}, "fundus": {"title": 0.77, "authors": 0.85, "day": 0.98}}


@pytest.fixture(scope="module")
def bench() -> dict[str, Any]:
    """The measures of the benchmark."""
    return runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "reading.py"))


@pytest.fixture(scope="module")
def scores(bench: dict[str, Any], shared_data: Path) -> Callable[[str, str], Any]:
    """A function that scores a reader on a set, once."""
    made: dict[tuple[str, str], Any] = {}

    def score(reader: str, name: str) -> Any:  # noqa: ANN401 - a type of the benchmark, which is run by its path
        if (reader, name) not in made:
            made[reader, name] = bench["Score"]()
            for page in labelled_pages(shared_data, name):
                made[reader, name].add(page, bench[reader])
        return made[reader, name]

    return score


def test_the_body_is_better_read_than_by_trafilatura(scores: Callable[[str, str], Any]) -> None:
    gains = {name: scores("ours", name).body() - scores("trafilatura_fast", name).body() for name in BODY_SETS}
    assert sum(gains.values()) / 3 >= 0.008
    assert min(gains.values()) >= -0.003
    assert scores("ours", "trafilatura").body() >= scores("trafilatura_fast", "trafilatura").body() - 0.01


@pytest.mark.parametrize("name", BARS)
def test_fields_reach_their_bars(scores: Callable[[str, str], Any], name: str) -> None:
    right = scores("ours", name).right
    found = {key: sum(right[key]) / len(right[key]) for key in BARS[name]}
    assert all(found[key] >= bar for key, bar in BARS[name].items()), found


def test_days_of_odd_pages(scores: Callable[[str, str], Any]) -> None:
    right = scores("ours", "mediacloud_dates").right["day"]
    assert sum(right) / len(right) >= 0.90


def test_nothing_raises_and_little_is_empty(scores: Callable[[str, str], Any]) -> None:
    news = [scores("ours", name) for name in ("aed", "fundus")]
    assert sum(score.raised for score in news) == 0
    texts = [text for score in news for _, text in score.texts]
    assert sum(not text for text in texts) < len(texts) / 200
