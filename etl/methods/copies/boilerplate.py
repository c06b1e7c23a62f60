"""What a source repeats: a shingle that stands in several of its articles is no sign that one of them is a copy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.methods.copies.index import Hits
from etl.methods.copies.passages import Mask
from etl.methods.copies.shingles import Places

REPEATED = 2  # a shingle in more articles of one source is its boilerplate
NO_SOURCE = -1
_SOURCES = 1 << 24  # more than there are: a shingle and a source make one number

Sources = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Repeated:
    """Which of a text's sampled shingles are boilerplate, and of which source."""

    keys: NDArray[np.int64]
    known: NDArray[np.int64]  # those that are so without the text they were asked for
    shingles: int  # that were asked for

    def of(self, source: int) -> Mask:
        """Tell of each shingle whether it is boilerplate of a source."""
        return self._marked(self.keys, source)

    def known_of(self, source: int) -> Mask:
        """Tell the same without the text that the shingles are of."""
        return self._marked(self.known, source)

    def _marked(self, keys: NDArray[np.int64], source: int) -> Mask:
        marked = np.zeros(self.shingles, bool)
        marked[keys[keys % _SOURCES == source] // _SOURCES] = True
        return marked

    def holds(self, hits: Hits, sources: Sources) -> Mask:
        """Tell of each hit whether its shingle is boilerplate of the source where it stands."""
        return np.isin(_keys(hits, sources), self.keys)


def find_repeated(hits: Hits, sources: Sources, *, shingles: int, own: int = NO_SOURCE) -> Repeated:
    """Tell which shingles each source repeats, by where they stand; a new text counts for its own source."""
    if not len(hits.asked) or np.bincount(hits.asked).max() < REPEATED:
        return Repeated(np.empty(0, np.int64), np.empty(0, np.int64), shingles)
    keys, counts = np.unique(_keys(hits, sources), return_counts=True)
    is_own = keys % _SOURCES == own
    return Repeated(keys[counts + is_own > REPEATED], keys[counts > REPEATED], shingles)


def _keys(hits: Hits, sources: Sources) -> NDArray[np.int64]:
    return hits.asked * _SOURCES + sources


def words_within(is_marked: Mask, places: Places, words: int) -> Mask:
    """Return which of a text's words belong to marked shingles: each has the words up to the next sampled one."""
    if not is_marked.any():
        return np.zeros(words, bool)
    order = np.argsort(places)
    nearest = np.searchsorted(places[order], np.arange(words), "right") - 1
    return is_marked[order][np.maximum(nearest, 0)]
