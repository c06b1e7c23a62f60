"""The articles counted: the list has exactly the number on the chart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from dashboard import queries
from dashboard.components import safe_url, shown, table_data
from dashboard.filters import SORTS, Choices, to_address
from dashboard.queries.articles import PAGE
from dashboard.rows import Row, rows_of
from dashboard.telling import day_told, period_told, plural, time_told
from dashboard.visit import Visit

SORT_NAMES = {
    "newest": "newest",
    "oldest": "oldest",
    "source": "source",
    "title": "headline",
    "matches": "most matches",
    "words": "longest",
}


def listing(visit: Visit) -> dict[str, Any]:
    """Return one page of the articles, how many there are, and the way to the others."""
    wanted, choices = visit.choices.of_peak(), visit.choices
    total = queries.count_articles(visit.dataset, wanted)
    last_page = max(-(-total // PAGE), 1)
    page = min(choices.page, last_page)
    rows = queries.article_list(visit.dataset, wanted, order=choices.sort, page=page)
    when = period_told(*choices.peak) if choices.peak else ""
    first = (page - 1) * PAGE + 1
    return {
        "title": f"{plural(total, 'article')} {when}".strip(),
        "note": f"{first:,} to {first + len(rows) - 1:,} of {total:,}." if total > PAGE else "",
        "table": table_data(
            "Articles",
            [("published, UTC", "when"), ("source", "tight"), ("headline", "text head")],
            [_row(visit, row) for row in rows_of(rows)],
            empty="No article.",
            className="articles",
        ),
        "csv": "/articles.csv" + to_address(Choices(filter=wanted)) if total else "",
        "before": visit.address(page=page - 1) if page > 1 else "",
        "after": visit.address(page=page + 1) if page < last_page else "",
        "sorts": [
            {"text": SORT_NAMES[sort], "href": visit.address(sort=sort, page=1), "isNow": sort == choices.sort}
            for sort in SORTS
        ],
    }


def _row(visit: Visit, row: Row) -> list[Any]:
    when = time_told(row.published_at, row.date_precision) if row.date_precision else f"{day_told(row.published_on)}?"
    headline = {
        "text": shown(row.title, 160),
        "href": f"/article/{row.article_id}{_marks(visit)}",
        "out": safe_url(row.url) or "",
        "badge": "copy" if row.is_copy else "",
        "lang": row.language or "",
    }
    return [when, {"text": row.source, "href": f"/source/{quote(row.source_id)}"}, headline]


def _marks(visit: Visit) -> str:
    """Return what an article's page must know to mark the matches: the query or the topic."""
    line = visit.choices.of_line()
    chosen = Choices(queries=(line.query,)) if line.query else Choices()
    return to_address(replace(chosen, filter=replace(chosen.filter, topics=line.topics)))
