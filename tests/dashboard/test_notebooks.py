"""Every notebook runs from top to bottom, and is kept without its outputs."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode, reads

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def opened(path: Path) -> NotebookNode:
    return reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-any-return, no-untyped-call]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    cells = opened(path).cells
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)


def run(path: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Execute a notebook; whatever warns or fails in it, and a notebook without a chart, fails the test."""
    monkeypatch.setenv("MEDIA_COVERAGE_DATASET", str(dataset))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = opened(path)
    # in a thread of its own, since browser tests leave an event loop running in this one
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}})
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, client.async_execute()).result()
    told = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in told if output.get("name") == "stderr" or output["output_type"] == "error"]
    assert any("application/vnd.plotly.v1+json" in output.get("data", {}) for output in told)


def test_the_first_look_runs_without_a_warning(press_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(NOTEBOOKS[0], press_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_the_newsroom(path: Path, newsroom_dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(path, newsroom_dataset, monkeypatch)
