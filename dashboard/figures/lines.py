"""Coverage over time as lines: gaps as bands, unfinished buckets dashed, the selection marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.figures.names import plain
from dashboard.filters import Grain, Measure
from dashboard.rows import rows_of
from dashboard.telling import bucket_told, last_day_of, plural, share_told
from dashboard.theme import Scheme

FEW = 2  # buckets: so few are bars with their value
MARKED = 40  # up to so many buckets each point is marked

_STEPS = {"day": "D", "week": "W-MON", "month": "MS", "year": "YS"}


@dataclass(frozen=True)
class Line:
    """One line: its name, the number of its colour, and its answer of `coverage_over_time`."""

    name: str
    colour: int
    coverage: pd.DataFrame


def coverage_lines(
    lines: list[Line],
    *,
    grain: Grain = "day",
    measure: Measure = "share",
    gaps: pd.DataFrame | None = None,
    peak: tuple[Any, Any] | None = None,
    scheme: Scheme = "light",
) -> dict[str, Any]:
    """Draw coverage over time, one line each.

    Args:
        lines: What to draw.
        grain: Length of a bucket.
        measure: share of all articles of the same filters, or count.
        gaps: Answer of `collection_gaps`, drawn as bands.
        peak: First and last day of what is selected.
        scheme: light or dark.
    """
    traces: list[dict[str, Any]] = []
    for nth, line in enumerate(lines, start=1):
        whole = _whole(line.coverage, grain)
        draw = _bars if len(whole) <= FEW else _line
        steps = [[day, last_day_of(date.fromisoformat(day), grain).isoformat(), nth] for day in _days(whole)]
        traces += [
            trace | ({"customdata": steps} if trace["hoverinfo"] != "skip" else {})
            for trace in draw(line, whole, grain, measure, scheme)
        ]
    days = [line.coverage["bucket"] for line in lines if len(line.coverage)]
    bands, notes = _gap_bands(gaps, days, grain, scheme) if gaps is not None and days else ([], [])
    return {
        "data": traces,
        "layout": theme.layout(
            scheme,
            xaxis={
                "type": "date",
                "showgrid": False,
                "range": _period(days, grain),
                "fixedrange": True,
                "tickformatstops": _TICKS,
                "hoverformat": " ",
            },
            yaxis=_value_axis(measure),
            dragmode="select",
            selectdirection="h",
            hovermode="x unified" if len(lines) > 1 else "x",
            showlegend=len(lines) > 1,
            shapes=bands + _peak_band(peak, scheme),
            annotations=notes,
            newselection={"line": {"width": 1, "color": theme.INK[scheme]["peak_line"]}},
            bargap=0.4,
        ),
    }


_TICKS = [
    {"dtickrange": [None, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


def _whole(coverage: pd.DataFrame, grain: Grain) -> pd.DataFrame:
    """Give every bucket of the period a row: where nothing was collected it has no value, and the line breaks."""
    if coverage.empty:
        return coverage
    buckets = pd.date_range(coverage["bucket"].min(), coverage["bucket"].max(), freq=_STEPS[grain])
    whole = coverage.set_index("bucket").reindex(buckets.rename("bucket")).reset_index()
    whole["is_partial"] = whole["is_partial"].astype("boolean").fillna(False).astype(bool)
    return whole


def _days(whole: pd.DataFrame) -> list[str]:
    return [str(day) for day in whole["bucket"].dt.strftime("%Y-%m-%d")]


def _values(whole: pd.DataFrame, measure: Measure) -> list[float | None]:
    column = "share" if measure == "share" else "articles"
    return [None if pd.isna(value) else float(value) for value in whole[column]]


def _line(line: Line, whole: pd.DataFrame, grain: Grain, measure: Measure, scheme: Scheme) -> list[dict[str, Any]]:
    values, days = _values(whole, measure), _days(whole)
    unfinished = whole["is_partial"].tolist()
    firm = [None if cut else value for value, cut in zip(values, unfinished, strict=True)]
    loose = [value if _is_near(unfinished, at) else None for at, value in enumerate(values)]
    colour = theme.colour(line.colour, scheme)
    shape = {
        "mode": "lines",
        "x": days,
        "name": plain(line.name),
        "hoverinfo": "skip",
        "showlegend": False,
        "connectgaps": False,
    }
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": days,
        "y": values,
        "name": plain(line.name),
        "showlegend": True,
        "marker": {"color": colour, "size": 5 if len(days) <= MARKED else 3, "line": {"width": 0}},
        "text": _told(whole, grain),
        "hovertemplate": "%{text}<extra></extra>" if line.name == "" else "%{text}",
        "hoverinfo": "text",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    drawn = [{"type": "scatter", **shape, "y": firm, "line": {"color": colour, "width": 2}}]
    if any(unfinished):
        drawn.append({"type": "scatter", **shape, "y": loose, "line": {"color": colour, "width": 2, "dash": "dot"}})
    return [*drawn, points]


def _is_near(unfinished: list[bool], at: int) -> bool:
    return any(unfinished[max(at - 1, 0) : at + 2])


def _bars(line: Line, whole: pd.DataFrame, grain: Grain, measure: Measure, scheme: Scheme) -> list[dict[str, Any]]:
    values = _values(whole, measure)
    shown = [
        ("" if value is None else share_told(value) if measure == "share" else f"{value:,.0f}") for value in values
    ]
    days = _days(whole)
    return [
        {
            "type": "bar",
            "x": days,
            "y": values,
            "name": plain(line.name),
            "text": shown,
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": theme.colour(line.colour, scheme)},
            "hovertext": _told(whole, grain),
            "hoverinfo": "text",
        }
    ]


def _told(whole: pd.DataFrame, grain: Grain) -> list[str]:
    """Say numerator and denominator of every point in words."""
    return [
        ""
        if pd.isna(row.articles)
        else f"{share_told(row.share)} = {int(row.articles):,} of {plural(int(row.articles_collected), 'article')}"
        f"<br>{bucket_told(row.bucket.date(), grain)}, {plural(int(row.sources), 'source')}"
        + (f"<br>{plural(int(row.missing_days), 'source-day')} missing" if row.missing_days else "")
        + ("<br>unfinished" if row.is_partial else "")
        for row in rows_of(whole)
    ]


def _value_axis(measure: Measure) -> dict[str, Any]:
    named = {"share": ("share of articles", ",.3~%"), "count": ("articles", ",d")}
    title, form = named[measure]
    axis = {"title": {"text": title}, "tickformat": form, "rangemode": "tozero", "fixedrange": True, "nticks": 6}
    return axis | ({"tickformat": ",~r"} if measure == "count" else {})


def _period(days: list[Any], grain: Grain) -> list[str] | None:
    if not days:
        return None
    first, last = min(each.min() for each in days), max(each.max() for each in days)
    edge = pd.Timedelta(hours=12) if grain == "day" else pd.Timedelta(days=3)
    return [str(first - edge), str(pd.Timestamp(last) + edge)]


def _peak_band(peak: tuple[Any, Any] | None, scheme: Scheme) -> list[dict[str, Any]]:
    if not peak:
        return []
    ink = theme.INK[scheme]
    first, last = pd.Timestamp(peak[0]) - pd.Timedelta(hours=12), pd.Timestamp(peak[1]) + pd.Timedelta(hours=12)
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": str(first),
            "x1": str(last),
            "y0": 0,
            "y1": 1,
            "fillcolor": ink["peak"],
            "line": {"color": ink["peak_line"], "width": 1},
            "layer": "below",
            "name": "peak",
        }
    ]


def _gap_bands(
    gaps: pd.DataFrame, days: list[Any], grain: Grain, scheme: Scheme
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Draw a band where sources are missing, and say how many; neighbouring gaps share one band."""
    first_day, last_day = min(each.min() for each in days), max(each.max() for each in days)
    bands, notes = [], []
    for first, last, sources in _merged(gaps):
        start, end = max(first, first_day), min(last, pd.Timestamp(last_day_of(last_day.date(), grain)))
        if start > end:
            continue
        half = pd.Timedelta(hours=12)
        bands.append(
            {
                "type": "rect",
                "xref": "x",
                "yref": "paper",
                "x0": str(start - half),
                "x1": str(end + half),
                "y0": 0,
                "y1": 1,
                "fillcolor": theme.INK[scheme]["gap"],
                "line": {"width": 0},
                "layer": "below",
                "name": "gap",
            }
        )
        notes.append(
            {
                "x": str(start + (end - start) / 2),
                "y": 1,
                "yref": "paper",
                "yanchor": "top",
                "showarrow": False,
                "text": f"gap: {plural(sources, 'source')}",
                "font": {"size": 11, "color": theme.INK[scheme]["faint"]},
            }
        )
    return bands, notes


def _merged(gaps: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp, int]]:
    merged: list[tuple[pd.Timestamp, pd.Timestamp, set[str]]] = []
    for gap in rows_of(gaps.sort_values("first_on")):
        first, last = pd.Timestamp(gap.first_on), pd.Timestamp(gap.last_on)
        if merged and first <= merged[-1][1] + pd.Timedelta(days=1):
            start, end, sources = merged[-1]
            merged[-1] = (start, max(end, last), sources | {str(gap.source_id)})
        else:
            merged.append((first, last, {str(gap.source_id)}))
    return [(first, last, len(sources)) for first, last, sources in merged]
