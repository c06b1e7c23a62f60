"""The server: HTTP/1.1 on one port of 127.0.0.1, with a virtual host for every source."""

from __future__ import annotations

import asyncio
import errno
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from etl.errors import CoverageError
from etl.newsroom.answers import Answer, Reception, Request
from etl.newsroom.build import build_newsroom

ADDRESS = "127.0.0.1"
PORT = 8765
MOST_HEADER_BYTES = 32_768
IDLE_SECONDS = 60.0  # after which a silent connection is closed
STOP_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class RunningNewsroom:
    """Where a newsroom is being served."""

    address: str
    port: int


def serve(port: int = PORT) -> None:
    """Serve the newsroom until interrupted; CoverageError where the port is taken."""
    try:
        asyncio.run(_serve(port))
    except KeyboardInterrupt:
        return


@contextmanager
def running_newsroom(port: int = 0) -> Iterator[RunningNewsroom]:
    """Serve the newsroom from a thread while the context lasts; port 0 takes any that is free."""
    house = _House(Reception(build_newsroom()))
    loop = asyncio.new_event_loop()
    try:
        server = loop.run_until_complete(_listen(house, port))
    except CoverageError:
        loop.close()
        raise
    thread = threading.Thread(target=loop.run_forever, name="newsroom", daemon=True)
    thread.start()
    try:
        yield RunningNewsroom(ADDRESS, server.sockets[0].getsockname()[1])
    finally:
        asyncio.run_coroutine_threadsafe(_close(server, house), loop).result(STOP_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(STOP_SECONDS)
        loop.close()


async def _serve(port: int) -> None:
    house = _House(Reception(build_newsroom()))
    server = await _listen(house, port)
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    async with server:
        await stopped.wait()
        await _close(server, house)


async def _listen(house: _House, port: int) -> asyncio.Server:
    try:
        return await asyncio.get_running_loop().create_server(lambda: _Connection(house), ADDRESS, port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise CoverageError(f"port {port} of {ADDRESS} is taken by another program; choose another port") from error


async def _close(server: asyncio.Server, house: _House) -> None:
    server.close()
    for connection in list(house.connections):
        connection.abort()
    await asyncio.sleep(0)  # lets the transports see that they are closed


@dataclass(slots=True)
class _House:
    """What answers, and who is connected to it."""

    reception: Reception
    connections: set[_Connection] = field(default_factory=set)


class _Connection(asyncio.Protocol):
    """One connection: requests are answered one after the other."""

    def __init__(self, house: _House) -> None:
        self._house = house
        self._buffer = b""
        self._is_busy = False
        self._transport: asyncio.Transport | None = None
        self._idle: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._house.connections.add(self)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._house.connections.discard(self)
        if self._idle:
            self._idle.cancel()
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._next()

    def abort(self) -> None:
        """Cut the connection."""
        if self._transport:
            self._transport.abort()

    def _next(self) -> None:
        if self._is_busy or self._transport is None:
            return
        head, blank, rest = self._buffer.partition(b"\r\n\r\n")
        if not blank:
            if len(head) > MOST_HEADER_BYTES:
                self._send(Answer(431), is_last=True)
            return
        self._buffer = rest
        self._is_busy = True
        request = parse_request(head)
        if request is None:
            self._send(Answer(400), is_last=True)
            return
        answer = self._house.reception.answer(request)
        is_last = request.headers.get("connection", "").lower() == "close" or request.method not in {"GET", "HEAD"}
        if answer.delay:
            loop = asyncio.get_running_loop()
            loop.call_later(answer.delay, lambda: self._send(answer, request.method, is_last=is_last))
        else:
            self._send(answer, request.method, is_last=is_last)

    def _send(self, answer: Answer, method: str = "GET", *, is_last: bool) -> None:
        if self._transport is None:
            return
        head = _head(answer, is_last=is_last)
        if answer.is_cut and method == "GET":
            self._transport.write(head + answer.body[: len(answer.body) // 2])
            # what was written leaves first, then the connection breaks in mid-answer
            asyncio.get_running_loop().call_later(0.01, self.abort)
            return
        self._transport.write(head if method == "HEAD" else head + answer.body)
        self._is_busy = False
        if is_last:
            self._transport.close()
        else:
            self._wait()
            self._next()

    def _wait(self) -> None:
        if self._idle:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self.abort)


def parse_request(head: bytes) -> Request | None:
    """Read a request's head; None where it is none."""
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return None
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            return None
        headers[name.strip().lower()] = value.strip()
    if words[2] == "HTTP/1.0":
        headers["connection"] = "close"
    return Request(words[0], headers.get("host", ""), words[1], headers)


def _head(answer: Answer, *, is_last: bool) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}", "Server: newsroom"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if answer.status != 304:
        lines.append(f"Content-Length: {len(answer.body)}")
    lines.append(f"Connection: {'close' if is_last else 'keep-alive'}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
