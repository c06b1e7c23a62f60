"""When the newsroom's world takes place, and the dice that decide in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

FIRST_DAY = date(2026, 5, 4)
LAST_DAY = date(2026, 8, 31)
NOW = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)  # what the collector's clock says

FOLDER = Path(__file__).parent


def dice(*names: object) -> Random:
    """Return dice that fall alike whenever they are asked for by the same names."""
    return Random("/".join(["newsroom", *map(str, names)]))  # noqa: S311


def days() -> Iterator[date]:
    """Yield the 120 days in order."""
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        yield FIRST_DAY + timedelta(days=number)
