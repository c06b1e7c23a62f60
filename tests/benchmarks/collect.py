"""How fast pages are collected, beside a bare Scrapy spider that fetches the same addresses and stores nothing.

Run it: python tests/benchmarks/collect.py [PAGES]. The server is a process of its own on the loopback, with fourteen
names; delays are off. Ours guards, obeys robots.txt, keeps to one connection a host, and keeps the pages in WARC files.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from etl.archive import Archive  # noqa: E402
from etl.records import PageAnswer, WaitingLink  # noqa: E402
from etl.settings import Clock, Settings, load_settings  # noqa: E402
from etl.web import fetch_pages  # noqa: E402

Theirs: TypeAlias = Any  # of Scrapy's and Twisted's making

NAMES = 14
BATCH = 100  # pages that are written at once
WORDS = " ".join(f"word{number * 7919 % 1000}" for number in range(4_000)).encode()
PAGE = b"<html><head><title>A page</title></head><body><p>%d</p>" + b"<p>" + WORDS + b"</p></body></html>"
SETTINGS = """
[collector]
contact = "benchmark@media-coverage.test"
[politeness]
delay_seconds = 0
is_throttled = false
[guard]
private_hosts = ["*.test"]
[hosts]
"*.test" = "127.0.0.1:{port}"
"""


class Answers(asyncio.Protocol):
    """The shortest HTTP server: robots.txt is missing, all else is a page of some thirty kilobytes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._asked = transport, 0

    def data_received(self, data: bytes) -> None:
        for _ in range(data.count(b"\r\n\r\n")):
            self._asked += 1
            body = PAGE % self._asked
            is_missing = b" /robots.txt " in data
            status, body = (b"404 Not Found", b"") if is_missing else (b"200 OK", body)
            head = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
            self._transport.write(head % (status, len(body)) + body)


def serve(port: Connection) -> None:
    """Serve until the process is ended; tells its port first."""

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Answers, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def addresses(pages: int) -> list[str]:
    return [f"http://paper-{number % NAMES}.test/page/{number}" for number in range(pages)]


def batches(answers: Iterator[PageAnswer]) -> Iterator[list[PageAnswer]]:
    while batch := list(islice(answers, BATCH)):
        yield batch


def megabytes(process: int) -> float:
    """Memory that a process holds now (Linux)."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def collect(pages: int, settings: Settings) -> dict[str, float]:
    """Fetch and keep pages; return pages per second, and the megabytes of both processes on the way."""
    links = (WaitingLink(number, "paper", url) for number, url in enumerate(addresses(pages)))
    measured: dict[str, float] = {}
    done, began = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), file_bytes=1_000_000_000)
        for batch in batches(fetch_pages(links, settings, Clock(datetime(2026, 9, 1, tzinfo=UTC)))):
            began = began or time.monotonic()
            assert all(archive.append(batch))
            done += len(batch)
            if done in (2_000, pages):
                (child,) = multiprocessing.active_children()
                measured[f"stage_mb_{done}"] = megabytes(os.getpid())
                measured[f"child_mb_{done}"] = megabytes(child.pid or 0)
    assert done == pages
    return {"pages_per_second": (pages - BATCH) / (time.monotonic() - began), **measured}


def bare(pages: int, port: int) -> dict[str, float]:
    """Fetch the same addresses with a Scrapy spider and Scrapy's own settings, and forget them."""
    import scrapy
    from scrapy.crawler import CrawlerProcess
    from twisted.internet.address import IPv4Address

    class Everywhere:
        """Leads every name to the server."""

        def resolveHostName(self, receiver: Theirs, _name: str, portNumber: int = 0, **_: object) -> None:  # noqa: N802, N803
            receiver.resolutionBegan(None)
            receiver.addressResolved(IPv4Address("TCP", "127.0.0.1", port))
            receiver.resolutionComplete()

    times: list[float] = []

    class Bare(scrapy.Spider):  # type: ignore[misc]
        name = "bare"
        start_urls = addresses(pages)

        def parse(self, response: Theirs) -> None:
            assert response.status == 200
            times.append(time.monotonic())

    process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False})
    process.crawl(Bare)
    from twisted.internet import reactor

    running: Theirs = reactor
    running.callWhenRunning(running.installNameResolver, Everywhere())
    process.start()
    assert len(times) == pages
    return {"pages_per_second": (pages - BATCH) / (times[-1] - times[BATCH - 1])}


def run(kind: str, pages: int, port: int) -> dict[str, float]:
    """Measure in a fresh process."""
    command = [sys.executable, __file__, kind, str(pages), str(port)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    measured: dict[str, float] = json.loads(said.splitlines()[-1])
    return measured


def compare(pages: int = 5_000, rounds: int = 3) -> dict[str, float]:
    """Return pages per second of both, in turns, and their ratio, as medians; and our memory over 20,000 pages."""
    context = multiprocessing.get_context("spawn")
    receive, send = context.Pipe(duplex=False)
    server = context.Process(target=serve, args=(send,), daemon=True)
    server.start()
    port = receive.recv()
    try:
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(run("ours", pages, port)["pages_per_second"])
            theirs.append(run("bare", pages, port)["pages_per_second"])
        memory = {key: value for key, value in run("ours", 20_000, port).items() if "_mb_" in key}
    finally:
        server.terminate()
        server.join()
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return {
        "ours_pages_per_second": statistics.median(ours),
        "bare_pages_per_second": statistics.median(theirs),
        "ratio": statistics.median(ratios),
        **memory,
    }


def main() -> None:
    """Print the figures, or, as one of the two measured processes, its own."""
    if len(sys.argv) > 3:
        kind, pages, port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "settings.toml"
            path.write_text(SETTINGS.format(port=port))
            print(json.dumps(collect(pages, load_settings(path)) if kind == "ours" else bare(pages, port)))
        return
    for name, figure in compare(*(int(one) for one in sys.argv[1:2])).items():
        print(f"{name:<24} {figure:10.2f}")


if __name__ == "__main__":
    main()
