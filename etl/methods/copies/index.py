"""In which texts a shingle stands: pairs of shingle and text, in few sorted arrays, which a day's texts are merged into."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.methods.copies.shingles import Codes

Slots = NDArray[np.int32]

_RECENT = 1_000  # pairs kept unsorted, before they become a segment
_CODE_BITS = 32
_GROWTH = 3  # a segment is merged with the one before it unless that is so many times longer


class Hits(NamedTuple):
    """Where the shingles asked for stand: index of the shingle, and text, one pair for each posting."""

    asked: NDArray[np.int64]
    slots: Slots


class _Segment(NamedTuple):
    """Pairs sorted by shingle; where those begin whose shingle has certain first bits, for shingles are spread evenly."""

    codes: Codes
    slots: Slots
    begins: NDArray[np.int64]
    shift: int  # bits that do not count

    def find(self, codes: Codes) -> Hits:
        """Return the texts that hold each of some shingles."""
        heads = codes >> np.uint32(self.shift)
        first = self.begins[heads]
        counts = self.begins[heads + 1] - first
        asked = np.repeat(np.arange(len(codes)), counts)
        places = np.arange(len(asked)) + np.repeat(first - np.cumsum(counts) + counts, counts)
        is_same = self.codes[places] == codes[asked]
        return Hits(asked[is_same], self.slots[places[is_same]])


class ShingleIndex:
    """Which texts hold a shingle; texts are known by their slot."""

    def __init__(self) -> None:
        """Begin empty."""
        self._segments: list[_Segment] = []
        self._recent: list[tuple[Codes, Slots]] = []

    def add(self, codes: Codes, slot: int) -> None:
        """Note that a text holds shingles."""
        self._recent.append((codes, np.full(len(codes), slot, np.int32)))
        if sum(len(pairs[0]) for pairs in self._recent) >= _RECENT:
            self._settle()

    def find(self, codes: Codes) -> Hits:
        """Return the texts that hold each of some shingles, which are sorted and each there once; in no order."""
        found = [segment.find(codes) for segment in self._segments]
        if self._recent and len(codes):
            recent, slots = _joined(self._recent)
            rows = np.minimum(np.searchsorted(codes, recent), len(codes) - 1)
            is_asked = codes[rows] == recent
            found.append(Hits(rows[is_asked], slots[is_asked]))
        if not found:
            return Hits(np.empty(0, np.int64), np.empty(0, np.int32))
        return Hits(np.concatenate([hits.asked for hits in found]), np.concatenate([hits.slots for hits in found]))

    def forget_before(self, slot: int) -> None:
        """Forget the texts before a slot."""
        self._settle()
        self._segments = [
            _sorted(segment.codes[kept], segment.slots[kept])
            for segment in self._segments
            if (kept := segment.slots >= slot).any()
        ]

    def between(self, first: int, end: int) -> tuple[Codes, Slots]:
        """Return all pairs of the texts between two slots."""
        self._settle()
        kept = [(segment, (segment.slots >= first) & (segment.slots < end)) for segment in self._segments]
        return _joined([(segment.codes[is_kept], segment.slots[is_kept]) for segment, is_kept in kept])

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
        while len(self._segments) > 1 and len(self._segments[-2].codes) < _GROWTH * len(self._segments[-1].codes):
            self._segments[-2:] = [_sorted(*_joined([(one.codes, one.slots) for one in self._segments[-2:]]))]


def _joined(pairs: list[tuple[Codes, Slots]]) -> tuple[Codes, Slots]:
    codes = [np.empty(0, np.uint32), *(codes for codes, _ in pairs)]
    slots = [np.empty(0, np.int32), *(slots for _, slots in pairs)]
    return np.concatenate(codes), np.concatenate(slots)


def _sorted(codes: Codes, slots: Slots) -> _Segment:
    order = np.argsort(codes, kind="stable")
    bits = max(1, len(codes).bit_length() - 1)
    shift = _CODE_BITS - bits
    numbers = np.bincount(codes >> np.uint32(shift), minlength=1 << bits)
    return _Segment(codes[order], slots[order], np.concatenate(([0], np.cumsum(numbers))), shift)
