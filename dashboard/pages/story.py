"""A story: who told it when, in own words or as a copy; who is quoted; who cites and denies whom."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import figures, queries
from dashboard.components import link_out, panel, shown, table, title
from dashboard.rows import rows_of
from dashboard.shell import not_found
from dashboard.telling import period_told, plural, time_told
from dashboard.theme import GRAPH_CONFIG
from dashboard.visit import Visit, subject

LISTED = 100  # stories of the list


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page of one story."""
    number = subject(visit.path)[1]
    found = (
        queries.story(visit.dataset, int(number))
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if found is None or found.empty:
        return not_found(visit.path, "story")
    story, timeline = found.iloc[0], queries.story_timeline(visit.dataset, int(number))
    figure = figures.story_timeline(timeline, visit.names.sources, scheme=visit.scheme)
    counted = f"{plural(int(story['articles']), 'article')} of {plural(int(story['sources']), 'source')}"
    period = period_told(story["first_at"].date(), story["last_at"].date())
    told = f"{counted}, {int(story['originals']):,} in own words, {period}."
    return [
        html.Div(
            [
                html.P([html.A("Stories", href="/stories"), " / "], className="crumbs"),
                title(shown(story["title"])),
                html.P(told),
            ],
            className="lead",
        ),
        panel(
            "Who told it when",
            html.P(_first(visit, timeline)),
            html.Div(
                dcc.Graph(
                    id="story-chart", figure=figure, config=GRAPH_CONFIG, style={"height": figure["layout"]["height"]}
                ),
                role="figure",
                **{"aria-label": "Articles by time and source; the table below says the same"},
            ),
            _articles(visit, timeline),
            note="Filled: own text. Hollow: a copy, with a line to its original. Diamonds: only the day is known. "
            "A click opens the article.",
        ),
        html.Div([_quotes(visit, int(number)), _citations(visit, int(number))], className="reading even"),
    ]


def _first(visit: Visit, timeline: pd.DataFrame) -> str:
    """Say who was first, as far as times are precise enough to say it."""
    precise = timeline[timeline["date_precision"] == "minute"]
    left_out = len(timeline) - len(precise)
    caveat = (
        f" {plural(left_out, 'article')} without a time precise to the minute {'is' if left_out == 1 else 'are'} left out of this."
        if left_out
        else ""
    )
    if precise["source_id"].nunique() < 2:
        return "Times are not precise enough to say who was first." + caveat
    first = precise[precise["published_at"] == precise["published_at"].min()]
    names = sorted({visit.names.sources.get(name, name) for name in first["source_id"]})
    when = time_told(first["published_at"].iloc[0])
    was, its = ("was", "its") if len(names) == 1 else ("were", "their")
    return f"{' and '.join(names)} {was} first, on {when} UTC by {its} own statement." + caveat


def _articles(visit: Visit, timeline: pd.DataFrame) -> Component:
    rows = [
        [
            time_told(row.published_at, row.date_precision),
            html.A(visit.names.sources.get(row.source_id, row.source_id), href=f"/source/{row.source_id}", dir="auto"),
            html.Span(
                [
                    html.A(
                        shown(row.title, 160),
                        href=f"/article/{row.article_id}",
                        dir="auto",
                        lang=row.language if pd.notna(row.language) else None,
                    ),
                    link_out(row.url, "↗", className="out", **{"aria-label": "The original page"}),
                ]
            ),
            "" if pd.isna(row.hours_after_first) else f"{row.hours_after_first:.1f} h",
            f"copy, {row.copy_similarity:.0%}"
            if row.is_copy and pd.notna(row.copy_similarity)
            else "copy"
            if row.is_copy
            else "own text",
        ]
        for row in rows_of(timeline)
    ]
    return table(
        "Articles of the story",
        [
            ("published, UTC", "when"),
            ("source", "text"),
            ("headline", "text head"),
            ("after the first", "number"),
            ("text", "tight"),
        ],
        rows,
    )


def _quotes(visit: Visit, story_id: int) -> html.Section:
    found = queries.story_quotes(visit.dataset, story_id)
    spoken = [
        html.Div(
            [
                html.H3(speaker if isinstance(speaker, str) else "Speaker not named", dir="auto"),
                *[
                    html.Blockquote(
                        [
                            html.Span(f"“{shown(row.text, 500)}” ", dir="auto"),
                            html.A(
                                visit.names.sources.get(row.source_id, row.source_id), href=f"/article/{row.article_id}"
                            ),
                        ]
                    )
                    for row in rows_of(rows.head(4))
                ],
                *([html.P(f"and {plural(len(rows) - 4, 'more quote')}", className="note")] if len(rows) > 4 else []),
            ],
            className="part",
        )
        for speaker, rows in found.groupby("speaker", dropna=False)
    ]
    return panel(
        "Who is quoted",
        *(spoken or [html.P("Nobody is quoted in these articles.", className="empty")]),
        note="Of articles in own words.",
    )


def _citations(visit: Visit, story_id: int) -> html.Section:
    found = queries.story_citations(visit.dataset, story_id)
    rows = [
        [
            html.A(visit.names.sources.get(row.source_id, row.source_id), href=f"/article/{row.article_id}"),
            row.cited_name,
            f"denied{' by ' + row.disputer if isinstance(row.disputer, str) else ''}" if row.is_dispute else "cited",
            html.Span(row.sentence if isinstance(row.sentence, str) else "", dir="auto"),
        ]
        for row in rows_of(found)
    ]
    columns = [("article of", "text"), ("names", "text"), ("as", "tight"), ("sentence", "text")]
    return panel(
        "Who cites whom",
        table(
            "Citations and disputes",
            columns,
            rows,
            empty="No article of this story names another source as the origin of a report.",
        ),
    )


def lay_out_list(visit: Visit, search: str) -> list[Any]:
    """Return the largest stories."""
    found = queries.top_stories(visit.dataset, visit.choices.of_peak(), most=LISTED)
    rows = [
        [
            html.A(shown(row.title, 160), href=f"/story/{row.story_id}", dir="auto"),
            f"{row.articles:,}",
            f"{row.originals:,}",
            f"{row.sources:,}",
            time_told(row.first_at),
            f"{row.hours:.1f}",
        ]
        for row in rows_of(found)
    ]
    columns = [
        ("story", "text head"),
        ("articles", "number"),
        ("in own words", "number"),
        ("sources", "number"),
        ("first, UTC", "when"),
        ("hours", "number"),
    ]
    return [
        title("Stories"),
        panel(
            "The largest stories",
            table("Stories", columns, rows, empty="No story."),
            note=f"The {LISTED} with the most articles.",
        ),
    ]
