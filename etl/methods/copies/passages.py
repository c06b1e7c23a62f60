"""Passages that two texts share: runs of the same words in a row, with a few other words between them at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.methods.copies.shingles import CodedText, Scale

Mask = NDArray[np.bool_]

_DRIFT = 3  # words by which a gap may be longer in one text than in the other: a word changed for two


class Run(NamedTuple):
    """Words that stand in both texts in the same order, by the index of the first."""

    start: int
    original_start: int
    words: int


Passage = tuple[Run, ...]


def find_passages(copy: CodedText, original: CodedText) -> list[Passage]:
    """Return the passages that a text shares with another, in the order of the first."""
    if copy.scale != original.scale:
        return []
    passages: list[list[Run]] = []
    for run in _runs(copy, original):
        if passages and _continues(passages[-1][-1], run, copy.scale):
            passages[-1].append(run)
        else:
            passages.append([run])
    return [tuple(runs) for runs in passages if _length(runs) >= copy.scale.passage]


def _length(runs: Sequence[Run]) -> int:
    return runs[-1].start + runs[-1].words - runs[0].start


def _continues(before: Run, run: Run, scale: Scale) -> bool:
    gap = run.start - before.start - before.words
    original_gap = run.original_start - before.original_start - before.words
    return max(gap, original_gap) <= scale.gap and original_gap >= 0 and abs(gap - original_gap) <= _DRIFT


def _runs(copy: CodedText, original: CodedText) -> Iterator[Run]:
    """Yield runs of the same words, from the beginning of the copy; no word of it is in two."""
    order = np.argsort(original.shingles, kind="stable")
    ordered = original.shingles[order]
    places = np.searchsorted(ordered, copy.shingles)
    places[places == len(ordered)] = 0
    hits = np.flatnonzero(ordered[places] == copy.shingles) if len(ordered) else places[:0]
    firsts = order[places[hits]].tolist()
    done, offset, least = 0, 0, copy.scale.shingle
    for start, first in zip(hits.tolist(), firsts, strict=True):
        if start < done:
            continue
        # what goes on where the run before left off is of the same passage, though it may stand elsewhere too
        going_on = start + offset
        words = _same_words(copy, original, start, going_on) if going_on >= 0 else 0
        if words < least:
            going_on, words = first, _same_words(copy, original, start, first)
        if words >= least:
            yield Run(start, going_on, words)
            done, offset = start + words, going_on - start


def _same_words(copy: CodedText, original: CodedText, start: int, original_start: int) -> int:
    ours, theirs = copy.words[start:], original.words[original_start:]
    length = min(len(ours), len(theirs))
    others = np.flatnonzero(ours[:length] != theirs[:length])
    return int(others[0]) if len(others) else length


def covered_words(passages: Sequence[Passage], words: int) -> Mask:
    """Return which words of the copy stand in shared passages, a few changed ones within them included."""
    covered = np.zeros(words, bool)
    for runs in passages:
        covered[runs[0].start : runs[-1].start + runs[-1].words] = True
    return covered


def covered_original_words(passages: Sequence[Passage], words: int) -> Mask:
    """Return the same of the original."""
    covered = np.zeros(words, bool)
    for runs in passages:
        covered[runs[0].original_start : runs[-1].original_start + runs[-1].words] = True
    return covered
