"""The commands by which data leave: export."""

from __future__ import annotations

from pathlib import Path

import click

from etl.cli.main import Choices
from etl.errors import CoverageError
from etl.export import export_parquet
from etl.publish.publications import Publications


@click.command("export")
@click.argument("kind", metavar="FORMAT", type=click.Choice(["parquet"]))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def export_command(choices: Choices, *, kind: str, folder: Path) -> None:
    """Write the newest publication in another FORMAT (parquet: partitioned by month) into a new folder DIR."""
    newest = Publications(choices.data).newest()
    if newest is None:
        raise CoverageError("nothing is published yet; `python -m etl run` collects and publishes")
    rows = export_parquet(newest, folder)
    click.echo(f"{kind}: {len(rows)} tables with {sum(rows.values()):,} rows are in {folder}")
