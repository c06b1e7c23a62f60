"""The command that visits sources: doctor."""

from __future__ import annotations

import click

from etl.cli.main import Choices
from etl.doctor import Visit, visit_sources
from etl.errors import CoverageError
from etl.intake.source_list import SourceList
from etl.settings import load_settings, load_sources


@click.command("doctor")
@click.option("--write", is_flag=True, help="Write the feeds that were found into the list of sources.")
@click.pass_obj
def doctor_command(choices: Choices, *, write: bool) -> None:
    """Visit each source: which feeds answer, and which are found where none is listed."""
    settings, listed = load_settings(choices.settings), load_sources(choices.sources)
    sources = [source for source in listed.sources if not choices.source or source.source_id in choices.source]
    if not sources:
        raise CoverageError(f"--source {', '.join(choices.source)}: not in {choices.sources}")
    visits = visit_sources(sources, settings, settings.make_clock())
    for visit in visits:
        click.echo(str(visit))
    new = sum(len(visit.new) for visit in visits)
    click.echo(f"{sum(visit.is_well for visit in visits)} of {len(visits)} sources can be collected")
    if write:
        click.echo(f"{_write(choices, visits)} feeds were written into {choices.sources}")
    elif new:
        click.echo(f"{new} feeds were found that are not listed; `doctor --write` writes them into {choices.sources}")


def _write(choices: Choices, visits: list[Visit]) -> int:
    """Write the feeds that were found, and return how many."""
    listed = SourceList.load(choices.sources)
    written = sum(listed.add_feeds(visit.source.source_id, visit.new) for visit in visits)
    listed.save()
    return written
