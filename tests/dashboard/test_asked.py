"""A chart's question, taken along as SQL, Python and CSV, gives the same numbers each time."""

from __future__ import annotations

import csv
import io
from datetime import date

import duckdb
import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.asked import Asked, python_written
from dashboard.dataset import Dataset
from dashboard.filters import Filter

WANTED = Filter(query="dam", sources=("harbour-post", "al-manara"), since=date(2026, 8, 1), with_copies=False)
ASKED = [
    Asked("coverage_by_source", WANTED),
    Asked("coverage_over_time", WANTED, (), {"grain": "week"}),
    Asked("source_heatmap", Filter(topics=("dam",)), (), {"grain": "month"}),
    Asked("story_timeline", None, (7,)),
    Asked("cited_sources", Filter()),
    Asked("citing_sources", WANTED),
]


def cells(rows: list[tuple[object, ...]]) -> list[list[str]]:
    """Return rows as text, numbers rounded alike and days without a time."""

    def told(value: object) -> str:
        if value is None or value != value:
            return ""
        return f"{value:.9g}" if isinstance(value, float) else str(value).removesuffix(" 00:00:00").replace("T", " ")

    return [[told(value) for value in row] for row in rows]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.question)
def test_sql_python_and_csv_give_the_same_rows(pressed: Dataset, client: FlaskClient, asked: Asked) -> None:
    with duckdb.connect(str(pressed.file), read_only=True) as connection:
        by_sql = cells(connection.execute(asked.sql()).fetchall())
    names = {"Dataset": lambda: pressed, "Filter": Filter}
    frame: pd.DataFrame = eval(asked.python(), names)
    assert len(frame) == len(by_sql)
    answer = client.get(asked.address())
    assert answer.status_code == 200, answer.get_data(as_text=True)
    head, *rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True))))
    assert head == list(frame.columns)
    numbers = [
        [
            f"{float(cell):.9g}" if "." in cell and cell.replace(".", "").replace("e-", "").isdigit() else cell
            for cell in row
        ]
        for row in rows
    ]
    assert [[cell.replace("T", " ").removesuffix(" 00:00:00") for cell in row] for row in numbers] == by_sql


def test_python_says_what_it_imports() -> None:
    assert python_written([Asked("topic_pairs", Filter())]) == (
        "from dashboard.dataset import Dataset\n\nDataset().ask('topic_pairs', None)"
    )
    assert "from dashboard.filters import Filter\n" in python_written([ASKED[-1]])
    assert (
        "Filter(query='dam', sources=('al-manara', 'harbour-post'), since='2026-08-01', with_copies=False)"
        in ASKED[0].python()
    )
