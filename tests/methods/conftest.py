"""What tests of several methods share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of labelled sets beside the project, or a skip that says it is absent."""
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("MEDIA_COVERAGE_SHARED", root.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"no labelled sets in {folder}")
    return folder
