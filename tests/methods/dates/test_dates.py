"""Tests of dates in texts, and of the values of single expressions."""

from __future__ import annotations

from datetime import date

import pytest

from etl.methods.dates import date_value, find_dates

WRITTEN = date(2022, 9, 14)  # a Wednesday
DAYS = {"day": 10, "month": 7, "year": 4}


def told(text: str, language: str | None = "en") -> list[tuple[str, str]]:
    """Return the dates of a text, as written and as read."""
    found = find_dates(text, language=language, published_on=WRITTEN)
    return [(text[one.start : one.end], one.mentioned_on.isoformat()[: DAYS[one.precision]]) for one in found]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("24 February", "2022-02-24"),
        ("February 24, 2021", "2021-02-24"),
        ("Feb. 24", "2022-02-24"),
        ("24.02.2021", "2021-02-24"),
        ("2021-02-24", "2021-02-24"),
        ("May 2021", "2021-05"),
        ("late February", "2022-02"),
        ("1994", "1994"),
        ("Wednesday", "2022-09-14"),
        ("Tuesday", "2022-09-13"),
        ("Thursday", "2022-09-08"),
        ("last Thursday", "2022-09-08"),
        ("next Thursday", "2022-09-15"),
        ("yesterday", "2022-09-13"),
        ("tomorrow", "2022-09-15"),
        ("two years ago", "2020"),
        ("three days ago", "2022-09-11"),
        ("last month", "2022-08"),
        ("last year", "2021"),
        ("last December", "2021-12"),
        ("24/02/2021", "2021-02-24"),
        ("2/24/2021", "2021-02-24"),
        ("soon", None),
        ("", None),
        ("99999999", None),
    ],
)
def test_an_expression_has_a_value_on_the_day_of_writing(expression: str, value: str | None) -> None:
    assert date_value(expression, WRITTEN) == value


def test_a_weekday_to_come_is_told_by_what_stands_beside_it() -> None:
    assert date_value("Friday", WRITTEN) == "2022-09-09"
    assert date_value("Friday", WRITTEN, before="The senators will meet on ") == "2022-09-16"
    assert date_value("Friday", WRITTEN, before="The senators will meet. He spoke on ") == "2022-09-09"


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        (
            "en",
            "On Wednesday, Feb. 23, 2022 they met; in May 2021 he may march. In 2014, 2,000 people came.",
            [("Wednesday, Feb. 23, 2022", "2022-02-23"), ("May 2021", "2021-05"), ("2014", "2014")],
        ),
        (
            "de",
            "Am Mittwoch kam er, gestern ging er, im Juli 2014 und am 1. Mai auch.",
            [("Mittwoch", "2022-09-14"), ("gestern", "2022-09-13"), ("Juli 2014", "2014-07"), ("1. Mai", "2022-05-01")],
        ),
        (
            "fr",
            "Hier, il y a trois ans, l'année dernière, en juillet 2014, le 1er mai.",
            [
                ("Hier", "2022-09-13"),
                ("il y a trois ans", "2019"),
                ("année dernière", "2021"),
                ("juillet 2014", "2014-07"),
                ("1er mai", "2022-05-01"),
            ],
        ),
        (
            "es",
            "El miércoles 24 de febrero de 2021, ayer, hace tres años, en julio de 2014.",
            [
                ("miércoles 24 de febrero de 2021", "2021-02-24"),
                ("ayer", "2022-09-13"),
                ("hace tres años", "2019"),
                ("julio de 2014", "2014-07"),
            ],
        ),
        (
            "pt",
            "Foi em 24 de fevereiro de 2021, ontem, em julho de 2014.",
            [("24 de fevereiro de 2021", "2021-02-24"), ("ontem", "2022-09-13"), ("julho de 2014", "2014-07")],
        ),
        (
            "it",
            "Il 24 febbraio 2021, ieri, tre anni fa, a luglio 2014.",
            [
                ("24 febbraio 2021", "2021-02-24"),
                ("ieri", "2022-09-13"),
                ("tre anni fa", "2019"),
                ("luglio 2014", "2014-07"),
            ],
        ),
        (
            "ru",
            "Это было 24 февраля 2021 года, вчера, в июле 2014 года.",
            [("24 февраля 2021", "2021-02-24"), ("вчера", "2022-09-13"), ("июле 2014", "2014-07")],
        ),
        (
            "ar",
            "كان ذلك في 24 فبراير 2021 وفي يوليو 2014.",
            [("24 فبراير 2021", "2021-02-24"), ("يوليو 2014", "2014-07")],
        ),
        (
            "ja",
            "10日、2021年2月24日、昨年、3年前、来月、2014年7月に2日間。",
            [
                ("10日", "2022-09-10"),
                ("2021年2月24日", "2021-02-24"),
                ("昨年", "2021"),
                ("3年前", "2019"),
                ("来月", "2022-10"),
                ("2014年7月", "2014-07"),
            ],
        ),
        ("nl", "Op 24 februari 2021 en in juli 2014.", [("24 februari 2021", "2021-02-24"), ("juli 2014", "2014-07")]),
    ],
)
def test_dates_of_many_languages(language: str, text: str, dates: list[tuple[str, str]]) -> None:
    assert told(text, language) == dates


@pytest.mark.parametrize(
    "text",
    [
        "He may come. They march on.",
        "It costs $2015 and weighs 1994 grams.",
        "The 2,014 dogs with May Smith.",
        "Call 555-2014.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "1" * 5000, "İstanbul " * 20, "\u0000", "Friday" * 3])
def test_odd_texts_hold_no_dates(text: str) -> None:
    for language in ("en", "tr", "ja", "xx", None):
        assert told(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He reads USA Today."),
        ("de", "Er kam am Morgen."),
        ("fr", "« Je viens le samedi. »"),
        ("en", "Every Friday."),
    ],
)
def test_names_times_of_day_and_habits_are_no_dates(language: str, text: str) -> None:
    assert told(text, language) == []


def test_a_japanese_day_of_no_month_is_not_far_ahead() -> None:
    (one,) = find_dates("30日に会った。", language="ja", published_on=date(2022, 9, 2))
    assert one.mentioned_on == date(2022, 8, 30)


def test_letters_without_a_small_form_of_one_character_move_nothing() -> None:
    assert told("İİİ, 24 February 2021.") == [("24 February 2021", "2021-02-24")]


@pytest.mark.parametrize("published_on", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_edges_of_the_calendar_raise_nothing(published_on: date) -> None:
    for text in ("yesterday", "tomorrow", "next year", "two years ago", "last Friday", "in December", "next month"):
        find_dates(f"It was {text}.", language="en", published_on=published_on)
        date_value(text, published_on, before="will ")
