"""How each language says the same numbers, days and people."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from etl.newsroom.marks import Marks, Named, plain
from etl.newsroom.sources import sources
from etl.newsroom.voices import Manner, Voice, voice_of
from etl.newsroom.voices.voice import TITLE, RoleForms
from etl.newsroom.world import Language, Person

MARKS: dict[Language, tuple[str, str]] = {
    "en": ("“", "”"),
    "de": ("„", "“"),
    "fr": ("«\u00a0", "\u00a0»"),
    "es": ("«", "»"),
    "ja": ("「", "」"),
    "ar": ("«", "»"),
}


def voice(language: Language) -> Voice:
    return voice_of(language, Manner(quotes=MARKS[language]))


def person(*, is_woman: bool = True) -> Person:
    names = dict.fromkeys(("en", "de", "fr", "es", "ja", "ar"), "Ana Rowe")
    last = dict.fromkeys(names, "Rowe")
    return Person("ana-rowe", "person", names, last, is_woman, "transport-minister", 54, "gb")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "12,500"), ("de", "12.500"), ("fr", "12\u00a0500"), ("es", "12.500"), ("ja", "1万2500"), ("ar", "12,500")],
)
def test_large_numbers(language: Language, said: str) -> None:
    assert voice(language).number(12_500) == said


@pytest.mark.parametrize(
    ("language", "said"), [("en", "three"), ("de", "drei"), ("fr", "trois"), ("es", "tres"), ("ja", "3")]
)
def test_small_numbers(language: Language, said: str) -> None:
    assert voice(language).number(3) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "€4.2 billion"),
        ("de", "4,2 Milliarden Euro"),
        ("fr", "4,2 milliards d’euros"),
        ("es", "4200 millones de euros"),
        ("ja", "42億ユーロ"),
        ("ar", "4.2 مليار يورو"),
    ],
)
def test_money(language: Language, said: str) -> None:
    assert voice(language).money(4_200, "eur") == said


@pytest.mark.parametrize(
    ("language", "near", "far"),
    [
        ("en", "on Tuesday", "on 14 July"),
        ("de", "am Dienstag", "am 14. Juli"),
        ("fr", "mardi", "le 14 juillet"),
        ("es", "el martes", "el 14 de julio"),
        ("ja", "14日", "7月14日"),
        ("ar", "يوم الثلاثاء", "في 14 يوليو"),
    ],
)
def test_days_are_weekdays_within_the_week_and_dates_later(language: Language, near: str, far: str) -> None:
    day = date(2026, 7, 14)
    for today, said in ((date(2026, 7, 16), near), (date(2026, 8, 20), far)):
        phrase = voice(language).day(day, today)
        assert phrase.before + phrase.text == said


def test_american_dates_and_ordinals() -> None:
    american = voice_of("en", Manner(quotes=MARKS["en"], is_month_first=True))
    phrase = american.day(date(2026, 7, 14), date(2026, 8, 20))
    assert phrase.before + phrase.text == "on July 14"
    assert [american.counted(number, "th") for number in (1, 3, 11, 21, 42, 113)] == [
        "first", "third", "11th", "21st", "42nd", "113th",
    ]  # fmt: skip


def test_arabic_nouns_follow_their_numbers() -> None:
    said = [voice("ar").counted(number, "شخص") for number in (2, 5, 10, 11, 99, 100, 105)]
    assert said == ["شخصين", "5 أشخاص", "10 أشخاص", "11 شخصا", "99 شخصا", "100 شخص", "105 أشخاص"]


@pytest.mark.parametrize(
    ("language", "raw", "said"),
    [
        ("fr", f"selon l’avis de {TITLE}le maire de Évran", "Selon l’avis du maire d’Évran"),
        ("fr", "il dit que elle vient de onze villes", "Il dit qu’elle vient de onze villes"),
        ("es", f"la casa de {TITLE}el alcalde y Inés o Olga", "La casa del alcalde e Inés u Olga"),
        ("en", "Ana, the mayor,, said “yes”", "Ana, the mayor, said “yes”"),
        ("de", "“gut ‹so›”", "„Gut ‚so‘“"),
    ],
)
def test_sentences_are_finished_by_the_rules_of_the_language(language: Language, raw: str, said: str) -> None:
    assert voice(language).finish(raw) == said


def test_finishing_minds_marks() -> None:
    marks = Marks()
    mark = marks.wrap(Named(person()), "Évran")
    text, spans = marks.read(voice("fr").finish(f"la ville de {mark}, {mark},."))
    assert text == "La ville d’Évran, Évran."
    assert [text[span.start : span.end] for span in spans] == ["Évran", "Évran"]


def test_people_are_introduced_with_their_office_and_named_shortly_after() -> None:
    forms = voice("en").forms(person(), {"place": "Ayr", "house": ""})
    assert forms == RoleForms("Transport Minister", "the transport minister", "the minister")
    first = {voice("en").introduce(person(), forms, name="Ana Rowe", rng=Random(seed)) for seed in range(20)}
    assert first == {"Transport Minister Ana Rowe", "Ana Rowe, the transport minister,"}
    again = {voice("en").again(person(), forms, name="Rowe", rng=Random(seed)) for seed in range(20)}
    assert again == {"Rowe", "the minister"}
    assert voice("en").pronoun(person()) == "she"


@pytest.mark.parametrize(("language", "man", "woman"), [("de", "er", "sie"), ("fr", "il", "elle"), ("ar", "هو", "هي")])
def test_gender_shows(language: Language, man: str, woman: str) -> None:
    said = voice(language)
    assert (said.pronoun(person(is_woman=False)), said.pronoun(person())) == (man, woman)
    titles = [said.forms(person(is_woman=is_woman), {}).title for is_woman in (False, True)]
    assert titles[0] != titles[1]


def test_headlines_have_capitals_where_the_source_writes_them() -> None:
    source = sources()["prairie-courier"]
    assert plain(source.voice("en").title("dam above Ayr fails in the night")) == "Dam Above Ayr Fails in the Night"
