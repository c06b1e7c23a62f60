"""About: how to cite, how each method works and errs, what every table and question means. All of it is in the file itself."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import queries
from dashboard.components import panel, table, title
from dashboard.rows import Value, first_row, rows_of
from dashboard.telling import period_told, plural
from dashboard.visit import Visit


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page."""
    return [
        html.Div(
            [
                title("About this dataset"),
                html.P(
                    "One DuckDB file is dataset, search engine and method: what a chart shows, its questions answer in any "
                    "DuckDB shell, in R and in a notebook alike."
                ),
            ],
            className="lead",
        ),
        _cite(visit),
        _methods(visit),
        _questions(visit),
        _tables(visit),
    ]


def _cite(visit: Visit) -> html.Section:
    held = first_row(queries.overview(visit.dataset))
    if not held["articles"]:
        return panel("How to cite", html.P("The dataset is empty.", className="empty"))
    period = period_told(held["first_on"].date(), held["last_on"].date())
    what = f"{plural(int(held['articles']), 'article')} of {plural(int(held['sources']), 'source')}, {period}"
    text = f"Media Coverage: a dataset of news coverage. Publication {held['run_id']}, {what}."
    copy = html.Div(
        html.Button("Copy", type="button", **{"data-does": "copy", "data-of": "cite-text"}), className="actions"
    )
    return panel(
        "How to cite",
        html.P(text, id="cite-text"),
        copy,
        note="Name the publication: it never changes, and its file says all that is on this page. The address of a view, "
        "copied, shows the same choices again.",
    )


def _methods(visit: Visit) -> html.Section:
    found = queries.methods(visit.dataset)
    rows = [
        [
            f"{row.name} {row.version}",
            row.definition,
            _of(row.measured_on),
            _figure(row.precision),
            _figure(row.recall),
            _of(row.languages),
            _of(row.reference),
        ]
        for row in rows_of(found)
    ]
    columns = [
        ("method", "text"),
        ("what it does", "text"),
        ("measured on", "text"),
        ("precision", "number"),
        ("recall", "number"),
        ("languages", "text"),
        ("reference", "text"),
    ]
    return panel(
        "Methods and their measured error",
        table("Methods", columns, rows, empty="No method has a card in this publication."),
    )


def _of(value: Value) -> str:
    return "" if pd.isna(value) else str(value)


def _figure(value: Value) -> str:
    return "not measured" if pd.isna(value) else f"{value:.2f}"


def _questions(visit: Visit) -> html.Section:
    parts = [
        html.Details(
            [
                html.Summary(html.Code(row.name)),
                html.P(row.comment),
                html.P(html.Code(f"FROM {row.name}({', '.join(row.parameters)});"), className="note"),
            ]
        )
        for row in rows_of(queries.questions(visit.dataset))
    ]
    return panel(
        "Questions", *parts, note="Macros of the file; every parameter but a leading one is named and optional."
    )


def _tables(visit: Visit) -> html.Section:
    columns = queries.columns(visit.dataset)
    parts = []
    for row in rows_of(queries.tables(visit.dataset)):
        own = columns[columns["table_name"] == row.name].itertuples(index=False)
        pairs = [part for each in own for part in (html.Dt(f"{each.name} {each.type}"), html.Dd(_of(each.comment)))]
        summary = html.Summary([html.Code(row.name), f" {int(row.rows):,} rows"])
        parts.append(html.Details([summary, html.P(_of(row.comment)), html.Dl(pairs, className="columns-of")]))
    return panel("Tables", *parts, note="Written from the comments in the file.")
