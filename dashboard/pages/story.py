"""A story: who told it when, in own words or as a copy; who is quoted; who cites and denies whom."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import figures, queries
from dashboard.asked import Asked
from dashboard.charted import charted
from dashboard.components import link_out, panel, shown, source_link, table, title
from dashboard.rows import Row, Value, rows_of
from dashboard.shell import not_found
from dashboard.telling import period_told, plural, time_told
from dashboard.visit import Visit, subject

LISTED = 100  # stories of the list
SPEAKERS, QUOTES = 6, 4  # shown before the rest is folded away


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page of one story; a story that went into another shows that one, and says so."""
    number = subject(visit.path)[1]
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return not_found(visit.path, "story")
    into = queries.story_into(visit.dataset, int(number))
    story_id = int(number) if into is None else into
    found = queries.story(visit.dataset, story_id)
    if found.empty:
        return not_found(visit.path, "story")
    timeline = _with_roles(visit, story_id)
    moved = f"Story {number} proved to be the same event as this one and went into it."
    return [
        *([] if into is None else [html.P(moved, className="notice", role="status")]),
        _lead(found.iloc[0]),
        _timeline(visit, story_id, timeline),
        html.Div(
            [
                html.Div([_roles(visit, story_id, timeline), _citations(visit, story_id)], className="stack"),
                _quotes(visit, story_id),
            ],
            className="reading even",
        ),
    ]


def _with_roles(visit: Visit, story_id: int) -> pd.DataFrame:
    roles = queries.story_roles(visit.dataset, story_id)
    return queries.story_timeline(visit.dataset, story_id).merge(roles, on="article_id", how="left")


def _lead(story: Row) -> html.Div:
    counted = f"{plural(int(story['articles']), 'article')} of {plural(int(story['sources']), 'source')}"
    period = period_told(story["first_at"].date(), story["last_at"].date())
    told = f"{counted}, {int(story['originals']):,} in own words, {period}."
    crumbs = html.P([html.A("Stories", href="/stories"), " / "], className="crumbs")
    return html.Div([crumbs, title(shown(story["title"])), html.P(told)], className="lead")


def _timeline(visit: Visit, story_id: int, timeline: pd.DataFrame) -> html.Section:
    figure = figures.story_timeline(timeline, visit.names.sources, scheme=visit.scheme)
    label = "Articles of the story by time and source; the table below says the same"
    return panel(
        "Who told it when",
        html.P(_first(visit, timeline)),
        charted(figure, label, Asked("story_timeline", None, (story_id,)), graph_id="story-chart"),
        _articles(visit, timeline),
        note="Filled: own text. Hollow: a copy, with a line to its original. Diamonds: only the day is known. "
        "A click opens the article.",
    )


def _roles(visit: Visit, story_id: int, timeline: pd.DataFrame) -> html.Section | None:
    known = timeline[timeline["role"].notna()]
    if known.empty:
        return None
    figure = figures.role_bars(known, visit.names.sources, scheme=visit.scheme)
    counts = known["role"].value_counts()
    told = ", ".join(f"{int(counts[role]):,} {role}" for role in figures.ROLES if role in counts)
    return panel(
        "Own reporting and copies",
        html.P(f"{plural(len(known), 'article')}: {told}."),
        charted(
            figure, f"What each source's articles do: {told}", Asked("story_timeline", None, (story_id,)), narrow=True
        ),
        note="Repeats with credit name the agency or source they took the text or the report from. "
        "The sentence that shows it stands under each headline above.",
    )


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
            source_link(row.source_id, visit.names.sources),
            _headline(row),
            "" if pd.isna(row.hours_after_first) else f"{row.hours_after_first:.1f} h",
            _does(row),
        ]
        for row in rows_of(timeline)
    ]
    columns = [
        ("published, UTC", "when"),
        ("source", "text"),
        ("headline, and the sentence that shows what it does", "text head"),
        ("after the first", "number"),
        ("what it does", "tight"),
    ]
    return table("Articles of the story, each with its headline", columns, rows)


def _headline(row: Row) -> html.Span:
    language = row.language if pd.notna(row.language) else None
    sentence = shown(row.sentence, 300) if isinstance(row.sentence, str) and row.role != "reports" else ""
    return html.Span(
        [
            html.A(shown(row.title, 160), href=f"/article/{row.article_id}", dir="auto", lang=language),
            link_out(row.url, "↗", className="out", **{"aria-label": f"The original page: {shown(row.title, 80)}"}),
            *([html.Small(sentence, dir="auto", lang=language)] if sentence else []),
        ]
    )


def _does(row: Row) -> Component | str:
    if row.is_copy:
        share = f", {row.copy_similarity:.0%} the same" if pd.notna(row.copy_similarity) else ""
        told = f"{row.role if isinstance(row.role, str) else 'copy'}{share}"
        return html.A(told, href=f"/article/{row.article_id}#side-by-side")
    return row.role if isinstance(row.role, str) else "own text"


def _quotes(visit: Visit, story_id: int) -> html.Section:
    found = queries.story_quotes(visit.dataset, story_id)
    groups = sorted(found.groupby("speaker", dropna=False), key=lambda pair: -len(pair[1]))
    spoken = [_speaker(visit, speaker, rows) for speaker, rows in groups]
    more = spoken[SPEAKERS:]
    folded = [html.Details([html.Summary(plural(len(more), "more speaker")), *more])] if more else []
    return panel(
        "Who is quoted",
        *(spoken[:SPEAKERS] or [html.P("Nobody is quoted in these articles.", className="empty")]),
        *folded,
        note="Of articles in own words; who is quoted most comes first.",
    )


def _speaker(visit: Visit, speaker: Value, rows: pd.DataFrame) -> html.Div:
    name = speaker if isinstance(speaker, str) else "Speaker not named"
    quoted = [
        html.Blockquote(
            [
                html.Span(f"“{shown(row.text, 500)}” ", dir="auto"),
                html.A(visit.names.sources.get(row.source_id, row.source_id), href=f"/article/{row.article_id}"),
            ]
        )
        for row in rows_of(rows.head(QUOTES))
    ]
    left = len(rows) - QUOTES
    rest = [html.P(f"and {plural(left, 'more quote')}", className="note")] if left > 0 else []
    return html.Div([html.H3(html.Span(name, dir="auto")), *quoted, *rest], className="part")


def _citations(visit: Visit, story_id: int) -> html.Section:
    found = queries.story_citations(visit.dataset, story_id)
    rows = [
        [
            html.A(
                visit.names.sources.get(row.source_id, row.source_id), href=f"/article/{row.article_id}", dir="auto"
            ),
            _cited(row),
            html.Span(row.sentence if isinstance(row.sentence, str) else "", dir="auto"),
        ]
        for row in rows_of(found)
    ]
    disputes = int(found["is_dispute"].sum())
    empty = "No article of this story names another source as the origin of a report."
    columns = [("article of", "text"), ("names", "text"), ("sentence", "text")]
    return panel(
        "Who cites and who denies whom",
        html.P(f"{plural(len(found), 'citation')}, {disputes:,} of them denying the report.") if rows else None,
        table("Citations and disputes", columns, rows, empty=empty),
    )


def _cited(row: Row) -> Component:
    name = html.Span(row.cited_name, dir="auto")
    if pd.notna(row.cited_article_id):
        name = html.A(
            row.cited_name, href=f"/article/{int(row.cited_article_id)}", title=shown(row.cited_title), dir="auto"
        )
    denied = f"denied by {row.disputer}" if isinstance(row.disputer, str) else "denied"
    denial = [html.Small(denied, className="denied")] if row.is_dispute else []
    return html.Span([name, *denial])


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
