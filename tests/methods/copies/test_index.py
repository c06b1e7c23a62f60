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
    codes, slots = index.postings()
    assert (np.diff(codes.astype(np.int64)) >= 0).all()
    assert pairs(ShingleIndex.of_postings(codes, slots), asked) == pairs(index, asked) == every


def test_dropped_texts_are_forgotten() -> None:
    index, every = filled(100)
    index.renumber(np.array([-1] * 40 + list(range(60)), np.int32))
    assert pairs(index, list(range(5_000))) == {(code, slot - 40) for code, slot in every if slot >= 40}
