"""Say which blocks are the article's text: 250 small trees, each asking five questions, vote on every block.

The trees are symmetric (every level asks one question of all blocks), so that a page is a handful of array operations
and needs nothing but numpy. train.py grows them; model.npz holds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from etl.methods.article.blocks import Block
from etl.methods.article.features import FEATURES, Description, Table

MODEL = Path(__file__).with_name("model.npz")
_ROWS = 500  # blocks judged at once, which bounds the memory


@dataclass(frozen=True, slots=True)
class Trees:
    """Symmetric trees: feature and border are (trees, depth), leaves (trees, 2 ** depth) in log odds."""

    feature: NDArray[np.int16]
    border: NDArray[np.float32]
    leaves: NDArray[np.float32]
    bias: float

    def probabilities(self, table: Table) -> NDArray[np.float64]:
        """Return for each row how likely its block is article text, 0 to 1."""
        starts = range(0, max(1, len(table)), _ROWS)
        odds = np.concatenate([self._odds(table[start : start + _ROWS]) for start in starts])
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)

    def _odds(self, table: Table) -> NDArray[np.float64]:
        asked = table[:, self.feature] > self.border
        leaf = asked @ (1 << np.arange(self.feature.shape[1]))
        votes = self.leaves[np.arange(len(self.leaves)), leaf].sum(axis=1, dtype=np.float64)
        return np.asarray(votes + self.bias, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The blocks taken, by number, and the doubt: characters likely misjudged, as a share of those taken."""

    taken: list[int]
    doubt: float


@lru_cache(maxsize=1)
def load_trees() -> Trees:
    """Load the trees that come with the package, grown on exactly the features that features.py gives."""
    with np.load(MODEL, allow_pickle=False) as model:
        if tuple(model["names"]) != FEATURES:
            raise ValueError(f"{MODEL.name} was grown on other features; run python -m etl.methods.article.train")
        return Trees(model["feature"], model["border"], model["leaves"].astype(np.float32), float(model["bias"]))


def judge_blocks(blocks: list[Block], description: Description, *, trees: Trees | None = None) -> Verdict:
    """Take the blocks that are more likely than not part of the article, by the package's trees or those given."""
    if not description.rows:
        return Verdict([], 1.0)
    likely = (trees or load_trees()).probabilities(description.table)
    taken = [number for number, probability in zip(description.rows, likely, strict=True) if probability >= 0.5]
    sizes = np.array([len(blocks[number].text) for number in description.rows])
    wrong, whole = (
        float((np.minimum(likely, 1 - likely) * sizes).sum()),
        sum(len(blocks[number].text) for number in taken),
    )
    return Verdict(taken, wrong / whole if whole else 1.0)
