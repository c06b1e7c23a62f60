"""What is remembered of the texts of the last weeks: who published them and when, what they copy, and the texts themselves."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Iterable

import numpy as np

from etl.methods.copies.index import Slots
from etl.methods.copies.shingles import CodedText, code_text
from etl.methods.copies.states import Array

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROW = np.dtype(
    [
        ("article_id", np.int64),
        ("source", np.int32),
        ("at", np.int64),  # seconds since 1970
        ("seen", np.int64),  # when it was published or copied last
        ("root", np.int32),  # slot of its first original; its own where it is none's copy
        ("size", np.int32),  # of its shingles, those kept that are no boilerplate
    ]
)
_FIRST_ROOM = 1024
_AT_HAND = 256  # texts whose codes are kept: the same originals are asked for again and again


class Shelf:
    """Texts by slot, in the order in which they came."""

    def __init__(self) -> None:
        """Begin empty."""
        self._rows = np.zeros(_FIRST_ROOM, ROW)
        self._texts: list[bytes] = []
        self._coded: OrderedDict[int, CodedText] = OrderedDict()

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def rows(self) -> Array:
        """What is known of each text, one row a slot; may be written to."""
        return self._rows[: len(self._texts)]

    def add(self, text: str, article_id: int, *, source: int, at: int, root: int | None, size: int) -> int:
        """Put a text on the shelf and return its slot; without a root it is its own."""
        slot = len(self._texts)
        if slot == len(self._rows):
            self._rows = np.concatenate((self._rows, np.zeros_like(self._rows)))
        self._texts.append(zstd.compress(text.encode("utf-8", "surrogatepass"), 1))
        self._rows[slot] = (article_id, source, at, at, slot if root is None else root, size)
        return slot

    def text(self, slot: int) -> str:
        """Return a text."""
        return zstd.decompress(self._texts[slot]).decode("utf-8", "surrogatepass")

    def coded(self, slot: int) -> CodedText:
        """Return a text's codes."""
        if slot not in self._coded:
            if len(self._coded) >= _AT_HAND:
                self._coded.popitem(last=False)
            self._coded[slot] = code_text(self.text(slot))
        return self._coded[slot]

    def drop_before(self, horizon: int) -> Slots | None:
        """Drop texts that were neither published nor copied since a time, if they are a fifth or more.

        Returns each old slot's new one, -1 for a dropped text; None where nothing was dropped.
        """
        kept = self.rows["seen"] >= horizon
        kept[self.rows["root"][kept]] = True
        if 5 * int(kept.sum()) > 4 * len(self):
            return None
        new_slots = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
        rows = self.rows[kept]
        rows["root"] = new_slots[rows["root"]]
        self._texts = [text for text, is_kept in zip(self._texts, kept.tolist(), strict=True) if is_kept]
        self._rows = rows if len(rows) else np.zeros(_FIRST_ROOM, ROW)
        self._coded.clear()
        return new_slots

    def packed(self) -> dict[str, Array]:
        """Return all of it as arrays."""
        ends = np.cumsum([len(text) for text in self._texts], dtype=np.int64)
        return {"rows": self.rows.copy(), "texts": np.frombuffer(b"".join(self._texts), np.uint8), "ends": ends}

    @classmethod
    def of_packed(cls, rows: Array, texts: bytes, ends: Iterable[int]) -> Shelf:
        """Make a shelf of the arrays of another."""
        shelf, start = cls(), 0
        for end in ends:
            shelf._texts.append(texts[start:end])
            start = end
        shelf._rows = rows if len(rows) else shelf._rows
        return shelf
