"""Scrapy's own HTTP client, with the one limit that it lacks: how large the headers of an answer may be.

Scrapy limits bodies and time. Headers are gathered by Twisted without a limit, line after line, until the time is up.
The names with an underscore are Twisted's and Scrapy's inner ones: there is no other place to count from.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

Connection: TypeAlias = Any  # Twisted's HTTP11ClientProtocol


class HeadersTooLarge(Exception):
    """An answer's headers do not end."""


def bounded(connection: Connection, most_bytes: int) -> Connection:
    """Make a client connection give up an answer whose headers exceed a number of bytes."""
    receive, request = connection.dataReceived, connection.request
    seen = 0

    def ask(question: object) -> object:
        nonlocal seen
        seen = 0
        answer = request(question)
        connection._parser.MAX_LENGTH = most_bytes  # of one line; Twisted's own 16 KiB are too few for some sites
        return answer

    def count(data: bytes) -> None:
        nonlocal seen
        if connection._parser is not None and connection._parser.state in (STATUS, HEADER):
            seen += len(data)
        if seen > most_bytes:
            connection._giveUp(Failure(HeadersTooLarge()))  # type: ignore[no-untyped-call]
        else:
            receive(data)

    connection.request, connection.dataReceived = ask, count
    return connection


class BoundedHandler(HTTP11DownloadHandler):  # type: ignore[misc]
    """Fetches http and https addresses."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        most_bytes = crawler.settings.getint("MOST_HEADER_BYTES")

        class BoundedFactory(self._pool._factory):  # type: ignore[misc,name-defined]
            def buildProtocol(self, addr: object) -> Connection:  # noqa: N802 (Twisted's name)
                return bounded(super().buildProtocol(addr), most_bytes)

        self._pool._factory = BoundedFactory
