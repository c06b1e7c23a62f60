"""This file makes the app: one dataset in, one app out, with nothing global between two of them."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input

from dashboard import answers, exports, panel, serving, shell
from dashboard.dataset import Dataset
from dashboard.pages import PAGES, sql

INDEX = """<!DOCTYPE html>
<html lang="en">
  <head>
    {%metas%}
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{%title%}</title>
    {%favicon%}
    {%css%}
    <script async src="/_dash-component-suites/plotly/package_data/plotly.min.js"></script>
    <link rel="preload" as="script" href="/_dash-component-suites/dash/dcc/async-graph.js">
  </head>
  <body>
    {%app_entry%}
    {%config%}
    {%scripts%}
    {%renderer%}
  </body>
</html>"""


def create_app(dataset: Dataset, *, framed_by: str = "'none'") -> Dash:
    """Return the dashboard of a dataset.

    Args:
        dataset: What it shows; a dataset that `waits` may be missing as yet.
        framed_by: Who may show it in a frame, as in Content-Security-Policy's frame-ancestors.
    """
    app = Dash(
        "dashboard",
        title="Media Coverage",
        update_title=None,
        index_string=INDEX,
        suppress_callback_exceptions=True,
        serve_locally=True,
        on_error=serving.tell_errors,
        enable_mcp=False,
        pages_folder="",
    )
    app.layout = shell.shell
    shell.register(app, dataset, PAGES)
    panel.register(app, dataset)
    sql.register(app, dataset)
    _register_clicks(app)
    serving.health(app, dataset)
    exports.register(app.server, dataset)
    answers.register(app.server, dataset)
    serving.refuse_strange_paths(app)
    serving.compress(app)
    serving.protect(app, framed_by=framed_by)
    return app


def _register_clicks(app: Dash) -> None:
    clicks: dict[str, tuple[Any, ...]] = {
        "openArticle": (Input("story-chart", "clickData"),),
        "openTopic": (Input("topics-chart", "clickData"),),
        "mark": (Input("article-kinds", "value"),),
    }
    for function, inputs in clicks.items():
        app.clientside_callback(ClientsideFunction("coverage", function), *inputs, prevent_initial_call=True)
