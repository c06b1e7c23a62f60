"""One server and one Chromium for all browser tests; what a page does wrong anywhere fails the test that saw it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from dashboard.app import create_app
from dashboard.dataset import Dataset
from etl.newsroom.build import build_newsroom
from etl.newsroom.truth import Newsroom

PATIENCE = 20_000  # milliseconds: two cores may be shared with other tests
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def dataset_path(request: pytest.FixtureRequest) -> Path:
    """The dataset that all browser tests look at: the newsroom's, or one that was collected before and is named."""
    if given := os.environ.get("MEDIA_COVERAGE_BROWSER_DATASET"):
        return Path(given)
    collected: Path = request.getfixturevalue("newsroom_dataset")
    return collected


@pytest.fixture(scope="session")
def held(dataset_path: Path) -> Iterator[Dataset]:
    """The same dataset, to find out which number an article or story has in it."""
    dataset = Dataset(dataset_path)
    yield dataset
    dataset.close()


@pytest.fixture(scope="session")
def truth() -> Newsroom:
    """What is true of the newsroom."""
    return build_newsroom()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a dataset and returns the dashboard's address."""
    running: list[Callable[[], None]] = []

    def serve_dataset(path: Path) -> str:
        dataset = Dataset(path)
        served = waitress.create_server(create_app(dataset), host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=served.run, daemon=True)
        thread.start()

        def stop() -> None:
            served.close()
            thread.join(timeout=5)
            dataset.close()

        running.append(stop)
        return f"http://127.0.0.1:{served.effective_port}"

    yield serve_dataset
    for stop in running:
        stop()


@pytest.fixture(scope="session")
def server(dataset_path: Path, serve: Callable[[Path], str]) -> str:
    """Address of a dashboard that serves the newsroom's dataset."""
    return serve(dataset_path)


@pytest.fixture(scope="module")  # it leaves an event loop running, which tests of other modules must not find
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium; without one, tests are skipped, or fail where the environment says that it must be there."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        told = "no Chromium on this machine: install Debian's package chromium to run the browser tests"
        if os.environ.get("MEDIA_COVERAGE_NEEDS_BROWSER") == "1":
            pytest.fail(told)
        pytest.skip(told)
    expect.set_options(timeout=PATIENCE)
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def chromium_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a browser profile of its own; errors, requests to others and policy violations fail the test that saw them."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(server: str, *, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda line: wrong.append(f"console: {line.text}") if line.type == "error" else None)
        page.on("dialog", lambda dialog: wrong.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda request: None if request.url.startswith((server, "data:", "blob:")) else wrong.append(request.url),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def open_page(chromium_page: Callable[..., Page], server: str) -> Callable[..., Page]:
    """Return a function that opens an address of the newsroom's dashboard in a browser profile of its own."""

    def opened(address: str = "/", **window: int | str) -> Page:
        page = chromium_page(server, **window)
        page.goto(server + address)
        return page

    return opened


@pytest.fixture(scope="session")
def until() -> Callable[[Page, str], None]:
    """Return a function that waits until JavaScript says yes; Playwright's own waiting needs eval, which the policy forbids."""

    def wait(page: Page, expression: str) -> None:
        for _ in range(400):
            if page.evaluate(expression):
                return
            page.wait_for_timeout(50)
        raise AssertionError(f"never true: {expression}")

    return wait


@pytest.fixture(scope="session")
def settled(until: Callable[[Page, str], None]) -> Callable[[Page], None]:
    """Return a function that waits until a page shows what it asked for."""

    def wait(page: Page) -> None:
        page.wait_for_selector("#page-title")
        if page.locator("#chart").count():
            until(
                page,
                "['list-title', 'why-title'].every(id => !['Articles', 'Why?'].includes(document.getElementById(id).textContent))"
                " || Boolean(document.querySelector('[id$=-error]'))",
            )
        until(page, "!document.querySelector('[data-dash-is-loading=true]')")
        page.wait_for_timeout(150)  # of drawing

    return wait


@pytest.fixture(scope="session")
def number_of(held: Dataset) -> Callable[[str], int]:
    """Return a function that tells the number of the article at an address of the newsroom."""

    def number(address: str) -> int:
        return int(held.sql("SELECT article_id FROM articles WHERE url = ?", [address])["article_id"].iloc[0])

    return number


@pytest.fixture(scope="session")
def story_of(held: Dataset, truth: Newsroom) -> Callable[[str], int]:
    """Return a function that tells the number of a story of the newsroom: the one that has most of its articles."""

    def number(story_id: str) -> int:
        addresses = list(truth.stories[story_id].addresses)
        found = held.sql(
            "SELECT story_id FROM articles WHERE list_contains(?, url) GROUP BY ALL ORDER BY count(*) DESC LIMIT 1",
            [addresses],
        )
        return int(found["story_id"].iloc[0])

    return number


@pytest.fixture(scope="session")
def named(
    held: Dataset, truth: Newsroom, number_of: Callable[[str], int], story_of: Callable[[str], int]
) -> dict[str, int]:
    """Numbers that addresses of pages name: a copy, who is quoted most, the dam's story, the story denied most often."""
    copy = next(article for article in truth.articles.values() if article.original and article.language == "de")
    speaker = held.sql("FROM top_speakers(most := 1)")["entity_id"].iloc[0]
    denied = max(
        truth.stories.values(),
        key=lambda story: sum(
            citation.citation.is_dispute
            for address in story.addresses
            for citation in truth.articles[address].citations
        ),
    )
    return {
        "copy": number_of(copy.address),
        "speaker": int(speaker),
        "dam": story_of("kaltenau-dam"),
        "talks": story_of(denied.story_id),
    }
