"""A story as a time line: who published when, in own words or as a copy."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.figures.names import plain
from dashboard.rows import rows_of
from dashboard.telling import time_told
from dashboard.theme import Scheme

ROW = 28  # pixels of a source


def story_timeline(timeline: pd.DataFrame, names: dict[str, str], *, scheme: Scheme = "light") -> dict[str, Any]:
    """Draw each article (`story_timeline`) at its time in the row of its source; copies are hollow, a line leads to their original."""
    dated = timeline[timeline["published_at"].notna()]
    order = list(dict.fromkeys(dated["source_id"]))[::-1]
    places = {row.article_id: (str(row.published_at), order.index(row.source_id)) for row in rows_of(dated)}
    ink, own = theme.INK[scheme], theme.colour(0, scheme)
    copied_from = [
        {
            "type": "line",
            "x0": places[row.original_id][0],
            "y0": places[row.original_id][1],
            "x1": places[row.article_id][0],
            "y1": places[row.article_id][1],
            "line": {"color": ink["usual"], "width": 1, "dash": "dot"},
            "layer": "below",
        }
        for row in rows_of(dated)
        if row.is_copy and row.original_id in places
    ]
    kinds = {"own text": dated[~dated["is_copy"]], "copy": dated[dated["is_copy"]]}
    traces = [_points(kind, rows, places, own) for kind, rows in kinds.items() if len(rows)]
    labels = [plain(names.get(name, name), 26) for name in order]
    return {
        "data": traces,
        "layout": theme.layout(
            scheme,
            height=90 + ROW * max(len(order), 2),
            shapes=copied_from,
            showlegend=True,
            hovermode="closest",
            xaxis={"type": "date", "fixedrange": True, "title": {"text": "time of publication, UTC"}},
            yaxis={
                "tickvals": list(range(len(order))),
                "ticktext": labels,
                "range": [-0.6, len(order) - 0.4],
                "fixedrange": True,
                "ticklabelstandoff": 6,
            },
        ),
    }


def _points(kind: str, rows: pd.DataFrame, places: dict[Any, tuple[str, int]], colour: str) -> dict[str, Any]:
    full = "circle" if kind == "own text" else "circle-open"
    symbols = [full if row.date_precision == "minute" else "diamond-wide-open" for row in rows_of(rows)]
    told = [f"{plain(row.title, 70)}<br>{time_told(row.published_at, row.date_precision)}" for row in rows_of(rows)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": kind,
        "x": [places[row.article_id][0] for row in rows_of(rows)],
        "y": [places[row.article_id][1] for row in rows_of(rows)],
        "customdata": [int(number) for number in rows["article_id"]],
        "text": told,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 12, "color": colour, "line": {"width": 2, "color": colour}, "symbol": symbols},
    }
