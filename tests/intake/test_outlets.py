"""Lists of sources go into the sources file, which stays as a person wrote it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from etl.settings import load_sources

if TYPE_CHECKING:
    from tests.intake.conftest import Office

Write = Callable[..., Path]

OPML = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE opml [<!ENTITY k "boom"><!ENTITY file SYSTEM "file:///etc/passwd">]>
<opml version="1.0"><head><title>Feeds</title></head><body>
  <outline text="Küsten &amp; Häfen">
    <outline type="rss" text="Post" xmlUrl="https://harbour-post.example/feed.xml" htmlUrl="https://harbour-post.example/"/>
    <outline type="rss" title="Inland Echo" text="&k;&file;"
      xmlurl="https://feeds.inland-echo.example/all" htmlurl="https://www.inland-echo.example/"
      language="de-DE"/>
  </outline>
  <outline text="Quay Times" xmlUrl="http://quay-times.example/rss" category="/press/english,/ports"/>
  <outline text="no feed" htmlUrl="https://nobody.example/"/>
  <outline text="odd" xmlUrl="ftp://odd.example/feed"/>
</body></opml>
"""
HEADER = "id,homepage,domain,label,url_search_string,notes,platform,pub_country,pub_state,media_type,stories_per_week,last_story"
TABLE = f"""{HEADER},primary_language
1,https://www.inland-echo.example/,inland-echo.example,Inland Echo,,,online_news,DEU,,print_native,120,2026-09-01,de
2,,quay-times.example,Quay Times,,,online_news,XYZ,,other,3,,
3,,,Nothing,,,online_news,,,,,,
"""


def test_opml_becomes_sources_feeds_and_collections(office: Office, write: Write) -> None:
    tally = office.take_in(write("feeds.opml", OPML))
    assert office.imports == [("opml", 4, 3, 0, 1)]
    assert office.refusals == [(4, "is no web address")]
    assert tally.notes["sources of an OPML list of feeds, now in sources.toml"] == 3
    listed = load_sources(office.sources_file)
    by_id = {source.source_id: source for source in listed.sources}
    assert by_id["harbour-post"].feeds == ("https://harbour-post.example/feed.xml",)
    echo = by_id["inland-echo-example"]
    assert (echo.name, echo.language, echo.home_page) == ("Inland Echo", "de", "https://www.inland-echo.example/")
    assert echo.collections == ("kusten-hafen",)
    assert by_id["quay-times-example"].collections == ("english", "ports")
    assert {one.collection_id: one.name for one in listed.collections} == {
        "ports": "Ports", "kusten-hafen": "Küsten & Häfen", "english": "english"
    }  # fmt: skip


def test_the_file_keeps_its_remarks_and_its_order(office: Office, write: Write) -> None:
    before = office.sources_file.read_text(encoding="utf-8").splitlines()
    office.take_in(write("feeds.opml", OPML))
    after = office.sources_file.read_text(encoding="utf-8").splitlines()
    lines = iter(after)
    assert all(line in lines for line in before if line)  # each after the one before it


def test_what_is_listed_already_is_known(office: Office, write: Write) -> None:
    office.take_in(write("feeds.opml", OPML))
    said = office.sources_file.read_bytes()
    tally = office.take_in(write("again.opml", OPML + "<!-- saved later -->"))
    assert (tally.done, tally.failed, tally.notes) == (0, 1, {"known already": 3})
    assert office.sources_file.read_bytes() == said


def test_a_source_that_was_taken_off_the_list_can_be_taken_in_again(office: Office, write: Write) -> None:
    before = office.sources_file.read_bytes()
    path = write("feeds.opml", OPML)
    office.take_in(path)
    office.sources_file.write_bytes(before)
    assert office.take_in(path).done == 3
    assert office.imports == [("opml", 4, 3, 0, 1)]
    assert len(office.refusals) == 1


def test_a_table_of_sources_of_media_cloud(office: Office, write: Write) -> None:
    office.take_in(write("Collection-34412118-Coast_Press-sources-20260901.csv", TABLE))
    by_id = {source.source_id: source for source in load_sources(office.sources_file).sources}
    echo = by_id["inland-echo-example"]
    assert (echo.country, echo.language, echo.kind, echo.collections) == ("DE", "de", "newspaper", ("coast-press",))
    assert by_id["quay-times-example"].home_page == "https://quay-times.example/"
    assert by_id["quay-times-example"].country is None
    assert office.refusals == [(4, "has neither a homepage nor a domain")]
    assert office.links == []
