"""Wires the panel: three server callbacks a change, each writing properties; the rest is done by the browser."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State

from dashboard.dataset import Dataset
from dashboard.panel.chart import chart_figure, chart_words, drawn_lines
from dashboard.panel.controls import CONTROLS
from dashboard.panel.listing import listing
from dashboard.panel.reasons import reasons
from dashboard.panel.robustness import robustness
from dashboard.shell import asked_scheme
from dashboard.visit import Visit, visit
from etl.errors import QueryError


def register(app: Dash, dataset: Dataset) -> None:
    """Add the panel's callbacks to an app."""
    _register_browser(app)

    def at(asked: dict[str, str]) -> Visit:
        return visit(dataset, asked["path"], asked["search"], asked_scheme())

    def _draw(asked: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
        here = at(asked)
        drawn = drawn_lines(here)
        return chart_figure(here, drawn), chart_words(here, drawn)

    def _explain(asked: dict[str, str]) -> dict[str, Any]:
        try:
            here = at(asked)
            return reasons(here) | {"robust": robustness(here)}
        except QueryError as error:
            nothing: dict[str, Any] = dict.fromkeys(("stories", "words", "sources", "speakers"))
            return nothing | {"title": "Why?", "note": str(error), "clear": "", "lines": [], "robust": []}

    def _list(asked: dict[str, str]) -> dict[str, Any]:
        try:
            return listing(at(asked))
        except QueryError:
            return {"title": "Articles", "note": "", "table": None, "csv": "", "before": "", "after": "", "sorts": []}

    app.callback(Output("chart", "figure"), Output("told", "data"), Input("asked", "data"))(_draw)
    app.callback(Output("reasons", "data"), Input("asked", "data"))(_explain)
    app.callback(Output("listing", "data"), Input("asked", "data"))(_list)


def _register_browser(app: Dash) -> None:
    def browser(function: str, *inputs: Input | State) -> None:
        app.clientside_callback(ClientsideFunction("coverage", function), *inputs, prevent_initial_call=True)

    browser("tell", Input("told", "data"))
    browser("explain", Input("reasons", "data"))
    browser("list", Input("listing", "data"))
    browser("picked", Input("chart", "selectedData"))
    browser("clicked", Input("chart", "clickData"))
    browser("choose", *(Input(control, "value") for control in CONTROLS))
