"""Find the report that a citation speaks of among the articles we have: by hyperlink, else by names, numbers and time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from etl.records import Citation

OLDEST = timedelta(days=14)  # a report cited as news is not older
CLOCKS = timedelta(hours=1)  # by which a report may seem younger than who cites it, since clocks and time zones differ
LEAST_SHARED = 2  # names and numbers that the citing article must share with the report
LEAST_SCORE = 0.15  # share of all names and numbers of both
LEAD = 1.2  # by which the report must be more like the citing article than the next one of its source
NUMBER_WEIGHT = 0.5  # numbers recur by chance more often than names

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Report:
    """An article as a citation can speak of it, or as it cites: names and numbers in forms that articles share."""

    article_id: int
    outlet: str
    url: str
    published_at: datetime | None = None
    names: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


def match_report(citation: Citation, candidates: Iterable[Report], *, citing: Report) -> int | None:
    """Return the article_id of the report that an article cites, or None if no candidate surely is it."""
    others = [report for report in candidates if report.article_id != citing.article_id]
    if citation.url:
        address = _bare_address(citation.url)
        linked = next((report for report in others if _bare_address(report.url) == address), None)
        if linked:
            return linked.article_id
    scored = sorted(
        (
            (likeness(report, citing), report)
            for report in others
            if report.outlet == citation.outlet and _is_in_time(report, citing)
        ),
        key=lambda pair: (-pair[0], pair[1].article_id),
    )
    if not scored or scored[0][0] < LEAST_SCORE or (len(scored) > 1 and scored[0][0] < LEAD * scored[1][0]):
        return None
    return scored[0][1].article_id


def likeness(report: Report, citing: Report) -> float:
    """Return the share of names and numbers that two articles have in common, 0 to 1; 0 if they are too few to tell."""
    names, numbers = report.names & citing.names, report.numbers & citing.numbers
    if len(names) + len(numbers) < LEAST_SHARED or not names:
        return 0.0
    shared = len(names) + NUMBER_WEIGHT * len(numbers)
    fewest = min(_weight(report), _weight(citing))
    return shared / fewest if fewest else 0.0


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text by which it can be known again: those of two digits and more, without separators."""
    return frozenset(number.replace(",", "").replace(".", "") for number in _NUMBER.findall(text) if len(number) > 1)


def _weight(report: Report) -> float:
    return len(report.names) + NUMBER_WEIGHT * len(report.numbers)


def _is_in_time(report: Report, citing: Report) -> bool:
    if report.published_at is None or citing.published_at is None:
        return True
    return -CLOCKS <= citing.published_at - report.published_at <= OLDEST


def _bare_address(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
