"""People: who is named and quoted, over time, and by which sources; organisations and places likewise."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import parse_qs

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import figures, queries
from dashboard.asked import Asked
from dashboard.charted import charted
from dashboard.components import facts, panel, shown, source_link, table, title
from dashboard.filters import Choices, Filter, to_address
from dashboard.rows import Row, first_row, rows_of
from dashboard.shell import not_found
from dashboard.telling import day_told, filter_told, plural
from dashboard.visit import Visit, subject

LISTED, QUOTES = 60, 40
Kind = Literal["person", "organisation", "place"]
KINDS: dict[Kind, str] = {"person": "People", "organisation": "Organisations", "place": "Places"}


def lay_out_list(visit: Visit, search: str) -> list[Any]:
    """Return who is named and who is quoted most."""
    asked = parse_qs(search.lstrip("?")).get("kind", ["person"])[0]
    kind: Kind = next((known for known in KINDS if known == asked), "person")
    wanted = visit.choices.of_peak()
    told = filter_told(wanted, visit.names.__getitem__)
    return [
        html.Div(
            [title("People", tab=KINDS[kind]), html.P(f"Who is named and who is quoted in {told}.")], className="lead"
        ),
        html.Div([_named(visit, wanted, kind), _quoted(visit, wanted)], className="reading even"),
    ]


def _named(visit: Visit, wanted: Filter, kind: Kind) -> html.Section:
    found = queries.top_mentions(visit.dataset, wanted, kind=kind, most=LISTED)
    kinds = html.P(
        [
            html.A(
                name,
                href=f"/people?kind={key}" + to_address(Choices(filter=wanted)).replace("?", "&"),
                className="line",
                **({"aria-current": "true"} if key == kind else {}),
            )
            for key, name in KINDS.items()
        ]
    )
    rows = [
        [
            html.A(shown(row.name, 60), href=f"/person/{row.entity_id}", dir="auto"),
            f"{row.articles:,}",
            f"{row.mentions:,}",
            f"{row.sources:,}",
        ]
        for row in rows_of(found)
    ]
    columns = [("name", "text head"), ("articles", "number"), ("times named", "number"), ("sources", "number")]
    return panel(
        "Named", kinds, table(f"{KINDS[kind]} named", columns, rows, empty="Nobody is named in these articles.")
    )


def _quoted(visit: Visit, wanted: Filter) -> html.Section:
    found = queries.top_speakers(visit.dataset, wanted, most=LISTED)
    rows = [[_speaker(row), f"{row.quotes:,}", f"{row.articles:,}", f"{row.sources:,}"] for row in rows_of(found)]
    columns = [("speaker", "text head"), ("quotes", "number"), ("articles", "number"), ("sources", "number")]
    return panel(
        "Quoted",
        table("Who is quoted", columns, rows, empty="Nobody is quoted in these articles."),
        note="By the number of sources that quote them. Direct and reported speech.",
    )


def _speaker(row: Row) -> Component | str:
    name = shown(row.speaker, 60)
    return name if pd.isna(row.entity_id) else html.A(name, href=f"/person/{int(row.entity_id)}", dir="auto")


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page of one name."""
    number = subject(visit.path)[1]
    found = (
        queries.entity(visit.dataset, int(number))
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if found is None or found.empty:
        return not_found(visit.path, "name")
    person = first_row(found)
    crumbs = html.P([html.A("People", href=f"/people?kind={person['kind']}"), " / "], className="crumbs")
    aliases = [alias for alias in person["aliases"] if alias != person["name"]]
    also = f", also as {', '.join(aliases[:6])}" if aliases else ""
    return [
        html.Div(
            [crumbs, title(shown(person["name"])), html.P(f"{person['kind'].capitalize()}{also}.")], className="lead"
        ),
        _over_time(visit, person),
        html.Div([_sources(visit, person), _quotes(visit, person)], className="reading even"),
    ]


def _over_time(visit: Visit, person: Row) -> html.Section:
    wanted = visit.choices.of_line()
    naming = queries.mentions_over_time(visit.dataset, wanted, person["name"], grain="week")
    figure = figures.named_bars(naming, grain="week", scheme=visit.scheme)
    total = int(naming["articles"].sum())
    told = f"{plural(total, 'article')} by week from Monday"
    rows = [
        [day_told(row.bucket.date()), f"{int(row.articles):,}", f"{int(row.articles_collected):,}"]
        for row in rows_of(naming)
    ]
    columns = [("week from", "when"), ("articles", "number"), ("of", "number")]
    query = f'"{person["name"]}"'
    return panel(
        "Named over time",
        html.P([f"{told}. ", html.A("The articles", href="/explore" + to_address(Choices(queries=(query,))))]),
        charted(
            figure,
            f"Articles that name {person['name']}: {told}",
            Asked("mentions_over_time", wanted, (person["name"],), {"grain": "week"}),
        ),
        html.Details([html.Summary("As a table"), table("Named over time", columns, rows)]),
        note="Every form of the name counts that is known to be the same; the search finds only the form asked for.",
    )


def _sources(visit: Visit, person: Row) -> html.Section:
    found = queries.naming_sources(visit.dataset, visit.choices.of_line(), int(person["entity_id"]))
    rows = [
        [
            source_link(row.source_id, visit.names.sources),
            f"{int(row.articles):,}",
            f"{int(row.quotes):,}",
            day_told(row.first_on),
        ]
        for row in rows_of(found)
    ]
    columns = [("source", "text head"), ("articles", "number"), ("quotes", "number"), ("first", "when")]
    return panel("By which sources", table("Sources", columns, rows, empty="No source names it."))


def _quotes(visit: Visit, person: Row) -> html.Section:
    found = queries.quotes_of(visit.dataset, visit.choices.of_line(), person["name"])
    told_once = found[found["text"].notna()].drop_duplicates("text")
    spoken = [
        html.Blockquote(
            [
                html.Span(f"“{shown(row.text, 500)}” " if row.is_direct else f"{shown(row.text, 500)} ", dir="auto"),
                html.A(
                    f"{visit.names.sources.get(row.source_id, row.source_id)}, {day_told(row.published_on)}",
                    href=f"/article/{row.article_id}",
                ),
            ]
        )
        for row in rows_of(told_once.head(QUOTES))
    ]
    told = facts([("Quotes", f"{len(found):,}"), ("Articles", f"{found['article_id'].nunique():,}")])
    more = f"The first {QUOTES} of {len(told_once):,} that differ." if len(told_once) > QUOTES else None
    empty = html.P("Is not quoted.", className="empty")
    return panel("What is quoted", *([told, *spoken] if spoken else [empty]), note=more)
