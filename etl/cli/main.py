"""The root command: common options, and errors told in one sentence."""

from __future__ import annotations

import errno
import importlib
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from etl.cli.stopping import TOLD, stoppable
from etl.errors import CoverageError

if TYPE_CHECKING:
    from etl.job import Job

DATA = Path(__file__).resolve().parents[2] / "data"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"

# The commands by the module that holds them: only the one that is asked for is loaded, since the methods are heavy.
COMMANDS = {
    "run": "stages", "discover": "stages", "fetch": "stages", "extract": "stages", "enrich": "stages", "group": "stages",
    "publish": "stages", "import": "stages", "status": "looking", "check": "looking", "dictionary": "looking", "doctor": "visiting",
    "export": "leaving", "newsroom": "newsroom",
}  # fmt: skip


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
        from etl.job import Job
        from etl.settings import load_settings, load_sources, load_topics
        from etl.store import Store

        settings = load_settings(self.settings)
        listed, topics = load_sources(self.sources), load_topics(self.topics)
        unknown = set(self.source) - {source.source_id for source in listed.sources}
        if unknown:
            raise CoverageError(
                f"--source {', '.join(sorted(unknown))}: not in {self.sources}; `status` lists the sources"
            )
        with Store(self.data) as store:
            store.lists.save_sources(listed, self.sources.name)
            store.lists.save_topics(topics)
            yield Job(store, self.data, settings, self.source, self.limit, self.workers, self.scheduler, self.quiet)


class Commands(click.Group):
    """Commands that are loaded when they are asked for; expected errors are one sentence and exit code 1."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Load a command."""
        if name not in COMMANDS:
            return None
        found = getattr(importlib.import_module(f"etl.cli.{COMMANDS[name]}"), f"{name}_command")
        assert isinstance(found, click.Command)
        return found

    def invoke(self, context: click.Context) -> object:
        """Run a command."""
        try:
            with stoppable():
                return super().invoke(context)
        except CoverageError as error:
            click.echo(f"Error: {error}", err=True)
        except OSError as error:
            if error.errno not in FULL:
                raise
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"Error: {where}the disk is full; make room and run again, what was saved is kept", err=True)
        except KeyboardInterrupt:
            click.echo(TOLD, err=True)
        sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=DATA,
    help="Folder of store, pages and publications.",
    show_default="data",
)
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    default=DATA / "sources.toml",
    help="List of sources.",
    show_default="data/sources.toml",
)
@click.option(
    "--topics",
    type=click.Path(path_type=Path),
    default=DATA / "topics.toml",
    help="List of topics.",
    show_default="data/topics.toml",
)
@click.option("--settings", type=click.Path(path_type=Path), help="Settings over those of data/settings.toml.")
@click.option("--source", multiple=True, metavar="ID", help="Only this source; may be repeated.")
@click.option("--limit", type=click.IntRange(1), help="Pages to fetch at most.")
@click.option("--workers", type=click.IntRange(1), help="Processes for heavy work.  [default: one per core]")
@click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler for heavy work, such as tcp://host:8786.")
@click.option("--quiet", is_flag=True, help="No progress bars.")
@click.pass_context
def main(context: click.Context, /, **options: object) -> None:
    """From feeds to the published dataset."""
    logging.basicConfig(level=logging.WARNING, format=LOG_FORMAT)
    context.obj = Choices(**options)  # type: ignore[arg-type]
