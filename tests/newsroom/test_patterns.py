from __future__ import annotations

from random import Random

import pytest

from etl.newsroom.patterns import Slot, expand, parse_pattern, pick, slots_of


def _say(line: str, seed: int = 0) -> str:
    return expand(parse_pattern(line).nodes, lambda slot: f"<{slot.name}{slot.form}>", Random(seed))


def test_slots_have_names_forms_and_genders() -> None:
    found = slots_of(parse_pattern("{mayor.last} [said “{a,}”|{mayor:he|she} left]").nodes)
    assert found == [Slot("mayor", "last"), Slot("a", ","), Slot("mayor", by_gender=("he", "she"))]


def test_every_alternative_can_be_said() -> None:
    said = {_say("[At least|No fewer than] {dead} [people|]", seed) for seed in range(60)}
    assert said == {
        "At least <dead> people",
        "At least <dead> ",
        "No fewer than <dead> people",
        "No fewer than <dead> ",
    }


def test_alternatives_may_stand_inside_alternatives() -> None:
    assert {_say("a[b|c[d|e]]", seed) for seed in range(60)} == {"ab", "acd", "ace"}


def test_a_condition_says_for_which_events_a_line_is() -> None:
    line = parse_pattern("(cause=rain|snow) It {fell}")
    assert line.suits({"cause": "snow"})
    assert not line.suits({"cause": "wind"})
    assert not line.suits({})


def test_picking_goes_round_the_lines_that_suit() -> None:
    lines = [parse_pattern("(turn=up) up"), parse_pattern("(turn=down) down"), parse_pattern("any")]
    chosen = [pick(lines, turn, options={"turn": "up"}) for turn in range(4)]
    assert chosen == [lines[0], lines[2], lines[0], lines[2]]
    assert pick(lines[:1], 0, options={}) is None


@pytest.mark.parametrize("line", ["[open", "{open", "{}"])
def test_nonsense_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"closes|no slot"):
        parse_pattern(line)
