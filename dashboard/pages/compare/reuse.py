"""Who takes from whom: copies with and without credit, and reports carried on after they were denied."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import queries
from dashboard.asked import Asked
from dashboard.charted import taken_along
from dashboard.components import panel, shown, source_link, table
from dashboard.rows import rows_of
from dashboard.telling import share_told, time_told
from dashboard.visit import Visit


def reuse(visit: Visit) -> list[Any]:
    """Return who copies whom, what each source does with reports of others, and denials that were left out."""
    return [_by_source(visit), html.Div([_copied(visit), _carried(visit)], className="reading even")]


def _by_source(visit: Visit) -> html.Section:
    wanted = visit.choices.of_peak()
    rows = [
        [
            source_link(row.source_id, visit.names.sources),
            f"{int(row.articles):,}",
            f"{int(row.reports):,}",
            f"{int(row.repeats_with_credit):,}",
            f"{int(row.repeats_without_credit):,}",
            f"{int(row.disputes):,}",
            "" if pd.isna(row.share_without_credit) else share_told(row.share_without_credit),
        ]
        for row in rows_of(queries.reuse_by_source(visit.dataset, wanted))
    ]
    columns = [
        ("source", "text head"),
        ("articles", "number"),
        ("report", "number"),
        ("repeat with credit", "number"),
        ("repeat without", "number"),
        ("dispute", "number"),
        ("repeats without credit", "number"),
    ]
    return panel(
        "Own reports and repeats",
        table("What each source's articles do", columns, rows, empty="No article of these is part of a story."),
        taken_along([Asked("reuse_by_source", wanted)]),
        note="Credit is naming the agency or the source that a text or a report was taken from.",
    )


def _copied(visit: Visit) -> html.Section:
    wanted = visit.choices.of_peak()
    rows = [
        [
            source_link(row.source_id, visit.names.sources),
            source_link(row.original_source_id, visit.names.sources),
            f"{int(row.copies):,}",
            f"{int(row.copies_without_credit):,}",
            "" if pd.isna(row.median_hours_after) else f"{row.median_hours_after:.1f} h",
        ]
        for row in rows_of(queries.copied_sources(visit.dataset, wanted))
    ]
    columns = [
        ("who", "text"),
        ("copies", "text"),
        ("times", "number"),
        ("without credit", "number"),
        ("after", "number"),
    ]
    return panel(
        "Who copies whom",
        table("Who copies whom", columns, rows, empty="No article of these is a copy."),
        taken_along([Asked("copied_sources", wanted)]),
        note="After: the median of hours from the original to the copy.",
    )


def _carried(visit: Visit) -> html.Section:
    wanted = visit.choices.of_peak()
    rows = [
        [
            html.A(shown(row.title, 100), href=f"/story/{row.story_id}", dir="auto"),
            time_told(row.denied_at),
            f"{int(row.articles_after):,}",
            f"{int(row.articles_after_without_denial):,}",
        ]
        for row in rows_of(queries.carried_without_denial(visit.dataset, wanted))
    ]
    columns = [
        ("story", "text head"),
        ("denied, UTC", "when"),
        ("articles after", "number"),
        ("without the denial", "number"),
    ]
    return panel(
        "Denied, and carried on",
        table("Denied reports", columns, rows, empty="No report of these was denied."),
        taken_along([Asked("carried_without_denial", wanted)]),
        note="Articles of the story that came after its first denial, and how many of them leave it out.",
    )
