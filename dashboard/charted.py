"""This file draws a chart with all that belongs to it: a name for those who do not see it, its numbers and its picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard.asked import Asked, python_written
from dashboard.theme import GRAPH_CONFIG


def charted(
    figure: dict[str, Any], label: str, asked: Asked, *, graph_id: str | None = None, narrow: bool = False
) -> html.Div:
    """Return a chart with its SQL, Python, CSV and picture.

    Args:
        figure: As `dashboard.figures` makes it, with a height.
        label: What it shows, in words.
        asked: The question whose answer it draws.
        graph_id: For charts that a click on leads on from.
        narrow: It stands beside another; else it may be scrolled sideways on a narrow screen.
    """
    named = {"id": graph_id} if graph_id else {}
    graph = dcc.Graph(figure=figure, config=GRAPH_CONFIG, style={"height": figure["layout"]["height"]}, **named)
    frame = html.Div(
        html.Div(graph, className="" if narrow else "least-wide"),
        role="figure",
        className="across",
        **{"aria-label": label, **({} if narrow else {"tabIndex": 0})},
    )
    return html.Div([frame, taken_along([asked])], className="charted", **{"data-charted": label})


def taken_along(asked: Sequence[Asked]) -> html.Details:
    """Return the ways to take a chart's numbers along."""
    sql, python = "\n".join(each.sql() for each in asked), python_written(asked)
    links = [html.A("CSV", href=each.address(), download=True) for each in asked]
    picture = [
        html.Button(form.upper(), type="button", **{"data-does": "picture", "data-form": form})
        for form in ("png", "svg")
    ]
    return html.Details(
        [
            html.Summary("SQL, Python, CSV, picture"),
            html.Div([*links, *picture], className="actions"),
            html.Pre(sql, tabIndex=0, **{"aria-label": "SQL"}),
            html.Pre(python, tabIndex=0, **{"aria-label": "Python"}),
        ],
        className="taken",
    )
