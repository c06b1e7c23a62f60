"""Publications as files: their names, the link to the newest, and which are kept."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

LINK = "coverage.duckdb"
_NAMED_BY_TIME = re.compile(r"coverage-\d{4}-\d\d-\d\d-\d{6}(-\d+)?")


class Publications:
    """The publications of one data folder; each is a file that never changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "publications"
        self._link = folder / LINK

    def path(self, run_id: str) -> Path:
        """Return where a publication lies."""
        return self._folder / f"coverage-{run_id}.duckdb"

    def begin(self, run_id: str) -> Path:
        """Return the path of a file in which a publication is built, out of the readers' sight."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.glob(".building-*"):  # by a build that was killed
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()
        return self._folder / f".building-{run_id}.duckdb"

    def finish(self, built: Path, run_id: str) -> Path:
        """Give a finished file its name, and switch the link to it in one step."""
        with built.open("rb") as file:
            os.fsync(file.fileno())
        path = self.path(run_id)
        built.replace(path)
        waiting = self._link.with_name(f".{LINK}.next")
        waiting.unlink(missing_ok=True)
        try:
            waiting.symlink_to(path.relative_to(self._link.parent))
        except OSError:  # a file system without links gets a copy
            shutil.copy2(path, waiting)
        waiting.replace(self._link)
        return path

    def newest(self) -> Path | None:
        """Return the publication to which the link leads."""
        return self._link.resolve() if self._link.exists() else None

    def prune(self, most: int) -> list[Path]:
        """Remove all but the newest publications and those with a name of their own; open readers keep what they have open."""
        newest = self.newest()
        files = sorted(self._folder.glob("coverage-*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)
        unnamed = [path for path in files if _NAMED_BY_TIME.fullmatch(path.stem)]
        old = [path for path in unnamed[most:] if path != newest]
        for path in old:
            path.unlink()
        return old
