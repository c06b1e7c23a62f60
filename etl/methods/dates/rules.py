"""Rules that read one expression each: a pattern, and what it says in view of the day of writing."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from etl.methods.dates.words import DateWords, date_words

COMING_WORDS = 6  # words before an expression among which one can tell that it is to come
NEAREST_PAST = 240  # a day without a year lies at most so many days back, and 365 less this many ahead

# as years are spoken in English: nineteen ninety-six
TENS = {
    word: 10 * at
    for at, word in enumerate(["ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 1)
}

MONTHS_AHEAD = 6  # a month that is told as to come lies at most so many ahead
NEAR_MONTHS = 2  # a month's bare name is to come if it is so near: "in May", written in April

_DAY_BEFORE = re.compile(r"(?P<name>\w+)\.? \d{1,2} ?(?:and|to|or|und|et|y|e|и|,|-|–) ?$")

Value = tuple[date, Literal["day", "month", "year"]]


@dataclass(frozen=True, slots=True)
class Context:
    """The words of the language, the day of writing, and what stands beside an expression, in lower case."""

    words: DateWords
    written_on: date
    before: str = ""
    after: str = ""

    @property
    def last_word(self) -> str:
        """Return the word right before."""
        return self.before.rstrip().rpartition(" ")[2]

    @property
    def is_coming(self) -> bool:
        """Tell whether the words before say that it is to come; a verb of speech after them says they speak of something else."""
        last = re.findall(r"[\w'’]+", self.before)[-COMING_WORDS:]
        spoken = next((at for at in range(len(last) - 1, -1, -1) if last[at] in self.words.spoken), -1)
        return any(word in self.words.coming for word in last[spoken + 1 :])


Rule = Callable[["re.Match[str]", Context], "Value | None"]


@lru_cache(maxsize=32)
def rules_of(language: str | None) -> tuple[tuple[re.Pattern[str], Rule], ...]:
    """Return the rules of a language, the most telling first."""
    words = date_words(language)
    month, weekday, way = _any(words.months), _any(words.weekdays), _any(words.directions)
    unit, number, part = _any(words.units), _any(words.numbers), _any(words.parts)
    year = r"(?P<year>1[5-9]\d\d|20\d\d)"
    first, second = ("month", "day") if words.is_month_first else ("day", "month")
    named_day = rf"(?:(?:{weekday}),?\s+(?:(?:{_any(words.determiners)})\s+)?)?"
    count = rf"(?P<count>\d{{1,3}}|{number})"
    templates: list[tuple[str, Rule]] = [
        (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", _full_day),
        (r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d\d)(?!\d)", _full_day),
        (rf"(?P<{first}>\d{{1,2}})[/-](?P<{second}>\d{{1,2}})[/-](?P<year>\d{{4}}|\d\d)(?!\d)", _full_day),
        (
            (
                rf"{named_day}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[ºª.])?\s+(?:de\s+|of\s+)?(?P<name>{month})"
                rf"(?:\.?,?\s+(?:de\s+|del\s+)?{year})?(?!\w)"
            ),
            _day,
        ),
        (
            (
                rf"{named_day}(?P<name>{month})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
                rf"(?![\d:%.]\d|\d|%|\s*(?:a|p)\.?m\b)(?:,?\s+{year})?"
            ),
            _day,
        ),
        (rf"(?P<name>{month})\.?,?\s+(?:of\s+|de\s+|del\s+)?{year}(?!\d)", _month),
        (rf"(?P<name>{month})\.?\s+(?:of\s+|de\s+)?(?P<year_way>{way})\s+(?:{unit})", _month),
        (rf"(?P<way>{way})\s+(?P<name>{month})(?!\w)", _month),
        (rf"(?:(?:{part})[\s-]+)?(?P<name>{month})\s+(?P<way>{way})(?!\w)", _month),
        (rf"(?:(?:{part})[\s-]*)?(?P<name>{month})(?!\w)", _month),
        (rf"(?:(?P<way>{way})\s+)?(?P<name>{weekday})(?:\s+(?P<after>{way}))?(?!\w)", _weekday),
        *((rf"(?<!\w){re.escape(name)}(?!\w)", _relative_day(days)) for name, days in words.days.items()),
        *((rf"(?<!\w)(?:(?P<way>{way})\s+)?{name}(?!\w)", _feast(*feast)) for name, feast in words.feasts.items()),
        (rf"(?:(?P<way>{way})\s+)?thanksgiving(?: day)?", _thanksgiving),
        *((rf"{re.escape(before)}\s+{count}\s+(?P<unit>{unit})(?!\w)", _ago) for before in words.before),
        *((rf"{count}[\s-]+(?P<unit>{unit})\s+{re.escape(ago)}(?!\w)", _ago) for ago in words.ago),
        (rf"(?P<unit>{unit})-(?:ago|earlier)", _ago),
        (rf"{count}\s+(?P<unit>{unit})(?!\w)", _distance),
        (rf"(?P<way>{way})\s+(?P<unit>{unit})(?!\w)", _unit),
        (rf"(?P<unit>{unit})\s+(?P<way>{way})(?!\w)", _unit),
        (r"(?P<unit>year)(?:['’]s)?[ -]end|(?:the|full|fiscal)\s+(?:full |fiscal )?(?P<same>year)(?!\w)", _unit),
        (rf"(?:(?:{part})-)?(?<![\d.,$€£#])(?<!\d-){year}(?!\d|[.,-]\d|\s?%)", _year),
        (r"\d{1,2}(?![\w:%]|[.,-]\d)", _day_of_same_month),
        (rf"(?P<century>nineteen|twenty)[ -](?P<tens>{_any(TENS)})(?:[ -](?P<ones>{number}))?(?!\w)", _spoken_year),
    ]
    return tuple((re.compile(pattern), rule) for pattern, rule in templates)


def value_of(rule: Rule, match: re.Match[str], context: Context) -> Value | None:
    """Return what a rule reads; None where it reads no date, or one beyond the calendar of years 1 to 9999."""
    try:
        return rule(match, context)
    except (ValueError, OverflowError):
        return None


def _any(words: Iterable[str]) -> str:
    """Return alternatives, the longest first; what matches nothing where there are none."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _day_or_none(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _full_day(match: re.Match[str], context: Context) -> Value | None:
    year = int(match["year"])
    if year < 100:
        year += 1900 if year > context.written_on.year % 100 + 10 else 2000
    if not year:
        return None
    month, number = int(match["month"]), int(match["day"])
    day = _day_or_none(year, month, number) or _day_or_none(year, number, month)
    return (day, "day") if day else None


def _day(match: re.Match[str], context: Context) -> Value | None:
    month, number = context.words.months[match["name"]], int(match["day"])
    if match["year"]:
        day = _day_or_none(int(match["year"]), month, number)
        return (day, "day") if day else None
    day = _nearest_day(month, number, context)
    return (day, "day") if day else None


def _nearest_day(month: int, number: int, context: Context) -> date | None:
    """Return the day of a month whose year is not told."""
    years = range(context.written_on.year - 1, context.written_on.year + 2)
    days = [day for year in years if (day := _day_or_none(year, month, number))]
    return next((day for day in days if -NEAREST_PAST < (day - context.written_on).days <= 365 - NEAREST_PAST), None)


def _month(match: re.Match[str], context: Context) -> Value | None:
    groups = match.groupdict()
    month, now = context.words.months[match["name"]], context.written_on
    if groups.get("year"):
        year = int(match["year"])
    elif groups.get("year_way"):
        year = now.year + context.words.directions[match["year_way"]]
    else:
        way = context.words.directions.get(groups.get("way") or "")
        year = now.year + _year_of_month(month, now.month, way, is_coming=context.is_coming)
    return date(year, month, 1), "month"


def _year_of_month(month: int, now: int, way: int | None, *, is_coming: bool) -> int:
    """Return how many years away the meant month is: the last one gone, unless it is told as to come."""
    if way == 0:
        return 0
    ahead = (month - now) % 12
    if way == 1 or (way is None and 0 < ahead <= (MONTHS_AHEAD if is_coming else NEAR_MONTHS)):
        return int(month < now or (month == now and way == 1))
    if way == -1:
        return -int(month >= now)
    return -int(month > now)


def _weekday(match: re.Match[str], context: Context) -> Value | None:
    if context.last_word in context.words.habitual:
        return None
    groups = match.groupdict()
    named = groups.get("way") or groups.get("after")
    way = context.words.directions.get(named or "")
    back = (context.written_on.weekday() - context.words.weekdays[match["name"]]) % 7
    if way == 1 or (way is None and context.is_coming and back):
        return context.written_on + timedelta(days=7 - back), "day"
    if way == -1 and back == 0:
        back = 7
    return context.written_on - timedelta(days=back), "day"


def _relative_day(days: int) -> Rule:
    def rule(match: re.Match[str], context: Context) -> Value | None:
        if context.last_word in context.words.determiners:  # por la mañana
            return None
        return context.written_on + timedelta(days=days), "day"

    return rule


def _feast(month: int, day: int) -> Rule:
    def rule(match: re.Match[str], context: Context) -> Value | None:
        return _nearest(
            context, [date(context.written_on.year + years, month, day) for years in (-1, 0, 1)], match["way"]
        )

    return rule


def _thanksgiving(match: re.Match[str], context: Context) -> Value | None:
    firsts = [date(context.written_on.year + years, 11, 1) for years in (-1, 0, 1)]
    days = [first + timedelta(days=(3 - first.weekday()) % 7 + 21) for first in firsts]
    return _nearest(context, days, match["way"])


def _nearest(context: Context, days: list[date], way: str | None) -> Value:
    if way and context.words.directions[way] == -1:
        return max(day for day in days if day < context.written_on), "day"
    return min(days, key=lambda day: abs((day - context.written_on).days)), "day"


def _ago(match: re.Match[str], context: Context) -> Value | None:
    count = match.groupdict().get("count") or "1"
    number = int(count) if count.isdigit() else context.words.numbers[count]
    return _moved(context.written_on, -number, context.words.units[match["unit"]])


def _distance(match: re.Match[str], context: Context) -> Value | None:
    """Read "a year" in "a year earlier" and "five years" in "in five years"."""
    count = match["count"]
    number = int(count) if count.isdigit() else context.words.numbers[count]
    if context.after.lstrip().startswith(context.words.ago or ("\n",)):
        return _moved(context.written_on, -number, context.words.units[match["unit"]])
    is_ahead = context.is_coming and bool(context.words.ahead) and context.before.rstrip().endswith(context.words.ahead)
    return _moved(context.written_on, number, context.words.units[match["unit"]]) if is_ahead else None


def _day_of_same_month(match: re.Match[str], context: Context) -> Value | None:
    """Read "25" in "April 24 and 25"."""
    earlier = _DAY_BEFORE.search(context.before)
    if not earlier or earlier["name"] not in context.words.months:
        return None
    day = _nearest_day(context.words.months[earlier["name"]], int(match.group()), context)
    return (day, "day") if day else None


def _unit(match: re.Match[str], context: Context) -> Value | None:
    groups = match.groupdict()
    way = context.words.directions[groups["way"]] if groups.get("way") else 0
    unit = context.words.units[groups.get("unit") or "year"]
    return _moved(context.written_on, way, unit) if unit in ("year", "month") else None


def _moved(now: date, count: int, unit: str) -> Value | None:
    if unit == "year":
        return date(now.year + count, 1, 1), "year"
    if unit == "month":
        months = now.year * 12 + now.month - 1 + count
        return date(months // 12, months % 12 + 1, 1), "month"
    return now + timedelta(days=count * (7 if unit == "week" else 1)), "day"


def _spoken_year(match: re.Match[str], context: Context) -> Value | None:
    century = {"nineteen": 1900, "twenty": 2000}[match["century"]]
    return date(century + TENS[match["tens"]] + context.words.numbers.get(match["ones"] or "", 0), 1, 1), "year"


def _year(match: re.Match[str], context: Context) -> Value | None:
    return date(int(match["year"]), 1, 1), "year"
