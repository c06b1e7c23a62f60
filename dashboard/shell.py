"""This file is what surrounds every page: navigation, search, colour scheme, foot, and the choice of page by its path."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from flask import has_request_context, request

from dashboard import components, queries, theme
from dashboard.dataset import Dataset, DatasetMissing, SchemaMismatch
from dashboard.rows import Value, first_row
from dashboard.telling import plural, time_told
from dashboard.theme import Scheme
from dashboard.visit import Visit, subject, visit
from etl.errors import CoverageError, QueryError

log = logging.getLogger(__name__)

NAVIGATION = (
    ("Overview", "/"),
    ("Explore", "/explore"),
    ("Topics", "/topics"),
    ("Sources", "/sources"),
    ("Stories", "/stories"),
    ("People", "/people"),
    ("Compare", "/compare"),
    ("Health", "/health"),
    ("SQL", "/sql"),
    ("About", "/about"),
)
KEYS = (
    ("/", "search"),
    (
        "g o, g e, g t, g s, g p, g c, g h, g q, g a",
        "go to overview, explore, topics, sources, people, compare, health, SQL, about",
    ),
    ("t", "chart or table"),
    ("[ and ]", "step before, step after"),
    ("Esc", "clear the selection"),
    ("n and p", "next and previous match of an article"),
    ("?", "these keys"),
)
LOOK_AGAIN = 5_000  # milliseconds until a page without a dataset looks again


@dataclass(frozen=True)
class Page:
    """A page: what its path begins with, and how it is laid out from a visit, the address's question part and a name."""

    kind: str
    lay_out: Callable[[Visit, str], list[Any]]


def asked_scheme() -> Scheme:
    """Return the colour scheme that the browser asks for: the server draws figures in it."""
    return "dark" if has_request_context() and request.cookies.get("scheme") == "dark" else "light"


def shell() -> Component:
    """Return what surrounds every page."""
    return dmc.MantineProvider(
        id="mantine",
        theme=theme.components(),
        forceColorScheme=asked_scheme(),
        children=[
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="scheme", data=asked_scheme()),
            dcc.Store(id="revisit"),
            dcc.Interval(id="look-again", interval=LOOK_AGAIN, disabled=True),
            html.A("Skip to content", href="#content", className="skip"),
            html.A("Skip to articles", href="#articles", className="skip"),
            _header(),
            html.Main(
                [
                    html.P(id="failed", className="notice", role="alert", hidden=True),
                    html.Div(html.P("Loading …", className="waiting"), id="content", tabIndex=-1),
                ]
            ),
            html.Footer(html.Span(id="foot"), className="foot"),
            html.Div(id="announced", className="unseen", role="status", **{"aria-live": "polite"}),
            _keys(),
        ],
    )


def _header() -> html.Header:
    links = [html.A(name, href=path) for name, path in NAVIGATION]
    search = html.Form(
        [
            dmc.TextInput(
                id="search-field",
                placeholder="Search all articles   /",
                size="xs",
                inputProps={"aria-label": "Search all articles", "autoComplete": "off"},
            ),
        ],
        id="search-form",
        role="search",
    )
    scheme = html.Button("Light or dark", type="button", className="button", **{"data-does": "scheme"})
    keys = html.Button("?", type="button", className="button", **{"data-does": "keys", "aria-label": "Keys"})
    return html.Header(
        [
            html.A("Media Coverage", href="/", className="brand"),
            html.Nav(links, **{"aria-label": "Pages"}),
            search,
            scheme,
            keys,
        ],
        className="top",
    )


def _keys() -> html.Dialog:
    pairs = [part for key, what in KEYS for part in (html.Dt(html.Kbd(key)), html.Dd(what))]
    buttons = html.Div(
        [
            html.Button("Close", type="button", **{"data-does": "close-keys"}),
            html.Button("Switch single keys off", type="button", **{"data-does": "switch-keys"}),
        ],
        className="actions",
    )
    return html.Dialog([html.H2("Keys"), html.Dl(pairs), buttons], id="keys", **{"aria-label": "Keys"})


def register(app: Dash, dataset: Dataset, pages: list[Page]) -> None:
    """Wire the address to the pages."""
    known = {page.kind: page for page in pages}
    app.clientside_callback(
        ClientsideFunction("coverage", "route"),
        Input("address", "search"),
        State("address", "pathname"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("coverage", "arrived"), Input("content", "children"), prevent_initial_call=True
    )

    def _show(path: str, scheme: str, revisit: Value, looks: Value, search: str) -> tuple[list[Any], Any, bool]:
        try:
            here = visit(dataset, path or "/", search, asked_scheme())
            page = known.get(subject(here.path)[0])
            content = page.lay_out(here, search or "") if page else not_found(here.path)
            return [*_notices(here, content), *content], foot(dataset), True
        except QueryError as error:
            return not_understood(error), foot(dataset), True
        except (DatasetMissing, SchemaMismatch) as error:
            log.warning("dataset.unreadable path=%s reason=%r", dataset.path, str(error))
            return no_dataset(error), "", False

    app.callback(
        Output("content", "children"),
        Output("foot", "children"),
        Output("look-again", "disabled"),
        Input("address", "pathname"),
        Input("scheme", "data"),
        Input("revisit", "data"),
        Input("look-again", "n_intervals"),
        State("address", "search"),
        prevent_initial_call=True,
    )(_show)


def _notices(here: Visit, content: list[Any]) -> list[Component]:
    """Return what could not be understood in the address, for pages whose panel does not say it."""
    has_panel = any(getattr(part, "id", "") == "asked" for part in content)
    return [html.P(" ".join(here.notices), className="notice", role="status")] if here.notices and not has_panel else []


def not_found(path: str, what: str = "page") -> list[Any]:
    """Say that there is nothing at an address."""
    return [
        components.title(f"There is no such {what}"),
        html.P(
            f"Nothing is at {components.shown(path, 120)} in this publication. The overview and the search lead to what there is."
        ),
    ]


def not_understood(error: QueryError) -> list[Any]:
    """Say what is wrong with the query in an address."""
    told = str(error).removeprefix("query: ")
    return [
        components.title("The query cannot be understood"),
        html.P(told[:1].upper() + told[1:], className="notice", role="alert"),
        html.P(html.A("How to write a query", href="/explore")),
    ]


def no_dataset(error: CoverageError) -> list[Any]:
    """Say that there is no dataset to show; the page looks again by itself."""
    return [
        components.title("The dataset cannot be read", tab="No dataset"),
        html.P(str(error), className="notice", role="alert"),
        html.P("This page looks again every five seconds and goes on by itself once there is one.", className="note"),
    ]


def foot(dataset: Dataset) -> list[Any]:
    """Say of which publication the numbers are."""
    held = first_row(queries.overview(dataset))
    missing = f"{plural(int(held['missing_days']), 'source-day')} missing"
    return [
        html.Span(
            f"Published {time_told(held['published_at'])} UTC, publication {held['run_id']}; {plural(int(held['sources']), 'source')}, ",
            **{"data-publication": held["run_id"]},
        ),
        html.A(missing, href="/health"),
        ". Days and times are in UTC.",
    ]
