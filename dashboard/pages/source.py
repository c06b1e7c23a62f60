"""A source: what it publishes per day, on what, whether first or after others, and where its gaps are."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import dcc, html

from dashboard import figures, queries
from dashboard.components import facts, link_out, panel, table, title
from dashboard.filters import Filter
from dashboard.panel import chart_panel
from dashboard.rows import Row, first_row, rows_of
from dashboard.shell import not_found
from dashboard.telling import day_told, period_told, plural, share_told
from dashboard.theme import GRAPH_CONFIG
from dashboard.visit import Visit, subject


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page of one source."""
    sources = queries.source_list(visit.dataset)
    found = sources[sources["source_id"] == subject(visit.path)[1]]
    if found.empty:
        return not_found(visit.path, "source")
    source = first_row(found)
    return [
        html.Div(
            [
                html.P([html.A("Sources", href="/sources"), " / "], className="crumbs"),
                title(source["name"], lang=source["language"] if pd.notna(source["language"]) else None),
                html.P(_kind(source)),
            ],
            className="lead",
        ),
        *chart_panel(visit, search, aside=_profile(visit, source)),
        html.Div([_mix(visit, source["source_id"]), _gaps(visit)], className="reading even"),
    ]


def _kind(source: Row) -> str:
    told = ", ".join(str(source[name]) for name in ("kind", "country", "language") if pd.notna(source[name]))
    return told[:1].upper() + told[1:]


def _profile(visit: Visit, source: Row) -> html.Section:
    first = queries.first_to_publish(visit.dataset, Filter())
    own = first[first["source_id"] == source["source_id"]]
    cited = queries.cited_sources(visit.dataset, Filter())
    cited = cited[cited["source_id"] == source["source_id"]]
    articles, copies = int(source["articles"]), int(source["copies"])
    told = [
        (
            "Articles",
            f"{articles:,}, {day_told(source['first_on'])} to {day_told(source['last_on'])}" if articles else "none",
        ),
        ("Copies", f"{copies:,} ({share_told(copies / articles)})" if articles else ""),
        ("First", _first(first_row(own)) if len(own) else "tells no story that others tell too"),
        (
            "Cited",
            f"{plural(int(cited['citations'].sum()), 'time')} by others, {int(cited['disputes'].sum()):,} of these denying its report"
            if len(cited)
            else "by nobody here",
        ),
        ("Home page", link_out(source["home_page"]) if pd.notna(source["home_page"]) else ""),
    ]
    note = "First: among stories that two sources or more told at times precise to the minute; ties count for each."
    return panel("Profile", facts(told), note=note)


def _first(row: Row) -> str:
    left_out = (
        f"; {share_told(row['share_left_out'])} of its shared stories have no such times"
        if row["share_left_out"]
        else ""
    )
    counted = f"in {int(row['stories_first']):,} of {plural(int(row['stories']), 'shared story')}"
    after = f"{row['median_hours_after_first']:.1f} hours after the first at the median"
    return f"{counted}, {plural(int(row['stories_tied']), 'tie')}; {after}{left_out}"


def _mix(visit: Visit, source_id: str) -> html.Section:
    """Compare each topic's share in the source with that in all sources."""
    chosen = visit.choices.filter
    here = _topic_shares(visit, Filter(sources=(source_id,), since=chosen.since, until=chosen.until))
    there = _topic_shares(visit, Filter(since=chosen.since, until=chosen.until))
    mix = pd.DataFrame({"share": here, "share_of_all": there}).fillna(0.0)
    mix["name"] = [visit.names.topics.get(topic, topic) for topic in mix.index]
    if mix.empty:
        return panel("Topics", html.P("No topics are declared.", className="empty"))
    figure = figures.topic_dots(mix, scheme=visit.scheme)
    rows = [[row.name, share_told(row.share), share_told(row.share_of_all)] for row in rows_of(mix)]
    return panel(
        "Topics against all sources",
        html.Div(
            dcc.Graph(figure=figure, config=GRAPH_CONFIG, style={"height": figure["layout"]["height"]}),
            role="figure",
            **{"aria-label": "Topics of this source against all sources"},
        ),
        html.Details(
            [
                html.Summary("As a table"),
                table("Topics", [("topic", "text"), ("here", "number"), ("all sources", "number")], rows),
            ]
        ),
    )


def _topic_shares(visit: Visit, wanted: Filter) -> pd.Series:
    """Return each topic's share of all articles of the period: a ratio of sums, never a mean of ratios."""
    days = (
        queries.topic_coverage(visit.dataset, wanted, grain="month")
        .groupby("topic_id")[["articles", "articles_collected"]]
        .sum()
    )
    return days["articles"] / days["articles_collected"].where(days["articles_collected"] > 0)


def _gaps(visit: Visit) -> html.Section:
    gaps = queries.collection_gaps(visit.dataset, visit.choices.filter)
    rows = [
        [period_told(row.first_on.date(), row.last_on.date()), plural(int(row.days), "day"), row.reason or ""]
        for row in rows_of(gaps)
    ]
    return panel(
        "Gaps",
        table(
            "Days that are missing",
            [("days", "text"), ("length", "number"), ("reason", "text")],
            rows,
            empty="No day is missing.",
        ),
        note="Days of which nothing of this source could be had. They are no zeros: shares leave them out.",
    )


def lay_out_list(visit: Visit, search: str) -> list[Any]:
    """Return the list of sources."""
    found = queries.source_list(visit.dataset).astype(object)
    rows = [
        [
            html.A(row.name, href=f"/source/{quote(row.source_id)}", dir="auto"),
            row.kind or "",
            row.country or "",
            row.language or "",
            f"{int(row.articles):,}",
            share_told(row.copies / row.articles) if row.articles else "",
            day_told(row.last_on),
        ]
        for row in rows_of(found.where(found.notna(), None))
    ]
    columns = [
        ("source", "text"),
        ("kind", "text"),
        ("country", "text"),
        ("language", "text"),
        ("articles", "number"),
        ("copies", "number"),
        ("latest", "when"),
    ]
    return [title("Sources"), panel("All sources", table("Sources", columns, rows, empty="No source."))]
