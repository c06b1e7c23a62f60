"""This file reads answers row by row. What a row holds is said by its question; a type checker cannot know it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

Row = Any  # of an answer: its columns are attributes in a loop, and keys where it stands alone
Value = Any  # of a cell, of whatever type


def rows_of(frame: pd.DataFrame) -> Iterator[Row]:
    """Yield the rows of an answer, their columns as attributes."""
    yield from frame.itertuples(index=False)


def first_row(frame: pd.DataFrame) -> Row:
    """Return the first row of an answer, its columns as keys."""
    return frame.iloc[0]
