"""What all comparisons have in common: what is compared, in words, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dash import html

from dashboard.components import shown, title
from dashboard.filters import to_address
from dashboard.pages.compare.attention import calendar, lines, sources
from dashboard.pages.compare.meaning import citations, periods, topics, words
from dashboard.pages.compare.reuse import reuse
from dashboard.panel.chart import line_name
from dashboard.shell import not_found
from dashboard.telling import filter_told, period_told
from dashboard.visit import Visit, subject

PARTS: dict[str, tuple[str, Callable[[Visit], list[Any]]]] = {
    "sources": ("Sources", sources),
    "calendar": ("Calendar", calendar),
    "lines": ("Lines", lines),
    "periods": ("Before and after", periods),
    "words": ("Words and query", words),
    "citations": ("Who cites whom", citations),
    "reuse": ("Copies and denials", reuse),
    "topics": ("Topics together", topics),
}


def lay_out(visit: Visit, search: str) -> list[Any]:
    """Return one comparison of what the address chooses."""
    part = subject(visit.path)[1] or "sources"
    if part not in PARTS:
        return not_found(visit.path, "comparison")
    name, compare = PARTS[part]
    return [
        html.Div([title("Compare", tab=name), _told(visit)], className="lead"),
        _parts(visit, part),
        *compare(visit),
    ]


def _told(visit: Visit) -> html.P:
    told = filter_told(visit.choices.of_line(), visit.names.__getitem__)
    back = "/explore" + to_address(visit.choices)
    first, last = visit.choices.peak or visit.period
    return html.P([f"{told[:1].upper()}{told[1:]}, {period_told(first, last)}. ", html.A("Choose others", href=back)])


def _parts(visit: Visit, now: str) -> html.Nav:
    links = [
        html.A(
            name,
            href=f"/compare/{part}" + to_address(visit.choices),
            className="line",
            **({"aria-current": "true"} if part == now else {}),
        )
        for part, (name, _) in PARTS.items()
    ]
    chosen = visit.choices.lines()
    if len(chosen) > 1:
        at = min(visit.choices.line, len(chosen))
        links += [html.Span("of", className="note")]
        links += [
            html.A(
                shown(line_name(visit, line), 40),
                href=visit.path + to_address(replace(visit.choices, line=nth)),
                className="line",
                **({"aria-current": "true"} if nth == at else {}),
            )
            for nth, line in enumerate(chosen, start=1)
        ]
    return html.Nav(links, className="parts-of", **{"aria-label": "Comparisons"})
