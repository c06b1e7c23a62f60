"""What is said: words before and after, words around and beside a query, citations, and topics that go together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import figures, queries
from dashboard.asked import Asked
from dashboard.charted import charted, taken_along
from dashboard.components import panel, shown, source_link, table
from dashboard.filters import Choices, Filter, to_address
from dashboard.rows import Row, rows_of
from dashboard.telling import day_told, period_told, plural, share_told
from dashboard.visit import Visit

LAST_DAYS = 28  # of the period that is compared where none is chosen
CONTEXTS, WORDS = 60, 20
PARTS = (("word", "Words"), ("story", "Stories"), ("source", "Sources"), ("speaker", "Who is quoted"))


def periods(visit: Visit) -> list[Any]:
    """Return by what a period differs from the 28 days before it."""
    wanted = visit.choices.of_peak()
    last = visit.period[1]
    if wanted.since is None:
        wanted = replace(wanted, since=last - timedelta(days=LAST_DAYS - 1), until=last)
    assert wanted.since is not None  # it was just given
    found = queries.why(visit.dataset, wanted)
    told = period_told(wanted.since, wanted.until or last)
    parts = [_before_after(name, found[found["part"] == part].head(WORDS), visit) for part, name in PARTS]
    return [
        html.Div(
            [html.H2(f"{told} against the 28 days before"), taken_along([Asked("why", wanted)])], className="panel"
        ),
        html.Div(parts, className="reading even"),
    ]


def _before_after(name: str, rows: pd.DataFrame, visit: Visit) -> html.Section:
    cells = [
        [
            _label(row, visit),
            f"{int(row.articles):,}",
            share_told(row.share),
            "none" if pd.isna(row.share_before) else share_told(row.share_before),
            f"{row.score:,.1f}" if pd.notna(row.score) else "too few",
        ]
        for row in rows_of(rows)
    ]
    columns = [
        (name.lower(), "text head"),
        ("articles", "number"),
        ("share", "number"),
        ("before", "number"),
        ("log-likelihood", "number"),
    ]
    return panel(name, table(name, columns, cells, empty="Nothing sets the two apart."))


def _label(row: Row, visit: Visit) -> Component | str:
    if row.part == "story":
        return html.A(shown(row.label, 100), href=f"/story/{int(row.item_id)}", dir="auto")
    if row.part == "source":
        return source_link(row.label, visit.names.sources)
    query = f'"{row.label}"' if " " in str(row.label) else str(row.label)
    return html.A(shown(row.label, 60), href="/explore" + to_address(Choices(queries=(query,))), dir="auto")


def words(visit: Visit) -> list[Any]:
    """Return a query under the microscope: its clauses, words beside it, its words in context."""
    wanted = visit.choices.of_peak()
    if not wanted.query:
        empty = "Ask a query in Explore: its clauses, the words beside it and its matches in context stand here then."
        return [panel("Words", html.P(empty, className="empty"))]
    return [
        html.Div([_clauses(visit, wanted), _widening(visit, wanted)], className="reading even"),
        _contexts(visit, wanted),
        _repeated(visit, wanted),
    ]


def _clauses(visit: Visit, wanted: Filter) -> html.Section:
    assert wanted.query is not None  # asked only with one
    found = queries.clause_matches(visit.dataset, wanted)
    rows = [
        [
            html.Code(row.clause),
            f"{int(row.articles):,}",
            f"{int(row.articles_matched):,}",
            f"{int(row.articles_alone):,}",
        ]
        for row in rows_of(found)
    ]
    columns = [
        ("clause", "text head"),
        ("articles", "number"),
        ("in the answer", "number"),
        ("only through it", "number"),
    ]
    missed = [
        html.P(
            [
                f"No article has “{row.word}”",
                f"; near it: {', '.join(row.similar_words)}." if len(row.similar_words) else ".",
            ],
            className="notice",
        )
        for row in rows_of(queries.unmatched_words(visit.dataset, wanted.query))
    ]
    return panel(
        "What each part of the query finds", *missed, table("Clauses", columns, rows, empty="One clause alone.")
    )


def _widening(visit: Visit, wanted: Filter) -> html.Section:
    found = queries.widening_words(visit.dataset, wanted).head(WORDS)
    rows = [
        [
            html.A(
                row.word,
                href="/explore" + to_address(Choices(queries=(f"({wanted.query}) OR {row.word}",))),
                dir="auto",
            ),
            f"{int(row.articles):,}",
            share_told(row.share),
            f"{int(row.articles_more):,}",
        ]
        for row in rows_of(found)
    ]
    columns = [("word", "text head"), ("articles", "number"), ("of the answer", "number"), ("more with it", "number")]
    note = "Words that set the answer apart; the last column counts the articles that OR-ing the word would add."
    return panel("Words beside the query", table("Words", columns, rows, empty="No word stands out."), note=note)


def _contexts(visit: Visit, wanted: Filter) -> html.Section:
    found = queries.words_in_context(visit.dataset, wanted, most=CONTEXTS)
    rows = [
        [
            html.Span(row.before, dir="auto"),
            html.A(
                row.match,
                href=f"/article/{row.article_id}" + to_address(Choices(queries=(str(wanted.query),))),
                dir="auto",
            ),
            html.Span(row.after, dir="auto"),
            visit.names.sources.get(row.source_id, row.source_id),
            day_told(row.published_on),
        ]
        for row in rows_of(found)
    ]
    columns = [("before", "before"), ("match", "match"), ("after", "text"), ("source", "tight"), ("day", "when")]
    note = f"The first {CONTEXTS} matches." if len(found) >= CONTEXTS else None
    return panel("Words in context", table("Words in context", columns, rows, empty="No match."), note=note)


def _repeated(visit: Visit, wanted: Filter) -> html.Section:
    found = queries.repeated_sentences(visit.dataset, wanted, most=10)
    rows = [
        [html.Span(shown(row.sentence), dir="auto"), f"{int(row.articles):,}", f"{int(row.sources):,}"]
        for row in rows_of(found)
    ]
    columns = [("sentence", "text head"), ("articles", "number"), ("sources", "number")]
    note = "What many articles say word for word: a reprinted text, or a standing sentence that should be left out of the query."
    return panel("Sentences that return", table("Sentences", columns, rows, empty="No sentence returns."), note=note)


def citations(visit: Visit) -> list[Any]:
    """Return who cites whom, as a network and as a table."""
    wanted = visit.choices.of_peak()
    pairs = queries.citing_sources(visit.dataset, wanted)
    if pairs.empty:
        return [
            panel("Who cites whom", html.P("No article of these names another source as an origin.", className="empty"))
        ]
    figure = figures.citation_network(pairs, visit.names.sources, scheme=visit.scheme)
    told = f"{plural(int(pairs['citations'].sum()), 'citation')}, {int(pairs['disputes'].sum()):,} of them denials"
    rows = [
        [
            source_link(row.source_id, visit.names.sources),
            source_link(row.cited_source_id, visit.names.sources)
            if pd.notna(row.cited_source_id)
            else shown(row.cited_name),
            f"{int(row.citations):,}",
            f"{int(row.disputes):,}",
        ]
        for row in rows_of(pairs)
    ]
    columns = [("who", "text"), ("cites", "text"), ("times", "number"), ("denials of these", "number")]
    return [
        html.Div(
            [
                panel(
                    "Who cites whom",
                    charted(figure, f"Who cites whom: {told}", Asked("citing_sources", wanted)),
                    note=f"{told}. Lines bend to their left and lead to the cited source; dotted ones are denials for the most part. "
                    "Cited names that are none of our sources stand in the table alone.",
                ),
                panel("The same as a table", table("Who cites whom", columns, rows)),
            ],
            className="reading even",
        )
    ]


def topics(visit: Visit) -> list[Any]:
    """Return topics that stand in the same articles more often than by chance."""
    wanted = visit.choices.of_peak()
    found = queries.topic_pairs(visit.dataset, wanted)
    rows = [
        [
            html.A(visit.names.topics.get(row.topic_a, row.topic_a), href=f"/topic/{quote(row.topic_a)}"),
            html.A(visit.names.topics.get(row.topic_b, row.topic_b), href=f"/topic/{quote(row.topic_b)}"),
            f"{int(row.articles):,}",
            "too few to say" if pd.isna(row.lift) else f"{row.lift:.1f} times",
        ]
        for row in rows_of(found)
    ]
    columns = [("topic", "text"), ("and", "text"), ("articles of both", "number"), ("as often as by chance", "number")]
    return [
        panel(
            "Topics that go together",
            table("Topics that go together", columns, rows, empty="No two topics share an article."),
            taken_along([Asked("topic_pairs", wanted)]),
            note="Lift: how many times as often two topics stand in one article as they would by chance.",
        )
    ]
