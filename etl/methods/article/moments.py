"""Read one moment out of words: machine forms, dates in the words of some sixty languages, and "3 hours ago".

Names of months come from CLDR through Babel; a word that means different months in different languages (listopad is
October in Croatian, November in Polish and Czech) is read in the page's language. Relative times go to dateparser,
and are read only where the time of capture is known. What cannot be told is refused: 03/04/2022 without a language
that orders it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dateparser
from babel import Locale
from babel.core import UnknownLocaleError

from etl.methods.article.lines import listed
from etl.records import DatePrecision

LANGUAGES = listed(
    "en de fr es it pt nl sv da nb nn fi is et lv lt pl cs sk sl hr sr bs mk bg ru uk be el tr az kk uz "
    "hu ro sq ca gl eu ga cy mt id ms vi tl sw af zu hi bn ur pa gu ta te ml kn mr ne si "
    "th lo km my ka hy he ar ar_LB ar_DZ fa am ja zh ko mn"
)
FIRST_DAY = date(1991, 8, 6)  # the first web site; no page was published before
_LAST_YEAR = 2100
_LONGEST = 300

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:\s*[T,]\s*|"
    r"\s+(?:at\s+)?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z\b|[+-]\d{2}:?\d{2}|[+-]\d{2}\b|"
    r"[A-Z]{2,4}\b)?)?"
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?\s*(Z|[+-]\d{2}:?\d{2})?)?$")
_EPOCH = re.compile(r"^(\d{10})(?:\.\d+)?$|^(\d{13})$")
_WORD = r"[^\W\d_][^\s\d.,:;/()|-]"  # a letter and what may follow it in a word; vowel signs are no \w
_THAI = r"[\u0e01-\u0e4e]{1,3}\.[\u0e01-\u0e4e]{1,2}\."  # an abbreviated month
_DAY_MONTH = re.compile(
    r"(?<![\d:.,/])(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.|e|η)?[\s.,-]{0,3}(?:(?:de|of|di)\s+|d['’]\s*)?"
    rf"({_WORD}{{1,20}}?(?:\s+{_WORD}{{2,10}})?|{_THAI})\.?[\s.,،'’-]{{0,3}}(?:(?:de|del|of)\s+|[คพ]\.ศ\.\s*)?(\d{{4}})(?!\d)"
)
_MONTH_DAY = re.compile(
    rf"(?<!\w)({_WORD}{{2,20}})\.?[\s-]{{1,3}}(\d{{1,2}})(?:st|nd|rd|th|\.)?,?[\s-]{{1,3}}(\d{{4}})(?!\d)"
)
_YEAR_MONTH = re.compile(
    rf"(?<!\d)(\d{{4}})\.?[\s,-]{{0,3}}(?:(?:оны|m\.)\s*)?({_WORD}{{2,20}})\.?[\s-]{{0,3}}(\d{{1,2}})(?!\d)"
)
_YEAR_DAY = re.compile(rf"(?<!\d)(\d{{4}})\.?\s*(?:gada|ж\.)\s+(\d{{1,2}})\.?\s+({_WORD}{{2,20}})")
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s*tháng\s*(\d{1,2})[\s,]*(?:năm\s*)?(\d{4})(?!\d)", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![\d.:/-])(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})(?![\d/-])")
_TIME = re.compile(
    r"(?<![\d.:])([01]?\d|2[0-3])\s*(?:[:.h時시点]|Uhr|kl\.?)\s*([0-5]\d)?(?::[0-5]\d)?\s*分?\s*(a\.?m\.?|"
    r"p\.?m\.?)?\b\s*\(?(UTC|GMT|[ECMP][SD]?T|BST|CES?T|EES?T|WES?T|MSK|IST|JST|KST|HKT|SGT|AE[SD]T|AWST|"
    r"NZ[SD]T|SAST|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_TIME_12 = re.compile(
    r"(?<![\d.:])(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))?(?::[0-5]\d)?\s*(a\.?m\.?|p\.?m\.?)(?!\w)\.?\s*\(?([A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\bago\b|yesterday|\btoday\b|\bvor\b|gestern|heute|il y a|\bhier\b|hace\b|ayer|\bhoy\b|\bfa\b|"
    r"\bieri\b|\bhá\b|ontem|geleden|gisteren|sedan|siden|\bsitten\b|назад|вчера|сегодня|тому|önce|dün|"
    r"temu|wczoraj"
    r"|před|včera|előtt|\bacum\b|πριν|trước|yang lalu|ที่แล้ว|पहले|منذ|قبل|לפני|前|전\b|昨日|昨天|어제",
    re.IGNORECASE,
)
_MONTH_FIRST = frozenset(("US", "PH"))  # countries that write the month first in figures
_ZONES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
_HOURS = {
    zone: hours
    for hours, zones in (
        (-8, "PST"),
        (-7, "MST PDT"),
        (-6, "CST MDT"),
        (-5, "EST CDT"),
        (-4, "EDT"),
        (0, "UTC GMT Z WET"),
        (1, "BST WEST CET"),
        (2, "CEST EET SAST"),
        (3, "EEST MSK"),
        (5.5, "IST"),
        (8, "HKT SGT AWST"),
        (9, "JST KST"),
        (10, "AEST"),
        (11, "AEDT"),
        (12, "NZST"),
        (13, "NZDT"),
    )
    for zone in zones.split()
}
_BUDDHIST = range(2480, 2680)  # years of Thai pages: 543 more


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a minute of it; zoneless unless the words name a zone."""

    at: datetime
    precision: DatePrecision

    def aware(self, time_zone: str | None) -> datetime:
        """Return the moment with its offset, the stated or the source's; a bare day is midnight in UTC."""
        if self.at.tzinfo is not None:
            return self.at
        if self.precision == "day":
            return self.at.replace(tzinfo=UTC)
        local = self.at.replace(tzinfo=_zone(time_zone))
        return self.at.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


def read_moment(text: str, *, language: str | None = None, captured_at: datetime | None = None) -> Moment | None:
    """Return the first moment that a text names, None where there is none or it cannot be told which.

    Args:
        text: A statement of a page, or a line of it.
        language: BCP 47, as the page states it; decides words of several meanings and the order of figures.
        captured_at: When the page was fetched; without it relative times are not read.
    """
    text = _western(text[:_LONGEST]).strip()
    readings = (_machine, _words, _figures)
    for read in readings:
        moment = read(text, language)
        if moment is not None:
            return moment
    return _relative(text, language, captured_at) if captured_at is not None else None


def is_possible(moment: Moment, captured_at: datetime | None) -> bool:
    """Tell whether a page can have been published then: neither before the web nor after its capture."""
    day = moment.at.date()
    if day < FIRST_DAY or day.year > _LAST_YEAR:
        return False
    return captured_at is None or day <= captured_at.date() + timedelta(days=1)


def _western(text: str) -> str:
    """Write the figures of all scripts as 0 to 9, and drop marks of direction."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter
        for letter in text
        if letter not in "\u200e\u200f\u00ad\u202f\u200b"
    )


def _machine(text: str, language: str | None) -> Moment | None:
    """Read ISO 8601 and its relatives, RFC 2822, epoch seconds and compact forms."""
    found = _ISO.search(text) or _COMPACT.match(text)
    if found:
        year, month, day, hour, minute, second, zone = found.groups()
        return _moment(int(year), int(month), int(day), time=(hour, minute, second), zone=zone)
    epoch = _EPOCH.match(text)
    if epoch:
        return Moment(datetime.fromtimestamp(int(epoch[1] or epoch[2][:10]), UTC), "minute")
    return _mail(text)


def _mail(text: str) -> Moment | None:
    if not re.match(r"[A-Z][a-z]{2}, ?\d", text):
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return Moment(at, "minute" if ":" in text else "day")


def _words(text: str, language: str | None) -> Moment | None:
    """Read a day, a month in words and a year, in any of their orders."""
    for pattern, order in (
        (_DAY_MONTH, (3, 2, 1)),
        (_MONTH_DAY, (3, 1, 2)),
        (_YEAR_MONTH, (1, 2, 3)),
        (_EAST_ASIAN, (1, 2, 3)),
        (_YEAR_DAY, (1, 3, 2)),
        (_VIETNAMESE, (3, 2, 1)),
    ):
        for found in pattern.finditer(text):
            year, word, day = (found[group] for group in order)
            month = int(word) if word.isdigit() else _month(word, language)
            if month:
                return _with_time(int(year), month, int(day), text, found)
    return None


def _figures(text: str, language: str | None) -> Moment | None:
    """Read a date in figures, in the order of the page's language."""
    found = _NUMERIC.search(text)
    if not found:
        return None
    first, mark, second, third = found.groups()
    if len(first) == 4:
        return _with_time(int(first), int(second), int(third), text, found) if len(third) <= 2 else None
    if len(first) > 2 or len(third) in (1, 3):
        return None
    year = int(third) + (2000 if int(third) < 70 else 1900) if len(third) == 2 else int(third)
    order = _order(int(first), int(second), mark, language)
    return _with_time(year, *order, text, found) if order else None


def _order(first: int, second: int, mark: str, language: str | None) -> tuple[int, int] | None:
    """Return month and day of two figures, None where either order is possible."""
    if first > 12 or second > 12 or first == second or mark == ".":
        return (second, first) if second <= 12 else (first, second)
    name, _, region = (language or "").replace("_", "-").partition("-")
    if not name or (name.lower() == "en" and not region):
        return None
    return (first, second) if region.upper()[-2:] in _MONTH_FIRST else (second, first)


def _with_time(year: int, month: int, day: int, text: str, found: re.Match[str]) -> Moment | None:
    """Make a moment of a date, with the time of day that stands right after or before it."""
    after, before = text[found.end() : found.end() + 40], text[max(0, found.start() - 24) : found.start()]
    for part in (after, before):
        time = _TIME_12.search(part) or _TIME.search(part)
        if time:
            hour, minute, half, zone = time.groups()
            return _moment(year, month, day, time=(str(_hour(int(hour), half)), minute or "0", None), zone=zone)
    return _moment(year, month, day)


def _hour(hour: int, half: str | None) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _moment(
    year: int,
    month: int,
    day: int,
    *,
    time: tuple[str | None, str | None, str | None] = (None, None, None),
    zone: str | None = None,
) -> Moment | None:
    """Make a moment of its parts, None where there is no such day or time."""
    year -= 543 if year in _BUDDHIST else 0
    try:
        if time[0] is None:
            return Moment(datetime(year, month, day), "day")
        at = datetime(year, month, day, int(time[0]) % 24, int(time[1] or 0), min(int(time[2] or 0), 59))
        return Moment(at.replace(tzinfo=_offset(zone, at)), "minute")
    except ValueError:
        return None


def _offset(zone: str | None, at: datetime) -> timezone | None:
    """Return the offset that a zone's abbreviation or figures name, None for none."""
    name = (zone or "").upper()
    if name in _ZONES:
        return timezone(ZoneInfo(_ZONES[name]).utcoffset(at) or timedelta())
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    figures = re.fullmatch(r"([+-])(\d{2}):?(\d{2})?", name)
    if not figures:
        return None
    offset = timedelta(hours=int(figures[2]), minutes=int(figures[3] or 0))
    return timezone(-offset if figures[1] == "-" else offset) if offset < timedelta(hours=24) else None


@lru_cache(maxsize=64)
def _zone(name: str | None) -> ZoneInfo | timezone:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


@lru_cache(maxsize=1)
def _months() -> dict[str, dict[str, int]]:
    """Return what each word for a month means, by language."""
    months: dict[str, dict[str, int]] = {}
    for name in LANGUAGES:
        try:
            locale = Locale.parse(name)
        except (UnknownLocaleError, ValueError):
            continue
        for widths in (locale.months["format"], locale.months["stand-alone"]):
            for width in ("wide", "abbreviated"):
                for number, word in widths[width].items():
                    months.setdefault(_folded(word), {}).setdefault(locale.language, number)
    for word, number in (("sept", 9), ("febr", 2), ("märz", 3), ("mrz", 3)):
        months.setdefault(word, {}).setdefault("en", number)
    return {word: meanings for word, meanings in months.items() if word and not word.isdigit()}


def _month(word: str, language: str | None) -> int | None:
    """Return the month that a word means: in the page's language, else where all languages agree."""
    meanings = _months().get(_folded(word)) or _months().get(_folded(word.split()[0]), {})
    own = (language or "").replace("_", "-").split("-")[0].lower()
    own = {"no": "nb", "iw": "he"}.get(own, own)
    if not meanings and own == "he":
        meanings = _months().get(_folded(word.removeprefix("ב")), {})  # "in" is written together with the month
    if own in meanings:
        return meanings[own]
    return next(iter(meanings.values())) if len(set(meanings.values())) == 1 else None


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip(" .'’")


def _relative(text: str, language: str | None, captured_at: datetime) -> Moment | None:
    """Read "3 hours ago" and its like by the time of capture."""
    if len(text) > 60 or not _RELATIVE.search(text):
        return None
    base = captured_at.astimezone(UTC).replace(tzinfo=None)
    settings = {
        "RELATIVE_BASE": base,
        "PARSERS": ["relative-time"],
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    own = (language or "").replace("_", "-").split("-")[0].lower()
    try:
        at = dateparser.parse(text, languages=[own] if own else None, settings=settings)
    except (ValueError, OverflowError, TypeError):
        return None
    if at is None:
        return None
    is_exact = bool(re.search(r"\d", text)) and base - at < timedelta(days=1)
    return (
        Moment(at.replace(tzinfo=UTC), "minute")
        if is_exact
        else Moment(at.replace(hour=0, minute=0, second=0, microsecond=0), "day")
    )
