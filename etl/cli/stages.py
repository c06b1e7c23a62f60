"""The commands that do the work: run, its stages one by one, publish, import."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import click

from etl import discover, enrich, extract, fetch, group
from etl.cli.main import Choices
from etl.cli.rounds import Duration, is_publication_due, keep_collecting, patiently
from etl.intake import describe_file, import_file
from etl.job import Job
from etl.publish import publish
from etl.records import Tally
from etl.status import totals
from etl.store.store import hold

Stage = Callable[[Job], Tally]

STAGES: dict[str, Stage] = {
    "discover": discover.run,
    "fetch": fetch.run,
    "extract": extract.run,
    "enrich": enrich.run,
    "group": group.run,
}


def run_stage(job: Job, stage: Stage) -> None:
    """Run one stage, note its tally and tell it in a line."""
    started, before = time.monotonic(), totals(job)
    try:
        tally = stage(job)
    except KeyboardInterrupt:
        new = {name: count - before[name] for name, count in totals(job).items() if count > before[name]}
        said = ", ".join(f"{count:,} {name}" for name, count in new.items()) or "nothing new"
        click.echo(f"stopped after {time.monotonic() - started:.1f} s of this stage, which saved: {said}")
        raise
    tally.seconds = time.monotonic() - started
    job.store.journal.save_tally(tally, job.clock.now())
    click.echo(str(tally))


def run_all(job: Job) -> None:
    """Run all stages in order; publish if anything is new."""
    for stage in STAGES.values():
        run_stage(job, stage)
    if job.store.journal.is_changed():
        run_stage(job, publish)
    else:
        click.echo("publish   nothing is new since the last publication")


@click.command("run")
@click.option("--every", type=Duration(), metavar="30m", help="Keep collecting, this often; publish once a day.")
@click.pass_obj
def run_command(choices: Choices, *, every: timedelta | None) -> None:
    """All stages in order: discover, fetch, extract, enrich, group, publish."""
    if every:
        choices.data.mkdir(parents=True, exist_ok=True)
        hold(choices.data / "every.lock")
        keep_collecting(partial(patiently, choices.job), every, one_round=run_round, pause=time.sleep)
    with choices.job() as job:
        run_all(job)


def run_round(job: Job) -> None:
    """Run all stages but publish, and that too where it is time and anything is new."""
    for stage in STAGES.values():
        run_stage(job, stage)
    if is_publication_due(job) and job.store.journal.is_changed():
        run_stage(job, publish)


def _stage_command(name: str, purpose: str) -> click.Command:
    @click.command(name, help=purpose)
    @click.pass_obj
    def command(choices: Choices) -> None:
        with choices.job() as job:
            run_stage(job, STAGES[name])

    return command


discover_command = _stage_command("discover", "Ask the feeds that are due, and save links never seen before.")
fetch_command = _stage_command("fetch", "Ask for waiting links, politely, and keep the pages unread.")
enrich_command = _stage_command("enrich", "Ask each method about each article.")
group_command = _stage_command("group", "Find copies and stories.")


@click.command("extract")
@click.option("--again", is_flag=True, help="Read again what another version of the reader read.")
@click.pass_obj
def extract_command(choices: Choices, *, again: bool) -> None:
    """Read title, text, date and the rest out of fetched pages."""
    with choices.job() as job:
        run_stage(job, partial(extract.run, again=again))


@click.command("publish")
@click.option("--name", help="A lasting name; named publications are kept.")
@click.option("--without-texts", is_flag=True, help="Leave out texts and all that they could be rebuilt from.")
@click.option("--anew", is_flag=True, help="Build it from nothing, not from the newest one; the answers are the same.")
@click.pass_obj
def publish_command(choices: Choices, *, name: str | None, without_texts: bool, anew: bool) -> None:
    """Build a publication, check it and switch to it."""
    with choices.job() as job:
        run_stage(job, partial(publish, name=name, without_texts=without_texts, anew=anew))


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what each file is taken for; nothing is changed.")
@click.pass_obj
def import_command(choices: Choices, paths: tuple[Path, ...], *, dry_run: bool) -> None:
    r"""Take in files and folders, told apart by their content.

    \b
    Links, for `fetch`:     CSV or plain lists of addresses, story lists of Media Cloud, GDELT (DOC, GKG 2, events,
                            mentions), saved feeds (RSS, Atom, JSON Feed, sitemaps), JSON of links
    Pages, for `extract`:   WARC and WACZ, saved pages (HTML, MHTML; one, a folder, tar or ZIP, with or without index.csv)
    Articles, for `extract`: JSON and JSON Lines of news-please, fundus, newspaper4k, Event Registry; CSV with texts;
                            the text of a page as copied from the screen
    Sources, for the list:  OPML, tables of sources of Media Cloud
    """
    for path in paths if dry_run else ():
        click.echo(f"{path}: {describe_file(path)}")
    if dry_run:
        return
    with choices.job() as job:
        for path in paths:
            run_stage(job, partial(import_file, path=path, sources_file=choices.sources))
