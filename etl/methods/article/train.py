"""Grow the trees of judge.py on labelled pages, and say how good they are on sites that they have not seen.

    python -m etl.methods.article.train ../shared/data              cross-validates by site, then grows model.npz
    python -m etl.methods.article.train ../shared/data --no-folds   only grows

Gradient boosting of symmetric trees on the log loss, in plain numpy: every column is cut into at most 64 bins, every
level asks the question that lowers the loss most over all its leaves. The same seed and data give the same file. A
block is text if three fifths of its runs of three words are in the body that a person read, and is none if less than
a quarter are; between, it is left out. Where only strings that must or must not occur are known, only blocks with one
count.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from etl.methods.article.blocks import cut
from etl.methods.article.bounds import bounded_source, parse_page
from etl.methods.article.features import FEATURES, Table, describe
from etl.methods.article.judge import MODEL, Trees
from etl.methods.article.labelled import BODY_SETS, LabelledPage, body_score, labelled_pages, segment_score
from etl.methods.article.second_opinion import shingles
from etl.methods.article.statements import gather
from etl.methods.article.title import choose_title

TREES, DEPTH, RATE, SHRINKAGE, BINS = 250, 5, 0.1, 6.0, 64
SAMPLED_COLUMNS = 0.25  # of the columns, drawn anew for each tree
SEED = 20161108
FOLDS = 5

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A labelled page as the trees see it: label 1 is text, 0 is none, -1 is unknown."""

    page: LabelledPage
    texts: list[str]
    table: Table
    labels: Numbers
    weights: Numbers


def prepare(page: LabelledPage) -> Lesson | None:
    """Describe a labelled page's blocks and label them; None where there are none."""
    document = parse_page(bounded_source(page.html))
    if document is None:
        return None
    stated, blocks = gather(document), cut(document)
    described = describe(
        blocks, title=choose_title(stated, page.url), summary=stated.first("og:description", "description")
    )
    texts = [blocks[row].text for row in described.rows]
    labels = _labels_by_segments(page, texts) if page.wanted else _labels_by_text(page, texts)
    sizes = np.array([len(text) for text in texts], dtype=float)
    weights = np.log1p(sizes) / 5 * min(1.0, 60 / max(1, len(texts))) ** 0.5 * (2 if page.wanted else 1)
    return Lesson(page, texts, described.table, labels, weights) if texts else None


def _labels_by_text(page: LabelledPage, texts: list[str]) -> Numbers:
    right = set(shingles(page.text, 3))
    shares = []
    for text in texts:
        runs = set(shingles(text, 3))
        shares.append(len(runs & right) / len(runs) if runs else 0.0)
    share = np.array(shares)
    return np.where(share >= 0.6, 1.0, np.where(share <= 0.25, 0.0, -1.0))


def _labels_by_segments(page: LabelledPage, texts: list[str]) -> Numbers:
    wanted, unwanted = (
        [" ".join(segment.split()) for segment in segments] for segments in (page.wanted, page.unwanted)
    )
    return np.array(
        [
            1.0 if any(one in text for one in wanted) else 0.0 if any(one in text for one in unwanted) else -1.0
            for text in texts
        ]
    )


def grow(lessons: Sequence[Lesson], *, trees: int = TREES, seed: int = SEED) -> Trees:
    """Grow trees on lessons."""
    known = [lesson.labels >= 0 for lesson in lessons]
    table = np.vstack([lesson.table[keep] for lesson, keep in zip(lessons, known, strict=True)])
    labels = np.concatenate([lesson.labels[keep] for lesson, keep in zip(lessons, known, strict=True)])
    weights = np.concatenate([lesson.weights[keep] for lesson, keep in zip(lessons, known, strict=True)])
    borders = [_borders(table[:, column]) for column in range(table.shape[1])]
    binned = np.stack(
        [np.searchsorted(border, table[:, column], side="left") for column, border in enumerate(borders)]
    ).astype(np.int64)
    generator = np.random.default_rng(seed)
    share = float(np.average(labels, weights=weights))
    bias = float(np.log(share / (1 - share)))
    odds = np.full(len(labels), bias)
    grown = []
    for _ in range(trees):
        likely = 1 / (1 + np.exp(-odds))
        slope, bend = weights * (labels - likely), weights * likely * (1 - likely)
        columns = np.flatnonzero(generator.random(len(borders)) < SAMPLED_COLUMNS)
        questions, leaf, values = _grow_tree(binned, borders, columns, slope, bend)
        odds += values[leaf]
        grown.append((questions, values))
    feature = np.array([[column for column, _ in questions] for questions, _ in grown], dtype=np.int16)
    border = np.array(
        [[borders[column][bin_] for column, bin_ in questions] for questions, _ in grown], dtype=np.float32
    )
    return Trees(feature, border, np.array([values for _, values in grown], dtype=np.float32), bias)


def _borders(column: Table) -> Table:
    """Return where a column's values are told apart: between neighbours if they are few, at even ranks if many."""
    values = np.unique(column)
    if len(values) > BINS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1), method="nearest"))
    return ((values[1:] + values[:-1]) / 2).astype(np.float32)


def _grow_tree(
    binned: NDArray[np.int64], borders: list[Table], columns: NDArray[np.int64], slope: Numbers, bend: Numbers
) -> tuple[list[tuple[int, int]], NDArray[np.int64], Numbers]:
    """Grow one symmetric tree; return its questions (column, border), each row's leaf, and the leaves' values."""
    leaf = np.zeros(binned.shape[1], dtype=np.int64)
    questions: list[tuple[int, int]] = []
    for level in range(DEPTH):
        gains = [
            (_best_border(binned[column], len(borders[column]), leaf, 1 << level, slope, bend), int(column))
            for column in columns
            if len(borders[column])
        ]
        (_, border), column = max(gains)
        leaf |= (binned[column] > border).astype(np.int64) << level
        questions.append((column, border))
    top, bottom = (np.bincount(leaf, numbers, 1 << DEPTH) for numbers in (slope, bend))
    return questions, leaf, RATE * top / (bottom + SHRINKAGE)


def _best_border(
    bins: NDArray[np.int64], borders: int, leaf: NDArray[np.int64], leaves: int, slope: Numbers, bend: Numbers
) -> tuple[float, int]:
    """Return the gain of the best border of a column, over all leaves, and which it is."""
    cell = leaf * (borders + 1) + bins
    tops, bottoms = (
        np.bincount(cell, numbers, leaves * (borders + 1)).reshape(leaves, borders + 1) for numbers in (slope, bend)
    )
    top, bottom = tops.cumsum(axis=1), bottoms.cumsum(axis=1)
    rest_top, rest_bottom = top[:, -1:] - top, bottom[:, -1:] - bottom
    gain = (top**2 / (bottom + SHRINKAGE) + rest_top**2 / (rest_bottom + SHRINKAGE)).sum(axis=0)[:-1]
    best = int(gain.argmax())
    return float(gain[best]), best


def score(lessons: Sequence[Lesson], texts: Sequence[str]) -> dict[str, float]:
    """Score the texts taken from the lessons' pages, by set."""
    pairs = list(zip((lesson.page for lesson in lessons), texts, strict=True))
    scores = {
        name: body_score((page.text, text) for page, text in pairs if page.collection == name) for name in BODY_SETS
    }
    return scores | {
        "trafilatura": segment_score((page, text) for page, text in pairs if page.collection == "trafilatura")
    }


def taken_text(lesson: Lesson, trees: Trees) -> str:
    """Return the blocks that the trees take, as text."""
    return "\n\n".join(
        text for text, likely in zip(lesson.texts, trees.probabilities(lesson.table), strict=True) if likely >= 0.5
    )


def save(trees: Trees, file: Path) -> None:
    """Write trees as a data file."""
    np.savez_compressed(
        file,
        names=np.array(FEATURES),
        feature=trees.feature,
        border=trees.border,
        leaves=trees.leaves.astype(np.float16),
        bias=np.float64(trees.bias),
    )


def main(arguments: list[str] | None = None) -> None:
    """Cross-validate by site and grow the model file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-folds", action="store_true")
    parser.add_argument("--file", type=Path, default=MODEL)
    given = parser.parse_args(arguments)
    pages = [page for name in (*BODY_SETS, "trafilatura") for page in labelled_pages(given.folder, name)]
    lessons = [lesson for lesson in map(prepare, pages) if lesson]
    sys.stdout.write(f"{len(lessons)} pages, {sum(len(lesson.texts) for lesson in lessons):,} blocks\n")
    if not given.no_folds:
        folds = [grow([lesson for lesson in lessons if lesson.page.fold(FOLDS) != fold]) for fold in range(FOLDS)]
        texts = [taken_text(lesson, folds[lesson.page.fold(FOLDS)]) for lesson in lessons]
        sys.stdout.write(
            f"on unseen sites: { {name: round(value, 4) for name, value in score(lessons, texts).items()} }\n"
        )
    save(grow(lessons), given.file)
    sys.stdout.write(f"{given.file.name}: {given.file.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
