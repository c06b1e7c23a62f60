"""The filters: each control writes to the address, and the address sets each control."""

from __future__ import annotations

from datetime import timedelta

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard import queries
from dashboard.filters import MOST_QUERIES
from dashboard.rows import Row, first_row
from dashboard.visit import Visit, subject

CONTROLS = (  # in the order in which the browser's `choose` takes them
    *(f"query-{nth}" for nth in range(1, MOST_QUERIES + 1)),
    "choose-topics",
    "choose-sources",
    "choose-collections",
    "choose-countries",
    "choose-languages",
    "choose-days",
    "choose-counting",
    "choose-least",
    "choose-grain",
    "choose-measure",
    "choose-view",
)


def query_rows(visit: Visit) -> html.Div:
    """Return a field for each query, its colour beside it; the browser shows as many as are used, and one more."""
    is_explore = subject(visit.path)[0] == "explore"
    given = visit.choices.queries
    rows = [
        html.Div(
            dmc.TextInput(
                id=f"query-{nth}",
                value=given[nth - 1] if nth <= len(given) else "",
                debounce=True,
                w="100%",
                label="Query" if nth == 1 else f"Query {nth}",
                leftSection=html.Span(className="swatch", style={"background": f"var(--c{nth - 1})"}),
                placeholder='storm OR "high water"' if nth == 1 else "compare with …",
                inputProps={"spellCheck": "false", "dir": "auto", "autoComplete": "off", "list": "words"},
            ),
            id=f"query-row-{nth}",
            hidden=nth > len(given) + 1 or (nth > 1 and not is_explore),
        )
        for nth in range(1, MOST_QUERIES + 1)
    ]
    return html.Div([*rows, html.Datalist(id="words")], className="queries", hidden=not is_explore)


def filter_bar(visit: Visit) -> html.Div:
    """Return the controls of what, where, when and how counted."""
    chosen, kind, names = visit.choices.filter, subject(visit.path)[0], visit.names
    held = first_row(queries.overview(visit.dataset))
    topics = sorted(names.topics.items(), key=lambda pair: pair[1])
    sources = sorted(names.sources.items(), key=lambda pair: pair[1].casefold())
    own_topics = () if kind == "topic" else chosen.topics
    own_sources = () if kind == "source" else chosen.sources
    is_more = any((chosen.collections, chosen.countries, chosen.languages, _counting(visit), chosen.least_matches > 1))
    more = [html.Summary("More filters"), html.Div(_more_filters(visit), className="filters")]
    return html.Div(
        [
            html.Div(_several("topics", "Topics", topics, own_topics), hidden=kind == "topic"),
            html.Div(_several("sources", "Sources", sources, own_sources), hidden=kind == "source"),
            _days(visit, held),
            html.Details(more, open=is_more, className="more"),
        ],
        className="filters",
    )


def _several(name: str, label: str, options: list[tuple[str, str]], value: tuple[str, ...]) -> Component:
    """Return a choice of several; what the address names and the dataset does not know is shown as it is."""
    known = {key for key, _ in options}
    data = [*options, *((key, key) for key in value if key not in known)]
    return dmc.MultiSelect(
        id=f"choose-{name}",
        label=label,
        data=[{"value": key, "label": shown} for key, shown in data],
        value=list(value),
        searchable=True,
        clearable=True,
        w="100%",
        limit=200,
        placeholder="all" if not value else "",
        hidePickedOptions=True,
        nothingFoundMessage="nothing of that name",
        maxDropdownHeight=280,
    )


def _more_filters(visit: Visit) -> list[Component]:
    chosen, facts = visit.choices.filter, visit.dataset.sql(_FACTS)
    countries, languages = (
        [(value, value) for value in sorted(facts.loc[facts["fact"] == fact, "value"])]
        for fact in ("country", "language")
    )
    least = {"min": 1, "max": 100, "debounce": True, "w": "100%"}
    counting = {
        "copies": "Leave copies out",
        "in": "Matches in the title only",
        "balanced": "Only sources collected throughout",
        "undated": "Articles without a date too",
    }
    boxes = [dmc.Checkbox(label=label, value=value) for value, label in counting.items()]
    return [
        _several("collections", "Collections", sorted(visit.names.collections.items()), chosen.collections),
        _several("countries", "Countries of sources", countries, chosen.countries),
        _several("languages", "Languages", languages, chosen.languages),
        dmc.NumberInput(id="choose-least", label="Least matches", value=chosen.least_matches, **least),
        dmc.CheckboxGroup(
            id="choose-counting",
            label="How it is counted",
            value=_counting(visit),
            children=dmc.Stack(boxes, gap=6, mt=6),
        ),
    ]


def switches(visit: Visit) -> html.Div:
    """Return how the chart is drawn: share or count, grain, chart or table."""

    def switch(name: str, label: str, value: str, options: dict[str, str]) -> Component:
        return html.Div(
            dmc.SegmentedControl(
                id=f"choose-{name}",
                value=value,
                size="xs",
                data=[{"value": key, "label": shown} for key, shown in options.items()],
            ),
            role="group",
            **{"aria-label": label},
        )

    return html.Div(
        [
            switch("measure", "Share or count", visit.measure, {"share": "Share", "count": "Count"}),
            switch(
                "grain",
                "Length of a step",
                visit.choices.grain or "auto",
                {"auto": "Auto", "day": "Day", "week": "Week", "month": "Month"},
            ),
            switch(
                "view",
                "Chart or table",
                "table" if visit.choices.as_table else "chart",
                {"chart": "Chart", "table": "Table"},
            ),
        ],
        className="switches",
    )


def _counting(visit: Visit) -> list[str]:
    chosen = visit.choices.filter
    options = {
        "copies": not chosen.with_copies,
        "in": chosen.title_only,
        "undated": chosen.with_undated,
        "balanced": chosen.balanced,
    }
    return [name for name, is_chosen in options.items() if is_chosen]


def _days(visit: Visit, held: Row) -> Component:
    chosen = visit.choices.filter
    presets = []
    if held["articles"]:
        last = held["last_on"].date()
        spans = {"Last 7 days": 6, "Last 30 days": 29, "Last 90 days": 89, "Last year": 364}
        presets = [
            {"value": [(last - timedelta(days=days)).isoformat(), last.isoformat()], "label": label}
            for label, days in spans.items()
        ]
    return dmc.DatePickerInput(
        id="choose-days",
        type="range",
        label="Days (UTC)",
        placeholder="all days",
        clearable=True,
        allowSingleDateInRange=True,
        w="100%",
        value=[day.isoformat() if day else None for day in (chosen.since, chosen.until)],
        valueFormat="D MMM YYYY",
        presets=presets,
        firstDayOfWeek=1,
    )


_FACTS = """
SELECT DISTINCT 'country' AS fact, country AS value FROM sources WHERE country IS NOT NULL
UNION ALL SELECT DISTINCT 'language', language FROM articles WHERE language IS NOT NULL
"""
