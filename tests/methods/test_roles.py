"""Roles follow from what was found, each with its evidence."""

from __future__ import annotations

import pytest

from etl.methods.agency import Credit, find_credit
from etl.methods.roles import RoleName, Taken, role_of
from etl.records import Citation, CopyRange

TEXT = (
    "The bridge in Haven was closed at noon. Nobody was hurt.\n\n"
    "The Harbour Post reported that the bridge had been unsafe for years. The mayor denied the report.\n\n"
    "Ferries will run until spring."
)


def citation(outlet: str, words: str, *, is_dispute: bool = False) -> Citation:
    start = TEXT.index(words)
    return Citation(start, start + 4, outlet, start, TEXT.index(".", start) + 1, is_dispute=is_dispute)


REPORT = citation("Harbour Post", "The Harbour Post")
DENIAL = citation("Harbour Post", "The Harbour Post", is_dispute=True)
IN_LEAD = citation("Tidewatch", "The bridge in Haven")
RANGES = (CopyRange(0, 9, 8), CopyRange(TEXT.index("Ferries"), 90, 12))
TAKEN = Taken("Harbour Post", RANGES)
CREDIT = Credit("Meridian Wire", "The bridge in Haven was closed at noon. Nobody was hurt.", 0)


@pytest.mark.parametrize(
    ("citations", "credit", "taken", "told_before", "name", "evidence"),
    [
        ([], None, None, (), "reports", "The bridge in Haven"),
        ([REPORT], None, None, (), "reports", "The bridge in Haven"),
        ([REPORT], None, None, ("Harbour Post",), "repeats with credit", "The Harbour Post reported"),
        ([IN_LEAD], None, None, (), "repeats with credit", "The bridge in Haven"),
        ([DENIAL], None, None, (), "disputes", "The Harbour Post reported"),
        ([DENIAL], CREDIT, TAKEN, (), "disputes", "The Harbour Post reported"),
        ([], None, TAKEN, (), "repeats without credit", "Ferries will run"),
        ([IN_LEAD], None, TAKEN, (), "repeats without credit", "Ferries will run"),
        ([IN_LEAD, REPORT], None, TAKEN, (), "repeats with credit", "The Harbour Post reported"),
        ([], CREDIT, TAKEN, (), "repeats with credit", "The bridge in Haven"),
        ([], CREDIT, None, (), "repeats with credit", "The bridge in Haven"),
        ([], Credit("Meridian Wire", "Meridian Wire"), TAKEN, (), "repeats with credit", "Meridian Wire"),
    ],
)
def test_roles_follow_from_what_was_found(
    citations: list[Citation],
    credit: Credit | None,
    taken: Taken | None,
    told_before: tuple[str, ...],
    name: RoleName,
    evidence: str,
) -> None:
    role = role_of(TEXT, "Echo", citations=citations, credit=credit, taken=taken, told_before=told_before)
    assert role.name == name
    assert role.sentence.startswith(evidence)
    assert role.position is None or TEXT[role.position :].startswith(role.sentence)


def test_a_source_is_never_its_own_origin() -> None:
    role = role_of(TEXT, "Meridian Wire", credit=CREDIT, told_before=["Meridian Wire"])
    assert role.name == "reports"
    own = role_of(TEXT, "Harbour Post", citations=[DENIAL], taken=TAKEN, told_before=["Harbour Post"])
    assert own.name == "reports"


def test_a_closing_credit_is_the_evidence() -> None:
    text = f"{TEXT}\n\n— With files from The Canadian Press"
    role = role_of(text, "Echo", credit=find_credit((), text))
    assert (role.name, role.sentence) == ("repeats with credit", "— With files from The Canadian Press")


@pytest.mark.parametrize("text", ["", "\n", "No full stop"])
def test_texts_without_sentences_report(text: str) -> None:
    assert role_of(text, "Echo").name == "reports"
