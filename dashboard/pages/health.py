"""Health: what was collected on which day, what is missing and why, what failed, what has no date."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import figures, queries
from dashboard.asked import Asked
from dashboard.charted import charted
from dashboard.components import panel, source_link, table, title
from dashboard.rows import rows_of
from dashboard.telling import day_told, period_told, plural, time_told
from dashboard.visit import Visit


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page."""
    return [
        html.Div(
            [
                title("Health of the collection"),
                html.P(
                    "A missing day is a gap, not silence: no article of it could be had. Charts show it as a band, and shares leave it out."
                ),
            ],
            className="lead",
        ),
        _days(visit),
        html.Div([_gaps(visit), _failures(visit)], className="reading even"),
        html.Div([_undated(visit), _publications(visit)], className="reading even"),
    ]


def _days(visit: Visit) -> html.Section:
    days = queries.collection_days(visit.dataset, visit.choices.filter)
    if days.empty:
        return panel("Days", html.P("No day was looked at.", className="empty"))
    figure = figures.collection_heatmap(days, visit.names.sources, scheme=visit.scheme)
    counts = days["state"].value_counts()
    told = ", ".join(f"{state}: {counts[state]:,}" for state in figures.STATES if state in counts)
    return panel(
        "Source by day",
        charted(
            figure,
            f"State of each source and day: {told}",
            Asked("covered", visit.choices.filter),
            graph_id="days-chart",
        ),
        note=f"Source-days {told}. Letters: × missing, p partly there. Empty: nobody looked.",
    )


def _gaps(visit: Visit) -> html.Section:
    found = queries.collection_gaps(visit.dataset, visit.choices.filter)
    rows = [
        [
            source_link(row.source_id, visit.names.sources),
            period_told(row.first_on.date(), row.last_on.date()),
            f"{row.days:,}",
            row.reason or "",
        ]
        for row in rows_of(found)
    ]
    return panel(
        "Gaps",
        table(
            "Gaps",
            [("source", "text"), ("days", "text"), ("length", "number"), ("reason", "text")],
            rows,
            empty="No day is missing.",
        ),
    )


def _failures(visit: Visit) -> html.Section:
    rows = [
        [
            source_link(row.source_id, visit.names.sources),
            row.stage,
            row.reason,
            f"{row.failures:,}",
            period_told(row.first_on.date(), row.last_on.date()),
        ]
        for row in rows_of(queries.failures(visit.dataset))
    ]
    return panel(
        "What could not be had",
        table(
            "Failures",
            [("source", "text"), ("stage", "tight"), ("reason", "text"), ("addresses", "number"), ("when", "text")],
            rows,
            empty="Nothing failed.",
        ),
    )


def _undated(visit: Visit) -> html.Section:
    found = queries.undated(visit.dataset, visit.choices.filter)
    rows = [[source_link(row.source_id, visit.names.sources), f"{row.articles:,}"] for row in rows_of(found)]
    return panel(
        "Articles without a date",
        table("Undated", [("source", "text"), ("articles", "number")], rows, empty="Every article has a date."),
        note=f"{plural(int(found['articles'].sum()), 'article')}, left out of every chart unless asked for.",
    )


def _publications(visit: Visit) -> html.Section:
    rows = [
        [html.Code(row.run_id), time_told(row.ended_at), row.code_version]
        for row in rows_of(queries.publications(visit.dataset))
    ]
    latest = day_told(queries.overview(visit.dataset)["last_on"].iloc[0])
    return panel(
        "Publications",
        table("Publications", [("publication", "text"), ("complete, UTC", "when"), ("version", "tight")], rows),
        note=f"The newest article is of {latest}.",
    )
