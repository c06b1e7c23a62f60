"""The app as a server: pages, exports, policy, and what becomes of hostile addresses."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from flask.testing import FlaskClient

from dashboard import dataset as dataset_module
from dashboard.app import create_app
from dashboard.dataset import Dataset

PATHS = [
    "/",
    "/explore",
    "/topics",
    "/topic/dam",
    "/sources",
    "/source/harbour-post",
    "/stories",
    "/story/1",
    "/article/1",
    "/article/1?q=dam",
    "/article/84?topic=dam",
    "/health",
    "/about",
    "/nothing",
]


class Asks(Protocol):
    """The app, asked as the browser does."""

    def page(self, address: str) -> dict[str, Any]: ...

    def panel(self, part: str, address: str) -> dict[str, Any]: ...


def texts_of(tree: object) -> str:
    return json.dumps(tree, ensure_ascii=False)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_laid_out(asker: Asks, path: str) -> None:
    told = asker.page(path)
    assert "page-title" in texts_of(told["content"])
    assert ("There is no such page" in texts_of(told)) == (path == "/nothing")
    assert told["look-again"] == {"disabled": True}


def test_the_overview_opens_on_the_burst_already_explained(asker: Asks) -> None:
    told = asker.panel("told.data", "/")["told"]["data"]
    assert told["title"] == "Dam and floods: share of articles by day"
    reasons = asker.panel("reasons.data", "/")["reasons"]["data"]
    assert reasons["title"] == "Why 9–14 Aug 2026?"
    assert reasons["stories"]["rows"]
    assert reasons["words"]["rows"]
    assert reasons["speakers"]["rows"]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/explore?q=dam&peak=2026-08-10..2026-08-14",
        "/explore?q=dam&q=budget&line=2&measure=count",
        "/topic/dam?peak=2026-08-12",
        "/source/al-manara?copies=no",
        "/explore?topic=dam,budget&line=1&grain=week&peak=2026-08-10..2026-08-16",
        "/explore?q=dam&least=2&in=title&balanced=yes",
        "/explore?source=stadtbote,al-manara&language=de",
    ],
)
def test_chart_table_csv_sql_and_list_have_one_number(
    asker: Asks, client: FlaskClient, pressed: Dataset, address: str
) -> None:
    mark = "&" if "?" in address else "?"
    figure = asker.panel("chart.figure", address)["chart"]["figure"]
    told = (
        asker.panel("told.data", f"{address}{mark}view=table")["told"]["data"]
        if address != "/"
        else asker.panel("told.data", address)["told"]["data"]
    )
    listed = asker.panel("listing.data", address)["listing"]["data"]
    rows = list(csv.DictReader(io.StringIO(client.get(told["csv"]).get_data(as_text=True))))
    asked = [pressed.sql(statement.rstrip(";")) for statement in told["sql"].splitlines()]
    by_csv = [int(row["articles"]) for row in rows]
    by_sql = [int(count) for frame in asked for count in frame["articles"]]
    assert by_csv == by_sql
    if told["table"]:
        assert [int(row[-5].replace(",", "")) for row in told["table"]["rows"]] == by_csv
    drawn = [value for trace in figure["data"] if trace.get("customdata") for value in trace["y"] if value is not None]
    column = "share" if figure["layout"]["yaxis"]["title"]["text"].startswith("share") else "articles"
    assert drawn == [value for frame in asked for value in frame[column].dropna().tolist()]
    peak = address.partition("peak=")[2].partition("&")[0] or ("2026-08-09..2026-08-14" if address == "/" else "")
    line = 2 if "line=2" in address else 1
    frame, (first, _, last) = asked[line - 1], peak.partition("..")
    within = frame[frame["bucket"].between(first, last or first)] if peak else frame
    assert listed["title"].startswith(f"{within['articles'].sum():,} article")
    assert len(client.get(listed["csv"]).get_data(as_text=True).strip().split("\r\n")) == within["articles"].sum() + 1


def test_a_query_with_a_mistake_stands_at_its_place_and_the_others_are_drawn(asker: Asks) -> None:
    told = asker.panel("told.data", '/explore?q="dam&q=budget')["told"]["data"]
    assert told["errors"] == ["This quotation mark has no partner (at character 1)", ""]
    assert told["title"] == "budget: share of articles by day"


def test_no_match_says_so_and_what_to_loosen(asker: Asks) -> None:
    told = asker.panel("told.data", "/explore?q=zeppelin&since=2026-08-01")["told"]["data"]
    assert told["empty"].startswith("None of ")
    assert "Loosen the days" in told["empty"]
    nobody = asker.panel("told.data", "/explore?source=nobody")["told"]["data"]
    assert nobody["empty"].startswith("Nothing was collected")


def test_what_the_address_says_wrongly_is_told(asker: Asks) -> None:
    told = asker.panel("told.data", "/explore?q=dam&grain=hour&x=1")["told"]["data"]
    assert len(told["notices"]) == 2


def test_exports_are_safe_in_a_spreadsheet_and_complete(client: FlaskClient) -> None:
    answer = client.get("/articles.csv?source=ditch-notes")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="articles-20260831T200000Z.csv"'
    assert '\'=HYPERLINK("http://evil.test","plum fair")' in {row["title"] for row in rows}
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "@", "-"))]
    assert client.get("/articles.csv?q=%22").status_code == 400
    assert client.get("/coverage.csv?q=%22").get_data(as_text=True).startswith("query: ")


def test_every_answer_has_a_strict_policy(client: FlaskClient) -> None:
    for path in ("/", "/_dash-layout", "/healthz", "/articles.csv?q=dam", "/nowhere"):
        headers = client.get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
        assert policy["script-src"].startswith("'self' 'sha256-")
        assert "unsafe" not in policy["script-src"]
        assert (policy["frame-ancestors"], policy["default-src"], policy["object-src"]) == (
            "'none'",
            "'self'",
            "'none'",
        )
        assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_nothing_is_asked_of_another_host(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "https://" not in page.partition("<script")[0]
    assert 'src="http' not in page


def test_scripts_go_out_small(client: FlaskClient) -> None:
    address = "/_dash-component-suites/plotly/package_data/plotly.min.js"
    small = client.get(address, headers={"Accept-Encoding": "br"})
    assert small.headers["Content-Encoding"] == "br"
    assert len(small.get_data()) < 1_300_000


def test_two_apps_of_two_datasets_do_not_mix(
    asker_of: Callable[[FlaskClient], Asks], pressed: Dataset, dozen: Dataset
) -> None:
    first, second = create_app(pressed), create_app(dozen)
    askers = [asker_of(app.server.test_client()) for app in (first, second)]
    titles = [texts_of(asker.page("/")["content"]) for asker in askers]
    assert "31 Aug 2026" in titles[0]
    assert "9 Mar 2026" in titles[1]
    assert "There is no such source" in texts_of(askers[1].page("/source/harbour-post"))


def test_a_missing_dataset_is_a_page_that_looks_again(
    asker_of: Callable[[FlaskClient], Asks], dozen_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dataset_module, "LOOK_AGAIN", 0.0)
    path = tmp_path / "coverage.duckdb"
    client = create_app(Dataset(path, waits=True)).server.test_client()
    told = asker_of(client).page("/")
    assert "The dataset cannot be read" in texts_of(told)
    assert told["look-again"] == {"disabled": False}
    assert (client.get("/healthz").status_code, client.get("/articles.csv").status_code) == (503, 503)
    shutil.copy(dozen_path, path)
    assert "What the press wrote" in texts_of(asker_of(client).page("/"))
    assert client.get("/healthz").get_data(as_text=True) == "ok first\n"


def test_a_crash_is_a_sentence_with_a_number_that_is_in_the_log(
    asker_of: Callable[[FlaskClient], Asks],
    pressed: Dataset,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asker = asker_of(create_app(pressed).server.test_client())
    monkeypatch.setattr("dashboard.panel.wiring.listing", lambda visit: 1 / 0)
    told = texts_of(asker.panel("listing.data", "/explore"))
    assert "This part of the page failed" in told or told == "{}"
    assert "callback.failed number=" in caplog.text
    assert "ZeroDivisionError" in caplog.text
