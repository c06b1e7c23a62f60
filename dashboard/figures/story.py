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


ROLES = ("reports", "repeats with credit", "repeats without credit", "disputes")


def role_bars(roles: pd.DataFrame, names: dict[str, str], *, scheme: Scheme = "light") -> dict[str, Any]:
    """Draw what each source's articles do in a story: own reports, repeats with and without credit, denials.

    Args:
        roles: source_id and role, one row per article.
        names: Names of sources.
        scheme: light or dark.
    """
    counts = pd.crosstab(roles["source_id"], roles["role"]).reindex(columns=list(ROLES), fill_value=0)
    order = counts.assign(all=counts.sum(axis=1)).sort_values(["reports", "all"]).index
    labels = [plain(names.get(name, name), 26) for name in order]
    patterns = ("", "", "/", "x")
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": role,
            "x": [int(number) for number in counts.loc[order, role]],
            "y": labels,
            "marker": {
                "color": theme.colour(nth if role != "disputes" else 3, scheme),
                "opacity": 1 if nth in (0, 3) else 0.65,
                "pattern": {"shape": patterns[nth], "fillmode": "overlay", "fgcolor": theme.INK[scheme]["paper"]},
            },
            "hovertemplate": f"%{{x}} {role}<extra></extra>",
        }
        for nth, role in enumerate(ROLES)
        if counts[role].sum()
    ]
    return {
        "data": traces,
        "layout": theme.layout(
            scheme,
            height=90 + ROW * max(len(order), 2),
            barmode="stack",
            showlegend=True,
            xaxis={"fixedrange": True, "tickformat": ",d", "title": {"text": "articles"}},
            yaxis={"fixedrange": True, "showgrid": False, "ticklabelstandoff": 6, "dtick": 1},
            bargap=0.3,
        ),
    }
