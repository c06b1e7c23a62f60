"""The one clock: everything that needs to know what time it is asks it, so that a day can be repeated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time, or always the same time where one is fixed."""

    fixed: datetime | None = None

    def now(self) -> datetime:
        """Return the present time, in UTC, to the second: finer is never published nor compared."""
        return self.fixed or datetime.now(UTC).replace(microsecond=0)
