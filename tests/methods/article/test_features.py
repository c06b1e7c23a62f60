"""Describing blocks by numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from etl.methods.article.blocks import Block, cut
from etl.methods.article.bounds import parse_page
from etl.methods.article.features import FEATURES, Description, describe


def described(html: str, **stated: str) -> tuple[list[Block], Description]:
    document = parse_page(html.encode())
    assert document is not None
    blocks = cut(document)
    return blocks, describe(blocks, **stated)


def column(description: Description, name: str) -> list[float]:
    return [float(value) for value in description.table[:, FEATURES.index(name)]]


def test_menus_and_footers_are_no_rows(make_page: Callable[..., str], paragraphs: tuple[str, ...]) -> None:
    blocks, description = described(make_page())
    assert [blocks[row].text for row in description.rows] == ["Council deepens harbour", *paragraphs * 2]
    assert description.table.shape == (11, len(FEATURES))
    assert np.isfinite(description.table).all()


def test_columns_say_what_they_are_called(make_page: Callable[..., str], paragraphs: tuple[str, ...]) -> None:
    _, description = described(make_page(), title="Council deepens harbour", summary=paragraphs[1])
    assert column(description, "is_title") == [1] + [0] * 10
    assert column(description, "is_summary")[2] == 1
    assert column(description, "is_article") == [1] * 11
    assert column(description, "seen_before") == [0] * 6 + [1] * 5
    assert column(description, "after_h1") == [0] + [1] * 10
    assert column(description, "before_size")[1] == len("Council deepens harbour")
    assert column(description, "up")[1:] == [0] * 10


def test_one_block_or_none() -> None:
    assert described("<p>One block alone</p>")[1].table.shape == (1, len(FEATURES))
    assert described("<p></p>")[1].rows == []
