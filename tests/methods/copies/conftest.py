"""Texts of made-up words, of which no two share a sentence unless a test makes them."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"]


@pytest.fixture(scope="session")
def write() -> Callable[..., str]:
    """A writer: some sentences of twelve words, in paragraphs of three, the same for the same seed."""

    def written(seed: int, sentences: int = 12) -> str:
        dice = random.Random(seed)
        words = ["".join(dice.choices(SYLLABLES, k=3)) for _ in range(12 * sentences)]
        lines = [" ".join(words[start : start + 12]).capitalize() + "." for start in range(0, len(words), 12)]
        return "\n\n".join(" ".join(lines[start : start + 3]) for start in range(0, len(lines), 3))

    return written
