"""Explore: up to six queries side by side, with every filter."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components import title
from dashboard.panel import chart_panel
from dashboard.telling import query_told
from dashboard.visit import Visit


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page."""
    return [html.Div([title("Explore", tab=_tab(visit)), _help()], className="lead"), *chart_panel(visit, search)]


def _tab(visit: Visit) -> str:
    return " / ".join(visit.choices.queries) or "Explore"


def _help() -> html.Details:
    examples = (
        ("storm harbour", "both words"),
        ("storm OR flood", "one of them"),
        ('"port strike"', "the exact phrase"),
        ("flood*", "words that begin so"),
        ("storm -sport", "without a word"),
        ('"dam engineer"~10', "within ten words of each other"),
        ("title:election", "in the headline"),
        ("language:fr budget", "in one language"),
    )
    rows = [
        html.Div([html.Dt(html.Code(query)), html.Dd([what, html.Span(f": {query_told(query)}", className="note")])])
        for query, what in examples
    ]
    return html.Details([html.Summary("How to write a query"), html.Dl(rows, className="facts queries-help")])
