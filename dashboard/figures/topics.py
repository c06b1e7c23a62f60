"""Topics side by side on one scale."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.figures.names import plain
from dashboard.telling import share_told
from dashboard.theme import Scheme

ROW, ABREAST = 112, 3  # pixels of a row of small charts; charts in it


def topic_multiples(
    coverage: pd.DataFrame, names: dict[str, str], *, abreast: int = ABREAST, scheme: Scheme = "light"
) -> dict[str, Any]:
    """Draw each topic's share over time (`topic_coverage`) as a small chart; all have the same scale."""
    topics = sorted(coverage["topic_id"].unique(), key=lambda topic: names.get(topic, topic))
    rows = -(-len(topics) // abreast) or 1
    most = float(coverage["share"].max()) * 1.1 if coverage["share"].notna().any() else 1.0
    layout: dict[str, Any] = {
        "height": ROW * rows,
        "showlegend": False,
        "annotations": [],
        "hovermode": "closest",
        "margin": {"l": 4, "r": 4, "t": 20, "b": 4},
    }
    traces = []
    for nth, topic in enumerate(topics):
        axis = str(nth + 1) if nth else ""
        left, top = nth % abreast / abreast, 1 - nth // abreast / rows
        hidden = {"visible": False, "fixedrange": True}
        layout[f"xaxis{axis}"] = {
            "domain": [left, left + 0.94 / abreast],
            "anchor": f"y{axis}",
            "type": "date",
            **hidden,
        }
        layout[f"yaxis{axis}"] = {
            "domain": [top - 0.72 / rows, top],
            "anchor": f"x{axis}",
            "range": [0, most],
            **hidden,
        }
        colour = theme.colour(sorted(names).index(topic) if topic in names else nth, scheme)
        shown = coverage[coverage["topic_id"] == topic]
        heading = f"{plain(names.get(topic, topic), 24)}, up to {share_told(shown['share'].max())}"
        layout["annotations"].append(_heading(heading, left, top))
        traces.append(_small_line(shown, topic, axis, colour) | {"name": plain(names.get(topic, topic))})
    return {"data": traces, "layout": theme.layout(scheme, **layout)}


def _heading(text: str, left: float, top: float) -> dict[str, Any]:
    place = {"x": left, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {"text": text, "showarrow": False, "font": {"size": 12}, **place}


def _small_line(shown: pd.DataFrame, topic: str, axis: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [day.date().isoformat() for day in shown["bucket"]],
        "y": [None if pd.isna(share) else float(share) for share in shown["share"]],
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "line": {"color": colour, "width": 1.6},
        "fill": "tozeroy",
        "customdata": [topic] * len(shown),
        "hovertemplate": "%{y:.1%}, %{x}<extra></extra>",
    }
