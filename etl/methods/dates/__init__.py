"""Dates that a text tells of, in view of the day on which it was written.

What is counted: days, months and years named in words or figures: "on Wednesday", "Aug. 7", "last December", "in
1994", "two years ago". Weeks, quarters and seasons are not, nor times of day.

How: own rules on words; names of months and weekdays of every language from CLDR, relative words from our lexicon. A
bare weekday is the nearest past one, today included, unless it is told as to come; a month or a day without a year is
the one nearest to the writing.

Known errors: see CARD. A weekday of the past with "will" near it, and the other way round; a bare year in front of
what it does not date.

Reference: TIMEX3 values as in TempEval-3 (UzZaman et al., SemEval 2013).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from etl.methods.dates.japanese import find_japanese_dates
from etl.methods.dates.rules import Context, rules_of, value_of
from etl.methods.dates.words import DateWords, date_words
from etl.methods.tokens import Tokens, read_tokens
from etl.records import MentionedDate

REACH = 60  # characters beside an expression that help to read it
TOKEN_REACH = 5  # tokens before the word that betrays an expression within which it can begin: il y a trois ans
CARD: dict[str, str | float] = {
    "name": "dates",
    "version": "1",
    "definition": "A day, month or year that a text tells of, in view of the day on which it was written.",
    "measured_on": "557 expressions with the day of writing (TimeBank and AQUAINT): value right .923, weekdays .945",
    "precision": 0.942,
    "recall": 0.923,
    "languages": 'English as given; on our newsroom F1 ja .98, es .93, fr .93, de .90, ar .90, en .88 (its truth leaves out "this year"); '
    "Portuguese, Italian, Russian unmeasured; others months, weekdays and figures only, unmeasured",
    "reference": "UzZaman et al. 2013, TempEval-3, SemEval",
}
_LENGTHS = {"day": 10, "month": 7, "year": 4}
_SENTENCE_END = re.compile(r"[.!?…]\s|\n")


def date_value(
    expression: str, written_on: date, *, language: str | None = "en", before: str = "", after: str = ""
) -> str | None:
    """Return what an expression says in view of the day of writing: YYYY-MM-DD, YYYY-MM or YYYY; None if it says no date.

    What stands before and after it in the text, where given, tells whether it is to come.
    """
    words = date_words(language)
    text = " ".join(expression.lower().split())
    context = Context(words, written_on, _SENTENCE_END.split(before.lower())[-1], after.lower())
    for pattern, rule in rules_of(language):
        match = pattern.search(text)
        value = value_of(rule, match, context) if match else None
        if value:
            return value[0].isoformat()[: _LENGTHS[value[1]]]
    return None


def find_dates(text: str, *, language: str | None, published_on: date) -> list[MentionedDate]:
    """Return the days, months and years that a text tells of, in order."""
    if language == "ja":
        return find_japanese_dates(text, published_on)
    words, tokens = date_words(language), read_tokens(text, language)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters have no lower case of one character
        lower = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    found: list[MentionedDate] = []
    end = 0
    for at, word in enumerate(tokens.lower):
        if tokens.starts[at] >= end and (word[0].isdigit() or word in words.triggers):
            mentioned = _date_at(text, lower, tokens, at, end, Context(words, published_on))
            if mentioned:
                found.append(mentioned)
                end = mentioned.end
    return found


def _date_at(text: str, lower: str, tokens: Tokens, at: int, end: int, context: Context) -> MentionedDate | None:
    """Read the date around a word that betrays one, beginning as early as may be."""
    if not _is_written_as_date(tokens, at, context.words):
        return None
    for first in range(max(0, at - TOKEN_REACH), at + 1):
        start = tokens.starts[first]
        if start < end:
            continue
        for pattern, rule in rules_of(context.words.language):
            match = pattern.match(lower, start)
            if (
                not match
                or match.end() <= tokens.starts[at]
                or not _stands_alone(lower, match, tokens, first, context.words)
            ):
                continue
            before = _SENTENCE_END.split(lower[max(0, start - REACH) : start])[-1]
            beside = Context(context.words, context.written_on, before, lower[match.end() : match.end() + REACH])
            value = value_of(rule, match, beside)
            if value:
                return MentionedDate(start, match.end(), value[0], value[1])
    return None


def _is_written_as_date(tokens: Tokens, at: int, words: DateWords) -> bool:
    """Tell whether a word has the case of a date: May, but not may; today, but not USA Today or am Morgen."""
    lower, is_small = tokens.lower[at], tokens.words[at][0].islower()
    if words.has_capitals and (lower in words.months or lower in words.weekdays):
        return not is_small
    is_within = at > 0 and tokens.words[at - 1][0].isalnum()
    return is_small or not is_within or lower not in words.days


def _stands_alone(lower: str, match: re.Match[str], tokens: Tokens, first: int, words: DateWords) -> bool:
    """Tell whether a lone year or month has a word before it that makes it a date: in 2014, since May."""
    if not re.fullmatch(r"\d{4}|\w+", match.group()):
        return True
    word = match.group()
    if word not in words.ambiguous and not (word.isdigit() and len(word) == len("2014")):
        return True
    if words.has_bare_years and first + 1 < len(tokens):
        return not tokens.words[first + 1][0].isupper()  # 2028 Euro
    before = tokens.lower[first - 1] if first else ""
    return before in words.introductions or before in "(“„«"


def for_bench(articles: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """Answer as `score_methods.py` asks."""
    return [
        date_value(
            article["expression"],
            date.fromisoformat(article["written_on"]),
            language=article.get("language"),
            before=article.get("before", ""),
            after=article.get("after", ""),
        )
        for article in articles
    ]
