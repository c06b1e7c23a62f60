"""Coverage by source, and what a source writes about against all others."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.figures.names import plain
from dashboard.filters import Measure
from dashboard.rows import rows_of
from dashboard.telling import plural, share_told
from dashboard.theme import Scheme

ROW = 26  # pixels of a row


def source_bars(
    coverage: pd.DataFrame,
    names: dict[str, str],
    *,
    measure: Measure = "share",
    most: int = 20,
    scheme: Scheme = "light",
) -> dict[str, Any]:
    """Draw coverage by source (`coverage_by_source`), the most first, each with its value written out."""
    column = "share" if measure == "share" else "articles"
    rows = coverage.sort_values([column, "source_id"], ascending=[False, True]).head(most).iloc[::-1]
    told = [share_told(row.share) if measure == "share" else f"{int(row.articles):,}" for row in rows_of(rows)]
    hover = [
        f"{share_told(row.share)} = {int(row.articles):,} of {plural(int(row.articles_collected), 'article')}"
        for row in rows_of(rows)
    ]
    bar = {
        "type": "bar",
        "orientation": "h",
        "x": rows[column].tolist(),
        "y": [plain(names.get(name, name), 28) for name in rows["source_id"]],
        "text": told,
        "textposition": "outside",
        "cliponaxis": False,
        "hovertext": hover,
        "hoverinfo": "text",
        "customdata": rows["source_id"].tolist(),
        "marker": {"color": theme.colour(0, scheme)},
    }
    axis = {"fixedrange": True, "showgrid": False, "showticklabels": False, "zeroline": False, "rangemode": "tozero"}
    return {
        "data": [bar],
        "layout": theme.layout(
            scheme,
            height=40 + ROW * len(rows),
            xaxis=axis,
            yaxis={"fixedrange": True, "showgrid": False, "ticklabelstandoff": 6},
            margin={"l": 8, "r": 56, "t": 4, "b": 4},
            showlegend=False,
            bargap=0.35,
        ),
    }


def topic_dots(mix: pd.DataFrame, *, scheme: Scheme = "light") -> dict[str, Any]:
    """Draw what share of a source's articles each topic has (filled), against all sources (hollow).

    Args:
        mix: name, share (of the source), share_of_all, one row per topic.
        scheme: light or dark.
    """
    rows = mix.sort_values("share")
    names = [plain(name, 28) for name in rows["name"]]
    ink = theme.INK[scheme]
    here = {
        "type": "scatter",
        "mode": "markers",
        "name": "this source",
        "x": rows["share"].tolist(),
        "y": names,
        "marker": {"size": 11, "color": theme.colour(0, scheme)},
        "hovertemplate": "%{x:.1%} of this source<extra></extra>",
    }
    there = {
        "type": "scatter",
        "mode": "markers",
        "name": "all sources",
        "x": rows["share_of_all"].tolist(),
        "y": names,
        "marker": {"size": 11, "symbol": "circle-open", "color": ink["faint"], "line": {"width": 2}},
        "hovertemplate": "%{x:.1%} of all sources<extra></extra>",
    }
    between = [
        {
            "type": "line",
            "x0": row.share,
            "x1": row.share_of_all,
            "y0": name,
            "y1": name,
            "line": {"color": ink["line"], "width": 3},
            "layer": "below",
        }
        for row, name in zip(rows_of(rows), names, strict=True)
    ]
    return {
        "data": [there, here],
        "layout": theme.layout(
            scheme,
            height=90 + ROW * len(rows),
            shapes=between,
            xaxis={
                "tickformat": ",.3~%",
                "rangemode": "tozero",
                "fixedrange": True,
                "title": {"text": "share of articles"},
            },
            yaxis={"fixedrange": True, "showgrid": False, "ticklabelstandoff": 6},
            showlegend=True,
            margin={"l": 8, "r": 16, "t": 8, "b": 8},
        ),
    }
