"""A topic: what it is, as a query in words; its coverage; who writes about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from dash import html

from dashboard import figures, queries
from dashboard.asked import Asked
from dashboard.charted import charted
from dashboard.components import panel, table, title
from dashboard.filters import Choices, Filter, to_address
from dashboard.panel import chart_panel
from dashboard.rows import first_row, rows_of
from dashboard.shell import not_found
from dashboard.telling import query_told
from dashboard.visit import Visit, subject


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page of one topic."""
    topics = queries.topics(visit.dataset)
    found = topics[topics["topic_id"] == subject(visit.path)[1]]
    if found.empty:
        return not_found(visit.path, "topic")
    topic = first_row(found)
    edit = "/explore" + to_address(Choices(queries=(topic["query"],)))
    told = query_told(topic["query"])
    return [
        html.Div(
            [
                html.P([html.A("Topics", href="/topics"), " / "], className="crumbs"),
                title(topic["name"]),
                html.P([told[:1].upper() + told[1:], " · ", html.A("change the query", href=edit)]),
            ],
            className="lead",
        ),
        *chart_panel(visit, search, aside=_sources(visit)),
    ]


def _sources(visit: Visit) -> html.Section:
    coverage = queries.coverage_by_source(visit.dataset, visit.choices.filter)
    figure = figures.source_bars(coverage[coverage["articles"] > 0], visit.names.sources, most=14, scheme=visit.scheme)
    return panel(
        "Sources",
        charted(figure, "Share by source", Asked("coverage_by_source", visit.choices.filter), narrow=True),
        note="Share of each source's own articles.",
    )


def lay_out_list(visit: Visit, search: str) -> list[Any]:
    """Return the list of topics."""
    topics = queries.topics(visit.dataset)
    rows = [
        [html.A(row.name, href=f"/topic/{quote(row.topic_id)}"), html.Code(row.query), f"{row.articles:,}"]
        for row in rows_of(topics)
    ]
    coverage = queries.topic_coverage(visit.dataset, Filter(), grain="week")
    figure = figures.topic_multiples(coverage, visit.names.topics, scheme=visit.scheme)
    return [
        title("Topics"),
        panel(
            "All topics",
            table(
                "Topics",
                [("topic", "text"), ("query", "text"), ("articles", "number")],
                rows,
                empty="No topics are declared in data/topics.toml.",
            ),
        ),
        panel(
            "Side by side",
            charted(
                figure,
                "Share of each topic by week",
                Asked("topic_coverage", Filter(), (), {"grain": "week"}),
                graph_id="topics-chart",
            ),
            note="Share of all articles by week, all on one scale.",
        ),
    ]
