"""The command: its address, a taken port, a host that others reach, and its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main


def test_another_host_needs_to_be_meant() -> None:
    told = CliRunner().invoke(main, ["--host", "0.0.0.0"])
    assert told.exit_code == 2
    assert "say --share" in told.output


def test_a_taken_port_is_a_sentence(dozen_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = CliRunner().invoke(main, ["--dataset", str(dozen_path), "--port", str(port)])
    assert told.exit_code == 1
    assert f"port {port} of 127.0.0.1 is taken" in told.output


@pytest.mark.slow
def test_it_serves_and_ends_on_an_interrupt(dozen_path: Path) -> None:
    command = [sys.executable, "-m", "dashboard", "--dataset", str(dozen_path), "--port", "0"]
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as served:
        assert served.stdout is not None
        assert served.stderr is not None
        line = served.stdout.readline()
        assert line.startswith("Media Coverage is served at http://127.0.0.1:")
        with urllib.request.urlopen(line.split(" at ")[1].split(" ")[0] + "healthz", timeout=10) as answer:
            assert answer.read() == b"ok first\n"
        served.send_signal(signal.SIGINT)
        errors = served.stderr.read()
        served.wait(timeout=15)
    assert served.returncode == 0
    assert "Traceback" not in errors
