"""Figures are plain dicts that Plotly takes; what they show is what they were given."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import figures, queries
from dashboard.dataset import Dataset
from dashboard.figures.names import plain
from dashboard.filters import Filter, Grain
from dashboard.theme import GRAPH_CONFIG, INK, SERIES

NAMES = {"gull": "The <b>Gull</b>", "heron": "The Heron"}


def lines(dozen: Dataset, grain: Grain = "day", **more: object) -> dict[str, Any]:
    coverage = queries.coverage_over_time(dozen, Filter(query="dam"), grain=grain)
    return figures.coverage_lines([figures.Line("dam", 0, coverage)], grain=grain, **more)  # type: ignore[arg-type]


def roles(dozen: Dataset, story: int) -> pd.DataFrame:
    return queries.story_timeline(dozen, story).merge(queries.story_roles(dozen, story), on="article_id")


def two_lines(dozen: Dataset) -> list[figures.Line]:
    asked = ("dam", "rain")
    answers = [queries.coverage_over_time(dozen, Filter(query=query)) for query in asked]
    return [figures.Line(query, nth, answer) for nth, (query, answer) in enumerate(zip(asked, answers, strict=True))]


def points(figure: dict[str, Any]) -> dict[str, Any]:
    return next(trace for trace in figure["data"] if trace.get("mode") == "markers")


def test_every_figure_is_one_that_plotly_takes(dozen: Dataset) -> None:
    drawn = [
        lines(dozen),
        lines(dozen, "week"),
        figures.source_bars(queries.coverage_by_source(dozen, Filter()), NAMES),
        figures.story_timeline(queries.story_timeline(dozen, 1), NAMES),
        figures.collection_heatmap(queries.collection_days(dozen, Filter()), NAMES),
        figures.topic_multiples(queries.topic_coverage(dozen, Filter(), grain="week"), {"dams": "Dams"}),
        figures.role_bars(roles(dozen, 1), NAMES),
        figures.calendar(queries.coverage_over_time(dozen, Filter(query="dam"))),
        figures.source_heatmap(queries.source_heatmap(dozen, Filter(query="dam")), NAMES, grain="week"),
        figures.citation_network(queries.citing_sources(dozen, Filter()), NAMES),
        figures.named_bars(queries.mentions_over_time(dozen, Filter(), "Ada Marsh", grain="week")),
        figures.stacked_shares(two_lines(dozen)),
        figures.columns_drawn(["a", "b"], {"articles": [1, None]}, is_time=False),
        figures.topic_dots(pd.DataFrame({"name": ["Dams"], "share": [0.5], "share_of_all": [0.4]})),
    ]
    for figure in drawn:
        json.dumps(figure, allow_nan=False)
        go.Figure(figure)


def test_points_are_the_answer_and_an_empty_day_is_a_zero_only_where_something_was_collected(dozen: Dataset) -> None:
    coverage = queries.coverage_over_time(dozen, Filter(query="dam"))
    shown = points(lines(dozen))
    assert shown["x"] == coverage["bucket"].dt.strftime("%Y-%m-%d").tolist()
    assert [None if pd.isna(share) else share for share in coverage["share"]] == shown["y"]
    assert points(lines(dozen, measure="count"))["y"] == coverage["articles"].tolist()
    assert shown["text"][0].startswith("66.7 % = 2 of 3 articles")
    assert shown["customdata"][0] == ["2026-03-02", "2026-03-02", 1]


def test_a_bucket_without_any_collection_breaks_the_line(dozen: Dataset) -> None:
    coverage = queries.coverage_over_time(dozen, Filter(query="dam"))
    holed = coverage[coverage["bucket"].dt.day != 5]
    figure = figures.coverage_lines([figures.Line("dam", 0, holed)], measure="count")
    assert points(figure)["y"] == [2, 1, 0, None, 0, 0, 0, 2]
    assert all(not trace.get("connectgaps") for trace in figure["data"])


def test_gaps_are_bands_and_the_selection_is_marked(dozen: Dataset) -> None:
    figure = lines(dozen, gaps=queries.collection_gaps(dozen, Filter()), peak=("2026-03-02", "2026-03-03"))
    shapes = {shape["name"]: shape for shape in figure["layout"]["shapes"]}
    assert (shapes["gap"]["x0"], shapes["gap"]["x1"]) == ("2026-03-03 12:00:00", "2026-03-04 12:00:00")
    assert (shapes["peak"]["x0"], shapes["peak"]["x1"]) == ("2026-03-01 12:00:00", "2026-03-03 12:00:00")
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["gap: 1 source"]


def test_neighbouring_gaps_share_a_band() -> None:
    gaps = pd.DataFrame(
        {
            "source_id": ["a", "b", "c"],
            "first_on": pd.to_datetime(["2026-01-01", "2026-01-03", "2026-01-09"]),
            "last_on": pd.to_datetime(["2026-01-04", "2026-01-05", "2026-01-09"]),
        }
    )
    days = pd.DataFrame(
        {
            "bucket": pd.date_range("2026-01-01", "2026-01-10"),
            "articles": 1,
            "articles_collected": 2,
            "share": 0.5,
            "sources": 3,
            "missing_days": 0,
            "is_partial": False,
        }
    )
    figure = figures.coverage_lines([figures.Line("x", 0, days)], gaps=gaps)
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["gap: 2 sources", "gap: 1 source"]


def test_an_unfinished_bucket_is_dotted(dozen: Dataset) -> None:
    coverage = queries.coverage_over_time(dozen, Filter(query="dam"), grain="day").assign(
        is_partial=lambda rows: rows["bucket"].dt.day == 9
    )
    firm, loose, shown = figures.coverage_lines([figures.Line("dam", 0, coverage)], measure="count")["data"]
    assert (firm["y"][-1], loose["line"]["dash"], loose["y"][-2:]) == (None, "dot", [0, 2])
    assert shown["text"][-1].endswith("unfinished")


def test_one_or_two_buckets_are_bars_with_their_value(dozen: Dataset) -> None:
    bar = lines(dozen, "week")["data"][0]
    assert (bar["type"], bar["text"]) == ("bar", ["50 %", "66.7 %"])


def test_nothing_to_draw_is_an_empty_figure(dozen: Dataset) -> None:
    nothing = queries.coverage_over_time(dozen, Filter(sources=("nobody",)))
    assert nothing.empty
    go.Figure(figures.coverage_lines([figures.Line("x", 0, nothing)], gaps=queries.collection_gaps(dozen, Filter())))
    go.Figure(figures.coverage_lines([]))


def test_names_of_strangers_are_no_markup(dozen: Dataset) -> None:
    bars = figures.source_bars(queries.coverage_by_source(dozen, Filter()), NAMES)
    assert "The &lt;b&gt;Gull&lt;/b&gt;" in bars["data"][0]["y"]
    assert plain("x" * 100).endswith("…")
    assert len(plain("x" * 100)) == 44


def test_copies_are_hollow_with_a_line_to_their_original(dozen: Dataset) -> None:
    figure = figures.story_timeline(queries.story_timeline(dozen, 1), NAMES)
    assert [trace["name"] for trace in figure["data"]] == ["own text", "copy"]
    assert figure["data"][1]["marker"]["symbol"] == ["circle-open"]
    assert len(figure["layout"]["shapes"]) == 1


def test_missing_days_are_told_by_letter_too(dozen: Dataset) -> None:
    figure = figures.collection_heatmap(queries.collection_days(dozen, Filter()), NAMES)
    assert sum(row.count("×") for row in figure["data"][0]["text"]) == 1


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_stand_out_three_to_one_in_both_schemes(scheme: str) -> None:
    paper = luminance(INK[scheme]["paper"])
    for colour in SERIES[scheme]:
        brighter, darker = max(paper, luminance(colour)), min(paper, luminance(colour))
        assert (brighter + 0.05) / (darker + 0.05) >= 3, colour


def test_no_button_sends_a_chart_away(dozen: Dataset) -> None:
    assert "sendChartToCloud" in GRAPH_CONFIG["modeBarButtonsToRemove"]
    assert "sendChartToCloud" in figures.show(lines(dozen)).layout.modebar.remove


def test_a_calendar_has_each_day_in_its_week() -> None:
    days = pd.date_range("2026-03-02", "2026-03-10")  # a Monday and the eight days after it
    coverage = pd.DataFrame({"bucket": days, "articles": range(9), "share": [nth / 10 for nth in range(9)]})
    (trace,) = figures.calendar(coverage, measure="count")["data"]
    assert trace["x"] == ["2026-03-02", "2026-03-09"]
    assert [row[0] for row in trace["z"]] == [0, 1, 2, 3, 4, 5, 6]
    assert [row[1] for row in trace["z"]] == [7, 8, None, None, None, None, None]


def test_parts_of_lines_are_of_their_sum(dozen: Dataset) -> None:
    dam, rain = figures.stacked_shares(two_lines(dozen))["data"]
    both = [(one, other) for one, other in zip(dam["y"], rain["y"], strict=True) if one is not None]
    assert all(round(one + other, 9) == 1 for one, other in both)
    assert both[0] == (0.5, 0.5)  # on 2 March both articles answer both


def test_roles_are_counted_by_source(dozen: Dataset) -> None:
    drawn = {
        trace["name"]: dict(zip(trace["y"], trace["x"], strict=True))
        for trace in figures.role_bars(roles(dozen, 2), {})["data"]
    }
    assert drawn == {"reports": {"gull": 1, "heron": 0}, "disputes": {"gull": 0, "heron": 1}}


def test_lines_lead_to_the_cited_source_and_denials_are_dotted(dozen: Dataset) -> None:
    edge, nodes = figures.citation_network(queries.citing_sources(dozen, Filter()), {})["data"]
    ends = [nodes["text"].index(name) for name in ("heron", "gull")]
    assert [(edge["x"][at], edge["y"][at]) for at in (0, -1)] == [(nodes["x"][end], nodes["y"][end]) for end in ends]
    assert edge["line"]["dash"] == "dot"


def test_letters_stand_on_the_days_that_they_speak_of() -> None:
    states = {"a": "missing", "b": "collected", "c": "partly"}
    days = pd.DataFrame([
        {"source_id": source, "covered_on": pd.Timestamp("2026-03-02"), "articles": 0, "state": state}
        for source, state in states.items()
    ])  # fmt: skip
    [trace] = figures.collection_heatmap(days, {"a": "Mirror", "b": "Zenith", "c": "Argus"})["data"]
    assert dict(zip(trace["y"], trace["text"], strict=True)) == {"Zenith": [""], "Mirror": ["×"], "Argus": ["p"]}
