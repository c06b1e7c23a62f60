"""The commands that only look: status, check, dictionary."""

from __future__ import annotations

import json
import sys

import click

from etl.cli.main import Choices
from etl.dictionary import stale_files, write_generated
from etl.publish.covered_days import changed_sources
from etl.publish.publications import Publications
from etl.publish.publishing import check_publication
from etl.status import source_states, totals


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.pass_obj
def status_command(choices: Choices, *, as_json: bool) -> None:
    """What is known of each source, in words."""
    with choices.job() as job:
        states, sums = source_states(job), totals(job)
    if as_json:
        click.echo(json.dumps({"totals": sums, "sources": states}, default=str, indent=2))
        return
    click.echo("  ".join(f"{count:,} {name}" for name, count in sums.items()))
    width = max((len(state["source_id"]) for state in states), default=0)
    for state in states:
        numbers = f"{state['articles']:>7,} articles  {state['waiting']:>6,} waiting"
        click.echo(f"{state['source_id']:<{width}}  {numbers}  {state['said']}")


@click.command("check")
@click.pass_obj
def check_command(choices: Choices) -> None:
    """Run data/checks on the newest publication, and tell which sources have fallen silent or exploded."""
    newest = Publications(choices.data).newest()
    names = check_publication(newest)
    click.echo(f"{len(names)} checks hold: {', '.join(names)}")
    for source_id, change in changed_sources(newest).items() if newest else ():
        click.echo(f"look at {source_id}: {change}")


@click.command("dictionary")
@click.option("--check", is_flag=True, help="Only tell whether the generated files are fresh.")
def dictionary_command(*, check: bool) -> None:
    """Write the generated files: data/dictionary.md and the folding of words."""
    if not check:
        write_generated()
        return
    stale = stale_files()
    for path in stale:
        click.echo(f"{path.name} is not what its sources say; run `python -m etl dictionary`", err=True)
    sys.exit(1 if stale else 0)
