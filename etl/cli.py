"""The command line: python -m etl COMMAND."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from etl import discover, enrich, extract, fetch, group
from etl.errors import CoverageError
from etl.job import Job
from etl.publish import publish as build_publication
from etl.records import Tally
from etl.settings import load_settings, load_sources, load_topics
from etl.store import Store

PROJECT = Path(__file__).resolve().parents[1]
STAGES: dict[str, Callable[[Job], Tally]] = {
    "discover": discover.run,
    "fetch": fetch.run,
    "extract": extract.run,
    "enrich": enrich.run,
    "group": group.run,
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Choices:
    """What the common options say."""

    data: Path
    sources: Path
    topics: Path
    settings: Path | None
    source: tuple[str, ...]
    limit: int | None
    workers: int | None
    scheduler: str | None
    quiet: bool

    @contextmanager
    def job(self) -> Iterator[Job]:
        """Open the data folder for a run, with the sources and topics as their files say now."""
        settings = load_settings(self.settings)
        listed, topics = load_sources(self.sources), load_topics(self.topics)
        with Store(self.data) as store:
            store.lists.save_sources(listed, str(self.sources))
            store.lists.save_topics(topics)
            yield Job(store, self.data, settings, self.source, self.limit, self.workers, self.scheduler, self.quiet)


class Commands(click.Group):
    """Commands whose expected errors are told in one sentence, with exit code 1."""

    def invoke(self, context: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(context)
        except CoverageError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("Stopped. What was done is saved; run again to go on.", err=True)
            sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option(
    "--data", type=click.Path(path_type=Path), default=PROJECT / "data", help="Folder of store, pages and publications."
)
@click.option(
    "--sources", type=click.Path(path_type=Path), default=PROJECT / "data" / "sources.toml", help="List of sources."
)
@click.option(
    "--topics", type=click.Path(path_type=Path), default=PROJECT / "data" / "topics.toml", help="List of topics."
)
@click.option("--settings", type=click.Path(path_type=Path), help="Settings over those of data/settings.toml.")
@click.option("--source", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@click.option("--limit", type=click.IntRange(1), help="Pages at most.")
@click.option("--workers", type=click.IntRange(1), help="Processes for heavy work.")
@click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler for heavy work, such as tcp://host:8786.")
@click.option("--quiet", is_flag=True, help="No progress bars.")
@click.pass_context
def main(context: click.Context, **options: object) -> None:
    """From feeds to the published dataset."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    context.obj = Choices(**options)  # type: ignore[arg-type]


@main.command()
@click.pass_obj
def run(choices: Choices) -> None:
    """All stages in order: discover, fetch, extract, enrich, group, publish."""
    with choices.job() as job:
        for name in STAGES:
            run_stage(job, name, STAGES[name])
        if job.store.journal.is_changed():
            run_stage(job, "publish", publish_job)
        else:
            click.echo("publish   nothing is new since the last publication")


def run_stage(job: Job, name: str, stage: Callable[[Job], Tally]) -> None:
    """Run one stage, note its tally and tell it in a line."""
    started = time.monotonic()
    tally = stage(job)
    tally.seconds = time.monotonic() - started
    job.store.journal.save_tally(tally, job.clock.now())
    click.echo(str(tally))


def publish_job(job: Job) -> Tally:
    """Publish without a name, with texts."""
    return build_publication(job.store, job.folder, job.settings)


def _stage_command(name: str) -> None:
    @main.command(name, help=(sys.modules[f"etl.{name}"].__doc__ or "").splitlines()[0])
    @click.pass_obj
    def _command(choices: Choices) -> None:
        with choices.job() as job:
            run_stage(job, name, STAGES[name])


for _name in ("discover", "fetch", "enrich", "group"):
    _stage_command(_name)


@main.command("extract")
@click.option("--again", is_flag=True, help="Read again what another version of the reader read.")
@click.pass_obj
def extract_command(choices: Choices, *, again: bool) -> None:
    """Read title, text, date and the rest out of fetched pages."""
    with choices.job() as job:
        run_stage(job, "extract", lambda job: extract.run(job, again=again))


@main.command("publish")
@click.option("--name", help="A lasting name; named publications are kept.")
@click.option("--without-texts", is_flag=True, help="Leave out texts and all that they could be rebuilt from.")
@click.pass_obj
def publish_command(choices: Choices, *, name: str | None, without_texts: bool) -> None:
    """Build a publication, check it and switch to it."""
    with choices.job() as job:
        run_stage(
            job,
            "publish",
            lambda job: build_publication(job.store, job.folder, job.settings, name=name, without_texts=without_texts),
        )
