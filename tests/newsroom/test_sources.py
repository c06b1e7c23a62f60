"""The list of sources and topics, and how sources work."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime

from etl.newsroom.desk import in_hours
from etl.newsroom.events import kinds
from etl.newsroom.period import FOLDER
from etl.newsroom.sources import AGENCY, sources


def test_topics_of_events_are_those_of_the_list() -> None:
    table = tomllib.loads((FOLDER / "topics.toml").read_text(encoding="utf8"))
    listed = {topic["topic_id"] for topic in table["topics"]}
    told = {topic for kind in kinds().values() for topic in kind.topics}
    told |= {topic for kind in kinds().values() for by in kind.topics_by.values() for topic in by.values()}
    assert listed == told
    assert len(listed) >= 10


def test_addresses_of_a_source_are_under_its_host() -> None:
    for source in sources().values():
        assert source.host.endswith(".test")
        assert all(address.startswith(f"http://{source.host}/") for address in source.source.feeds)


def test_only_the_agency_writes_several_languages() -> None:
    assert sources()[AGENCY].languages() == ("en", "de", "fr", "es")
    assert all(len(source.languages()) == 1 for source_id, source in sources().items() if source_id != AGENCY)


def test_sources_publish_in_their_hours() -> None:
    source = sources()["kasumihama"]
    moved = in_hours(source, datetime(2026, 5, 6, 18, 30, tzinfo=UTC))  # half past three at night in Japan
    assert source.local(moved).hour == source.hours[0]
    day = datetime(2026, 5, 6, 3, 30, tzinfo=UTC)
    assert in_hours(source, day) == day


def test_redesigns_change_layout_and_encoding() -> None:
    source = sources()["brueckenhafener"]
    assert (source.layout_on(date(2026, 5, 5)), source.charset_on(date(2026, 5, 5))) == ("old-tables", "windows-1252")
    assert (source.layout_on(date(2026, 8, 5)), source.charset_on(date(2026, 8, 5))) == ("cookie-wall", "utf-8")


def test_nobody_of_the_staff_bears_the_name_of_another() -> None:
    names = [person.names["en"] for source in sources().values() for person in source.staff]
    assert len(names) == len(set(names))
