"""An article: its text with what was found in it, where each fact came from, and the way to the original."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.components import facts, link_out, panel, shown, title
from dashboard.marks import Mark, Piece, find_match_marks, find_shared_marks, marked, paragraphs
from dashboard.rows import Row, first_row, rows_of
from dashboard.shell import not_found
from dashboard.telling import day_told, plural, time_told
from dashboard.visit import Visit, subject
from etl.errors import QueryError

MOST_TEXT = 200_000  # characters shown: a page of a megabyte would hold the browser up
KINDS = {"match": "Matches", "quote": "Quotes", "name": "Names", "citation": "Citations"}
ORIGINS = {
    "json-ld": "the page's JSON-LD",
    "meta": "the page's meta tags",
    "time-tag": "a time tag of the page",
    "url": "the address",
    "feed": "the feed",
    "text": "the text",
    "collected": "nowhere: the day of collection stands in",
}


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return the page of one article."""
    number = subject(visit.path)[1]
    found = (
        queries.article(visit.dataset, int(number))
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if found is None or found.empty:
        return not_found(visit.path, "article")
    article = found.astype(object).where(found.notna(), None).iloc[0]
    query, notice = _query(visit), ""
    try:
        places = queries.match_places(visit.dataset, query, int(number)) if query else None
    except QueryError as error:
        places, notice = None, str(error)
    text = (article["text"] or "")[:MOST_TEXT]
    matches = find_match_marks("", text, places.itertuples(index=False, name=None)) if places is not None else ([], [])
    body = _body(article, text, [*matches[1], *_found_marks(visit, int(number), text)])
    return [
        html.Div(
            [
                html.P(_crumbs(visit, article), className="crumbs"),
                title(shown(article["title"]), lang=article["language"]),
                html.P(_byline(article)),
            ],
            className="lead",
        ),
        *([html.P(notice, className="notice")] if notice else []),
        html.Div(
            [
                panel("Text", _switches(len(matches[1]), query), *body, note=_cut(article, text)),
                html.Div([_provenance(visit, article), _copies(visit, article)], className="stack"),
            ],
            className="reading",
        ),
        _side_by_side(visit, article, text),
    ]


def _query(visit: Visit) -> str:
    """Return the query whose matches are marked: the one in the address, or those of its topics."""
    if visit.choices.queries:
        return visit.choices.queries[0]
    topics = queries.topics(visit.dataset).set_index("topic_id")["query"]
    asked = [f"({topics[topic]})" for topic in visit.choices.filter.topics if topic in topics.index]
    return " OR ".join(asked)


def _found_marks(visit: Visit, article_id: int, text: str) -> list[Mark]:
    marks = []
    for row in rows_of(queries.article_marks(visit.dataset, article_id)):
        length = len(row.words) if isinstance(row.words, str) else len(_name_at(text, row.position, row.label))
        kind, told = (
            ("citation", f"denies {row.label}")
            if row.kind == "dispute"
            else (row.kind, str(row.label) if isinstance(row.label, str) else "speaker not named")
        )
        marks.append(Mark(row.position, row.position + length, kind, told))
    return marks


def _name_at(text: str, position: int, name: str) -> str:
    """Return the form of a name that stands at a place: all of it, or its last word."""
    there = text[position : position + len(name)]
    if there.casefold() == name.casefold():
        return there
    last = name.rsplit(" ", 1)[-1]
    return (
        last
        if text[position : position + len(last)].casefold() == last.casefold()
        else text[position:].split(" ", 1)[0]
    )


def _body(article: Row, text: str, marks: list[Mark]) -> list[Any]:
    if not text:
        return [html.P("This publication was made without texts.", className="empty")]
    parts = [html.P([_piece(piece) for piece in part], dir="auto") for part in paragraphs(marked(text, marks))]
    shown_kinds = " ".join(f"shows-{kind}" for kind in KINDS)
    return [html.Div(parts, id="article-text", className=f"prose {shown_kinds}", lang=article["language"])]


def _piece(piece: Piece) -> Component | str:
    if not piece.marks:
        return piece.text
    labels = ", ".join(dict.fromkeys(mark.label for mark in piece.marks if mark.label))
    return html.Mark(piece.text, className=" ".join(sorted({mark.kind for mark in piece.marks})), title=labels or None)


def _switches(matches: int, query: str) -> Component:
    kinds = {kind: name for kind, name in KINDS.items() if kind != "match" or query}
    boxes = [
        dmc.Checkbox(label=name if kind != "match" else f"{name} ({matches:,})", value=kind, size="sm")
        for kind, name in kinds.items()
    ]
    group = dmc.CheckboxGroup(
        id="article-kinds", value=list(kinds), children=dmc.Group(boxes, gap="md"), label="Marked in the text"
    )
    return html.Div(
        [
            group,
            html.P(
                [f"Matches of {shown(query, 200)}; keys ", html.Kbd("n"), " and ", html.Kbd("p"), " go through them."],
                className="note",
            )
            if query
            else None,
        ]
    )


def _cut(article: Row, text: str) -> str | None:
    whole = len(article["text"] or "")
    if whole > len(text):
        return f"The first {len(text):,} of {whole:,} characters."
    return "The text is cut, as by a paywall." if article["is_truncated"] else None


def _crumbs(visit: Visit, article: Row) -> list[Any]:
    parts: list[Any] = [html.A(article["source"], href=f"/source/{article['source_id']}", dir="auto")]
    if article["story_id"] is not None:
        parts += [" / ", html.A(shown(article["story"], 80), href=f"/story/{int(article['story_id'])}", dir="auto")]
    return parts


def _byline(article: Row) -> list[Any]:
    when = time_told(article["published_at"], article["date_precision"]) + (
        " UTC" if article["date_precision"] == "minute" else ""
    )
    authors = ", ".join(shown(author, 60) for author in (article["authors"] if article["authors"] is not None else []))
    return [
        f"{article['source']}, {when}" + (f", by {authors}" if authors else ""),
        " · ",
        link_out(article["url"], "the original page ↗"),
    ]


def _provenance(visit: Visit, article: Row) -> html.Section:
    dated = (
        f"{time_told(article['published_at'], article['date_precision'])} (read in {ORIGINS[article['date_origin']]})"
    )
    doubts = [
        text
        for name, text in (
            ("is_zone_assumed", "its time zone is assumed"),
            ("is_date_disputed", "the page's own statements differ"),
        )
        if article[name]
    ]
    copy = (
        [
            html.A(shown(article["original_title"], 100), href=f"/article/{int(article['original_id'])}", dir="auto"),
            f" ({visit.names[article['original_source']]}), {article['copy_similarity'] or 0:.0%} in common",
        ]
        if article["original_id"] is not None
        else ""
    )
    told = [
        ("Source", html.A(article["source"], href=f"/source/{article['source_id']}", dir="auto")),
        ("Address", link_out(article["url"])),
        ("Published", dated + ("; " + "; ".join(doubts) if doubts else "")),
        ("Changed", time_told(article["modified_at"]) if article["modified_at"] is not None else ""),
        ("Collected", time_told(article["collected_at"])),
        ("Language", article["language"]),
        ("Words", f"{int(article['words']):,}"),
        ("Section", article["section"]),
        ("Keywords", ", ".join(article["keywords"]) if article["keywords"] is not None else ""),
        ("Agency", article["agency"]),
        ("Copy of", copy),
        (
            "Story",
            html.A(shown(article["story"], 100), href=f"/story/{int(article['story_id'])}", dir="auto")
            if article["story_id"] is not None
            else "",
        ),
        ("Import", article["import_file"]),
        ("Number", f"{int(article['article_id'])}"),
    ]
    return panel("Where this comes from", facts(told))


def _copies(visit: Visit, article: Row) -> html.Section | None:
    found = queries.copies_of(visit.dataset, int(article["article_id"]))
    if found.empty:
        return None
    items = [
        html.Li(
            [
                html.A(shown(row.title, 100), href=f"/article/{row.article_id}#side-by-side", dir="auto"),
                html.Span(f" {row.source}, {day_told(row.published_on)}", className="note"),
            ]
        )
        for row in rows_of(found)
    ]
    return panel(f"{plural(len(items), 'copy')} of it", html.Ul(items))


def _side_by_side(visit: Visit, article: Row, text: str) -> html.Section | None:
    """Return a copy beside its original, what both share marked."""
    if article["original_id"] is None:
        return None
    original_id = int(article["original_id"])
    original = first_row(queries.article(visit.dataset, original_id))
    original_text = (original["text"] or "")[:MOST_TEXT] if isinstance(original["text"], str) else ""
    ranges = queries.copy_ranges(visit.dataset, int(article["article_id"]))
    words = list(ranges["words"])
    sides = [
        (article, text, list(zip(ranges["position"], words, strict=True)), int(article["article_id"])),
        (original, original_text, sorted(zip(ranges["original_position"], words, strict=True)), original_id),
    ]
    columns = [_side(name, side) for name, side in zip(("The copy", "Its original"), sides, strict=True)]
    told = f"{plural(len(ranges), 'passage')} of {plural(int(ranges['words'].sum()), 'word')} in both are marked."
    is_same = article["language"] == original["language"]
    note = told if is_same else f"{told} The languages differ."
    return html.Section(
        [html.H2("Side by side"), html.P(note, className="note"), html.Div(columns, className="sides")],
        className="panel",
        id="side-by-side",
    )


def _side(name: str, side: tuple[Row, str, list[tuple[int, int]], int]) -> html.Div:
    article, text, ranges, article_id = side
    when = time_told(article["published_at"], article["date_precision"])
    pieces = paragraphs(marked(text, find_shared_marks(text, ranges)))
    parts = [html.P([_piece(piece) for piece in part], dir="auto") for part in pieces]
    return html.Div(
        [
            html.H3(f"{name}: {article['source']}, {when}"),
            html.H4(
                html.A(shown(article["title"]), href=f"/article/{article_id}"), dir="auto", lang=article["language"]
            ),
            html.Div(parts, className="prose shows-shared", lang=article["language"]),
        ],
        className="part",
    )
