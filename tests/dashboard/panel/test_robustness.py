"""The five other ways of counting, on a dozen articles whose answers can be checked in the head."""

from __future__ import annotations

from dashboard.dataset import Dataset
from dashboard.panel.robustness import EACH_EQUAL, WAYS, robustness
from dashboard.visit import visit


def test_each_way_says_what_is_left_and_whether_it_differs(dozen: Dataset) -> None:
    found = {way["name"]: way for way in robustness(visit(dozen, "/explore", "?q=dam"))}
    assert list(found) == [*WAYS, EACH_EQUAL]
    assert found["copies left out"]["told"].startswith("5 of 6 articles; ")
    assert found["in the title only"]["told"].startswith("4 of 6 articles; ")
    assert found["copies left out"]["href"] == "/explore?copies=no&q=dam"
    assert max(value for value in found[EACH_EQUAL]["values"] if value is not None) == 1


def test_a_way_that_leaves_nothing_differs(dozen: Dataset) -> None:
    (_, twice, title, *_) = robustness(visit(dozen, "/explore", "?q=planned"))
    assert (twice["told"], twice["differs"], twice["values"]) == ("0 of 1 article; nothing is left", True, [])
    assert title["differs"]


def test_without_a_query_there_is_nothing_to_hold(dozen: Dataset) -> None:
    assert robustness(visit(dozen, "/explore", "")) == []
    assert robustness(visit(dozen, "/explore", "?q=zeppelin")) == []
