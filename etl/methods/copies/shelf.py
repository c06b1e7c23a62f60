"""What is remembered of the texts of the last weeks: who published them and when, what they copy, and the texts themselves.

Texts have slots, which are numbers given once in the order in which they come; they are forgotten in parts of a thousand.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from etl.methods.copies.index import Slots
from etl.methods.copies.shingles import CodedText, code_text
from etl.methods.copies.states import Array

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PART = 1_000
ROW = np.dtype(
    [
        ("article_id", np.int64),
        ("source", np.int32),
        ("at", np.int64),  # seconds since 1970
        ("root", np.int32),  # slot of its first original; its own where it is none's copy
        ("size", np.int32),  # of its sampled shingles, those that are no boilerplate
    ]
)
_STRAYS = 0.01  # share of a part whose wrong dates do not keep it
_AT_HAND = 256  # texts whose codes are kept: the same originals are asked for again and again


class Row(NamedTuple):
    """What is known of one text."""

    article_id: int
    source: int
    at: int
    root: int
    size: int


class Shelf:
    """Texts by slot, from the first that is not forgotten."""

    def __init__(self, start: int = 0) -> None:
        """Begin empty; the first text gets the slot `start`."""
        self.start = start
        self._rows = np.zeros(PART, ROW)
        self._texts: list[bytes] = []
        self._coded: OrderedDict[int, CodedText] = OrderedDict()

    @property
    def end(self) -> int:
        """The slot that the next text gets."""
        return self.start + len(self._texts)

    def row(self, slot: int) -> Row:
        """Return what is known of a text; one whose original is forgotten is its own root."""
        row = Row(*self._rows[slot - self.start].tolist())
        return row if row.root >= self.start else row._replace(root=slot)

    def column(self, name: str, slots: Slots) -> NDArray[np.int64]:
        """Return one column of what is known, for many texts; the roots are not those of `row` where they are forgotten."""
        return self._rows[name][slots - self.start].astype(np.int64)

    def roots(self, slots: Slots) -> NDArray[np.int64]:
        """Return the slots of texts' first originals, as `row` has them."""
        roots = self.column("root", slots)
        return np.where(roots >= self.start, roots, slots)

    def add(self, row: Row, text: str) -> int:
        """Put a text on the shelf and return its slot; a root of -1 is the text itself."""
        place, slot = len(self._texts), self.end
        if place == len(self._rows):
            self._rows = np.concatenate((self._rows, np.zeros_like(self._rows)))
        self._texts.append(zstd.compress(text.encode("utf-8", "surrogatepass"), 1))
        self._rows[place] = row if row.root >= 0 else row._replace(root=slot)
        return slot

    def text(self, slot: int) -> str:
        """Return a text."""
        return zstd.decompress(self._texts[slot - self.start]).decode("utf-8", "surrogatepass")

    def coded(self, slot: int) -> CodedText:
        """Return a text's codes."""
        if slot not in self._coded:
            if len(self._coded) >= _AT_HAND:
                self._coded.popitem(last=False)
            self._coded[slot] = code_text(self.text(slot))
        return self._coded[slot]

    def forget_before(self, horizon: int) -> bool:
        """Forget the first part if all but a few of its texts were published before a time; tell whether it was."""
        if self.end - self.start <= PART or (self._rows["at"][:PART] >= horizon).mean() > _STRAYS:
            return False
        self.start += PART
        self._rows, self._texts = self._rows[PART:].copy(), self._texts[PART:]
        return True

    def packed(self, first: int, end: int) -> dict[str, Array]:
        """Return the texts of some slots as arrays."""
        kept = slice(first - self.start, end - self.start)
        texts = self._texts[kept]
        return {
            "rows": self._rows[: len(self._texts)][kept],
            "texts": np.frombuffer(b"".join(texts), np.uint8),
            "ends": np.cumsum([len(text) for text in texts], dtype=np.int64),
        }

    def take(self, packed: dict[str, Array]) -> None:
        """Put packed texts after the others."""
        texts, ends = packed["texts"].tobytes(), packed["ends"].tolist()
        self._rows = np.concatenate((self._rows[: len(self._texts)], packed["rows"]))
        self._texts += [texts[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]
