"""Pages that hang parsers and readers: each ends within five seconds and 500 MB, with a result or a reason.

Every page is read in a process of its own, whose processor time and memory the system counts.
"""

from __future__ import annotations

import json
import os
import resource
import traceback
from collections.abc import Callable

import pytest

from etl.methods.article import read_article

SECONDS, MEGABYTES = 5, 500
SENTENCE = "The council met on Monday and agreed on a plan for the harbour, its chair said. "
PARAGRAPH = f"<p>{SENTENCE * 4}</p>"
TEXT = PARAGRAPH * 5


def page(body: str, head: str = "") -> str:
    return (
        f"<html lang=en><head><title>A plan for the "
        f"harbour</title>{head}</head><body><article><h1>A plan for the "
        f"harbour</h1>{body}</article></body></html>"
    )


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def attributes(count: int) -> str:
    return "<div " + " ".join(f"a{number}=1" for number in range(count)) + ">"


PAGES: dict[str, Callable[[], str | bytes]] = {
    "a million attributes": lambda: page(attributes(1_000_000) + TEXT),
    "100,000 attributes": lambda: page(attributes(100_000) + TEXT),
    "300 attributes on each of 3,000": lambda: page((attributes(300) + "x</div>") * 3_000 + TEXT),
    "a value of 6 MB": lambda: page(f'<div class="{"x " * 3_000_000}">{TEXT}</div>'),
    "a value that never ends": lambda: page("<div class='" + "a" * 4_000_000),
    "a hidden style of 2 MB": lambda: page(f"<div style='{'display: none;' * 150_000}'>{TEXT}</div>"),
    "100,000 nested blocks": lambda: page("<div>" * 100_000 + TEXT),
    "100,000 nested spans": lambda: page("<span>" * 100_000 + TEXT),
    "30,000 nested and closed": lambda: page("<b>" * 30_000 + TEXT + "</b>" * 30_000),
    "20,000 nested lists": lambda: page("<ul><li>" * 20_000 + TEXT),
    "20,000 nested tables": lambda: page("<table><tr><td>" * 20_000 + TEXT),
    "50,000 nested forms": lambda: page("<form>" * 50_000 + TEXT),
    "20,000 paragraphs": lambda: page(PARAGRAPH * 20_000),
    "100,000 short paragraphs": lambda: page("<p>Short words here.</p>" * 100_000),
    "50,000 cells": lambda: page("<table><tr>" + "<td>cell of words here</td>" * 50_000 + "</tr></table>" + TEXT),
    "500,000 rows": lambda: page("<table>" + "<tr><td>c</td></tr>" * 500_000 + "</table>" + TEXT),
    "500,000 line breaks": lambda: page("<br>" * 500_000 + TEXT),
    "200,000 links": lambda: page("<a href=/x>word</a> " * 200_000),
    "50,000 links in a paragraph": lambda: page("<p>" + "<a href=/x>word</a> " * 50_000 + "</p>"),
    "50,000 broken addresses": lambda: page("<a href='http://['>x</a>" * 50_000 + TEXT),
    "60,000 class names": lambda: page(
        "".join(f"<div class='c{number} author byline x{number}y'>word</div>" for number in range(60_000)) + TEXT
    ),
    "50,000 authors": lambda: page("<a rel=author>Jane Doe</a>" * 50_000 + TEXT),
    "100,000 dates that are none": lambda: page("<span itemprop=datePublished>x</span>" * 100_000 + TEXT),
    "100,000 times": lambda: page("<time>1.1.</time>" * 100_000 + TEXT),
    "50,000 headlines": lambda: page("<h1>A plan for the harbour</h1>" * 50_000 + TEXT),
    "200,000 options": lambda: page("<select>" + "<option>x" * 200_000 + "</select>" + TEXT),
    "200,000 lines of a drawing": lambda: page("<svg>" + "<path d='M0'/>" * 200_000 + "</svg>" + TEXT),
    "100,000 scripts": lambda: page("<script>a<b</script>" * 100_000 + TEXT),
    "10 MB of JSON-LD": lambda: page(
        TEXT, ld(json.dumps({"@type": "NewsArticle", "articleBody": "word " * 2_000_000}))
    ),
    "5,000 blocks of JSON-LD": lambda: page(TEXT, ld('{"@type":"NewsArticle","headline":"x"}') * 5_000),
    "JSON-LD nested 100,000 deep": lambda: page(TEXT, ld('{"a":' * 100_000 + "1" + "}" * 100_000)),
    "JSON-LD lists nested 50,000 deep": lambda: page(TEXT, ld("[" * 50_000 + "]" * 50_000)),
    "JSON-LD of 20,000 items": lambda: page(TEXT, ld(json.dumps([{"@type": "NewsArticle", "headline": "x"}] * 20_000))),
    "JSON-LD with a null graph": lambda: page(
        TEXT, ld('{"@graph":null,"@type":"NewsArticle","author":{"name":{"name":null}}}')
    ),
    "JSON-LD of spaces and commas": lambda: page(TEXT, ld("[" + "1,  " * 200_000 + "]")),
    "JSON-LD of numbers for words": lambda: page(
        TEXT, ld('{"@type":"NewsArticle","headline":7,"datePublished":[1],"author":9,"keywords":{},"wordCount":"²"}')
    ),
    "100,000 meta elements": lambda: page(TEXT, "<meta name=author content='A B'>" * 100_000),
    "2 MB of keywords": lambda: page(TEXT, f"<meta name=keywords content='{'a,' * 1_000_000}'>"),
    "a title of 3 MB": lambda: page(TEXT, f"<title>{'- word | ' * 300_000}</title>"),
    "a broken base": lambda: page(TEXT, "<base href='http://[bad'>"),
    "a broken canonical address": lambda: page(TEXT, f"<link rel=canonical href='http://[{'x' * 100_000}'>"),
    "50 MB of paragraphs": lambda: page(PARAGRAPH * 150_000),
    "50 MB of words": lambda: page("word " * 10_000_000),
    "50 MB of one word": lambda: page("w" * 50_000_000),
    "50 MB of bytes": lambda: bytes(range(256)) * 200_000,
    "20 MB of spaces": lambda: page(" " * 20_000_000 + TEXT),
    "10 MB of tabs and line ends": lambda: page("\t\n" * 5_000_000),
    "5 million opening brackets": lambda: "<" * 5_000_000,
    "5 million closing brackets": lambda: ">" * 5_000_000,
    "3 million ampersands": lambda: page("&" * 3_000_000),
    "500,000 double entities": lambda: page("&amp;lt;" * 500_000),
    "entities that grow": lambda: (
        '<!DOCTYPE x [<!ENTITY a "' + "b" * 1_000 + '"><!ENTITY b "' + "&a;" * 1_000 + '">]><p>&b;</p>'
    ),
    "100,000 comments": lambda: page("<!-- " * 100_000 + TEXT),
    "a comment that never ends": lambda: page(TEXT + "<!-- " + "x" * 5_000_000),
    "100,000 doctypes": lambda: "<!DOCTYPE " * 100_000,
    "100,000 sections of data": lambda: "<![CDATA[" * 100_000,
    "50,000 frames": lambda: "<frameset>" + "<frame src=x>" * 50_000,
    "an XML file": lambda: '<?xml version="1.0"?>' + "<a>" * 50_000,
    "a byline of 300,000 names": lambda: page("<p>By " + "Aa " * 300_000 + "</p>" + TEXT),
    "a line of 100,000 dates": lambda: page("<p>" + "12 January 2020 " * 100_000 + "</p>" + TEXT),
    "3 million digits": lambda: page("<p>" + "1" * 3_000_000 + "</p>" + TEXT),
    "2 million dashes": lambda: page("- " * 2_000_000),
    "a million commas and bars": lambda: page(",|,|" * 1_000_000),
    "100,000 NULs": lambda: page("\0" * 100_000 + TEXT),
    "lone surrogates": lambda: page("\ud800\udfff" * 1_000 + TEXT),
    "100,000 marks of direction": lambda: page("\u202e\u200f" * 100_000 + TEXT),
    "a million combining marks": lambda: page("a" + "\u0301" * 1_000_000 + TEXT),
    "a million pictures": lambda: page("😀" * 1_000_000 + TEXT),
    "1 MB of Arabic": lambda: page("<p>" + "قال المجلس إنه وافق على الخطة. " * 40_000 + "</p>"),
    "1 MB of Japanese": lambda: page("<p>" + "議会は月曜日に会合を開き計画に合意した。" * 40_000 + "</p>"),
    "Korean, whose tokeniser is absent": lambda: page("<p>의회는 월요일에 계획에 합의했다.</p>" * 8).replace(
        "lang=en", "lang=ko"
    ),
    "UTF-16": lambda: ("\ufeff" + page(TEXT)).encode("utf-16-le"),
    "a wrong charset": lambda: b"<meta charset=utf-16>" + page(TEXT).encode("cp1252"),
    "UTF-7": lambda: b"+ADw-p+AD4-" * 10_000,
    "gzip": lambda: b"\x1f\x8b\x08" + b"x" * 1_000,
    "a PDF": lambda: b"%PDF-1.4" + b"x" * 10_000,
    "nothing": lambda: b"",
}
QUICK = (
    "300 attributes on each of 3,000",
    "100,000 nested blocks",
    "20,000 paragraphs",
    "JSON-LD nested 100,000 deep",
    "JSON-LD with a null graph",
    "lone surrogates",
    "Korean, whose tokeniser is absent",
    "nothing",
)


def read_apart(html: str | bytes) -> tuple[int, float, float]:
    """Read a page in a process of its own; return its exit code, its processor seconds, and the megabytes it added."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = os.fork()
    if child == 0:
        code = 1
        try:
            reading = read_article(html, "https://harbour-post.test/a/b", captured_at=None)
            code = 0 if reading.text or reading.no_article else 2
        except BaseException:  # noqa: BLE001 - the child must not go on as a test run
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, max(0, usage.ru_maxrss - before) / 1024


def check(name: str) -> None:
    read_article(page(TEXT), "https://harbour-post.test/a/b")  # what is loaded once is not the page's
    code, seconds, megabytes = read_apart(PAGES[name]())
    assert code == 0
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_page_ends(name: str) -> None:
    check(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PAGES if name not in QUICK])
def test_every_hostile_page_ends(name: str) -> None:
    check(name)


def test_there_are_enough_of_them() -> None:
    assert len(PAGES) >= 60
