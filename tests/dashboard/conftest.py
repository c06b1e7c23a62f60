"""Two datasets: a dozen articles whose answers can be checked in the head, and a few thousand invented ones."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.dataset import Dataset
from etl.publish.schema import SCHEMA_VERSION, create_dataset
from etl.publish.word_index import index_articles

GIVEN = """
CREATE TEMP TABLE given AS
FROM (VALUES
    ( 1, 'gull',  '2026-03-02 08:00', 'Dam holds',          'The dam holds in the rain.',      NULL, 1),
    ( 2, 'heron', '2026-03-02 09:00', 'Dam holds',          'The dam holds in the rain.',      1,    1),
    ( 3, 'gull',  '2026-03-02 12:00', 'Plums are cheap',    'Plums are sold at the market.',   NULL, NULL),
    ( 4, 'heron', '2026-03-03 08:00', 'A bridge',           'A bridge and a dam are planned.', NULL, NULL),
    ( 5, 'gull',  '2026-03-03 09:00', 'A bridge opens',     'The bridge opens on Monday.',     NULL, NULL),
    ( 6, 'gull',  '2026-03-05 08:00', 'Rain',               'Rain again, and the dam dam dam.', NULL, NULL),
    ( 7, 'heron', '2026-03-05 10:00', 'Market',             'The market was quiet.',           NULL, NULL),
    ( 8, 'heron', '2026-03-05 11:00', 'Plums',              'No plums were left.',             NULL, NULL),
    ( 9, 'gull',  '2026-03-09 08:00', 'Another dam',        'Another dam is dry.',             NULL, 2),
    (10, 'heron', '2026-03-09 07:00', 'The dry dam',        'A dry dam, says the gull.',       NULL, 2),
    (11, 'heron', '2026-03-09 00:00', 'A note',             'It has a day and no time.',       NULL, NULL),
    (12, 'gull',  '2026-03-09 00:00', 'Undated dam',        'Nobody knows when this dam was.', NULL, NULL)
) AS rows (number, source, moment, title, text, original, story)
"""
ARTICLES = """
INSERT INTO articles BY NAME
SELECT number AS article_id, source AS source_id, 'https://' || source || '.test/' || number AS url, title,
       CASE WHEN number < 12 THEN moment::TIMESTAMP END AS published_at, moment::DATE AS published_on,
       CASE WHEN number < 12 THEN 'meta' ELSE 'collected' END AS date_origin,
       CASE WHEN number < 11 THEN 'minute' WHEN number = 11 THEN 'day' END AS date_precision,
       false AS is_zone_assumed, false AS is_date_disputed, moment::TIMESTAMP AS collected_at, 'en' AS language, 6 AS words,
       false AS is_truncated, false AS is_live_blog, original AS original_id, story AS story_id
FROM given
"""
REST = """
INSERT INTO sources VALUES ('gull', 'The Gull', NULL, 'GB', 'en', 'UTC', 'newspaper'),
    ('heron', 'The Heron', NULL, 'IE', 'en', 'UTC', 'blog');
INSERT INTO stories VALUES (1, 'Dam holds', '2026-03-02 08:00', '2026-03-02 09:00', 2, 1, 2),
    (2, 'The dry dam', '2026-03-09 07:00', '2026-03-09 08:00', 2, 2, 2);
INSERT INTO entities VALUES (1, 'Ada Marsh', 'person', NULL);
INSERT INTO quotes VALUES (1, 10, 'Ada Marsh', 1, 'A dry dam', 'says', 17, 0, true);
INSERT INTO mentions VALUES (10, 1, 1, 17);
INSERT INTO citations VALUES (10, 'gull', 'The Gull', 9, 'name', 'A dry dam, says the gull.', 20, true, 'the mayor');
INSERT INTO topics VALUES ('dams', 'Dams', 'dam');
INSERT INTO story_merges VALUES (4, 3, '2026-03-09'), (3, 2, '2026-03-10');
INSERT INTO copy_ranges VALUES (2, 4, 4, 5);
INSERT INTO story_roles VALUES (1, 1, 'reports', 'The dam holds in the rain.', 0),
    (2, 1, 'repeats without credit', 'The dam holds in the rain.', 0), (9, 2, 'reports', NULL, NULL),
    (10, 2, 'disputes', 'A dry dam, says the gull.', 0);
INSERT INTO failures VALUES ('heron', '2026-03-04', 'discover', 'no answer', 3);
INSERT INTO covered_days SELECT source_id, day::DATE, coalesce(articles, 0), NULL, NULL,
    CASE WHEN source_id = 'heron' AND day = '2026-03-04' THEN 'missing' ELSE 'collected' END,
    CASE WHEN source_id = 'heron' AND day = '2026-03-04' THEN 'no answer' END
    FROM range(TIMESTAMP '2026-03-02', TIMESTAMP '2026-03-10', INTERVAL 1 DAY) AS days (day) CROSS JOIN sources
    LEFT JOIN (SELECT source_id, published_on::TIMESTAMP AS day, count(*) AS articles FROM articles
               WHERE date_origin <> 'collected' GROUP BY ALL)
    USING (source_id, day);
"""


def write_dozen(path: Path, run_id: str = "first") -> Path:
    """Write the dozen articles to a new file."""
    create_dataset(path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(GIVEN)
        connection.execute(ARTICLES)
        connection.execute("INSERT INTO article_texts SELECT number, text FROM given")
        connection.execute(REST)
        connection.execute(
            "INSERT INTO runs VALUES (?, '2026-03-10', '2026-03-10 01:00', '{}', '0.1.0', ?)", [run_id, SCHEMA_VERSION]
        )
        index_articles(connection)
        connection.execute(
            "INSERT INTO article_topics SELECT 'dams', article_id, CASE WHEN date_origin <> 'collected' THEN published_on END, "
            "source_id, matches, is_in_title "
            "FROM search('dam') JOIN articles USING (article_id)"
        )
    return path


@pytest.fixture(scope="session")
def dozen_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dozen(tmp_path_factory.mktemp("dozen") / "dozen.duckdb")


@pytest.fixture(scope="session")
def dozen(dozen_path: Path) -> Iterator[Dataset]:
    dataset = Dataset(dozen_path)
    yield dataset
    dataset.close()


@pytest.fixture(scope="session")
def press() -> ModuleType:
    """The module that invents a few thousand articles, for what is known of them."""
    spec = importlib.util.spec_from_file_location("press", Path(__file__).with_name("press.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def press_path(tmp_path_factory: pytest.TempPathFactory, press: ModuleType) -> Path:
    path = tmp_path_factory.mktemp("press") / "press.duckdb"
    press.build_press(path)
    return path


@pytest.fixture(scope="session")
def pressed(press_path: Path) -> Iterator[Dataset]:
    dataset = Dataset(press_path)
    yield dataset
    dataset.close()


class Asker:
    """Asks the app's callbacks as the browser does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.dependencies: list[dict[str, Any]] = client.get("/_dash-dependencies").get_json()

    def ask(self, output: str, values: dict[str, Any]) -> dict[str, Any]:
        found = next(each for each in self.dependencies if output in each["output"])
        parts = found["output"].strip(".").split("...")
        outputs = [dict(zip(("id", "property"), part.rsplit(".", 1), strict=True)) for part in parts]

        def given(side: str) -> list[dict[str, Any]]:
            return [each | {"value": values.get(f"{each['id']}.{each['property']}")} for each in found[side]]

        inputs = given("inputs")
        answer = self.client.post(
            "/_dash-update-component",
            json={
                "output": found["output"],
                "outputs": outputs if len(outputs) > 1 else outputs[0],
                "inputs": inputs,
                "state": given("state"),
                "changedPropIds": [f"{each['id']}.{each['property']}" for each in inputs],
            },
        )
        assert answer.status_code in (200, 204), answer.get_data(as_text=True)
        return dict(json.loads(answer.get_data())["response"]) if answer.status_code == 200 else {}

    def page(self, address: str) -> dict[str, Any]:
        path, _, search = address.partition("?")
        return self.ask(
            "content.children",
            {"address.pathname": path, "address.search": f"?{search}" if search else "", "scheme.data": "light"},
        )

    def panel(self, part: str, address: str) -> dict[str, Any]:
        path, _, search = address.partition("?")
        return self.ask(part, {"asked.data": {"path": path, "search": f"?{search}" if search else ""}})


@pytest.fixture(scope="session")
def asker_of() -> type[Asker]:
    """Return how an app is asked through one of its clients."""
    return Asker


@pytest.fixture(scope="session")
def client(pressed: Dataset) -> FlaskClient:
    """A client of the app that shows the invented articles."""
    asking: FlaskClient = create_app(pressed).server.test_client()
    return asking


@pytest.fixture(scope="session")
def asker(client: FlaskClient) -> Asker:
    """The same app, asked as the browser does."""
    return Asker(client)
