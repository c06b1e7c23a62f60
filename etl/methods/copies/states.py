"""What a finder remembers, as one row of bytes: plain arrays and numbers, nothing that could be run."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from etl.errors import CoverageError

VERSION = 1
_TOLD = "told"

Array = NDArray[Any]


def pack_state(told: Mapping[str, Any], arrays: Mapping[str, Array]) -> bytes:
    """Write numbers and names, and arrays by name."""
    facts = json.dumps({"version": VERSION, **told}).encode()
    blob = io.BytesIO()
    every: dict[str, Any] = {_TOLD: np.frombuffer(facts, np.uint8), **arrays}
    np.savez(blob, **every)
    return blob.getvalue()


def unpack_state(state: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    """Read what was packed; raises CoverageError where it is no state of this version."""
    try:
        with np.load(io.BytesIO(state), allow_pickle=False) as stored:
            arrays = dict(stored)
        told = dict(json.loads(arrays.pop(_TOLD).tobytes()))
    except (ValueError, TypeError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise CoverageError("what was remembered of copies cannot be read; group all articles again") from error
    if told.pop("version", None) != VERSION:
        raise CoverageError("what was remembered of copies is of another version; group all articles again")
    return told, arrays
