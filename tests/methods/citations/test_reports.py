"""Tests of finding the report that a citation speaks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from etl.methods.citations import Report, match_report, numbers_of
from etl.records import Citation

NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)
CITATION = Citation(0, 6, "Ledger", 0, 40)
CITING = Report(
    9,
    "Herald",
    "https://herald.example/dam",
    NOON,
    frozenset({"Ada Smith", "Port Ardent", "Nexora"}),
    frozenset({"42", "1907"}),
)
DAM = Report(
    1,
    "Ledger",
    "https://ledger.example/dam",
    NOON - timedelta(hours=5),
    frozenset({"Ada Smith", "Port Ardent", "Omar Lind"}),
    frozenset({"42"}),
)
OTHER = Report(
    2,
    "Ledger",
    "https://ledger.example/match",
    NOON - timedelta(hours=4),
    frozenset({"Port Ardent", "United"}),
    frozenset({"3"}),
)


def test_the_hyperlink_goes_before_everything() -> None:
    citation = replace(CITATION, url="http://www.ledger.example/match/?from=herald")
    assert match_report(citation, [DAM, OTHER], citing=CITING) == 2


def test_names_and_numbers_tell_the_report() -> None:
    assert match_report(CITATION, [OTHER, DAM], citing=CITING) == 1


def test_a_hyperlink_that_leads_nowhere_is_passed_over() -> None:
    citation = replace(CITATION, url="https://ledger.example/gone")
    assert match_report(citation, [OTHER, DAM], citing=CITING) == 1


def test_another_outlets_article_is_not_the_report() -> None:
    assert match_report(CITATION, [replace(DAM, outlet="Gazette")], citing=CITING) is None


def test_the_report_is_neither_younger_nor_long_past() -> None:
    younger = replace(DAM, published_at=NOON + timedelta(hours=3))
    ancient = replace(DAM, published_at=NOON - timedelta(days=30))
    assert match_report(CITATION, [younger, ancient], citing=CITING) is None
    undated = replace(DAM, published_at=None)
    assert match_report(CITATION, [undated], citing=CITING) == 1


def test_two_that_are_as_likely_are_left_open() -> None:
    assert match_report(CITATION, [DAM, replace(DAM, article_id=3)], citing=CITING) is None


def test_one_name_in_common_is_too_little() -> None:
    assert match_report(CITATION, [OTHER], citing=CITING) is None


def test_an_article_does_not_cite_itself() -> None:
    assert match_report(replace(CITATION, outlet="Herald"), [CITING], citing=CITING) is None
    assert match_report(CITATION, [], citing=CITING) is None


def test_numbers_are_known_again_in_other_notations() -> None:
    assert numbers_of("In 1907, 12,500 people and 3 dogs.") == {"1907", "12500"}
    assert numbers_of("1907 waren es 12.500 Menschen.") == {"1907", "12500"}
