"""This file holds the few parts that pages are built of. Texts of strangers are children, never markup; links are checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from dash import html
from dash.development.base_component import Component

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MOST_SHOWN = 400  # characters of a title in a list
CARDS = 4  # columns from which a row becomes a card on a narrow screen

Cell = str | int | dict[str, Any] | None


def safe_url(address: str | None) -> str | None:
    """Return an address that may be followed: http or https with a host, or None."""
    if not address or _CONTROL.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def shown(text: str | None, most: int = MOST_SHOWN) -> str:
    """Return a title as it is shown: without control characters, cut to a readable length."""
    plain = _CONTROL.sub("", text or "").strip() or "(no headline)"
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def link_out(address: str | None, text: str | None = None, **attributes: str) -> html.A | html.Span:
    """Return a link to another host, or plain text where it may not be followed."""
    told = shown(text or address, 120)
    if not (safe := safe_url(address)):
        return html.Span(told)
    return html.A(told, href=safe, target="_blank", rel="noopener noreferrer", **attributes)


def source_link(source_id: str, names: Mapping[str, str]) -> html.A:
    """Return a source's name that leads to its page."""
    return html.A(names.get(source_id, source_id), href=f"/source/{quote(source_id)}", dir="auto")


def title(text: str, *, lang: str | None = None, tab: str | None = None) -> html.H1:
    """Return the heading of a page: it takes the focus when the page changes, and names the tab."""
    facts = {"data-title": f"{shown(tab or text, 80)} – Media Coverage"}
    return html.H1(text, id="page-title", tabIndex=-1, dir="auto", **({"lang": lang} if lang else {}), **facts)


def panel(heading: str, *children: Component | str | None, note: str | None = None, name: str = "") -> html.Section:
    """Return a part of a page with its heading and, under it, what one should know to read it."""
    parts = [html.H2(heading), *([html.P(note, className="note")] if note else []), *children]
    return html.Section(parts, className=f"panel {name}".strip())


def facts(pairs: Sequence[tuple[str, Any]]) -> html.Dl:
    """Return names and values, leaving out what is unknown."""
    rows = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs if value not in (None, "")]
    return html.Dl(rows, className="facts")


def table(
    caption: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]], *, empty: str = ""
) -> Component:
    """Return a small table of a page that is laid out once; columns are (label, kind), kinds are classes."""
    if not rows:
        return html.P(empty or "None.", className="empty")
    head = html.Thead(html.Tr([html.Th(label, scope="col", className=kind) for label, kind in columns]))
    body = [
        html.Tr(
            [
                html.Td(cell, className=kind, **{"data-label": label})
                for cell, (label, kind) in zip(row, columns, strict=True)
            ]
        )
        for row in rows
    ]
    drawn = html.Table(
        [html.Caption(caption, className="unseen"), head, html.Tbody(body)],
        className="cards" if len(columns) >= CARDS else "",
    )
    return html.Div(drawn, className="table", tabIndex=0)


def table_data(
    caption: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Cell]], *, empty: str = "", **more: str
) -> dict[str, Any]:
    """Return a table as data, which the browser draws as text nodes."""
    return {
        "caption": caption,
        "columns": [{"label": label, "kind": kind} for label, kind in columns],
        "rows": [list(row) for row in rows],
        "empty": empty,
        **more,
    }
