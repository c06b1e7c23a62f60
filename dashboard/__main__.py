"""Serve the dashboard: `python -m dashboard`."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from pathlib import Path

import click
import waitress

from dashboard.app import create_app
from dashboard.dataset import Dataset
from dashboard.pages import overview
from dashboard.panel.chart import drawn_lines
from dashboard.panel.listing import listing
from dashboard.panel.reasons import reasons
from dashboard.visit import visit
from etl.errors import CoverageError

LOCAL = ("127.0.0.1", "::1", "localhost")
THREADS = 8


@click.command(context_settings={"show_default": True})
@click.option(
    "--dataset",
    type=click.Path(path_type=Path),
    default=None,
    help="The dataset; else MEDIA_COVERAGE_DATASET, else data/coverage.duckdb.",
)
@click.option("--host", default="127.0.0.1", help="Address to serve on.")
@click.option("--port", default=8050, type=click.IntRange(0, 65535), help="Port to serve on; 0 takes a free one.")
@click.option(
    "--share", is_flag=True, help="Serve to other machines too. There is no password: put a proxy with one in front."
)
def main(dataset: Path | None, host: str, port: int, share: bool) -> None:
    """Serve the dashboard of a published dataset."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    if host not in LOCAL and not share:
        raise click.UsageError(
            f"--host {host} shows the dataset to other machines, without a password; say --share if that is wanted"
        )
    held = Dataset(dataset, waits=True)
    listening = _listen(host, port)
    server = waitress.create_server(create_app(held), sockets=[listening], threads=THREADS, ident=None)
    click.echo(f"Media Coverage is served at {_address(host, listening)} (Ctrl-C ends it)")
    looking = threading.Thread(target=_look, args=(held,))
    looking.start()
    try:
        server.run()
    finally:
        server.close()
        looking.join()
        held.close()


def _listen(host: str, port: int) -> socket.socket:
    """Take the port, or end with a sentence."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port left a moment ago is free
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        told = f"port {port} of {host} is taken or not to be had ({error.strerror}); choose another with --port"
        click.echo(told, err=True)
        sys.exit(1)
    return listening


def _address(host: str, listening: socket.socket) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"


def _look(dataset: Dataset) -> None:
    """Lay the overview out once, so that its first reader does not wait for it."""
    try:
        here = visit(dataset, "/", "")
        for part in (overview.lay_out(here, ""), drawn_lines(here), reasons(here), listing(here)):
            del part
    except CoverageError as error:
        click.echo(str(error), err=True)


if __name__ == "__main__":
    main()
