"""One server and one Chromium for all browser tests; what a page does wrong anywhere fails the test that saw it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from dashboard.app import create_app
from dashboard.dataset import Dataset

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _press() -> ModuleType:
    file = Path(__file__).resolve().parents[1] / "dashboard" / "press.py"
    spec = importlib.util.spec_from_file_location("press_for_browser", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def dataset_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset that all browser tests look at."""
    path = tmp_path_factory.mktemp("browser") / "press.duckdb"
    _press().build_press(path)
    return path


@pytest.fixture(scope="session")
def server(dataset_path: Path) -> Iterator[str]:
    """Address of a dashboard that serves the dataset."""
    dataset = Dataset(dataset_path)
    served = waitress.create_server(create_app(dataset), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{served.effective_port}"
    served.close()
    thread.join(timeout=5)
    dataset.close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium; without one, tests are skipped, or fail where the environment says that it must be there."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        told = "no Chromium on this machine: install Debian's package chromium to run the browser tests"
        if os.environ.get("MEDIA_COVERAGE_NEEDS_BROWSER") == "1":
            pytest.fail(told)
        pytest.skip(told)
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def open_page(chromium: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Open an address in a browser profile of its own; errors, foreign requests and policy violations fail the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(address: str = "/", *, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda line: wrong.append(f"console: {line.text}") if line.type == "error" else None)
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda request: None if request.url.startswith((server, "data:", "blob:")) else wrong.append(request.url),
        )
        page.goto(server + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []
