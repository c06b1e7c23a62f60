"""The headline by which a story is called."""

from __future__ import annotations

from etl.methods.stories import title_of


def test_the_headline_nearest_to_the_others() -> None:
    headlines = [
        "Fears for Kestrin",
        "Orvel dam bursts above Kestrin",
        "Dam bursts above Kestrin, 340 flee",
        "Rain to go on",
    ]
    assert title_of(headlines) == "Orvel dam bursts above Kestrin"


def test_most_headlines_decide_the_language() -> None:
    assert title_of(["Dam bursts", "Damm bricht bei Orvel", "Damm bei Orvel bricht in der Nacht"]).startswith("Damm")


def test_the_first_of_equals() -> None:
    assert title_of(["Dam bursts", "Cup is won"]) == "Dam bursts"
    assert (
        title_of(["Rives-sur-Talva expose Clairvaud", "Valdry expose Lavergnac"]) == "Rives-sur-Talva expose Clairvaud"
    )


def test_scripts_without_spaces() -> None:
    assert title_of(["堤防が決壊", "オルベルで堤防が決壊、住民避難", "大雨続く"]) == "堤防が決壊"


def test_no_headline() -> None:
    assert title_of([]) == title_of(["", "  "]) == ""
