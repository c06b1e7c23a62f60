"""The overview: what stood out most, already explained; what is in the dataset; every topic."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from dash import dcc, html

from dashboard import figures, queries
from dashboard.components import panel, title
from dashboard.filters import Choices, Filter, to_address
from dashboard.panel import chart_panel
from dashboard.rows import Row, first_row
from dashboard.telling import period_told, plural
from dashboard.theme import GRAPH_CONFIG
from dashboard.visit import Burst, Visit, topic_bursts

BURSTS = 6  # shown beside the chart


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the overview."""
    held = first_row(queries.overview(visit.dataset))
    if not held["articles"]:
        return [
            title("The dataset is empty"),
            html.P("It holds no article yet. `python -m etl run` collects and publishes."),
        ]
    return [
        html.Div(
            [
                title(
                    f"What the press wrote, {period_told(held['first_on'].date(), held['last_on'].date())}",
                    tab="Overview",
                ),
                _numbers(held),
            ],
            className="lead wide",
        ),
        *chart_panel(visit, search, aside=_bursts(visit)),
        _topics(visit),
    ]


def _numbers(held: Row) -> html.Ul:
    told = [
        (held["articles"], "article"),
        (held["sources"], "source"),
        (held["stories"], "story"),
        (held["languages"], "language"),
        (held["copies"], "copy"),
        (held["missing_days"], "missing source-day"),
    ]
    counted = [plural(int(number), what).split(" ", 1) for number, what in told]
    return html.Ul([html.Li([html.B(number), what]) for number, what in counted], className="numbers")


def _bursts(visit: Visit) -> html.Section:
    found = topic_bursts(visit.dataset)[:BURSTS]
    items = [
        html.Li(
            html.A(
                [
                    html.B(visit.names.topics[burst.topic]),
                    html.B(f"{burst.articles:,}"),
                    html.Span(period_told(burst.first, burst.last)),
                    html.Span(_times(burst)),
                ],
                href=_address(burst),
            )
        )
        for burst in found
    ]
    empty = html.P("No topic stands out of the 28 days before it.", className="empty")
    return panel(
        "What stood out",
        html.Ul(items, className="bursts") if items else empty,
        note="Days in a row on which a topic's share lies far above the 28 days before; the most articles beyond the usual first.",
    )


def _times(burst: Burst) -> str:
    return f"{burst.times_usual:.1f} times the usual" if burst.times_usual < 100 else "usually next to none"


def _address(burst: Burst) -> str:
    return "/" + to_address(Choices(filter=Filter(topics=(burst.topic,)), peak=(burst.first, burst.last)))


def _topics(visit: Visit) -> html.Section:
    names = visit.names.topics
    coverage = queries.topic_coverage(visit.dataset, Filter(), grain="week")
    figure = figures.topic_multiples(coverage, names, scheme=visit.scheme)
    links = [
        html.A(name, href=f"/topic/{quote(topic)}") for topic, name in sorted(names.items(), key=lambda pair: pair[1])
    ]
    spaced = [part for link in links for part in (link, " · ")][:-1]
    return panel(
        "Topics",
        html.P(spaced, className="note"),
        html.Div(
            dcc.Graph(
                id="topics-chart", figure=figure, config=GRAPH_CONFIG, style={"height": figure["layout"]["height"]}
            ),
            role="figure",
            **{"aria-label": "Share of each topic by week"},
        ),
        note="Share of all articles by week, all on one scale. A click opens the topic.",
    )
