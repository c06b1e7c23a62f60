"""The newsroom's commands: serve it alone, or do the whole demonstration on it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from etl.cli.main import Choices
from etl.errors import CoverageError
from etl.job import Job
from etl.newsroom.server import ADDRESS, PORT, serve
from etl.settings import HostAddress

PATIENCE = 60.0  # seconds in which the newsroom must have written its articles


@click.group("newsroom")
def newsroom_command() -> None:
    """The fictional sources on this machine."""


@newsroom_command.command("serve")
@click.option("--port", type=int, default=PORT, show_default=True)
def serve_command(port: int) -> None:
    """Serve the fictional sources on 127.0.0.1 until interrupted."""
    click.echo(f"The newsroom is served on http://{ADDRESS}:{port}, a virtual host for each source; Ctrl-C ends it.")
    serve(port)


@newsroom_command.command("demo")
@click.option("--port", type=int, default=8050, show_default=True, help="Of the dashboard.")
@click.option("--no-dashboard", is_flag=True, help="Only collect and publish.")
@click.option("--newsroom-port", type=int, default=PORT, show_default=True, help="Of the newsroom.")
@click.pass_obj
def demo_command(choices: Choices, *, port: int, no_dashboard: bool, newsroom_port: int) -> None:
    """Collect from the newsroom, publish, and serve the dashboard."""
    from etl.cli.stages import run_all

    if not no_dashboard:
        _check_free(port)
    with choices.job() as job, _newsroom(newsroom_port):
        run_all(_at_port(job, newsroom_port))
    if not no_dashboard:
        link = choices.data / "coverage.duckdb"
        os.execv(sys.executable, [sys.executable, "-m", "dashboard", "--dataset", str(link), "--port", str(port)])  # noqa: S606 - ourselves


def _at_port(job: Job, port: int) -> Job:
    """Return the job with the newsroom at a port of one's own."""
    hosts = {pattern: tuple(HostAddress(one.ip, port) for one in told) for pattern, told in job.settings.hosts.items()}
    return replace(job, settings=job.settings.model_copy(update={"hosts": hosts}))


def _check_free(port: int) -> None:
    """Say at once, not after the collection, that the dashboard cannot be served."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((ADDRESS, port))
        except OSError as error:
            raise CoverageError(
                f"port {port} is taken by another program; choose another: PORT={port + 50} make demo"
            ) from error


@contextmanager
def _newsroom(port: int) -> Iterator[None]:
    """Serve the newsroom from a process of its own, so that it does not share this one's time."""
    _check_newsroom_free(port)
    command = [sys.executable, "-m", "etl", "newsroom", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    try:
        _wait_for(server, port)
        yield
    finally:
        server.terminate()
        server.wait(10)


def _check_newsroom_free(port: int) -> None:
    with socket.socket() as trial:
        if trial.connect_ex((ADDRESS, port)) == 0:
            raise CoverageError(
                f"port {port}, which the newsroom needs, is taken by another program; end it and run again"
            )


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as trial:
            if trial.connect_ex((ADDRESS, port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise CoverageError("the newsroom did not start; `python -m etl newsroom serve` says why")
