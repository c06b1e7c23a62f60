"""The declaration of the published dataset: the SQL files of data/schema, in number order."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.errors import ConfigError

SCHEMA = Path(__file__).resolve().parents[2] / "data" / "schema"
SCHEMA_VERSION = 1
STORAGE_VERSION = "v1.5.0"  # the oldest that compresses texts; DuckDB 1.5 and newer read it

# The filters are the same in every question. What @filters, @same and the like stand for in the files of data/schema:
FILTERS = {
    "asked": "NULL",
    "in_topics": "NULL",
    "in_sources": "NULL",
    "in_collections": "NULL",
    "in_countries": "NULL",
    "in_languages": "NULL",
    "since": "NULL",
    "until": "NULL",
    "with_copies": "true",
    "least_matches": "1",
    "title_only": "false",
    "with_undated": "false",
    "balanced": "false",
}
LOOKED_FOR = ("asked", "in_topics", "least_matches", "title_only")  # what a share is a share of does without these
BEFORE = {"since": "since::DATE - 28", "until": "since::DATE - 1"}  # the period with which a peak is compared


def schema_sql() -> str:
    """Return the whole declaration as SQL."""
    files = sorted(SCHEMA.glob("*.sql"))
    if not files:
        raise ConfigError(str(SCHEMA), "", "holds no SQL files; check the project out again")
    return expand_filters("\n".join(file.read_text(encoding="utf-8") for file in files))


def expand_filters(sql: str) -> str:
    """Write the common filters out where the declaration only names them."""
    handed_on = {name: name for name in FILTERS}
    meanings = {
        "@same_before": handed_on | BEFORE,
        "@same": handed_on,
        "@others": {name: name for name in FILTERS if name not in LOOKED_FOR},
        "@filters": FILTERS,
    }
    for word, values in meanings.items():
        sql = sql.replace(word, ", ".join(f"{name} := {value}" for name, value in values.items()))
    return sql


def quoted(path: Path) -> str:
    """Return a path as SQL writes it."""
    return "'" + str(path).replace("'", "''") + "'"


def create_dataset(path: Path) -> None:
    """Create an empty dataset in a new file."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {quoted(path)} AS dataset (STORAGE_VERSION '{STORAGE_VERSION}')")
        connection.execute("USE dataset")
        connection.execute(schema_sql())
