"""Every pair that was added is found, whatever segments it went through."""

from __future__ import annotations

import random

import numpy as np

from etl.methods.copies.index import ShingleIndex


def pairs(index: ShingleIndex, asked: list[int]) -> set[tuple[int, int]]:
    hits = index.find(np.array(asked, np.uint32))
    return {(asked[row], slot) for row, slot in zip(hits.asked.tolist(), hits.slots.tolist(), strict=True)}


def filled(texts: int) -> tuple[ShingleIndex, set[tuple[int, int]]]:
    dice, index, every = random.Random(3), ShingleIndex(), set()
    for slot in range(texts):
        codes = sorted(dice.sample(range(5_000), 60))
        index.add(np.array(codes, np.uint32), slot)
        every |= {(code, slot) for code in codes}
    return index, every


def test_what_was_added_is_found() -> None:
    index, every = filled(200)
    asked = list(range(0, 5_000, 7))
    assert pairs(index, asked) == {pair for pair in every if pair[0] % 7 == 0}
    assert pairs(index, [9_999]) == set()
    assert pairs(index, []) == set()
    assert pairs(ShingleIndex(), [1]) == set()


def test_pairs_are_handed_on() -> None:
    index, every = filled(150)
    asked = list(range(5_000))
    first, second = index.between(0, 90), index.between(90, 150)
    assert {slot for _, slot in pairs(ShingleIndex.of_pairs([second]), asked)} == set(range(90, 150))
    assert pairs(ShingleIndex.of_pairs([first, second]), asked) == pairs(index, asked) == every
    assert pairs(ShingleIndex.of_pairs([]), asked) == set()


def test_old_texts_are_forgotten() -> None:
    index, every = filled(100)
    index.forget_before(40)
    assert pairs(index, list(range(5_000))) == {(code, slot) for code, slot in every if slot >= 40}
