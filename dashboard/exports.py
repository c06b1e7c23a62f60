"""This file lets numbers and lists leave as CSV: complete, streamed, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
from flask import Flask, Response, request

from dashboard.dataset import Dataset, DatasetMissing, SchemaMismatch
from dashboard.panel.chart import coverage_rows, drawn_lines
from dashboard.queries.articles import export_sql
from dashboard.rows import Value
from dashboard.visit import Visit, visit
from etl.errors import CoverageError, QueryError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def register(server: Flask, dataset: Dataset) -> None:
    """Add the addresses of exports; each takes the question part of the page it belongs to."""

    def _articles() -> Response:
        def rows(here: Visit) -> Iterator[Sequence[Any]]:
            for batch in dataset.stream(*export_sql(here.choices.of_peak())):
                yield from batch

        return csv_answer(dataset, "articles", rows)

    def _coverage() -> Response:
        def rows(here: Visit) -> Iterator[Sequence[Any]]:
            drawn = drawn_lines(here)
            if wrong := [error for error in drawn.errors if error]:
                raise QueryError("", 1, wrong[0])
            table = coverage_rows(here, drawn)
            yield tuple(table.columns)
            yield from table.itertuples(index=False, name=None)

        return csv_answer(dataset, "coverage", rows)

    server.add_url_rule("/articles.csv", view_func=_articles)
    server.add_url_rule("/coverage.csv", view_func=_coverage)


def csv_answer(dataset: Dataset, name: str, rows: Callable[[Visit], Iterator[Sequence[Any]]]) -> Response:
    """Stream rows as CSV; what goes wrong before the first row is told in a sentence."""
    try:
        here = visit(dataset, "/explore", request.query_string.decode("ascii", "replace"))
        if name == "answer" and len(here.choices.queries) == 1:
            here = replace(here, choices=here.choices.as_filter())
        publication = dataset.publication
        given = iter(rows(here))
        first = next(given)
    except CoverageError as error:
        status = 503 if isinstance(error, DatasetMissing | SchemaMismatch) else 400
        return Response(f"{error}\n", status, mimetype="text/plain")
    headers = {"Content-Disposition": f'attachment; filename="{name}-{publication}.csv"'}
    return Response(csv_lines(_chain(first, given)), mimetype="text/csv", headers=headers)


def _chain(first: Sequence[Any], rest: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield first
    yield from rest


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Write rows as CSV, times in ISO 8601."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([_told(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _told(value: Value) -> Value:
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, (list, tuple)):
        return defused("; ".join(str(item) for item in value))
    if isinstance(value, pd.Timestamp):  # of a bucket, which is a day
        return value.date().isoformat()
    if isinstance(value, date):  # and times
        return value.isoformat()
    return "" if value is None or value != value else value


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one."""
    plain = text.replace("\x00", "")
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
