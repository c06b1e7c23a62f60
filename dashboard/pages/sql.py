"""SQL: a console that can only read, with the dictionary beside it; the address names the statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, quote

import pandas as pd
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard import figures, queries
from dashboard.components import Cell, panel, shown, table_data, title
from dashboard.console import ROWS, SECONDS, Answer, StatementRefused, run_select
from dashboard.dataset import Dataset
from dashboard.rows import Value, rows_of
from dashboard.shell import asked_scheme
from dashboard.telling import plural
from dashboard.theme import GRAPH_CONFIG, Scheme
from dashboard.visit import Visit

SHOWN, WIDE = 500, 400  # rows on the page, and characters of a cell: the CSV has all
CHART_HEIGHT = 320
MOST_BARS = 60
EXAMPLES = (
    (
        "Articles by source",
        "SELECT source_id, count(*) AS articles\nFROM articles\nGROUP BY source_id\nORDER BY articles DESC",
    ),
    ("A query over time", "FROM coverage_over_time(asked := 'storm OR flood*', grain := 'week')"),
    ("Who was first", "FROM first_to_publish()"),
    (
        "Copies by source",
        "SELECT source_id, avg((original_id IS NOT NULL)::INTEGER) AS share\nFROM articles\nGROUP BY source_id\nORDER BY share DESC",
    ),
    ("Denials", "SELECT cited_name, disputer, sentence\nFROM citations\nWHERE is_dispute\nLIMIT 50"),
)


def statement_of(search: str | None) -> str:
    """Return the statement that an address asks for."""
    return parse_qs((search or "").lstrip("?"), errors="replace").get("s", [""])[0].replace("\x00", "")


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page; the answer comes by a callback of its own."""
    statement = statement_of(search)
    return [
        html.Div(
            [
                title("SQL"),
                html.P(
                    f"Ask the dataset anything: one SELECT, at most {SECONDS:g} seconds and {ROWS:,} rows. "
                    "Nothing can be changed, and no file or network be reached."
                ),
            ],
            className="lead",
        ),
        html.Div(
            [html.Div([_editor(statement), _result(statement)], className="stack"), _beside(visit)], className="reading"
        ),
    ]


def _editor(statement: str) -> html.Section:
    return html.Section(
        [
            html.Label("Statement", htmlFor="sql-text", className="note"),
            dcc.Textarea(
                id="sql-text", value=statement or EXAMPLES[0][1], spellCheck=False, className="editor", rows=7
            ),
            html.Div(
                [
                    html.Button("Run", type="button", className="main", **{"data-does": "run-sql"}),
                    html.Span("Ctrl+Enter runs it too", className="note"),
                    html.A(
                        "CSV", href=f"/sql.csv?s={quote(statement)}", download=True, id="sql-csv", hidden=not statement
                    ),
                ],
                className="actions",
            ),
        ],
        className="panel",
        **{"aria-label": "Statement"},
    )


def _result(statement: str) -> html.Section:
    return html.Section(
        [
            dcc.Store(id="sql-asked", data=statement),
            dcc.Store(id="sql-answer"),
            html.H2("Answer"),
            html.P(
                "Run a statement, or choose an example." if not statement else "Asking …", id="sql-note", role="status"
            ),
            html.Div(
                dcc.Graph(id="sql-chart", config=GRAPH_CONFIG, style={"height": CHART_HEIGHT}),
                id="sql-chart-frame",
                role="figure",
                hidden=True,
                **{"aria-label": "The answer as a chart; the table below says the same"},
            ),
            html.Div(id="sql-table", tabIndex=0),
        ],
        className="panel",
        id="sql-result",
    )


def _beside(visit: Visit) -> html.Section:
    examples = [html.Li(html.A(name, href=f"/sql?s={quote(statement)}")) for name, statement in EXAMPLES]
    columns = queries.columns(visit.dataset)
    tables = [
        html.Details(
            [
                html.Summary(html.Code(row.name)),
                html.P(row.comment or "", className="note"),
                html.Dl(_pairs(columns[columns["table_name"] == row.name]), className="columns-of"),
            ]
        )
        for row in rows_of(queries.tables(visit.dataset))
    ]
    asked = [
        html.Details(
            [
                html.Summary(html.Code(row.name)),
                html.P(row.comment, className="note"),
                html.P(html.Code(", ".join(row.parameters)), className="note"),
            ]
        )
        for row in rows_of(queries.questions(visit.dataset))
    ]
    return panel(
        "Dictionary",
        html.H3("Examples"),
        html.Ul(examples, className="plain"),
        html.H3("Tables"),
        html.Div(tables, className="dictionary"),
        html.H3("Questions"),
        html.Div(asked, className="dictionary"),
    )


def _pairs(columns: pd.DataFrame) -> list[Any]:
    told = [(row.name, row.type, row.comment if isinstance(row.comment, str) else "") for row in rows_of(columns)]
    return [part for name, kind, comment in told for part in (html.Dt(f"{name} {kind}"), html.Dd(comment))]


def register(app: Dash, dataset: Dataset) -> None:
    """Add the console's callbacks to an app."""

    def _answer(statement: str) -> tuple[dict[str, Any], dict[str, Any]]:
        if not statement:
            return {"note": "", "table": None, "hasChart": False}, {}
        try:
            answer = run_select(dataset, statement, cell=WIDE)
        except StatementRefused as error:
            return {"note": f"Refused: {error}", "table": None, "hasChart": False}, {}
        figure = answer_figure(answer, scheme=asked_scheme())
        return {"note": _note(answer), "table": _table(answer), "hasChart": figure is not None}, figure or {}

    app.callback(Output("sql-answer", "data"), Output("sql-chart", "figure"), Input("sql-asked", "data"))(_answer)
    app.clientside_callback(
        ClientsideFunction("coverage", "answered"), Input("sql-answer", "data"), prevent_initial_call=True
    )


def _note(answer: Answer) -> str:
    told = plural(len(answer.rows), "row")
    if answer.is_cut:
        return f"The first {told}: there are more than an answer may have."
    return f"{told}; the first {SHOWN:,} are shown, the CSV has all." if len(answer.rows) > SHOWN else f"{told}."


def _table(answer: Answer) -> dict[str, Any]:
    numeric = [_is_number(kind) for kind in answer.kinds]
    columns = [
        (name, "number" if is_number else "text") for name, is_number in zip(answer.columns, numeric, strict=True)
    ]
    rows = [[_cell(value) for value in row] for row in answer.rows[:SHOWN]]
    return table_data("Answer", columns, rows, empty="No rows.")


def _cell(value: Value) -> Cell:
    if isinstance(value, float):
        return f"{value:.6g}"
    return None if value is None else shown(str(value), WIDE) if value != "" else ""


def _is_number(kind: str) -> bool:
    return kind.split("(")[0] in (
        "BIGINT",
        "INTEGER",
        "SMALLINT",
        "TINYINT",
        "HUGEINT",
        "DOUBLE",
        "FLOAT",
        "DECIMAL",
        "UBIGINT",
        "UINTEGER",
        "NUMBER",
    )


def answer_figure(answer: Answer, *, scheme: Scheme) -> dict[str, Any] | None:
    """Draw an answer whose first column is a day or a name and whose others hold numbers; None for all else."""
    numbers = [at for at, kind in enumerate(answer.kinds) if at and _is_number(kind)]
    if len(answer.rows) < 2 or not numbers or _is_number(answer.kinds[0]):
        return None
    is_time = answer.kinds[0].startswith(("DATE", "TIMESTAMP"))
    if not is_time and len(answer.rows) > MOST_BARS:
        return None
    return figures.columns_drawn(
        [str(row[0]) for row in answer.rows],
        {answer.columns[at]: _column(answer.rows, at) for at in numbers[:1]},
        is_time=is_time,
        scheme=scheme,
    )


def _column(rows: Sequence[Sequence[Any]], at: int) -> list[float | None]:
    return [row[at] if isinstance(row[at], int | float) else None for row in rows]
