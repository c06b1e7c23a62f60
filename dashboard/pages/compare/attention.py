"""How much: by source, by day of the week, and lines against each other."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import figures, queries
from dashboard.asked import Asked
from dashboard.charted import charted
from dashboard.components import panel, source_link, table
from dashboard.panel.chart import drawn_lines
from dashboard.rows import rows_of
from dashboard.telling import bucket_told, plural, share_told, time_told
from dashboard.visit import Visit

MOST_SOURCES = 40
SMALL = 220  # pixels of a small chart


def sources(visit: Visit) -> list[Any]:
    """Return sources as bars, as a heat map over time, and as a table."""
    wanted = visit.choices.of_peak()
    coverage = queries.coverage_by_source(visit.dataset, wanted)
    if coverage.empty:
        return [panel("Sources", html.P("Nothing was collected of these sources on these days.", className="empty"))]
    over_time = queries.source_heatmap(visit.dataset, wanted, grain="week")
    bars = figures.source_bars(
        coverage, visit.names.sources, measure=visit.measure, most=MOST_SOURCES, scheme=visit.scheme
    )
    heat = figures.source_heatmap(over_time, visit.names.sources, grain="week", scheme=visit.scheme)
    told = f"{plural(int(coverage['articles'].sum()), 'article')} of {plural(len(coverage), 'source')}"
    rows = [
        [
            source_link(row.source_id, visit.names.sources),
            f"{int(row.articles):,}",
            f"{int(row.articles_collected):,}",
            share_told(row.share),
            time_told(row.first_at) if row.articles else "",
        ]
        for row in rows_of(coverage)
    ]
    columns = [
        ("source", "text head"),
        ("articles", "number"),
        ("of", "number"),
        ("share", "number"),
        ("first, UTC", "when"),
    ]
    unit = "share of each source's own articles" if visit.measure == "share" else "articles"
    return [
        html.Div(
            [
                panel(
                    f"Sources by {unit}",
                    charted(bars, f"Sources: {told}", Asked("coverage_by_source", wanted), narrow=True),
                    note=f"{told}.",
                ),
                panel("The same as a table", table("Sources", columns, rows)),
            ],
            className="reading even",
        ),
        panel(
            "Sources over time",
            charted(
                heat, f"Share of each source by week: {told}", Asked("source_heatmap", wanted, (), {"grain": "week"})
            ),
            note="Share of each source's own articles by week from Monday. Empty: nothing of the source was collected.",
        ),
    ]


def calendar(visit: Visit) -> list[Any]:
    """Return coverage by day as a calendar."""
    wanted = visit.choices.of_peak()
    coverage = queries.coverage_over_time(visit.dataset, wanted, grain="day")
    if coverage.empty:
        return [panel("Calendar", html.P("Nothing was collected on these days.", className="empty"))]
    figure = figures.calendar(coverage, measure=visit.measure, scheme=visit.scheme)
    days = (
        coverage.assign(weekday=coverage["bucket"].dt.day_of_week)
        .groupby("weekday", as_index=False)[["articles", "articles_collected"]]
        .sum()
    )
    rows = [
        [
            figures.WEEKDAYS[int(row.weekday)],
            f"{int(row.articles):,}",
            f"{int(row.articles_collected):,}",
            share_told(row.articles / row.articles_collected if row.articles_collected else None),
        ]
        for row in rows_of(days)
    ]
    total = plural(int(coverage["articles"].sum()), "article")
    columns = [("day of the week", "text"), ("articles", "number"), ("of", "number"), ("share", "number")]
    return [
        panel(
            "Calendar",
            charted(figure, f"A calendar of {total}", Asked("coverage_over_time", wanted, (), {"grain": "day"})),
            table("By day of the week", columns, rows),
            note=f"{total}. Each column is a week; empty days are outside the period or were not collected.",
        )
    ]


def lines(visit: Visit) -> list[Any]:
    """Return the lines of a question against each other: what part each has of all, by step."""
    drawn = drawn_lines(visit)
    if len(drawn.filters) < 2:
        empty = "Ask two queries or more in Explore, or choose two topics, to set them against each other."
        return [panel("Lines", html.P(empty, className="empty"))]
    given = [figures.Line(*line) for line in zip(drawn.names, drawn.colours, drawn.coverage, strict=True)]
    stacked = figures.stacked_shares(given, scheme=visit.scheme)
    asked = [Asked("coverage_over_time", wanted, (), {"grain": visit.grain}) for wanted in drawn.filters]
    measure = "share" if visit.measure == "share" else "articles"
    most = max(float(frame[measure].max()) for frame in drawn.coverage) * 1.05
    multiples = [_one_line(visit, line, each, most) for line, each in zip(given, asked, strict=True)]
    return [
        panel(
            "Part of the lines together",
            charted(stacked, f"Part of each line by {visit.grain}", asked[0]),
            note="What part each line has of the articles of all lines; an article that answers two counts in both. "
            f"Steps: {bucket_told(visit.period[0], visit.grain)} and on.",
        ),
        html.Div(multiples, className="multiples"),
    ]


def _one_line(visit: Visit, line: figures.Line, asked: Asked, most: float) -> html.Section:
    """Return one line in a chart of its own; all have the same scale."""
    figure = figures.coverage_lines([line], grain=visit.grain, measure=visit.measure, scheme=visit.scheme)
    figure["layout"] |= {"height": SMALL, "dragmode": False}
    figure["layout"]["yaxis"] |= {"range": [0, most]}
    told = plural(int(line.coverage["articles"].sum()), "article")
    return panel(
        line.name, charted(figure, f"{line.name} by {visit.grain}: {told}", asked, narrow=True), note=f"{told}."
    )
