"""Tables of articles that others have read, with their texts in a column: newspaper4k's CSV, exports of archives."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from etl.intake.json_rows import row_of
from etl.intake.rows import Row, Rows
from etl.intake.tables import Table, read_records


def read_articles(path: Path, table: Table) -> Rows:
    """Yield the rows of a table of articles: each becomes the object that it would be in JSON."""
    collected_at = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    for number, record in read_records(path, table):
        yield Row(number, reason=record) if isinstance(record, str) else row_of(number, record, collected_at)
