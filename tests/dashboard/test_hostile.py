"""Hostile addresses and queries: each is a page, a chart or a sentence; none a traceback, a path of this machine or an error.

Together with the statements of `console/test_console.py` and the texts of the browser's hostile articles these are more than
two hundred inputs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from dashboard.dataset import Dataset

HOSTILE = [
    "/article/1%27%20OR%201=1",
    "/article/-1",
    "/article/99999999999999999999",
    "/article/٣",
    "/article/",
    "/story/1;DROP TABLE stories",
    "/story/%00",
    "/topic/<script>alert(1)</script>",
    "/topic/",
    "/source/../../etc/passwd",
    "/source/%2e%2e%2f",
    "/" + "a" * 5_000,
    "/article/1?q=%22",
    "/article/1?q=(((",
    "/article/1?topic=none",
    "/%F0%9F%92%A5",
    "/explore?q=%00&peak=x",
    "//evil.test",
    "/story/1e3",
    "/article/0x10",
]
QUERIES = ['"', "'; DROP TABLE articles; --", "$1", "title:", "\u202edam", "dam\x00"]
MORE_QUERIES = [
    "(",
    ")",
    "AND",
    "NOT dam",
    "a" * 2_000,
    "dam' OR '1'='1",
    "?",
    "{}",
    "%s",
    "\\",
    "x:y",
    "*",
    "dam~2",
    '"a b"~99999',
    "<script>",
    "=cmd|' /C calc'!A0",
    " OR ".join(f"w{n}" for n in range(300)),
    "(" * 500 + "a" + ")" * 500,
    "𝔡𝔞𝔪",
    "سد AND 洪水",
]
PAGES = [
    "/person/1e9",
    "/person/-1",
    "/person/99999999999",
    "/person/' OR 1=1",
    "/person/<svg onload=alert(1)>",
    "/people?kind=<script>alert(1)</script>",
    "/people?kind=person%27",
    "/people?q=%22&kind=place",
    "/people?source=../../etc/passwd",
    "/compare/none",
    "/compare/%2e%2e/%2e%2e/etc/passwd",
    "/compare/sources?q=%22",
    "/compare/words?q=(((",
    "/compare/words?q=%00",
    "/compare/words?q=title:",
    "/compare/periods?peak=9999-99-99",
    "/compare/periods?peak=2026-08-14..2026-08-01",
    "/compare/periods?since=0001-01-01",
    "/compare/calendar?q=a&q=b&q=c&q=d&q=e&q=f&q=g",
    "/compare/calendar?since=2200-01-01&until=2200-12-31",
    "/compare/lines?topic=none,none2",
    "/compare/lines?line=99",
    "/compare/citations?country=%27%3B--",
    "/compare/topics?collection=<b>",
    "/compare?language=xx&least=100",
    "/sql?s=SELECT%201",
    "/sql?s=%00",
    "/sql?s=<script>alert(1)</script>",
    "/sql?s=" + "a" * 30_000,
    "/sql?s=%FF%FE",
    "/story/0",
    "/story/2147483648",
    "/story/99999999",
    "/article/0?q=a&q=b",
    "/article/1?q=\u202edam",
    "/article/1?q=" + "x" * 3_000,
    "/article/1?line=0&page=-1&sort=;DROP",
    "/?publication=../../secret",
    "/?publication=<img src=x>",
    "/explore?publication=1&publication=2",
    "/explore?since=2026-13-01&until=x",
    "/explore?page=999999999999&sort=none",
    "/explore?least=-5&grain=minute&measure=none&view=pie",
    "/explore?topic=" + ",".join(f"t{n}" for n in range(400)),
    "/explore?" + "&".join(f"k{n}=1" for n in range(300)),
    "/source/javascript:alert(1)",
    "/source/%00",
    "/topic/" + "%41" * 900,
    "/health?source=%27%20OR%201=1",
    "/about?x=<script>",
]
EXPORTS = [
    "/answer.csv",
    "/answer.csv?question=",
    "/answer.csv?question=read_csv&of=/etc/passwd",
    "/answer.csv?question=coverage_over_time&grain=century",
    "/answer.csv?question=coverage_over_time&grain=day%27)--",
    "/answer.csv?question=story_timeline",
    "/answer.csv?question=story_timeline&of=1&of=2",
    "/answer.csv?question=story_timeline&of=1);DROP TABLE stories",
    "/answer.csv?question=story_timeline&of=99999999999999999999",
    "/answer.csv?question=top_mentions&most=-1",
    "/answer.csv?question=top_mentions&most=1e9",
    "/answer.csv?question=top_mentions&of_kind=%27",
    "/answer.csv?question=mentions_over_time&of=%00",
    "/answer.csv?question=quotes_of&of=%27%20OR%20%271%27=%271",
    "/answer.csv?question=why",
    "/answer.csv?question=coverage_by_source&q=%22",
    "/answer.csv?question=topic_pairs&in_topics=x",
    "/answer.csv?question=<script>alert(1)</script>",
    "/coverage.csv?q=%22",
    "/coverage.csv?q=(((",
    "/articles.csv?q=title:",
    "/articles.csv?peak=x..y",
    "/sql.csv",
    "/sql.csv?s=",
    "/sql.csv?s=COPY%20articles%20TO%20'/tmp/x'",
    "/sql.csv?s=FROM%20read_text('/etc/passwd')",
    "/words.json",
    "/words.json?beginning=%25",
    "/words.json?beginning=" + "a" * 5_000,
    "/words.json?beginning=%27%20OR%201=1",
    "/words.json?beginning=%00%00",
    "/assets/../app.py",
    "/assets/%2e%2e/app.py",
    "/_dash-component-suites/dash/../../etc/passwd",
    "/healthz?x=<script>",
]
FURTHER_QUERIES = [
    "dam AND",
    "OR OR OR",
    "NOT",
    "- - -",
    "title:title:dam",
    'title:"',
    "language:",
    "language:xx AND dam",
    "*dam",
    "d*m",
    "'" * 4,
    '""',
    "\ufeffdam",
    "dam\r\nSet-Cookie: x=1",
    "\u2066dam\u2069",
    "a\u0300" * 400,
    "\U0010ffff",
    "dam)) UNION SELECT 1 --",
    '"dam" OR ("rain" AND',
    "~5",
]


class Asks(Protocol):
    """The app, asked as the browser does."""

    def page(self, address: str) -> dict[str, Any]: ...

    def panel(self, part: str, address: str) -> dict[str, Any]: ...


def assert_harmless(told: str, dataset: Dataset) -> None:
    """Hold that an answer has no traceback, no folder of this machine and nothing of another file."""
    assert "Traceback" not in told
    assert str(dataset.file.parent) not in told
    assert "root:" not in told
    assert "site-packages" not in told


@pytest.mark.parametrize(
    "address", [*HOSTILE, *PAGES[::5], *(pytest.param(each, marks=pytest.mark.slow) for each in PAGES)]
)
def test_hostile_addresses_are_a_page_that_says_so(
    asker: Asks, pressed: Dataset, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = json.dumps(asker.page(address), ensure_ascii=False)
    assert "page-title" in told
    assert_harmless(told, pressed)
    assert str(Path(__file__).resolve().parents[2]) not in told
    assert not caplog.records


@pytest.mark.parametrize(
    "query", [*QUERIES, *(pytest.param(query, marks=pytest.mark.slow) for query in MORE_QUERIES + FURTHER_QUERIES)]
)
def test_hostile_queries_are_a_chart_or_a_sentence(
    asker: Asks, pressed: Dataset, query: str, caplog: pytest.LogCaptureFixture
) -> None:
    address = f"/explore?q={quote(query)}"
    told = asker.panel("told.data", address)["told"]["data"]
    assert told["errors"] in ([], [""]) or "character" in told["errors"][0]
    for part in ("reasons", "listing"):
        assert_harmless(json.dumps(asker.panel(f"{part}.data", address)), pressed)
    assert not caplog.records


@pytest.mark.parametrize("address", EXPORTS)
def test_hostile_exports_are_refused_in_a_sentence(
    client: FlaskClient, pressed: Dataset, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get(address)
    told = answer.get_data(as_text=True)
    assert answer.status_code < 500
    assert "<script" not in told.casefold() or answer.mimetype in ("text/plain", "text/csv")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert_harmless(told, pressed)
    assert not caplog.records
