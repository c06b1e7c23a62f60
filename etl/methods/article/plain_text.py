"""Read a page that is nothing but text, as a person copied it from the screen or a scraper wrote it down.

Such a text begins with icon names and menu words, then has a line with the date, the headline, perhaps a standfirst
and the headline again, and the body. The headline is the line said twice, else the first line after the date that is
no sentence.
"""

from __future__ import annotations

from datetime import datetime

from etl.methods.article.decode import decode
from etl.methods.article.kinds import EMPTY, LEAST_WORDS, SHORT, count_words
from etl.methods.article.lines import is_icons, same_line
from etl.methods.article.moments import Moment, is_possible, read_moment
from etl.methods.language import detect_language
from etl.records import Reading

_HEAD = 30  # lines within which date and headline stand
_LONGEST_HEADLINE = 250
_LONGEST_DATE = 60
_SENTENCE_WORDS = 25
_STANDFIRST_LINES = 3


def read_plain_text(
    text: str,
    url: str = "",
    *,
    time_zone: str | None = None,
    captured_at: datetime | None = None,
    language: str | None = None,
) -> Reading:
    """Read title, date and body out of a text; never raises.

    Args:
        text: The text as it was copied.
        url: Its address, if known.
        time_zone: IANA, in which a time without a zone is read.
        captured_at: When it was copied; bounds the date and resolves "3 hours ago".
        language: BCP 47, a prior.
    """
    lines = [line.strip() for line in decode(text).splitlines()]
    lines = [line for line in lines if line and not is_icons(line)]
    if not lines:
        return Reading(url, no_article=EMPTY)
    found, confidence = detect_language("\n".join(lines[:200])[:20_000], prior=language)
    dated, moment = _find_date(lines, found, captured_at)
    head = lines[dated + 1 :] if moment else lines
    title, standfirst, body = _find_title(head)
    text = "\n\n".join(body)
    return Reading(
        url=url,
        title=title,
        published_at=moment.aware(time_zone) if moment else None,
        date_origin="text" if moment else None,
        date_precision=moment.precision if moment else None,
        is_zone_assumed=moment is not None and moment.precision == "minute" and moment.at.tzinfo is None,
        text=text,
        language=found,
        language_confidence=confidence,
        summary=standfirst,
        no_article=SHORT if count_words(text) < LEAST_WORDS else None,
        text_origin="plain text",
    )


def _find_date(lines: list[str], language: str | None, captured_at: datetime | None) -> tuple[int, Moment | None]:
    """Return the number of the first line near the top that is nothing but a date, and the date."""
    for number, line in enumerate(lines[:_HEAD]):
        moment = read_moment(line, language=language, captured_at=captured_at) if len(line) <= _LONGEST_DATE else None
        if moment and is_possible(moment, captured_at):
            return number, moment
    return -1, None


def _find_title(lines: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Return the headline, the standfirst that stands between it and its repetition, and the lines of the body."""
    head = lines[:_HEAD]
    for number, line in enumerate(head):
        again = next((place for place in range(number + 1, len(head)) if same_line(line, head[place])), None)
        if again is not None and again - number <= _STANDFIRST_LINES + 1:
            return line, " ".join(head[number + 1 : again]) or None, lines[again + 1 :]
    number = next((number for number, line in enumerate(head) if _is_headline(line)), -1)
    return (lines[number], None, lines[number + 1 :]) if number >= 0 else (None, None, lines)


def _is_headline(line: str) -> bool:
    words = len(line.split())
    return 3 <= words <= _SENTENCE_WORDS and len(line) <= _LONGEST_HEADLINE and not line.endswith((".", ":", ";", ","))
