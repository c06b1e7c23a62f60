"""Comparisons: sources by time, days of the week, who cites whom, lines side by side or stacked."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.figures.lines import Line
from dashboard.figures.names import plain
from dashboard.filters import Grain, Measure
from dashboard.rows import Row, rows_of
from dashboard.telling import bucket_told, plural, share_told
from dashboard.theme import Scheme

ROW = 24  # pixels of a source
MOST_CITATIONS = 60  # of who cites whom, so that lines can be told apart
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SCALES = {
    "light": [[0.0, "#eef4f9"], [0.5, "#74b3d9"], [1.0, "#00487a"]],
    "dark": [[0.0, "#1c2730"], [0.5, "#2f7fb3"], [1.0, "#c5e6fa"]],
}


def source_heatmap(
    coverage: pd.DataFrame, names: dict[str, str], *, grain: Grain = "week", scheme: Scheme = "light"
) -> dict[str, Any]:
    """Draw each source's share over time (`source_heatmap`); steps at which a source was not collected stay empty."""
    shares = coverage.pivot_table(aggfunc="first", index="source_id", columns="bucket", values="share", dropna=False)
    told = coverage.assign(
        told=[
            f"{share_told(row.share)} = {int(row.articles):,} of {int(row.articles_collected):,}"
            for row in rows_of(coverage)
        ]
    ).pivot_table(aggfunc="first", index="source_id", columns="bucket", values="told")
    order = shares.sum(axis=1).sort_values().index
    days = [pd.Timestamp(bucket).date() for bucket in shares.columns]
    buckets = [bucket_told(day, grain) for day in days]
    trace = _heat(scheme) | {
        "x": [str(day) for day in days],
        "y": [plain(names.get(name, name), 26) for name in order],
        "z": [[None if pd.isna(value) else float(value) for value in row] for row in shares.loc[order].to_numpy()],
        "customdata": [
            [
                f"{bucket}: {'not collected' if pd.isna(value) else value}"
                for bucket, value in zip(buckets, row, strict=True)
            ]
            for row in told.loc[order].to_numpy()
        ],
        "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
        "colorbar": _colour_bar("share", ".0%"),
    }
    return {
        "data": [trace],
        "layout": theme.layout(
            scheme,
            height=90 + ROW * max(len(order), 1),
            xaxis={"type": "date", "fixedrange": True, "showgrid": False},
            yaxis={"fixedrange": True, "showgrid": False, "ticklabelstandoff": 6, "dtick": 1},
        ),
    }


def calendar(coverage: pd.DataFrame, *, measure: Measure = "share", scheme: Scheme = "light") -> dict[str, Any]:
    """Draw coverage by day (`coverage_over_time`) as a calendar: a column a week, a row a day of the week."""
    column = "share" if measure == "share" else "articles"
    days = coverage.assign(
        week=coverage["bucket"] - pd.to_timedelta(coverage["bucket"].dt.day_of_week, unit="D"),
        weekday=coverage["bucket"].dt.day_of_week,
        told=[
            f"{bucket_told(row.bucket.date(), 'day')}: {plural(int(row.articles), 'article')}, {share_told(row.share)}"
            for row in rows_of(coverage)
        ],
    )
    grid = days.pivot_table(aggfunc="first", index="weekday", columns="week", values=column).reindex(range(7))
    told = days.pivot_table(aggfunc="first", index="weekday", columns="week", values="told").reindex(range(7))
    trace = _heat(scheme) | {
        "x": [str(pd.Timestamp(week).date()) for week in grid.columns],
        "y": list(WEEKDAYS),
        "z": [[None if pd.isna(value) else float(value) for value in row] for row in grid.to_numpy()],
        "customdata": told.fillna("nothing collected").to_numpy().tolist(),
        "hovertemplate": "%{customdata}<extra></extra>",
        "colorbar": _colour_bar(*(("share", ".0%") if measure == "share" else ("articles", ",d"))),
    }
    return {
        "data": [trace],
        "layout": theme.layout(
            scheme,
            height=250,
            xaxis={"type": "date", "fixedrange": True, "showgrid": False},
            yaxis={"autorange": "reversed", "fixedrange": True, "showgrid": False, "ticklabelstandoff": 6},
        ),
    }


def _heat(scheme: Scheme) -> dict[str, Any]:
    return {"type": "heatmap", "colorscale": _SCALES[scheme], "zmin": 0, "xgap": 2, "ygap": 2, "hoverongaps": False}


def _colour_bar(title: str, form: str) -> dict[str, Any]:
    return {"title": {"text": title}, "tickformat": form, "thickness": 10, "outlinewidth": 0, "len": 1.0}


def citation_network(pairs: pd.DataFrame, names: dict[str, str], *, scheme: Scheme = "light") -> dict[str, Any]:
    """Draw who cites whom (`citing_sources`) on a circle: a line leads to the cited source, the thicker the more often.

    Cited names that are none of our sources are left out. Lines of which half or more are denials are red and dotted.
    """
    shown = pairs[pairs["cited_source_id"].notna()].head(MOST_CITATIONS)
    cited = shown.groupby("cited_source_id")["citations"].sum()
    nodes = sorted(
        {*shown["source_id"], *shown["cited_source_id"]}, key=lambda name: str(names.get(name, name)).casefold()
    )
    angles = {name: 2 * math.pi * nth / len(nodes) for nth, name in enumerate(nodes)}
    places = {name: (math.cos(angle), math.sin(angle)) for name, angle in angles.items()}
    most = max(int(shown["citations"].max()), 1) if len(shown) else 1
    lines = [_edge(row, places, most, scheme) for row in rows_of(shown)]
    points = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [places[name][0] for name in nodes],
        "y": [places[name][1] for name in nodes],
        "text": [plain(names.get(name, name), 24) for name in nodes],
        "textposition": ["middle right" if places[name][0] >= 0 else "middle left" for name in nodes],
        "marker": {
            "size": [8 + 26 * math.sqrt(cited.get(name, 0) / max(cited.max(), 1)) for name in nodes],
            "color": theme.colour(0, scheme),
            "line": {"width": 1, "color": theme.INK[scheme]["paper"]},
        },
        "customdata": [plural(int(cited.get(name, 0)), "citation") for name in nodes],
        "hovertemplate": "%{text}: %{customdata} of it<extra></extra>",
        "cliponaxis": False,
    }
    hidden = {"visible": False, "fixedrange": True, "range": [-1.15, 1.15]}
    return {
        "data": [*lines, points],
        "layout": theme.layout(
            scheme,
            height=480,
            showlegend=False,
            hovermode="closest",
            xaxis=hidden | {"range": [-2.1, 2.1]},
            yaxis=hidden,
            margin={"l": 4, "r": 4, "t": 4, "b": 4},
        ),
    }


def _edge(row: Row, places: dict[str, tuple[float, float]], most: int, scheme: Scheme) -> dict[str, Any]:
    """Bend each line to its left, so that the ways there and back lie apart; the arrow stands in the middle."""
    (x0, y0), (x1, y1) = places[row.source_id], places[row.cited_source_id]
    middle = ((x0 + x1) / 2 - 0.12 * (y1 - y0), (y0 + y1) / 2 + 0.12 * (x1 - x0))
    is_denied = row.disputes * 2 >= row.citations
    colour = theme.colour(1, scheme) if is_denied else theme.INK[scheme]["usual"]
    angle = math.degrees(math.atan2(x1 - x0, y1 - y0))
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [x0, middle[0], x1],
        "y": [y0, middle[1], y1],
        "line": {
            "shape": "spline",
            "width": 1 + 5 * row.citations / most,
            "color": colour,
            "dash": "dot" if is_denied else "solid",
        },
        "marker": {"symbol": "triangle-up", "angle": angle, "size": [0, 9, 0], "color": colour},
        "hoverinfo": "skip",
    }


def stacked_shares(lines: list[Line], *, scheme: Scheme = "light") -> dict[str, Any]:
    """Draw what part each line has of all lines together, by step (`coverage_over_time`, one answer a line)."""
    counts = pd.DataFrame(
        {nth: line.coverage.set_index("bucket")["articles"] for nth, line in enumerate(lines)}
    ).fillna(0)
    totals = counts.sum(axis=1)
    traces = [
        {
            "type": "bar",
            "name": plain(line.name, 30),
            "x": [str(bucket.date()) for bucket in counts.index],
            "y": [
                None if not total else float(value / total) for value, total in zip(counts[nth], totals, strict=True)
            ],
            "customdata": [
                f"{int(value):,} of {int(total):,}" for value, total in zip(counts[nth], totals, strict=True)
            ],
            "marker": {"color": theme.colour(line.colour, scheme)},
            "hovertemplate": "%{customdata}<extra>%{fullData.name}</extra>",
        }
        for nth, line in enumerate(lines)
    ]
    return {
        "data": traces,
        "layout": theme.layout(
            scheme,
            height=320,
            barmode="stack",
            bargap=0.1,
            xaxis={"type": "date", "fixedrange": True, "showgrid": False},
            yaxis={
                "tickformat": ".0%",
                "range": [0, 1],
                "fixedrange": True,
                "title": {"text": "part of the lines together"},
            },
            showlegend=True,
        ),
    }


def named_bars(naming: pd.DataFrame, *, grain: Grain = "week", scheme: Scheme = "light") -> dict[str, Any]:
    """Draw in how many articles someone is named (`mentions_over_time`), by step."""
    told = [
        f"{bucket_told(row.bucket.date(), grain)}: {plural(int(row.articles), 'article')} of {int(row.articles_collected):,}"
        for row in rows_of(naming)
    ]
    trace = {
        "type": "bar",
        "x": [str(bucket.date()) for bucket in naming["bucket"]],
        "y": [int(number) for number in naming["articles"]],
        "hovertext": told,
        "hoverinfo": "text",
        "marker": {"color": theme.colour(0, scheme)},
    }
    return {
        "data": [trace],
        "layout": theme.layout(
            scheme,
            height=240,
            bargap=0.15,
            xaxis={"type": "date", "fixedrange": True, "showgrid": False},
            yaxis={"tickformat": ",d", "fixedrange": True, "rangemode": "tozero", "title": {"text": "articles"}},
        ),
    }


def columns_drawn(
    steps: list[str], columns: dict[str, list[float | None]], *, is_time: bool, scheme: Scheme = "light"
) -> dict[str, Any]:
    """Draw columns of numbers over days as lines, or over names as bars."""
    traces = [
        {
            "type": "scatter" if is_time else "bar",
            **({"mode": "lines"} if is_time else {}),
            "name": plain(name, 30),
            "x": [step if is_time else plain(step, 28) for step in steps],
            "y": values,
            ("line" if is_time else "marker"): {"color": theme.colour(nth, scheme)},
        }
        for nth, (name, values) in enumerate(columns.items())
    ]
    title = " and ".join(plain(name, 30) for name in columns)
    return {
        "data": traces,
        "layout": theme.layout(
            scheme,
            height=320,
            xaxis={"type": "date" if is_time else "category", "fixedrange": True, "showgrid": False},
            yaxis={"fixedrange": True, "rangemode": "tozero", "title": {"text": title}},
            showlegend=False,
        ),
    }
