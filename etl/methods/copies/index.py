"""In which texts a shingle stands: pairs of shingle and text, in few sorted arrays, which a day's texts are merged into."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.methods.copies.shingles import Codes

Slots = NDArray[np.int32]

_RECENT = 1_000  # pairs kept unsorted, before they become a segment
_GROWTH = 3  # a segment is merged with the one before it unless that is so many times longer


class Hits(NamedTuple):
    """Where the shingles asked for stand: index of the shingle, and text, one pair for each posting."""

    asked: NDArray[np.int64]
    slots: Slots


class ShingleIndex:
    """Which texts hold a shingle; texts are known by their slot."""

    def __init__(self) -> None:
        """Begin empty."""
        self._segments: list[tuple[Codes, Slots]] = []
        self._recent: list[tuple[Codes, Slots]] = []

    def add(self, codes: Codes, slot: int) -> None:
        """Note that a text holds shingles."""
        self._recent.append((codes, np.full(len(codes), slot, np.int32)))
        if sum(len(pairs[0]) for pairs in self._recent) >= _RECENT:
            self._settle()

    def find(self, codes: Codes) -> Hits:
        """Return the texts that hold each of some shingles, which are sorted and each there once; in no order."""
        found = [_equal_rows(segment[0], codes) for segment in self._segments]
        asked = [rows for rows, _ in found]
        slots = [segment[1][places] for segment, (_, places) in zip(self._segments, found, strict=True)]
        if self._recent and len(codes):
            recent, of_recent = _joined(self._recent)
            rows = np.minimum(np.searchsorted(codes, recent), len(codes) - 1)
            is_asked = codes[rows] == recent
            asked.append(rows[is_asked])
            slots.append(of_recent[is_asked])
        if not asked:
            return Hits(np.empty(0, np.int64), np.empty(0, np.int32))
        return Hits(np.concatenate(asked), np.concatenate(slots))

    def forget_before(self, slot: int) -> None:
        """Forget the texts before a slot."""
        self._settle()
        kept = [(segment, segment[1] >= slot) for segment in self._segments]
        self._segments = [(codes[is_kept], slots[is_kept]) for (codes, slots), is_kept in kept]

    def between(self, first: int, end: int) -> tuple[Codes, Slots]:
        """Return all pairs of the texts between two slots."""
        self._settle()
        kept = [(segment, (segment[1] >= first) & (segment[1] < end)) for segment in self._segments]
        return _joined([(codes[is_kept], slots[is_kept]) for (codes, slots), is_kept in kept])

    @classmethod
    def of_pairs(cls, parts: list[tuple[Codes, Slots]]) -> ShingleIndex:
        """Make an index of the pairs of another."""
        index = cls()
        index._segments = [_sorted(*_joined(parts))]
        return index

    def _settle(self) -> None:
        """Make the recent pairs a segment, and merge segments of like length."""
        if self._recent:
            self._segments.append(_sorted(*_joined(self._recent)))
            self._recent = []
        while len(self._segments) > 1 and len(self._segments[-2][0]) < _GROWTH * len(self._segments[-1][0]):
            self._merge_last()

    def _merge_last(self) -> None:
        self._segments[-2:] = [_sorted(*_joined(self._segments[-2:]))]


def _joined(pairs: list[tuple[Codes, Slots]]) -> tuple[Codes, Slots]:
    codes = [np.empty(0, np.uint32), *(codes for codes, _ in pairs)]
    slots = [np.empty(0, np.int32), *(slots for _, slots in pairs)]
    return np.concatenate(codes), np.concatenate(slots)


def _sorted(codes: Codes, slots: Slots) -> tuple[Codes, Slots]:
    order = np.argsort(codes, kind="stable")
    return codes[order], slots[order]


def _equal_rows(segment: Codes, codes: Codes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of a row of `codes` and a row of the sorted segment that are equal."""
    first = np.searchsorted(segment, codes)
    first[first == len(segment)] = 0
    # most shingles of a text stand nowhere else
    asked = np.flatnonzero(segment[first] == codes) if len(segment) else np.empty(0, np.int64)
    first = first[asked]
    counts = np.searchsorted(segment, codes[asked], "right") - first
    rows = np.repeat(asked, counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, np.repeat(first, counts) + within
