"""Passages are runs of the same words with small gaps, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from etl.methods.copies.passages import Run, covered_original_words, covered_words, find_passages
from etl.methods.copies.shingles import code_text

WORDS = [f"word{number}" for number in range(40)]


def passages(copy: list[str], original: list[str]) -> list[tuple[Run, ...]]:
    return find_passages(code_text(" ".join(copy)), code_text(" ".join(original)))


def test_equal_texts_share_one_passage() -> None:
    assert passages(WORDS, WORDS) == [(Run(0, 0, 40),)]


def test_changed_words_break_a_run_but_no_passage() -> None:
    copy = [*WORDS[:10], "other", *WORDS[11:20], "and", "more", *WORDS[20:]]
    assert passages(copy, WORDS) == [(Run(0, 0, 10), Run(11, 11, 9), Run(22, 20, 20))]


def test_a_long_gap_ends_a_passage() -> None:
    others = [f"other{number}" for number in range(9)]
    assert passages([*WORDS[:20], *others, *WORDS[20:]], WORDS) == [(Run(0, 0, 20),), (Run(29, 20, 20),)]


def test_short_passages_do_not_count() -> None:
    assert passages(["x", *WORDS[:14], "y"], WORDS) == []


def test_parts_that_were_moved_are_found() -> None:
    assert passages([*WORDS[20:], *WORDS[:20]], WORDS) == [(Run(0, 20, 20),), (Run(20, 0, 20),)]


def test_a_phrase_that_stands_twice_does_not_break_a_passage() -> None:
    phrase = ["a", "b", "c", "d", "e", "f"]
    original = [*phrase, *WORDS[:20], *phrase, *WORDS[20:]]
    assert passages(original[6:], original) == [(Run(0, 6, 46),)]


def test_covered_words_include_the_changed_ones() -> None:
    copy = [*WORDS[:10], "other", *WORDS[11:]]
    found = passages(copy, WORDS)
    assert covered_words(found, 40).all()
    assert np.flatnonzero(~covered_original_words(found, 42)).tolist() == [40, 41]


def test_texts_of_different_scripts_share_nothing(write: Callable[..., str]) -> None:
    assert find_passages(code_text(write(1)), code_text("橋を架け替える。" * 20)) == []
