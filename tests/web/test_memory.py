"""Feeds of any size are read within bounds: in a process of their own, since memory once taken is not given back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.settings import Settings

Answer = bytes | Callable[[], Iterator[bytes | float]]
Serve = Callable[[str, str, Answer], None]
Web = Callable[..., Settings]

ROOT = Path(__file__).resolve().parents[2]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n"
SETTINGS = """
[collector]
contact = "tests"
[politeness]
delay_seconds = 0
[guard]
private_hosts = ["*.test"]
[hosts]
"*.test" = "{}"
"""
STAGE = """
import json, resource, sys
from pathlib import Path
from etl.records import Feed
from etl.settings import load_settings
from etl.web import read_feeds

if __name__ == "__main__":
    settings = load_settings(Path(sys.argv[1]))
    links = parts = most = 0
    for answer in read_feeds([Feed(1, "x", sys.argv[2])], settings, settings.make_clock()):
        assert answer.reason is None, answer.reason
        links, parts, most = links + len(answer.links), parts + 1, max(most, len(answer.links))
    # by ru_maxrss this process would have what the one that started it had
    own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(json.dumps({"links": links, "most": most, "is_last": answer.is_last, "kib": peak}))
"""


def read(url: str, settings: Settings, folder: Path) -> dict[str, int]:
    (address,) = settings.hosts["*.test"]
    (folder / "settings.toml").write_text(SETTINGS.format(f"{address.ip}:{address.port}"))
    (folder / "stage.py").write_text(STAGE)
    command = [sys.executable, str(folder / "stage.py"), str(folder / "settings.toml"), url]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=env, timeout=500).stdout
    found: dict[str, int] = json.loads(said)
    return found


def sitemap(number: int) -> Callable[[], Iterator[bytes | float]]:
    def write() -> Iterator[bytes | float]:
        yield HEAD + b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        for start in range(0, 50_000, 1_000):
            yield b"".join(
                b"<url><loc>http://huge.test/2026/08/%d/an-article-about-%d.html</loc></url>" % (number, one)
                for one in range(start, start + 1_000)
            )
        yield b"</urlset>"

    return write


def feed() -> Iterator[bytes | float]:
    yield HEAD + b"<rss version='2.0'><channel><title>Long</title>"
    for number in range(50_000):
        yield (
            b"<item><title>Article number %d</title><link>http://long.test/2026/%d-some-words</link><guid>%d</guid>"
            b"<pubDate>Tue, 01 Sep 2026 06:00:00 GMT</pubDate><description>%s</description></item>"
        ) % (number, number, number, b"A few words of it, and some more. " * 10)
    yield b"</channel></rss>"


@pytest.mark.slow
def test_an_index_of_two_million_addresses(serve: Serve, web: Web, tmp_path: Path) -> None:
    maps = b"".join(b"<sitemap><loc>http://huge.test/%d.xml</loc></sitemap>" % number for number in range(40))
    serve("huge.test", "/index.xml", lambda: iter([HEAD + b"<sitemapindex>" + maps + b"</sitemapindex>"]))
    for number in range(40):
        serve("huge.test", f"/{number}.xml", sitemap(number))
    found = read("http://huge.test/index.xml", web(), tmp_path)
    assert (found["links"], found["most"], found["is_last"]) == (2_000_000, 5_000, True)
    assert found["kib"] < 500_000


@pytest.mark.slow
def test_a_feed_of_fifty_thousand_entries(serve: Serve, web: Web, tmp_path: Path) -> None:
    serve("long.test", "/feed.xml", feed)
    found = read("http://long.test/feed.xml", web(), tmp_path)
    assert (found["links"], found["is_last"]) == (50_000, True)
    assert found["kib"] < 500_000
