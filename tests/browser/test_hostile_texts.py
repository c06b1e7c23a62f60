"""Articles that try to run, to lead astray or to break the page: script, markup, bidirectional overrides, formulas, a megabyte."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PRESS = Path(__file__).resolve().parents[1] / "dashboard" / "press.py"


@pytest.fixture(scope="module")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Invented articles, some of them hostile."""
    spec = importlib.util.spec_from_file_location("press_for_browser", PRESS)
    assert spec is not None
    assert spec.loader is not None
    press = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = press  # dataclasses look their module up
    spec.loader.exec_module(press)
    path = tmp_path_factory.mktemp("hostile") / "press.duckdb"
    press.build_press(path)
    return path


@pytest.fixture(scope="module")
def hostile_server(hostile_path: Path, serve: Callable[[Path], str]) -> str:
    """Address of a dashboard that serves them."""
    return serve(hostile_path)


def test_hostile_texts_do_nothing(
    chromium_page: Callable[[str], Page], settled: Callable[[Page], None], hostile_server: str
) -> None:
    page = chromium_page(hostile_server)
    page.goto(f"{hostile_server}/explore?q=%22plum+fair%22")
    settled(page)
    expect(page.locator("#list-title")).to_have_text("4 articles")
    hrefs = page.eval_on_selector_all("#content a", "links => links.map(link => link.href)")
    assert all(href.startswith((hostile_server, "http://", "https://")) for href in hrefs)
    for row in range(4):
        page.goto(f"{hostile_server}/explore?q=%22plum+fair%22")
        settled(page)
        page.locator("#list-table td.head a:not(.out)").nth(row).click()
        expect(page.locator("#article-text")).to_be_visible()
        assert page.evaluate(
            "document.documentElement.scrollWidth <= innerWidth && !document.querySelector('#content script, #content img')"
        )
    assert page.title() != "owned"
