"""The words by which a language names dates: months and weekdays from CLDR, the rest from our lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from etl.methods.lexicon import Lexicon, load_lexicon
from etl.methods.lexicon.gazetteer import case_forms

_CAPITALS = frozenset({"en", "de"})  # languages that write months and weekdays with a capital
_MONTH_FIRST = frozenset({"en"})  # languages that write 3/14/2026 with the month first


@dataclass(frozen=True, slots=True)
class DateWords:
    """A language's words for dates, in lower case."""

    language: str | None
    months: Mapping[str, int]
    weekdays: Mapping[str, int]  # Monday is 0
    days: Mapping[str, int]  # today 0, yesterday -1
    feasts: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    directions: Mapping[str, int]  # last -1, this 0, next 1
    units: Mapping[str, str]  # years: year
    introductions: frozenset[str]  # words that stand before a year or month of its own
    ambiguous: frozenset[str]  # months that are other words too
    coming: frozenset[str]  # words that tell that something is to come
    habitual: frozenset[str]  # words before a weekday that mean all of them: every, los
    determiners: frozenset[str]
    spoken: frozenset[str]  # verbs of speech
    before: tuple[str, ...]  # vor drei Jahren
    ahead: tuple[str, ...]  # in three years
    ago: tuple[str, ...]  # three years ago
    parts: tuple[str, ...]  # early, late
    triggers: frozenset[str]  # each expression has one of them, or a figure
    has_capitals: bool
    has_bare_years: bool  # a year stands without a preposition: 1961 gegründet
    is_month_first: bool


@lru_cache(maxsize=32)
def date_words(language: str | None) -> DateWords:
    """Collect the words of a language; of one without CLDR data there are only figures."""
    lexicon = load_lexicon(language)
    months, weekdays = (_in_all_cases(names, language) for names in _calendar(language))
    months |= _numbered(lexicon, "dates.months")
    weekdays |= _numbered(lexicon, "dates.weekdays")
    days = _numbered(lexicon, "dates.days")
    feasts = {
        name: (int(day[:2]), int(day[3:]))
        for name, day in (row.rsplit(" ", 1) for row in lexicon.phrases("dates.feasts"))
    }
    units = {word: unit for unit in ("year", "month", "week", "day") for word in lexicon.phrases(f"dates.{unit}")}
    directions = {
        word.replace("_", " "): way
        for key, way in (("last", -1), ("this", 0), ("next", 1))
        for word in lexicon.phrases(f"dates.{key}")
    }
    return DateWords(
        language=language,
        months=months,
        weekdays=weekdays,
        days=days,
        feasts=feasts,
        numbers={word: at + 1 for at, word in enumerate(lexicon.phrases("dates.numbers")[-12:])} | {"a": 1, "an": 1},
        directions=directions,
        units=units,
        introductions=lexicon.words("dates.in", "dates.parts", "grammar.determiners"),
        ambiguous=lexicon.words("dates.ambiguous"),
        coming=lexicon.words("dates.will"),
        habitual=lexicon.words("dates.habitual"),
        determiners=lexicon.words("grammar.determiners"),
        spoken=lexicon.words("speech.strong"),
        before=lexicon.phrases("dates.before"),
        ahead=tuple(f" {word}" for word in lexicon.phrases("dates.ahead")),
        ago=lexicon.phrases("dates.ago") + lexicon.phrases("dates.after"),
        parts=lexicon.phrases("dates.parts"),
        triggers=frozenset([*months, *weekdays, *units, *_last_words([*days, *feasts])]),
        has_capitals=language in _CAPITALS,
        has_bare_years=language == "de",
        is_month_first=language in _MONTH_FIRST,
    )


def _calendar(language: str | None) -> tuple[dict[str, int], dict[str, int]]:
    try:
        locale = Locale.parse(language or "", sep="-")
    except (UnknownLocaleError, ValueError):
        return {}, {}
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for use in ("stand-alone", "format"):
        for width in (
            ("abbreviated", "wide") if language in _CAPITALS else ("wide",)
        ):  # mar, dic and set are other words too
            months |= {
                name.lower().rstrip("."): number for number, name in locale.months[use][width].items() if len(name) > 2
            }
        weekdays |= {name.lower(): number for number, name in locale.days[use]["wide"].items()}
    return months, weekdays


def _in_all_cases(names: Mapping[str, int], language: str | None) -> dict[str, int]:
    return {form: number for name, number in names.items() for form in case_forms(name, language or "")}


def _numbered(lexicon: Lexicon, key: str) -> dict[str, int]:
    """Read rows of a name and a number: "yesterday -1"."""
    return {name: int(number) for name, number in (row.rsplit(" ", 1) for row in lexicon.phrases(key))}


def _last_words(names: Iterable[str]) -> set[str]:
    return {name.rsplit(" ", 1)[-1] for name in names}
