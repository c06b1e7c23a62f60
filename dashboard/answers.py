"""This file answers what pages ask besides themselves: a chart's question as CSV, a statement as CSV, words while typing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask import Flask, Response, request

from dashboard.console import run_select
from dashboard.dataset import Dataset, question_sql
from dashboard.exports import csv_answer
from dashboard.pages.sql import statement_of
from dashboard.queries.words import words_beginning
from dashboard.visit import Visit
from etl.errors import CoverageError
from etl.methods.words import fold

LONGEST_WORD = 60  # characters of a beginning that is looked up


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise ValueError(value)
    return int(value)


def _most(value: str) -> int:
    return min(_number(value), 10_000)


def _grain(value: str) -> str:
    return _one_of(value, ("day", "week", "month", "year"))


def _kind(value: str) -> str:
    return _one_of(value, ("person", "organisation", "place"))


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(value)
    return value


# question -> kinds of what it asks for first, and of its own named parameters
QUESTIONS: dict[str, tuple[tuple[Callable[[str], Any], ...], dict[str, Callable[[str], Any]]]] = {
    "carried_without_denial": ((), {}),
    "cited_sources": ((), {}),
    "citing_sources": ((), {}),
    "collection_gaps": ((), {}),
    "copied_sources": ((), {}),
    "coverage_by_source": ((), {}),
    "coverage_over_time": ((), {"grain": _grain}),
    "covered": ((), {}),
    "mentions_over_time": ((str,), {"grain": _grain}),
    "quotes_of": ((str,), {}),
    "reuse_by_source": ((), {}),
    "source_heatmap": ((), {"grain": _grain}),
    "story_timeline": ((_number,), {}),
    "top_mentions": ((), {"of_kind": _kind, "most": _most}),
    "top_speakers": ((), {"most": _most}),
    "topic_coverage": ((), {"grain": _grain}),
    "topic_pairs": ((), {}),
    "why": ((), {}),
}
UNFILTERED = ("story_timeline",)


class QuestionUnknown(CoverageError):
    """An address of an answer names no question that is answered so, or asks it wrongly."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no such question, or not asked so: {name[:40]}; known are {', '.join(QUESTIONS)}")


def register(server: Flask, dataset: Dataset) -> None:
    """Add the addresses of answers."""

    def _answers() -> Response:
        def rows(here: Visit) -> Iterator[Sequence[Any]]:
            for batch in dataset.stream(*_question(here)):
                yield from batch

        return csv_answer(dataset, "answer", rows)

    def _selected() -> Response:
        def rows(_: Visit) -> Iterator[Sequence[Any]]:
            answer = run_select(dataset, statement_of(request.query_string.decode("ascii", "replace")))
            yield tuple(answer.columns)
            yield from answer.rows

        return csv_answer(dataset, "sql", rows)

    def _words() -> Response:
        beginning = request.args.get("beginning", "")[:LONGEST_WORD]
        folded = fold(beginning).strip()
        found = words_beginning(dataset, folded)["term"].tolist() if len(folded) > 1 else []
        return Response(json.dumps(found), mimetype="application/json")

    server.add_url_rule("/words.json", view_func=_words)
    server.add_url_rule("/sql.csv", view_func=_selected)
    server.add_url_rule("/answer.csv", view_func=_answers)


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
    if name == "why" and here.choices.filter.since is None:
        raise QuestionUnknown(name)
    return question_sql(name, here.choices.filter if name not in UNFILTERED else None, first, given)
