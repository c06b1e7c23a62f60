"""From an HTTP response to the record that a stage gets. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from etl.records import PageAnswer
from etl.web.questions import Question
from etl.web.reasons import GONE, words_of_status

Headers = tuple[tuple[str, str], ...]

NO_PAGES = ("video/", "audio/", "image/", "font/", "application/pdf", "application/zip", "application/vnd.")
LONGEST_PAUSE = timedelta(days=30)  # a Retry-After beyond this is a mistake, or a joke


def is_no_page(content_type: str) -> bool:
    """Tell whether an answer's type says that no article can be in it."""
    return content_type.strip().lower().startswith(NO_PAGES)


def answer_of(
    question: Question, *, now: datetime, status: int, final_url: str, headers: Headers, body: bytes
) -> PageAnswer:
    """Keep a good answer's body; say why another has none."""
    said = {name.lower(): value for name, value in headers}
    reason = _why_unusable(question, status, said, body)
    return PageAnswer(
        link_id=question.number,
        url=question.url,
        final_url=final_url,
        fetched_at=now,
        status=status,
        headers=headers,
        body=b"" if reason else body,
        reason=reason,
        is_refused=status in GONE or bool(reason and reason.startswith("is no page")),
        retry_at=retry_at(said, now=now) if status in (429, 503) else None,
    )


def refusal_of(question: Question, reason: str, *, now: datetime, is_refused: bool) -> PageAnswer:
    """Return the answer for a question to which no server gave one."""
    return PageAnswer(question.number, question.url, question.url, now, reason=reason, is_refused=is_refused)


def retry_at(headers: Mapping[str, str], *, now: datetime) -> datetime | None:
    """Return when a server asks to be asked again (RFC 9110, Retry-After), judged by its own clock."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return now + min(timedelta(seconds=int(text[:9])), LONGEST_PAUSE)
    wanted, server_now = _http_date(text), _http_date(headers.get("date", ""))
    if wanted is None:
        return None
    pause = wanted - (server_now or now)
    return now + min(max(pause, timedelta(0)), LONGEST_PAUSE)


def _why_unusable(question: Question, status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    if status == 304 and question.headers:
        return None
    if 300 <= status < 400 and "location" in headers:
        return f"redirects to {headers['location'][:200]}, which is not asked"
    if not 200 <= status < 300:
        return words_of_status(status)
    if not question.is_feed and is_no_page(headers.get("content-type", "")):
        return f"is no page but {headers['content-type'][:100]}"
    if "content-encoding" in headers:  # Scrapy has taken the header off where it could unpack
        return f"is packed in an unknown way: {headers['content-encoding'][:100]}"
    return None if body else "the answer is empty"


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
