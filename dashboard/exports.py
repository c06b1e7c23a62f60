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

from dashboard.dataset import Dataset, DatasetMissing, SchemaMismatch, question_sql
from dashboard.panel.chart import coverage_rows, drawn_lines
from dashboard.queries.articles import export_sql
from dashboard.rows import Value
from dashboard.visit import Visit, visit
from etl.errors import CoverageError, QueryError

# question -> kinds of what it asks for first, and of its own named parameters
QUESTIONS: dict[str, tuple[tuple[Callable[[str], Any], ...], dict[str, Callable[[str], Any]]]] = {
    "cited_sources": ((), {}),
    "collection_gaps": ((), {}),
    "coverage_by_source": ((), {}),
    "coverage_over_time": ((), {"grain": str}),
    "covered": ((), {}),
    "mentions_over_time": ((str,), {"grain": str}),
    "quotes_of": ((str,), {}),
    "source_heatmap": ((), {"grain": str}),
    "story_timeline": ((int,), {}),
    "top_mentions": ((), {"of_kind": str, "most": int}),
    "top_speakers": ((), {"most": int}),
    "topic_coverage": ((), {"grain": str}),
    "topic_pairs": ((), {}),
    "why": ((), {}),
}
UNFILTERED = ("story_timeline",)


class QuestionUnknown(CoverageError):
    """An address of an answer names no question that is answered so, or asks it wrongly."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no such question, or not asked so: {name[:40]}; known are {', '.join(QUESTIONS)}")


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def register(server: Flask, dataset: Dataset) -> None:
    """Add the addresses of exports; each takes the question part of the page it belongs to."""

    def _articles() -> Response:
        def rows(here: Visit) -> Iterator[Sequence[Any]]:
            for batch in dataset.stream(*export_sql(here.choices.of_peak())):
                yield from batch

        return _answer(dataset, "articles", rows)

    def _coverage() -> Response:
        def rows(here: Visit) -> Iterator[Sequence[Any]]:
            drawn = drawn_lines(here)
            if wrong := [error for error in drawn.errors if error]:
                raise QueryError("", 1, wrong[0])
            table = coverage_rows(here, drawn)
            yield tuple(table.columns)
            yield from table.itertuples(index=False, name=None)

        return _answer(dataset, "coverage", rows)

    def _answers() -> Response:
        def rows(here: Visit) -> Iterator[Sequence[Any]]:
            for batch in dataset.stream(*_question(here)):
                yield from batch

        return _answer(dataset, "answer", rows)

    server.add_url_rule("/answer.csv", view_func=_answers)
    server.add_url_rule("/articles.csv", view_func=_articles)
    server.add_url_rule("/coverage.csv", view_func=_coverage)


def _question(here: Visit) -> tuple[str, list[Any]]:
    """Return the SQL of a question as `Asked.address` wrote it; only those of `QUESTIONS` are answered."""
    name = request.args.get("question", "")
    if name not in QUESTIONS:
        raise QuestionUnknown(name)
    leading, named = QUESTIONS[name]
    try:
        first = [kind(value) for kind, value in zip(leading, request.args.getlist("of"), strict=True)]
        given = {each: kind(request.args[each]) for each, kind in named.items() if each in request.args}
    except ValueError as error:
        raise QuestionUnknown(name) from error
    return question_sql(name, here.choices.filter if name not in UNFILTERED else None, first, given)


def _answer(dataset: Dataset, name: str, rows: Callable[[Visit], Iterator[Sequence[Any]]]) -> Response:
    """Stream rows; what goes wrong before the first row is told in a sentence."""
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
