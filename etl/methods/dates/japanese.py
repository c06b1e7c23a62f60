"""Dates in Japanese texts: 2026年6月10日, 6月10日, 10日, 月曜日, 去年, 3年前."""

from __future__ import annotations

import re
from datetime import date, timedelta

from etl.methods.dates.rules import NEAREST_PAST, Value
from etl.records import MentionedDate

DAYS_AHEAD = 15  # a day without a month lies at most so many ahead

_FIGURE = re.compile(
    r"(?:(?P<year>\d{4})年)(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?"
    r"|(?P<only_month>\d{1,2})月(?!間)(?:(?P<its_day>\d{1,2})日)?"
    r"|(?<![月\d])(?P<only_day>\d{1,2})日(?!間|目|以|後|前|も)"
    r"|(?P<word>今日|本日|昨日|一昨日|明日|去年|昨年|今年|来年|先月|今月|来月)"
    r"|(?P<count>\d{1,3})(?P<unit>年|か月|カ月|ヶ月|日)前"
    r"|(?P<weekday>[月火水木金土日])曜日"
)
_DAYS = {"今日": 0, "本日": 0, "昨日": -1, "一昨日": -2, "明日": 1}
_YEARS = {"去年": -1, "昨年": -1, "今年": 0, "来年": 1}
_MONTHS = {"先月": -1, "今月": 0, "来月": 1}


def find_japanese_dates(text: str, published_on: date) -> list[MentionedDate]:
    """Return the days, months and years that a Japanese text tells of, in order."""
    found = ((match, _value(match, published_on)) for match in _FIGURE.finditer(text))
    return [MentionedDate(*match.span(), *value) for match, value in found if value]


def _value(match: re.Match[str], now: date) -> Value | None:
    try:
        return _figure(match, now) or _word(match, now)
    except (ValueError, OverflowError):  # the 31st of a month of 30 days; a year beyond the calendar
        return None


def _figure(match: re.Match[str], now: date) -> Value | None:
    if match["year"]:
        day = date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        return day, "day" if match["day"] else "month" if match["month"] else "year"
    if match["only_month"]:
        month = int(match["only_month"])
        day = date(now.year, month, int(match["its_day"] or 1))
        if (day - now).days > 365 - NEAREST_PAST:
            day = day.replace(year=now.year - 1)
        return day, "day" if match["its_day"] else "month"
    return (_nearest_day(now, int(match["only_day"])), "day") if match["only_day"] else None


def _nearest_day(now: date, number: int) -> date:
    """Return the day whose month is not told: of this month, or of the last one where that would be far ahead."""
    if number - now.day <= DAYS_AHEAD:
        return now.replace(day=number)
    return (now.replace(day=1) - timedelta(days=1)).replace(day=number)


def _word(match: re.Match[str], now: date) -> Value | None:
    word = match["word"]
    if word in _DAYS:
        return now + timedelta(days=_DAYS[word]), "day"
    if word in _YEARS:
        return date(now.year + _YEARS[word], 1, 1), "year"
    if word in _MONTHS:
        return _months_on(now, _MONTHS[word]), "month"
    if match["weekday"]:
        return now - timedelta(days=(now.weekday() - "月火水木金土日".index(match["weekday"])) % 7), "day"
    count = int(match["count"])
    if match["unit"] == "年":
        return date(now.year - count, 1, 1), "year"
    return (now - timedelta(days=count), "day") if match["unit"] == "日" else (_months_on(now, -count), "month")


def _months_on(now: date, count: int) -> date:
    months = now.year * 12 + now.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)
