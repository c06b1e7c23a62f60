"""JSON of other tools: articles that they have read come out as they were given, links wait, what is no data is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from etl.errors import CoverageError
from etl.intake import describe_file

if TYPE_CHECKING:
    from tests.intake.conftest import Office

Write = Callable[..., Path]

ONE, TWO = (
    "https://harbour-post.example/2026/09/ferry-strike-ends",
    "https://inland-echo.example/politik/haushalt-2027-beraten",
)
WORDS = "The ferries of Port Ardan sail again after eleven days, said the union on Tuesday evening. "
TEXT = "\n".join([WORDS * 3, WORDS * 2])  # two paragraphs, seventy-five words

NEWS_PLEASE = {
    "authors": ["Mira Quell", "Jon Abery"], "date_download": "2026-09-02 05:00:00", "date_modify": "None",
    "date_publish": "2026-09-01 18:30:00", "description": "After eleven days.", "filename": "a.json", "image_url": f"{ONE}.jpg",
    "language": "en", "localpath": None, "maintext": TEXT, "source_domain": "harbour-post.example", "title": "Ferry strike ends",
    "title_page": None, "title_rss": "None", "url": ONE,
}  # fmt: skip
FUNDUS = {
    "title": "Ferry strike ends",
    "body": {"summary": ["After eleven", "days."], "sections": [
        {"headline": [], "paragraphs": [WORDS * 3]}, {"headline": ["What the union says"], "paragraphs": [WORDS * 2]},
    ]},
    "authors": ["Mira Quell"], "publishing_date": "2026-09-01 18:30:00+02:00", "topics": ["Ferries", "Labour"],
    "free_access": True, "images": [{"url": f"{ONE}.jpg"}],
}  # fmt: skip
NEWSPAPER = {
    "url": ONE, "read_more_link": "", "language": "en", "title": "Ferry strike ends", "top_image": f"{ONE}.jpg", "keywords": [],
    "authors": ["Mira Quell"], "publish_date": "2026-09-01T00:00:00", "summary": "", "canonical_link": ONE, "text": TEXT,
}  # fmt: skip
REGISTRY = {
    "uri": "8231", "lang": "eng", "isDuplicate": False, "date": "2026-09-01", "dateTime": "2026-09-01T19:00:00Z",
    "dateTimePub": "2026-09-01T18:30:00Z", "url": ONE, "title": "Ferry strike ends", "body": TEXT, "sentiment": None,
    "source": {"uri": "harbour-post.example", "title": "Harbour Post"}, "authors": [{"name": "Mira Quell", "type": "author"}],
}  # fmt: skip


def article(office: Office) -> dict[str, Any]:
    """Read what was taken in, and return the one article."""
    assert office.read().done == 1
    (row,) = office.job.store.database.records("SELECT * FROM articles JOIN article_texts USING (article_id)")
    return row


def test_news_please(office: Office, write: Write) -> None:
    office.take_in(write("a.json", json.dumps(NEWS_PLEASE, indent=2)))
    found = article(office)
    assert (found["source_id"], found["url"], found["title"]) == ("harbour-post", ONE, "Ferry strike ends")
    assert found["authors"] == ["Mira Quell", "Jon Abery"]
    assert found["published_at"] == datetime(2026, 9, 1, 17, 30, tzinfo=UTC)  # in Dublin's summer time
    assert (found["is_zone_assumed"], found["date_precision"], found["modified_at"]) == (True, "minute", None)
    assert found["collected_at"] == datetime(2026, 9, 2, 5, tzinfo=UTC)
    assert found["text"].split("\n\n") == [(WORDS * 3).strip(), (WORDS * 2).strip()]
    assert (found["import_id"], found["text_origin"], found["language"]) == (1, "given", "en")


def test_fundus_has_headlines_inside_the_text_and_no_address(office: Office, write: Write) -> None:
    office.take_in(write("all.json", json.dumps([FUNDUS])))
    found = article(office)
    assert found["text"].split("\n\n")[1] == "What the union says"
    assert found["summary"] == "After eleven days."
    assert found["keywords"] == ["Ferries", "Labour"]
    assert found["published_at"] == datetime(2026, 9, 1, 16, 30, tzinfo=UTC)
    assert found["url"].startswith("http://text.invalid/")
    assert found["source_id"] == "unknown"


def test_fundus_with_the_publisher_that_somebody_added(office: Office, write: Write) -> None:
    office.take_in(write("all.json", json.dumps([FUNDUS | {"publisher": "Harbour Post"}])))
    assert article(office)["source_id"] == "harbour-post"


def test_midnight_without_a_zone_is_a_day(office: Office, write: Write) -> None:
    office.take_in(write("a.json", json.dumps(NEWSPAPER)))
    found = article(office)
    assert (found["published_at"].date().isoformat(), found["date_precision"]) == ("2026-09-01", "day")


def test_lists_in_cells_are_written_as_python_writes_them(office: Office, write: Write) -> None:
    cells = f"{ONE},Ferry strike ends,\"['Mira Quell', 'Jon Abery']\",2026-09-01T18:30:00,\"{TEXT}\",\"['ferries']\""
    office.take_in(write("a.csv", f"url,title,authors,publish_date,text,keywords\n{cells}\n"))
    found = article(office)
    assert (found["authors"], found["keywords"]) == (["Mira Quell", "Jon Abery"], ["ferries"])


def test_an_archives_table_without_addresses(office: Office, write: Write) -> None:
    office.take_in(
        write("export.csv", f'title,date,source,text\nFerry strike ends,2026-09-01,The Quay Times,"{TEXT}"\n')
    )
    found = article(office)
    assert (found["source_id"], found["date_precision"]) == ("the-quay-times", "day")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: json.dumps({"articles": {"results": [one], "totalResults": 1, "page": 1}}),
        lambda one: json.dumps([one]),
        lambda one: json.dumps(one) + "\n",
        lambda one: "\ufeff" + json.dumps([one], indent=1),
    ],
)
def test_event_registry_however_it_is_wrapped(office: Office, write: Write, wrap: Callable[[object], str]) -> None:
    office.take_in(write("articles.json", wrap(REGISTRY)))
    found = article(office)
    assert (found["published_at"], found["authors"]) == (datetime(2026, 9, 1, 18, 30, tzinfo=UTC), ["Mira Quell"])
    assert found["collected_at"] == datetime(2026, 9, 1, 19, tzinfo=UTC)


def test_json_lines_of_which_some_are_broken(office: Office, write: Write) -> None:
    lines = [
        json.dumps(NEWS_PLEASE),
        "{broken",
        "",
        json.dumps({"note": 1}),
        json.dumps({"url": TWO, "title": "Haushalt"}),
        "[1]",
    ]
    office.take_in(write("all.jsonl", "\n".join(lines)))
    assert office.refusals == [
        (2, "is no JSON object"),
        (4, "has neither a text nor an address"),
        (6, "is no JSON object"),
    ]
    assert (office.pages, office.links) == ([ONE], [TWO])
    assert office.imports == [("json-articles", 5, 2, 0, 3)]


def test_a_list_that_is_cut_keeps_what_came_before(office: Office, write: Write) -> None:
    whole = json.dumps([NEWS_PLEASE, NEWS_PLEASE | {"url": TWO}])
    office.take_in(write("all.json", whole[: len(whole) - 300]))
    assert office.pages == [ONE]
    assert [reason.split(":")[0] for _, reason in office.refusals] == ["from here on it cannot be read as JSON"]


def test_the_same_article_of_two_tools_is_one(office: Office, write: Write) -> None:
    office.take_in(write("a.json", json.dumps(NEWS_PLEASE)))
    office.take_in(write("b.json", json.dumps(NEWSPAPER)))
    office.read()
    assert office.rows("SELECT count(*) FROM articles") == [(1,)]


def test_an_article_that_is_read_again_is_taken_as_it_was_given(office: Office, write: Write) -> None:
    office.take_in(write("a.json", json.dumps(NEWS_PLEASE)))
    before = article(office)
    office.job.store.database.execute("UPDATE pages SET reader_version = 'older'")
    from etl import extract

    assert extract.run(office.job, again=True).done == 1
    (after,) = office.job.store.database.records("SELECT * FROM articles JOIN article_texts USING (article_id)")
    assert after["text"] == before["text"]


def test_links_of_gdelts_doc_answer(office: Office, write: Write) -> None:
    entry = {"url": ONE, "url_mobile": "", "title": "Ferry strike ends , says union", "seendate": "20260901T183000Z",
             "domain": "harbour-post.example", "language": "English", "sourcecountry": "Ireland"}  # fmt: skip
    office.take_in(write("artlist.json", json.dumps({"articles": [entry]})))
    assert office.rows("SELECT title, published_at FROM links") == [("Ferry strike ends , says union", None)]


def test_links_of_media_clouds_answer(office: Office, write: Write) -> None:
    story = {
        "id": "ab",
        "media_name": "x.example",
        "publish_date": "2026-09-01",
        "title": "Ferry",
        "url": ONE,
        "language": "en",
    }
    office.take_in(write("stories.json", json.dumps({"stories": [story], "pagination_token": "MTIz"})))
    assert office.rows("SELECT url, published_at FROM links") == [(ONE, datetime(2026, 9, 1, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("{}", "an empty answer"),
        ('{"query_details": {"title": "x"}, "timeline": [{"series": "Volume", "data": []}]}', "a timeline"),
        ('{"error": "invalid key"}', "the message of a service"),
        ("Please limit requests to one every 5 seconds or contact us.", "asks for fewer requests"),
        ("One or more of your keywords were too short, too long or too common: (at)", "a query it cannot answer"),
    ],
)
def test_answers_that_are_no_data_are_refused_by_name(write: Write, answer: str, said: str) -> None:
    with pytest.raises(CoverageError, match=said):
        describe_file(write("saved.json", answer))


def test_an_empty_list_of_articles_has_no_rows(write: Write) -> None:
    assert describe_file(write("saved.json", '{"articles": []}')).rows == 0


def test_the_real_articles_of_2016(office: Office, shared: Path) -> None:
    office.take_in(shared / "data" / "stories_us2016" / "index.jsonl")
    assert office.imports == [("json-articles", 237, 237, 0, 0)]
    tally = office.read()
    assert (tally.done + tally.failed, tally.failed < 10) == (237, True)
