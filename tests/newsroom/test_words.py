"""The word files: every slot is known, every option has its words, every kind can be told whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from etl.newsroom.events import Kind, kinds
from etl.newsroom.patterns import Nodes, slots_of
from etl.newsroom.scene import SPECIAL
from etl.newsroom.wordbook import KindWords, frames, kind_words, twins
from etl.newsroom.world import LANGUAGES, Language, fixed, roles

GIVEN = {"place", "country", "river", "town", "when", "before", "inhabitants"}
SHAPES = {"whole", "two", "halves", "clause"}
# stages that speak of another source's report, and words for kinds that share them
SHARED = {"comment", "claim"}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    spoken: Language = request.param
    return spoken


def test_every_slot_is_a_fact_of_its_kind(language: Language) -> None:
    for kind_id, words in kind_words(language).items():
        known = GIVEN | set(SPECIAL) | set(fixed()) | (set(kinds()[kind_id].slots) if kind_id not in SHARED else set())
        for where, nodes in _patterns(words):
            unknown = {slot.name for slot in slots_of(nodes)} - known
            assert not unknown, (language, kind_id, where, unknown)


def test_every_option_has_words_in_every_form_that_is_asked_for(language: Language) -> None:
    for kind_id, words in kind_words(language).items():
        wishes = {} if kind_id in SHARED else kinds()[kind_id].slots
        for slot in (slot for slot, wish in wishes.items() if wish.startswith("one ")):
            asked = [found for _, nodes in _patterns(words) for found in slots_of(nodes) if found.name == slot]
            for option in wishes[slot].split()[1].split("|") if asked else ():
                forms = max(int(found.form or 1) for found in asked)
                assert len(words.words[slot][option]) >= forms, (language, kind_id, slot, option)


def test_quotes_are_of_people_of_the_kind(language: Language) -> None:
    for kind_id, words in kind_words(language).items():
        for slot, lines in words.quotes.items():
            assert kinds()[kind_id].slots[slot].startswith("person "), (language, kind_id, slot)
            assert all(line.clause for line in lines), (language, kind_id, slot)


def test_every_language_can_put_a_quote_in_every_shape(language: Language) -> None:
    assert set(frames(language)["quotes"]) == set(frames(language)["again"]) == SHAPES
    for who in ("official", "anyone", "athlete"):
        for table in ("quotes", "again"):
            for shape, lines in frames(language)[table].items():
                assert any(line.suits({"who": who}) for line in lines), (language, table, shape, who)


def test_claims_can_be_denied_wherever_they_are_told(language: Language) -> None:
    for kind in kinds().values():
        words = kind_words(language).get(kind.kind_id)
        if kind.is_claim and words:
            assert {"cite", "deny"} <= set(words.stages), (language, kind.kind_id)
            assert kind.disputer in words.quotes, (language, kind.kind_id)
            assert words.clauses, (language, kind.kind_id)


def test_every_kind_is_told_in_english_and_many_elsewhere() -> None:
    assert set(kinds()) <= set(kind_words("en"))
    assert all(len(set(kinds()) & set(kind_words(language))) >= 16 for language in LANGUAGES)
    everywhere = set.intersection(*(set(kind_words(language)) for language in LANGUAGES))
    assert everywhere >= {"dam", "summit", "aid", "train", "heatwave", "rates", "final"}


def test_words_and_their_twins_differ(language: Language) -> None:
    pattern, table = twins(language)
    assert len(table) >= 16
    assert all(word != twin and pattern.search(word) for word, twin in table.items())


def test_roles_have_their_forms_in_every_language() -> None:
    parts = {"en": 3, "de": 2, "fr": 3, "es": 3, "ja": 3, "ar": 2}
    for role, forms in roles().items():
        assert forms["scope"] in {"country", "town", "org", "world", "event"}, role
        assert all(forms[language].count("|") == number - 1 for language, number in parts.items()), role


def _patterns(words: KindWords) -> Iterator[tuple[str, Nodes]]:
    for name, stage in words.stages.items():
        for lines in (stage.headline, stage.lead, *stage.facts):
            yield from ((name, line.nodes) for line in lines)
    yield from (("clause", line.nodes) for line in words.clauses)
    for slot, quotes in words.quotes.items():
        for quote in quotes:
            every = (quote.first, quote.second, quote.clause, *(quote.halves or ()))
            yield from ((f"quote of {slot}", nodes) for nodes in every if nodes)


def test_slots_name_things_that_can_be_drawn() -> None:
    known = {"number", "decimal", "money", "percent", "year", "clock", "more", "fewer", "one", "day", "month", "person"}
    known |= {"company", "union", "party", "club", "university", "town", "heat", "sunrise", "sunset"}
    kind: Kind
    for kind in kinds().values():
        assert {wish.split()[0] for wish in kind.slots.values()} <= known, kind.kind_id
