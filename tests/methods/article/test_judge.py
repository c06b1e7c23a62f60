"""The trees: their arithmetic, and the ones that come with the package."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from etl.methods.article.blocks import cut
from etl.methods.article.bounds import parse_page
from etl.methods.article.features import FEATURES, Description
from etl.methods.article.judge import MODEL, Trees, judge_blocks, load_trees


def test_a_tree_asks_its_questions() -> None:
    trees = Trees(
        np.array([[0, 1]], dtype=np.int16),
        np.array([[0.5, 0.5]], dtype=np.float32),
        np.array([[-4.0, 1, 2, 4]], dtype=np.float32),
        0.0,
    )
    table = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=np.float32)
    assert trees.probabilities(table) == pytest.approx(1 / (1 + np.exp([4.0, -1, -2, -4])))


def test_many_rows_are_judged_in_parts() -> None:
    trees = load_trees()
    table = np.random.default_rng(1).random((1_203, len(FEATURES)), dtype=np.float32)
    whole = trees.probabilities(table)
    assert whole.shape == (1_203,)
    assert whole[700:710] == pytest.approx(trees.probabilities(table[700:710]))


def test_the_model_fits_the_code_and_is_small() -> None:
    assert MODEL.stat().st_size < 150_000
    assert load_trees().feature.max() < len(FEATURES)


def test_a_model_of_other_features_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    np.savez(tmp_path / "model.npz", names=np.array(["other"]))
    monkeypatch.setattr("etl.methods.article.judge.MODEL", tmp_path / "model.npz")
    with pytest.raises(ValueError, match=r"etl\.methods\.article\.train"):
        load_trees.__wrapped__()


def test_no_block_is_doubtful() -> None:
    document = parse_page(b"<p></p>")
    verdict = judge_blocks(cut(document), Description(np.zeros((0, len(FEATURES)), dtype=np.float32), []))
    assert (verdict.taken, verdict.doubt) == ([], 1.0)
