from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.components import link_out, safe_url, shown, table

HOUSE = Path(__file__).resolve().parents[2] / "dashboard"


@pytest.mark.parametrize("address", ["https://a.test/x?y=1#z", "http://a.test", "HTTPS://A.test/"])
def test_addresses_that_may_be_followed(address: str) -> None:
    assert safe_url(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//a.test/x",
        "/etc/passwd",
        "file:///etc/passwd",
        "https:",
        "https:///x",
        "",
        None,
        "https://a.test/\u202egnp.exe",
        "blob:https://a.test/1",
        "https://[broken",
        "ftp://a.test/",
    ],
)
def test_addresses_that_stay_text(address: str | None) -> None:
    assert safe_url(address) is None
    assert type(link_out(address)).__name__ == "Span"


def test_links_out_do_not_tell_where_they_come_from() -> None:
    link = link_out("https://a.test/")
    assert (link.rel, link.target) == ("noopener noreferrer", "_blank")


def test_titles_are_cut_and_cleaned() -> None:
    assert shown("\u202ea\x00b\u202c") == "ab"
    assert len(shown("x" * 10_000)) == 400
    assert shown(None) == shown("\x07") == "(no headline)"


def test_an_empty_table_says_so() -> None:
    assert table("Gaps", [("source", "text")], [], empty="No day is missing.").children == "No day is missing."


def test_nothing_is_ever_rendered_as_markup() -> None:
    sources = [file for kind in ("*.py", "*.js") for file in HOUSE.rglob(kind)]
    dangerous = re.compile(
        r"dangerously|innerHTML|insertAdjacentHTML|outerHTML|document\.write|\beval\(|new Function|dcc\.Markdown|javascript:"
    )
    assert [file.name for file in sources if dangerous.search(file.read_text(encoding="utf-8"))] == []
