"""The table of hostile addresses and answers: each is refused or bounded, each is an answer, and the run goes on."""

from __future__ import annotations

import gzip
import re
import resource
import sys
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain, cycle, repeat

import brotli
import pytest

from etl.records import PageAnswer, WaitingLink
from etl.settings import Clock, HostAddress, Settings
from etl.web import fetch_pages

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Answer = bytes | Callable[[], Iterator[bytes | float]]
Serve = Callable[[str, str, Answer], None]
Web = Callable[..., Settings]
Http = Callable[..., bytes]

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
PAGE = b"<html><body><p>Harbour reopens.</p></body></html>"
LIMITS = {"seconds_per_request": 1.5, "page_bytes": 1_000_000, "feed_bytes": 2_000_000, "seconds_per_lookup": 2.0}
OK = b"HTTP/1.1 200 OK\r\n"

# Addresses that must not be asked, with what is said of them.
ADDRESSES = {
    "http://127.0.0.1/": "address is not public: 127.0.0.1",
    "http://127.0.0.1./": "address is not public: 127.0.0.1",
    "http://127.8.8.8/": "address is not public",
    "http://10.0.0.1/": "address is not public: 10.0.0.1",
    "http://172.16.5.4/": "address is not public",
    "http://192.168.1.1/admin": "address is not public",
    "http://100.64.0.1/": "address is not public",
    "http://169.254.169.254/latest/meta-data/": "address is not public: 169.254.169.254",
    "http://0.0.0.0/": "address is not public",
    "http://192.0.0.192/": "address is not public",
    "http://198.18.0.1/": "address is not public",
    "http://192.88.99.1/": "address is not public",
    "http://203.0.113.7/": "address is not public",
    "http://224.0.0.251/": "address is not public",
    "http://240.0.0.1/": "address is not public",
    "http://255.255.255.255/": "address is not public",
    "http://2130706433/": "address in disguise",
    "http://0x7f000001/": "address in disguise",
    "http://017700000001/": "address in disguise",
    "http://0x7f.1/": "address in disguise",
    "http://127.1/": "address in disguise",
    "http://0177.0.0.1/": "host is no address",
    "http://0/": "address in disguise",
    "http://10.1.1/": "address in disguise",
    "http://\u2460\u2461\u2466.0.0.1/": "address in disguise",
    "http://127.0.0.1.1/": "address in disguise",
    "http://[::1]/": "address is not public: ::1",
    "http://[::]/": "address is not public",
    "http://[::ffff:127.0.0.1]/": "address is not public",
    "http://[::ffff:a9fe:a9fe]/": "address is not public",
    "http://[::127.0.0.1]/": "address is not public",
    "http://[64:ff9b::10.0.0.1]/": "address is not public",
    "http://[64:ff9b:1::1]/": "address is not public",
    "http://[2002:7f00:1::]/": "address is not public",
    "http://[2001:0:1::1]/": "address is not public",
    "http://[fc00::1]/": "address is not public",
    "http://[fe80::1]/": "address is not public",
    "http://[fec0::1]/": "address is not public",
    "http://[ff02::1]/": "address is not public",
    "http://[2001:db8::1]/": "address is not public",
    "http://[fe80::1%25eth0]/": "address is not public|no address",
    "http://[::1/": "address cannot be read",
    "http://localhost/": "host is no full name",
    "http://metadata/": "host is no full name",
    "http:///etc/passwd": "host is no full name",
    "http://a..b.test/": "host is no full name",
    "http://-a.test/": "host is no full name",
    "http://post.test:22/": "port 22",
    "http://post.test:6379/": "port 6379",
    "http://post.test:99999/": "address cannot be read",
    "http://user:secret@post.test/": "user name",
    "http://post.test@127.0.0.1/": "user name",
    "http://post.test/\x00": "control character",
    "http://post.test/%00": "control character",
    "http://post.test/a\r\nHost: 127.0.0.1": "control character",
    "http://post.test/" + "a" * 5_000: "longer than",
    "file:///etc/passwd": "not file",
    "ftp://post.test/": "not ftp",
    "gopher://post.test/": "not gopher",
    "data:text/html,x": "not data",
    "javascript:alert(1)": "not javascript",
    "//post.test/": "without either",
    "post.test": "without either",
    "": "without either",
}

# Where redirects lead to, each from a host of its own.
REDIRECTS = {
    "http://127.0.0.1/": "address is not public",
    "http://169.254.169.254/latest/": "address is not public",
    "http://[::ffff:127.0.0.1]/": "address is not public",
    "http://0x7f.1/": "address in disguise",
    "http://rebinding.example/": "address is not public: 10.0.0.1",
    "http://user@post.test/": "user name",
    "http://post.test:8080/": "port 8080",
    "//127.0.0.1/": "address is not public",
    "file:///etc/passwd": "redirects to file:///etc/passwd",
    "javascript:alert(1)": "redirects to javascript",
    "http://post.test:bad/": "redirects to|cannot be read",
    "http://[::1": "redirects to|cannot be read",
    "/loop": "redirects too often",
}

NAMES = {
    "http://rebinding.example/": "address is not public: 10.0.0.1",
    "http://mapped.example/": "address is not public",
    "http://nowhere.invalid/": "no address",
}


def endless(start: bytes, part: bytes) -> Callable[[], Iterator[bytes | float]]:
    return lambda: chain([start], repeat(part))


def dripping(start: bytes, part: bytes) -> Callable[[], Iterator[bytes | float]]:
    return lambda: chain([start], cycle((part, 0.05)))


def packed(encoding: bytes, body: bytes) -> bytes:
    return OK + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (encoding, len(body)) + body


ZEROS = bytes(5_000_000)
ODD_RULES = b"User-agent: *\nCrawl-delay: -5\nCrawl-delay: nan\nDisallow: \xff%zz\n"
BAD_CHUNKS = b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nx\r\n"

# What hosts answer with, and what is said of it; True where the address is never asked again.
ANSWERS: dict[str, tuple[Answer, str, bool]] = {
    "gzip-bomb": (packed(b"gzip", gzip.compress(ZEROS)), "unpacks to more than", True),
    "brotli-bomb": (packed(b"br", brotli.compress(ZEROS)), "unpacks to more than", True),
    "zstd-bomb": (packed(b"zstd", zstd.compress(ZEROS)), "unpacks to more than", True),
    "deflate-bomb": (packed(b"deflate", zlib.compress(ZEROS)), "unpacks to more than", True),
    "bomb-in-bomb": (packed(b"gzip, gzip", gzip.compress(gzip.compress(ZEROS))), "unpacks to more than", True),
    "no-gzip": (packed(b"gzip", PAGE), "cannot be read", False),
    "unknown-packing": (packed(b"aes", PAGE), "packed in an unknown way: aes", False),
    "endless-body": (endless(OK + b"\r\n", b"x" * 65_536), "is larger than allowed", True),
    "endless-chunks": (
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b"x" * 65_536 + b"\r\n"),
        "is larger than allowed",
        True,
    ),
    "announced-too-large": (OK + b"Content-Length: 99999999999\r\n\r\nx", "is larger than allowed", True),
    "endless-headers": (endless(OK, b"X-More: %s\r\n" % (b"x" * 1_000)), "headers are too large", True),
    "endless-header": (
        lambda: chain([OK + b"X-Long: "], repeat(b"x" * 1_000_000, 100)),
        "headers are too large",
        True,
    ),
    "endless-status": (endless(b"HTTP/1.1 200 ", b"O" * 10_000), "headers are too large", True),
    "slow-loris": (dripping(OK, b"X-Slow: 1\r\n"), "in time", False),
    "slow-body": (dripping(OK + b"Content-Length: 100000\r\n\r\n", b"x"), "in time", False),
    "silence": (lambda: iter([60.0]), "in time", False),
    "slow-chunk": (dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n10000\r\n", b"x"), "in time", False),
    "flood-of-1xx": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), "headers are too large|in time", True),
    "bad-chunks": (OK + BAD_CHUNKS, "cut|no HTTP", False),
    "bad-length": (OK + b"Content-Length: -5\r\n\r\nx", "no HTTP|cut|cannot be read", False),
    "two-lengths": (OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", "no HTTP|cut|cannot be read", False),
    "no-http": (lambda: iter([b"SSH-2.0-OpenSSH_9.2\r\n\r\n"]), "no HTTP|cut", False),
    "no-status": (lambda: iter([b"HTTP/1.1 abc OK\r\n\r\n"]), "no HTTP|cut", False),
    "cut-at-once": (lambda: iter([b""]), "cut", False),
    "odd-status": (OK.replace(b"200", b"799") + b"Content-Length: 1\r\n\r\nx", "HTTP 799", False),
    "bad-location": (b"HTTP/1.1 302 Found\r\nLocation: http://\x00\xff/\r\nContent-Length: 0\r\n\r\n", ".", True),
}


@pytest.fixture(scope="module")
def pages(serve: Serve, http: Http, web: Web) -> dict[str, PageAnswer]:
    """One run over all of it, with good pages in between."""
    for name, (answer, _, _) in ANSWERS.items():
        serve(f"{name}.test", "/", answer)
    for number, target in enumerate(REDIRECTS):
        serve(f"redirect-{number}.test", "/", http(b"", 302, location=target))
        serve(f"redirect-{number}.test", "/loop", http(b"", 302, location="/loop"))
    serve("robots-bomb.test", "/robots.txt", ANSWERS["gzip-bomb"][0])
    serve("robots-endless.test", "/robots.txt", ANSWERS["endless-body"][0])
    serve("robots-loop.test", "/robots.txt", http(b"", 302, location="/robots.txt?again"))
    serve("robots-loop.test", "/robots.txt?again", http(b"", 302, location="/robots.txt"))
    serve("robots-inside.test", "/robots.txt", http(b"", 302, location="http://127.0.0.1/robots.txt"))
    serve(
        "robots-odd.test", "/robots.txt", http(b"User-agent: *\nCrawl-delay: -5\nCrawl-delay: nan\nDisallow: \xff%zz\n")
    )
    serve("robots-odd.test", "/", http(PAGE))
    serve("binary.test", "/", http(b"\x00<html>\x00\xff</html>", x_nul="a\x00b"))
    for number in range(5):
        serve(f"good-{number}.test", "/", http(PAGE))
    hosts = {
        "rebinding.example": (HostAddress("93.184.216.34"), HostAddress("10.0.0.1")),
        "mapped.example": (HostAddress("::ffff:127.0.0.1"),),
    }
    settings = web(limits=LIMITS, politeness={"retries": 0, "connections": 64})
    settings = settings.model_copy(update={"hosts": {**settings.hosts, **hosts}})
    urls = [*ADDRESSES, *NAMES, *(f"http://redirect-{number}.test/" for number in range(len(REDIRECTS)))]
    urls += [f"http://{name}.test/" for name in ANSWERS]
    urls += [f"http://robots-{name}.test/" for name in ("bomb", "endless", "loop", "inside", "odd")]
    urls += ["https://forged.tls.test/", "https://other.tls.test/", "https://plain.test/", "http://binary.test/"]
    urls += [f"http://good-{number}.test/" for number in range(5)]
    links = [WaitingLink(number, "x", url) for number, url in enumerate(urls)]
    found = {answer.url: answer for answer in fetch_pages(links, settings, Clock(NOW))}
    assert len(found) == len(urls)
    return found


def test_the_table_is_long_enough() -> None:
    assert len(ADDRESSES) + len(NAMES) + len(REDIRECTS) + len(ANSWERS) >= 100


@pytest.mark.parametrize("url", ADDRESSES)
def test_hostile_addresses_are_refused(pages: dict[str, PageAnswer], url: str) -> None:
    answer = pages[url]
    assert re.search(ADDRESSES[url], answer.reason or "")
    assert (answer.is_refused, answer.status, answer.body) == (True, None, b"")


@pytest.mark.parametrize("url", NAMES)
def test_names_are_judged_by_all_their_addresses(pages: dict[str, PageAnswer], url: str) -> None:
    assert re.search(NAMES[url], pages[url].reason or "")


@pytest.mark.parametrize(("number", "target"), list(enumerate(REDIRECTS)))
def test_every_hop_is_guarded(pages: dict[str, PageAnswer], number: int, target: str) -> None:
    answer = pages[f"http://redirect-{number}.test/"]
    assert re.search(REDIRECTS[target], answer.reason or "")
    assert answer.body == b""


@pytest.mark.parametrize("name", ANSWERS)
def test_hostile_answers_are_bounded(pages: dict[str, PageAnswer], name: str) -> None:
    answer = pages[f"http://{name}.test/"]
    _, reason, is_refused = ANSWERS[name]
    assert re.search(reason, answer.reason or "")
    assert (answer.is_refused, answer.body) == (is_refused, b"")


@pytest.mark.parametrize("name", ["bomb", "endless", "loop", "inside"])
def test_a_hostile_robots_txt_lets_nothing_through(pages: dict[str, PageAnswer], name: str) -> None:
    answer = pages[f"http://robots-{name}.test/"]
    assert re.search("robots.txt cannot be had|address is not public", answer.reason or "")


def test_an_odd_robots_txt_is_read_as_far_as_it_goes(pages: dict[str, PageAnswer]) -> None:
    assert pages["http://robots-odd.test/"].body == PAGE


def test_invalid_tls_is_refused_with_a_reason(pages: dict[str, PageAnswer]) -> None:
    assert "TLS certificate is not valid" in (pages["https://forged.tls.test/"].reason or "")
    assert "for another host" in (pages["https://other.tls.test/"].reason or "")
    assert "in time" in (pages["https://plain.test/"].reason or "")  # it waits for a request that it can read


def test_the_run_goes_on(pages: dict[str, PageAnswer]) -> None:
    assert all(pages[f"http://good-{number}.test/"].body == PAGE for number in range(5))
    assert pages["http://binary.test/"].body == b"\x00<html>\x00\xff</html>"


def test_memory_stays_small(pages: dict[str, PageAnswer]) -> None:
    assert pages
    own, largest_child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    assert largest_child < own + 500_000  # KiB; Linux counts what a process had before it became another
