"""Reading moments out of words, in many languages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.article.moments import FIRST_DAY, Moment, is_possible, read_moment

CAPTURED = datetime(2024, 1, 5, 12, tzinfo=UTC)
EASTERN = timezone(timedelta(hours=-5))
SPOKEN = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "is",
    "et",
    "lv",
    "lt",
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "sr",
    "bg",
    "ru",
    "uk",
    "be",
    "el",
    "tr",
    "hu",
    "ro",
    "id",
    "ms",
    "vi",
    "hi",
    "bn",
    "th",
    "he",
    "ar",
    "fa",
    "ja",
    "zh",
    "ko",
    "ca",
]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2016-11-08T10:00:00Z", datetime(2016, 11, 8, 10, tzinfo=UTC)),
        ("2016-11-08T10:00:00.123+0100", datetime(2016, 11, 8, 9, tzinfo=UTC)),
        ("2016-11-08 10:00", datetime(2016, 11, 8, 10)),
        ("2016-11-08", datetime(2016, 11, 8)),
        ("Tue, 08 Nov 2016 10:00:00 GMT", datetime(2016, 11, 8, 10, tzinfo=UTC)),
        ("November 8, 2016 10:05 am EST", datetime(2016, 11, 8, 10, 5, tzinfo=EASTERN)),
        ("Sept. 3, 2021 at 5 p.m. ET", datetime(2021, 9, 3, 21, tzinfo=UTC)),
        ("14 Sep, 2022 13:37", datetime(2022, 9, 14, 13, 37)),
        ("Publié le 14 septembre 2022 à 13h37", datetime(2022, 9, 14, 13, 37)),
        ("12:15 AM, March 3rd, 2020", datetime(2020, 3, 3, 0, 15)),
        ("14.09.2022, 13:37 Uhr", datetime(2022, 9, 14, 13, 37)),
        ("2024年1月5日 10時30分", datetime(2024, 1, 5, 10, 30)),
        ("5 มกราคม 2567", datetime(2024, 1, 5)),
        ("١٤ سبتمبر ٢٠٢٢", datetime(2022, 9, 14)),
        ("14 tháng 9, 2022", datetime(2022, 9, 14)),
        ("1478599200000", datetime(2016, 11, 8, 10, tzinfo=UTC)),
        ("20161108", datetime(2016, 11, 8)),
        ("09/14/2022", datetime(2022, 9, 14)),
        ("3.4.22", datetime(2022, 4, 3)),
    ],
)
def test_moments_are_read(text: str, at: datetime) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert moment.at == at


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today's news",
        "12 May",
        "2022",
        "31 February 2022",
        "45/45/2022",
        "99999999",
        "ISBN 3-16-148410-0",
        "call 020 7946 0018",
        "2022-13-45",
        "Room 12, 2020",
    ],
)
def test_what_names_no_day_is_not_read(text: str) -> None:
    assert read_moment(text) is None


@pytest.mark.parametrize(
    ("language", "day"),
    [("en-US", date(2022, 3, 4)), ("en-GB", date(2022, 4, 3)), ("fr", date(2022, 4, 3)), ("en", None), (None, None)],
)
def test_figures_are_read_in_the_order_of_the_language(language: str | None, day: date | None) -> None:
    moment = read_moment("03/04/2022", language=language)
    assert (moment.at.date() if moment else None) == day


def test_a_word_of_two_meanings_is_read_in_the_language_of_the_page() -> None:
    months = {language: read_moment("14 listopada 2022", language=language) for language in ("pl", "hr", None)}
    assert [moment and moment.at.month for moment in months.values()] == [11, 10, None]


@given(
    day=st.dates(date(1995, 1, 1), date(2035, 12, 31)),
    language=st.sampled_from(SPOKEN),
    width=st.sampled_from(["long", "full"]),
)
def test_dates_as_people_write_them(day: date, language: str, width: str) -> None:
    words = format_date(day, width, locale=language)
    moment = read_moment(words, language=language)
    assert moment is not None, words
    assert (moment.at.date(), moment.precision) == (day, "day"), words


@given(at=st.datetimes(datetime(1995, 1, 1), datetime(2035, 1, 1)), minutes=st.integers(-14 * 60, 14 * 60))
def test_machine_forms_come_back(at: datetime, minutes: int) -> None:
    at = at.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    moment = read_moment(at.isoformat())
    assert moment is not None
    assert moment.at == at


@given(st.text(max_size=80), st.none() | st.sampled_from(SPOKEN))
def test_nothing_raises(text: str, language: str | None) -> None:
    read_moment(text, language=language, captured_at=CAPTURED)


@pytest.mark.parametrize(
    ("text", "language", "hours"),
    [
        ("3 hours ago", "en", 3),
        ("vor 3 Stunden", "de", 3),
        ("il y a 3 heures", "fr", 3),
        ("hace 3 horas", "es", 3),
        ("3 ore fa", "it", 3),
        ("há 3 horas", "pt", 3),
        ("3 uur geleden", "nl", 3),
        ("3 часа назад", "ru", 3),
        ("3시간 전", "ko", 3),
        ("منذ 3 ساعات", "ar", 3),
        ("45 minutes ago", None, 0.75),
    ],
)
def test_relative_times_count_from_the_capture(text: str, language: str | None, hours: float) -> None:
    moment = read_moment(text, language=language, captured_at=CAPTURED)
    assert moment == Moment(CAPTURED - timedelta(hours=hours), "minute")
    assert read_moment(text, language=language) is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [("yesterday", "en", 4), ("gestern", "de", 4), ("昨天", "zh", 4), ("hace 2 días", "es", 3)],
)
def test_relative_days(text: str, language: str, day: int) -> None:
    assert read_moment(text, language=language, captured_at=CAPTURED) == Moment(datetime(2024, 1, day), "day")


def test_zones() -> None:
    noon = Moment(datetime(2024, 7, 1, 12), "minute")
    assert noon.aware("America/New_York") == datetime(2024, 7, 1, 16, tzinfo=UTC)
    assert noon.aware(None) == noon.aware("No/Where") == datetime(2024, 7, 1, 12, tzinfo=UTC)
    assert Moment(datetime(2024, 7, 1), "day").aware("Asia/Tokyo") == datetime(2024, 7, 1, tzinfo=UTC)


def test_impossible_days_are_told() -> None:
    def possible(day: date) -> bool:
        return is_possible(Moment(datetime(day.year, day.month, day.day), "day"), CAPTURED)

    assert not possible(FIRST_DAY - timedelta(days=1))
    assert possible(FIRST_DAY)
    assert possible(date(2024, 1, 6))  # it is already tomorrow somewhere
    assert not possible(date(2024, 1, 7))
    assert not is_possible(Moment(datetime(2333, 1, 1), "day"), None)
