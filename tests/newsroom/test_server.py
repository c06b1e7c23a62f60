"""The server over real HTTP on this machine."""

from __future__ import annotations

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from etl.errors import CoverageError
from etl.newsroom.period import FOLDER, NOW
from etl.newsroom.server import ADDRESS, PORT, RunningNewsroom, parse_request, running_newsroom, serve
from etl.newsroom.truth import Newsroom, Trouble


@pytest.fixture(scope="module")
def server(newsroom: Newsroom) -> Iterator[RunningNewsroom]:
    with running_newsroom() as running:
        yield running


@pytest.fixture
def connection(server: RunningNewsroom) -> Iterator[http.client.HTTPConnection]:
    opened = http.client.HTTPConnection(server.address, server.port, timeout=10)
    yield opened
    opened.close()


def _get(connection: http.client.HTTPConnection, address: str, method: str = "GET") -> tuple[int, bytes]:
    parts = urlsplit(address)
    connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), headers={"Host": parts.netloc})
    response = connection.getresponse()
    return response.status, response.read()


def _with(newsroom: Newsroom, trouble: Trouble) -> str:
    return next(address for address, kind in newsroom.troubles.items() if kind == trouble)


def test_one_connection_carries_many_requests(newsroom: Newsroom, connection: http.client.HTTPConnection) -> None:
    for address in [one for one in newsroom.articles if one not in newsroom.troubles][:40]:
        status, body = _get(connection, address)
        assert status == 200
        assert newsroom.articles[address].title[:10].split("’")[0].encode(newsroom.articles[address].charset) in body
    assert connection.sock is not None


def test_head_has_no_body(newsroom: Newsroom, connection: http.client.HTTPConnection) -> None:
    assert _get(connection, "http://harbour-post.test/", "HEAD") == (200, b"")
    assert _get(connection, "http://harbour-post.test/")[1]


def test_a_cut_connection_breaks_in_mid_answer_and_works_the_second_time(
    newsroom: Newsroom, server: RunningNewsroom
) -> None:
    address = _with(newsroom, "cut first")
    first = http.client.HTTPConnection(server.address, server.port, timeout=10)
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        _get(first, address)
    first.close()
    second = http.client.HTTPConnection(server.address, server.port, timeout=10)
    assert _get(second, address)[0] == 200
    second.close()


def test_slow_answers_do_not_hold_up_others(newsroom: Newsroom, server: RunningNewsroom) -> None:
    slow = http.client.HTTPConnection(server.address, server.port, timeout=10)
    parts = urlsplit(_with(newsroom, "slow"))
    start = time.perf_counter()
    slow.request("GET", parts.path, headers={"Host": parts.netloc})
    quick = http.client.HTTPConnection(server.address, server.port, timeout=10)
    assert _get(quick, "http://harbour-post.test/robots.txt")[0] == 200
    between = time.perf_counter() - start
    assert slow.getresponse().status == 200
    assert between < 0.3 < time.perf_counter() - start
    slow.close()
    quick.close()


def test_many_connections_at_once(server: RunningNewsroom) -> None:
    opened = [http.client.HTTPConnection(server.address, server.port, timeout=10) for _ in range(80)]
    for one in opened:
        one.request("GET", "/robots.txt", headers={"Host": "harbour-post.test"})
    assert {one.getresponse().status for one in opened} == {200}
    for one in opened:
        one.close()


def test_requests_that_are_none_are_refused(server: RunningNewsroom) -> None:
    with socket.create_connection((server.address, server.port), timeout=10) as raw:
        raw.sendall(b"hello\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 400 ")
    with socket.create_connection((server.address, server.port), timeout=10) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000)
        assert raw.recv(100).startswith(b"HTTP/1.1 431 ")


def test_reading_requests() -> None:
    request = parse_request(b"GET /a?b HTTP/1.1\r\nHost: x.test\r\nAccept-Encoding: gzip")
    assert request
    assert (request.method, request.host, request.target, request.headers["accept-encoding"]) == (
        "GET",
        "x.test",
        "/a?b",
        "gzip",
    )
    assert parse_request(b"GET / HTTP/1.0").headers["connection"] == "close"  # type: ignore[union-attr]
    assert parse_request(b"GET /") is None
    assert parse_request(b"GET / HTTP/1.1\r\nnonsense") is None


def test_a_new_server_begins_anew(newsroom: Newsroom) -> None:
    address = _with(newsroom, "busy first")
    for _ in range(2):
        with running_newsroom() as running:
            opened = http.client.HTTPConnection(running.address, running.port, timeout=10)
            assert [_get(opened, address)[0] for _ in range(2)] == [429, 200]
            opened.close()


def test_a_taken_port_is_a_clear_sentence(server: RunningNewsroom) -> None:
    with pytest.raises(CoverageError, match=f"port {server.port} of 127.0.0.1 is taken"), running_newsroom(server.port):
        pass
    with pytest.raises(CoverageError, match="is taken by another program"):
        serve(server.port)


def test_the_port_is_the_one_that_the_settings_name() -> None:
    settings = tomllib.loads((FOLDER / "settings.toml").read_text("utf-8"))
    assert settings["hosts"] == {"*.test": f"{ADDRESS}:{PORT}"}
    assert settings["clock"]["now"] == NOW


def test_the_port_is_free_again_afterwards(newsroom: Newsroom) -> None:
    with running_newsroom() as first:
        port = first.port
    with running_newsroom(port) as second:
        assert second.port == port


@pytest.mark.slow
def test_serving_alone_ends_when_told_to(newsroom: Newsroom) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    alone = subprocess.Popen([sys.executable, "-m", "etl", "newsroom", "serve", "--port", str(port)])
    try:
        _wait_for(port)
        opened = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with contextlib.closing(opened):
            assert _get(opened, "http://quarterdeck.test/")[0] == 200
        alone.send_signal(signal.SIGTERM)
        assert alone.wait(10) == 0
    finally:
        alone.kill()
        alone.wait()


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server never came up")
