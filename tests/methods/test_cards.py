"""Every method has a card, and every card says all that a reader of its numbers must know."""

from __future__ import annotations

import pytest

from etl.methods import mentions
from etl.publish.publishing import METHOD_CARDS

FACTS = {"name", "version", "definition", "measured_on", "precision", "recall", "languages", "reference"}
CARDS = [*METHOD_CARDS, mentions.DEEP_CARD]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: f"{card['name']} {card['version']}")
def test_a_card_is_filled(card: dict[str, str | float]) -> None:
    assert set(card) == FACTS
    assert all(card.values())
    assert 0 < float(card["precision"]) <= 1
    assert 0 < float(card["recall"]) <= 1


def test_no_method_has_two_cards() -> None:
    assert len({(card["name"], card["version"]) for card in METHOD_CARDS}) == len(METHOD_CARDS)
