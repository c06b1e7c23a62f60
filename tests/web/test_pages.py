from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from time import monotonic

import pytest

from etl.errors import ConfigError
from etl.records import PageAnswer, WaitingLink
from etl.settings import Clock, HostAddress, Settings, load_settings
from etl.web import fetch_pages

Answer = bytes | Callable[[], Iterator[bytes | float]]
Serve = Callable[[str, str, Answer], None]
Web = Callable[..., Settings]
Http = Callable[..., bytes]
Asked = list[tuple[str, str, dict[str, str], float]]
Answers = dict[str, PageAnswer]

NOW = datetime(2026, 9, 1, 6, tzinfo=UTC)
PAGE = b"<html><body><p>Harbour reopens.</p></body></html>"
LATIN = "<html><p>Weißwurst</p></html>".encode("windows-1252")


def fetch(urls: list[str], settings: Settings) -> Answers:
    links = [WaitingLink(number, "harbour-post", url) for number, url in enumerate(urls, start=1)]
    answers = list(fetch_pages(links, settings, Clock(NOW)))
    assert len({answer.link_id for answer in answers}) == len(answers)
    return {answer.url: answer for answer in answers}


def once(first: bytes, then: bytes) -> Callable[[], Iterator[bytes | float]]:
    tries = count()
    return lambda: iter([then if next(tries) else first])


@pytest.fixture(scope="module")
def answers(serve: Serve, http: Http, web: Web) -> Answers:
    """One crawl over hosts that behave in all the ways of the web."""
    serve(
        "post.test", "/robots.txt", http(b"User-agent: MediaCoverage\nDisallow: /private/\nUser-agent: *\nDisallow: /")
    )
    serve("post.test", "/a", http(b"", 301, location="/b?x=1"))
    serve("post.test", "/b?x=1", http(LATIN, content_type="text/html; charset=windows-1252", x_made_by="us"))
    serve("post.test", "/moved", http(b"", 302, location="/private/2"))
    serve("broken.test", "/robots.txt", http(b"", 503))
    serve("slow.test", "/robots.txt", http(b"User-agent: *\nCrawl-delay: 0.4\n"))
    serve("cut.test", "/", lambda: iter([b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"]))
    serve("moody.test", "/", once(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf", http(PAGE)))
    serve("hanging.test", "/", lambda: iter([30.0]))
    serve("gone.test", "/", http(b"gone", 410))
    serve("missing.test", "/", http(b"no", 404))
    serve("empty.test", "/", http(b""))
    serve("film.test", "/", http(b"x" * 10, content_type="video/mp4"))
    serve("tired.test", "/", http(b"", 500))
    serve("busy.test", "/", once(http(b"", 429, retry_after="1"), http(PAGE)))
    for number in range(4):
        serve("slow.test", f"/{number}", http(PAGE))
        serve("fast.test", f"/{number}", http(PAGE))
        serve("closed.test", f"/{number}", http(b"", 503, retry_after="3600"))
    settings = web(limits={"seconds_per_request": 1.5}, politeness={"failures_per_host": 2, "retries": 1})
    settings = settings.model_copy(update={"hosts": {**settings.hosts, "dead.test": (HostAddress("127.0.0.1", 1),)}})
    names = ("broken", "cut", "moody", "hanging", "gone", "missing", "empty", "film", "tired", "busy")
    urls = ["http://post.test/a", "http://post.test/private/1", "http://post.test/moved"]
    urls += [f"http://{name}.test/" for name in names]
    urls += [f"http://{name}.test/{number}" for name in ("slow", "fast", "closed", "dead") for number in range(4)]
    return fetch(urls, settings)


def test_a_page_comes_as_it_was_sent(answers: Answers, asked: Asked) -> None:
    answer = answers["http://post.test/a"]
    assert (answer.status, answer.body, answer.reason) == (200, LATIN, None)
    assert (answer.link_id, answer.final_url, answer.fetched_at) == (1, "http://post.test/b?x=1", NOW)
    assert ("Content-Type", "text/html; charset=windows-1252") in answer.headers
    assert ("X-Made-By", "us") in answer.headers
    said = next(headers for _, path, headers, _ in asked if path == "/b?x=1")
    assert said["user-agent"] == "MediaCoverage/0.1 (+tests@media-coverage.test)"
    assert "gzip" in said["accept-encoding"]


def test_robots_txt_is_asked_once_and_obeyed_at_every_hop(answers: Answers, asked: Asked) -> None:
    for url in ("http://post.test/private/1", "http://post.test/moved"):
        assert (answers[url].reason, answers[url].is_refused, answers[url].body) == ("robots.txt forbids", True, b"")
    paths = [path for host, path, _, _ in asked if host == "post.test"]
    assert paths.count("/robots.txt") == 1
    assert not [path for path in paths if path.startswith("/private")]


def test_nothing_is_asked_where_robots_txt_cannot_be_had(answers: Answers, asked: Asked) -> None:
    answer = answers["http://broken.test/"]
    assert answer.reason == "robots.txt cannot be had: HTTP 503 (service unavailable)"
    assert not answer.is_refused
    assert ("broken.test", "/") not in [(host, path) for host, path, _, _ in asked]


def test_a_crawl_delay_is_kept_to_and_no_other_host_waits(answers: Answers, asked: Asked) -> None:
    slow, fast = (
        [when for host, path, _, when in asked if host == name and path != "/robots.txt"]
        for name in ("slow.test", "fast.test")
    )
    assert len(slow) == len(fast) == 4
    assert min(later - earlier for earlier, later in pairwise(slow)) > 0.35
    assert fast[-1] < slow[2]


@pytest.mark.parametrize(
    ("name", "reason", "is_refused"),
    [
        ("cut", "the connection was cut before the end", False),
        ("hanging", "gave no complete answer in time", False),
        ("gone", "HTTP 410 (gone)", True),
        ("missing", "HTTP 404 (not found)", False),
        ("empty", "the answer is empty", False),
        ("film", "is no page but video/mp4", True),
        ("tired", "HTTP 500 (internal server error)", False),
    ],
)
def test_what_fails_says_why(answers: Answers, name: str, reason: str, is_refused: bool) -> None:
    answer = answers[f"http://{name}.test/"]
    assert (answer.reason, answer.is_refused, answer.body) == (reason, is_refused, b"")


def test_cut_connections_and_errors_of_the_server_are_tried_again(answers: Answers, asked: Asked) -> None:
    assert answers["http://moody.test/"].body == PAGE
    assert [path for host, path, _, _ in asked if host == "tired.test"].count("/") == 2


def test_a_short_retry_after_is_waited_for(answers: Answers, asked: Asked) -> None:
    assert answers["http://busy.test/"].body == PAGE
    first, second = (when for host, path, _, when in asked if (host, path) == ("busy.test", "/"))
    assert second - first >= 1


def test_after_a_long_one_the_host_is_left_alone(answers: Answers, asked: Asked) -> None:
    closed = [answer for url, answer in answers.items() if "closed" in url]
    assert len(closed) == 1
    assert (closed[0].reason, closed[0].retry_at) == ("HTTP 503 (service unavailable)", NOW + timedelta(hours=1))
    assert len([path for host, path, _, _ in asked if host == "closed.test" and path != "/robots.txt"]) == 1


def test_a_host_that_never_answers_is_left_alone(answers: Answers) -> None:
    dead = [answer for url, answer in answers.items() if "dead" in url]
    assert [answer.reason for answer in dead] == ["robots.txt cannot be had: the connection was refused"] * 2


def test_every_page_that_could_be_had_is_there(answers: Answers) -> None:
    assert {url for url, answer in answers.items() if answer.body} == {
        "http://post.test/a",
        "http://moody.test/",
        "http://busy.test/",
        *(f"http://{name}.test/{number}" for name in ("slow", "fast") for number in range(4)),
    }


def test_nobody_is_asked_by_somebody_without_a_name() -> None:
    with pytest.raises(ConfigError, match="contact is empty"):
        fetch(["http://post.test/"], load_settings())


def test_nothing_to_ask_starts_nothing(web: Web) -> None:
    began = monotonic()
    assert fetch([], web()) == {}
    assert monotonic() - began < 0.2


@pytest.mark.slow
def test_a_run_ends_when_its_time_is_up(serve: Serve, http: Http, web: Web) -> None:
    serve("endless.test", "/", lambda: iter([30.0]))
    serve("quick.test", "/", http(PAGE))
    began = monotonic()
    answers = fetch(["http://endless.test/", "http://quick.test/"], web(limits={"seconds_per_run": 4.0}))
    assert list(answers) == ["http://quick.test/"]
    assert monotonic() - began < 8
