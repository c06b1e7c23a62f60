"""Tests of the names of outlets."""

from __future__ import annotations

import pytest

from etl.methods.citations import OutletNames
from etl.methods.lexicon.gazetteer import Outlet
from etl.records import Source, SourceDomain

LEDGER = Source(
    "northern-ledger",
    "The Northern Ledger",
    domains=(SourceDomain("ledger.example"), SourceDomain("shared.example", "/ledger/")),
)
OUTLETS = OutletNames([LEDGER, Outlet("Abend", ("Abend am Hafen",), ("abend.example",))])


def named(text: str, language: str = "en", own_source: str | None = None) -> list[tuple[str, str]]:
    """Return the outlets a text names, as written and by usual name."""
    found = OUTLETS.find(text, language=language, own_source=own_source)
    return [(text[one.start : one.end], one.outlet) for one in found]


def test_our_sources_are_outlets_with_and_without_article() -> None:
    assert named("The Northern Ledger said so; others at the Northern Ledger did not.") == [
        ("The Northern Ledger", "The Northern Ledger"),
        ("Northern Ledger", "The Northern Ledger"),
    ]


def test_an_outlet_can_have_several_names() -> None:
    assert named("Es stand im Abend am Hafen.", "de") == [("Abend am Hafen", "Abend")]


def test_names_are_found_in_other_cases_and_in_capitals() -> None:
    assert named("Das Archiv des Spiegels.", "de") == [("Spiegels", "Der Spiegel")]
    assert named("Газета «Коммерсанта» вышла.", "ru") == [("Коммерсанта", "Kommersant")]
    assert named("REUTERS CUTS JOBS") == [("REUTERS", "Reuters")]


@pytest.mark.parametrize("text", ["Time will tell.", "The sky was dark.", "He looked in the mirror.", "It is the sun."])
def test_a_common_word_is_no_outlet(text: str) -> None:
    assert named(text) == []


def test_the_times_is_the_outlet_that_ends_so() -> None:
    assert named("The New York Times wrote first. Later the Times added a photograph.")[-1] == (
        "Times",
        "New York Times",
    )
    assert named("Editors at the Times met.", own_source="Harbour Times")[-1] == ("Times", "Harbour Times")
    assert named("Editors at the Times met.") == [("Times", "The Times")]


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.ledger.example/a", "The Northern Ledger"),
        ("https://sport.ledger.example/a", "The Northern Ledger"),
        ("https://www.reuters.com/world/x", "Reuters"),
        ("https://shared.example/other/a", None),
        ("https://unknown.example/", None),
        ("mailto:a@b", None),
        ("", None),
    ],
)
def test_an_address_tells_the_outlet(url: str, outlet: str | None) -> None:
    assert OUTLETS.by_address(url) == outlet


def test_a_source_is_known_by_its_id_and_by_its_name() -> None:
    assert OUTLETS.usual_name("northern-ledger") == "The Northern Ledger"
    assert OUTLETS.usual_name("Reuters") == "Reuters"
    assert OUTLETS.usual_name(None) is None


def test_an_acronym_is_written_in_capitals() -> None:
    outlets = OutletNames([Outlet("DR", (), ("dr.example",))])
    assert outlets.find("Dr Marrow told of it.", language="en") == []
    assert [one.outlet for one in outlets.find("as DR reported", language="en")] == ["DR"]
