"""Choosing the headline."""

from __future__ import annotations

import pytest

from etl.methods.article.statements import Statements
from etl.methods.article.title import choose_title, without_name, without_source

URL = "https://www.harbour-post.test/a"


def stated(*, h1: tuple[str, ...] = (), og: str = "", ld: str = "", head: str = "", site: str = "") -> Statements:
    meta = {name: [value] for name, value in (("og:title", og), ("og:site_name", site)) if value}
    return Statements(item={"headline": ld} if ld else {}, meta=meta, headlines=list(h1), head_title=head)


@pytest.mark.parametrize(
    ("statements", "title"),
    [
        (
            stated(h1=("Council deepens the harbour",), og="Council deepens harbour basin"),
            "Council deepens the harbour",
        ),
        (
            stated(h1=("Harbour Post",), og="Council deepens harbour | Harbour Post", site="Harbour Post"),
            "Council deepens harbour",
        ),
        (stated(h1=("Politics | Council deepens harbour",), ld="Council deepens harbour"), "Council deepens harbour"),
        (
            stated(
                h1=("Council deepens harbour",),
                ld="Nine years on: Council deepens harbour",
                og="Nine years on: Council deepens harbour",
            ),
            "Nine years on: Council deepens harbour",
        ),
        (
            stated(h1=("Most read today", "Council deepens the harbour"), og="Council deepens the harbour"),
            "Council deepens the harbour",
        ),
        (stated(head="Council deepens harbour - harbour-post.test"), "Council deepens harbour"),
        (stated(h1=("Coun\u00adcil deepens",)), "Council deepens"),
        (stated(), None),
    ],
)
def test_the_headline_is_chosen(statements: Statements, title: str | None) -> None:
    assert choose_title(statements, URL) == title


@pytest.mark.parametrize(
    ("title", "freed"),
    [
        ("A storm | Daily News", "A storm"),
        ("Daily News: A storm – Sport – Daily News", "Daily News: A storm – Sport"),
        ("A storm - and a flood", "A storm - and a flood"),
        ("Daily News", "Daily News"),
        ("Daily News - A storm", "A storm"),
    ],
)
def test_the_name_of_the_source_is_cut(title: str, freed: str) -> None:
    assert without_source(title, {"dailynews"}) == freed


def test_an_odd_address_does_not_matter() -> None:
    assert choose_title(stated(og="A storm"), "http://[broken") == "A storm"


def test_a_name_known_from_elsewhere_is_cut() -> None:
    assert without_name("堤防が決壊 | 霞浜新聞", "霞浜新聞") == "堤防が決壊"
    assert without_name("The Harbour Post", "The Harbour Post") == "The Harbour Post"
    assert without_name("Dam bursts - live", "The Harbour Post") == "Dam bursts - live"
