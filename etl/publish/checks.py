"""Promises about the data, as SQL in data/checks: any row that one returns is a breach."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.errors import CheckFailed, ConfigError

CHECKS = Path(__file__).resolve().parents[2] / "data" / "checks"


def run_checks(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Run every check on an open dataset and return their names; raises CheckFailed at the first breach."""
    files = sorted(CHECKS.glob("*.sql"))
    if not files:
        raise ConfigError(str(CHECKS), "", "holds no checks; check the project out again")
    for file in files:
        found = connection.execute(file.read_text(encoding="utf-8"))
        names = [column[0] for column in found.description or ()]
        breaches = found.fetchall()
        if breaches:
            first = ", ".join(f"{name} {value}" for name, value in zip(names, breaches[0], strict=True))
            raise CheckFailed(file.stem, len(breaches), first)
    return [file.stem for file in files]
