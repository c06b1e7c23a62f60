"""The places of the panel. What stands in them is written by callbacks as properties, never as trees."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.panel.controls import filter_bar, query_rows, switches
from dashboard.theme import GRAPH_CONFIG
from dashboard.visit import Visit

HEIGHT = 300  # pixels of the chart, reserved so that nothing jumps


def chart_panel(visit: Visit, search: str, *, aside: Component | None = None) -> list[Any]:
    """Return filters, chart, reasons and articles; `aside` stands beside the chart."""
    chart = html.Section(
        [
            html.Div([html.H2("Coverage over time", id="chart-title"), switches(visit)], className="chart-head"),
            html.P("Drag over a peak, or click a point, and see why.", className="hint", id="chart-hint"),
            html.P(id="chart-empty", className="empty", hidden=True),
            html.Div(
                dcc.Loading(
                    dcc.Graph(
                        id="chart",
                        config=GRAPH_CONFIG,
                        style={"height": HEIGHT},
                        figure={"data": [], "layout": _quiet()},
                        responsive=True,
                    ),
                    delay_show=250,
                    delay_hide=150,
                    overlay_style={"visibility": "visible", "opacity": 0.5},
                    type="circle",
                ),
                id="chart-frame",
                role="figure",
                hidden=visit.choices.as_table,
                **{"aria-labelledby": "chart-title", "aria-describedby": "chart-summary"},
            ),
            html.Div(id="chart-table", hidden=not visit.choices.as_table, tabIndex=0),
            html.P([html.Span(id="chart-summary"), " ", html.Span(id="chart-unit")], className="note"),
            _actions(),
            _robustness(),
        ],
        className="panel",
        id="chart-panel",
        **{"data-stands-out": visit.stands_out},
    )
    return [
        dcc.Store(id="asked", data={"path": visit.path, "search": search}),
        dcc.Store(id="told"),
        dcc.Store(id="reasons"),
        dcc.Store(id="listing"),
        html.Section(
            [
                query_rows(visit),
                filter_bar(visit),
                html.P(id="notices", className="notice", role="status", hidden=True),
            ],
            className="panel",
            **{"aria-label": "Filters"},
        ),
        html.Div([chart, aside], className="columns") if aside is not None else chart,
        html.Div([_reasons(), _articles()], className="below"),
    ]


def _quiet() -> dict[str, Any]:
    hidden = {"visible": False}
    return {"xaxis": hidden, "yaxis": hidden, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}


def _actions() -> html.Div:
    return html.Div(
        [
            html.Div(
                [
                    html.A("CSV", id="chart-csv", href="/coverage.csv", download=True),
                    html.A("Compare", id="chart-compare", href="/compare"),
                    html.Button("PNG", type="button", **{"data-does": "picture", "data-form": "png"}),
                    html.Button("SVG", type="button", **{"data-does": "picture", "data-form": "svg"}),
                    html.Button("Copy link", type="button", **{"data-does": "copy-link"}),
                ],
                className="actions",
            ),
            html.Details(
                [
                    html.Summary("The same in SQL and Python"),
                    html.Pre(id="chart-sql", tabIndex=0, **{"aria-label": "SQL"}),
                    html.Pre(id="chart-python", tabIndex=0, **{"aria-label": "Python"}),
                    html.Div(
                        [
                            html.Button("Copy SQL", type="button", **{"data-does": "copy", "data-of": "chart-sql"}),
                            html.Button(
                                "Copy Python", type="button", **{"data-does": "copy", "data-of": "chart-python"}
                            ),
                        ],
                        className="actions",
                    ),
                ]
            ),
        ]
    )


def _robustness() -> html.Section:
    note = "The same share, each counted in one other way; the grey line is the chart's own. All are drawn to their own height."
    return html.Section(
        [html.H3("Does it hold?"), html.P(note, className="note"), html.Ul(id="robust-ways", className="ways")],
        id="robust",
        hidden=True,
        **{"aria-label": "The result counted in five other ways"},
    )


def _reasons() -> html.Section:
    parts = {"stories": "Stories", "words": "Words", "sources": "Sources", "speakers": "Who is quoted"}
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Why?", id="why-title"),
                    html.A("Clear selection", id="why-clear", href="/", className="button", hidden=True),
                ],
                className="chart-head",
            ),
            html.P(id="why-note", className="note"),
            html.Div(id="why-lines"),
            html.Div([html.H3(parts["stories"]), html.Div(id="why-stories")], className="part"),
            html.Div(
                [
                    html.Div([html.H3(parts[name]), html.Div(id=f"why-{name}")], className="part")
                    for name in ("words", "sources", "speakers")
                ],
                className="parts",
            ),
        ],
        className="panel",
        id="why",
        **{"aria-labelledby": "why-title"},
    )


def _articles() -> html.Section:
    return html.Section(
        [
            html.Div(
                [
                    html.H2("Articles", id="list-title"),
                    html.Div(html.A("CSV", id="list-csv", href="/articles.csv", download=True), className="actions"),
                ],
                className="chart-head",
            ),
            html.Div(id="list-sorts", className="note"),
            html.Div(id="list-table", tabIndex=0),
            html.P(id="list-note", className="note"),
            html.Div(
                [
                    html.A("Before", id="list-before", href="/", hidden=True, rel="prev"),
                    html.A("After", id="list-after", href="/", hidden=True, rel="next"),
                ],
                className="actions",
            ),
        ],
        className="panel",
        id="articles",
        **{"aria-labelledby": "list-title"},
    )
