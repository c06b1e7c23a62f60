"""The chart: what it draws, and what it says of itself in words, as a table, as CSV and as SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import figures, queries
from dashboard.asked import Asked, python_written
from dashboard.components import table_data
from dashboard.filters import Filter, to_address
from dashboard.rows import first_row, rows_of
from dashboard.telling import bucket_told, filter_told, last_day_of, period_told, plural, share_told
from dashboard.visit import Visit
from etl.errors import QueryError

GRAINS = {"day": "by day", "week": "by week from Monday", "month": "by month", "year": "by year"}


@dataclass(frozen=True)
class Drawn:
    """The lines of a chart: their filters, names, colours and answers; errors has one text a query, empty where it is right."""

    filters: tuple[Filter, ...]
    names: tuple[str, ...]
    colours: tuple[int, ...]
    coverage: tuple[pd.DataFrame, ...]
    errors: tuple[str, ...]

    @property
    def articles(self) -> int:
        """Articles of all lines."""
        return sum(int(frame["articles"].sum()) for frame in self.coverage)


def drawn_lines(visit: Visit) -> Drawn:
    """Ask for each line's coverage; a line whose query has a mistake is left out, with the error in its place."""
    found: list[tuple[Any, ...]] = []
    errors = []
    topics = sorted(visit.names.topics)
    for nth, wanted in enumerate(visit.choices.lines()):
        try:
            coverage = queries.coverage_over_time(visit.dataset, wanted, grain=visit.grain)
        except QueryError as error:
            errors.append(str(error).removeprefix("query: ").capitalize())
            continue
        errors.append("")
        is_topic = not wanted.query and len(wanted.topics) == 1
        colour = topics.index(wanted.topics[0]) if is_topic and wanted.topics[0] in topics else nth
        found.append((wanted, line_name(visit, wanted), colour, coverage))
    filters, names, colours, answers = (tuple(each[at] for each in found) for at in range(4))
    return Drawn(filters, names, colours, answers, tuple(errors))


def line_name(visit: Visit, wanted: Filter) -> str:
    """Name a line by its query or topic, or by its source where it has neither."""
    if wanted.query:
        return wanted.query
    if wanted.topics:
        return " or ".join(visit.names.topics.get(topic, topic) for topic in wanted.topics)
    return ", ".join(visit.names.sources.get(source, source) for source in wanted.sources) or "All articles"


def chart_figure(visit: Visit, drawn: Drawn) -> dict[str, Any]:
    """Draw the lines, with gaps and selection."""
    lines = [figures.Line(*line) for line in zip(drawn.names, drawn.colours, drawn.coverage, strict=True)]
    gaps = queries.collection_gaps(visit.dataset, visit.choices.filter)
    figure = figures.coverage_lines(
        lines, grain=visit.grain, measure=visit.measure, gaps=gaps, peak=visit.choices.peak, scheme=visit.scheme
    )
    figure["layout"] |= {"uirevision": "kept", "selectionrevision": str(visit.choices.peak), "selections": []}
    return figure


def chart_words(visit: Visit, drawn: Drawn) -> dict[str, Any]:
    """Say what the chart shows."""
    return {
        "title": _title(visit, drawn),
        "summary": _summary(visit, drawn),
        "unit": _unit(visit),
        "empty": _empty(visit, drawn),
        "notices": list(visit.notices),
        "errors": list(drawn.errors),
        "isTable": visit.choices.as_table,
        "table": _table(visit, drawn) if visit.choices.as_table else None,
        "csv": "/coverage.csv" + to_address(visit.choices),
        "sql": coverage_sql(visit, drawn),
        "python": python_written(_asked(visit, drawn)),
        "compare": "/compare" + to_address(visit.choices),
        "buckets": _buckets(visit, drawn),
    }


def coverage_sql(visit: Visit, drawn: Drawn) -> str:
    """Return the SQL that gives the chart's numbers in any DuckDB shell."""
    return "\n".join(each.sql() for each in _asked(visit, drawn))


def _asked(visit: Visit, drawn: Drawn) -> list[Asked]:
    return [Asked("coverage_over_time", wanted, (), {"grain": visit.grain}) for wanted in drawn.filters]


def coverage_rows(visit: Visit, drawn: Drawn) -> pd.DataFrame:
    """Return the chart's numbers as one tidy table: line, bucket, and the columns of `coverage_over_time`."""
    frames = [frame.assign(line=name) for name, frame in zip(drawn.names, drawn.coverage, strict=True)]
    if not frames:
        return pd.DataFrame({"line": pd.Series(dtype=str), "bucket": pd.Series(dtype="datetime64[us]")})
    rows = pd.concat(frames, ignore_index=True)
    return rows[["line", *(column for column in rows.columns if column != "line")]]


def _title(visit: Visit, drawn: Drawn) -> str:
    what = "Share of articles" if visit.measure == "share" else "Articles"
    named = " and ".join(drawn.names) if len(drawn.names) <= 2 else f"{len(drawn.names)} lines"
    return f"{named or 'Coverage'}: {what.lower()} {GRAINS[visit.grain]}"


def _summary(visit: Visit, drawn: Drawn) -> str:
    if not drawn.articles:
        return ""
    frame = drawn.coverage[0]
    told = [
        f"{plural(int(frame['articles'].sum()), 'article')} of {int(frame['articles_collected'].sum()):,}, {period_told(*visit.period)}"
    ]
    if len(drawn.names) > 1:
        told = [
            f"{name}: {plural(int(each['articles'].sum()), 'article')}"
            for name, each in zip(drawn.names, drawn.coverage, strict=True)
        ]
        told.append(period_told(*visit.period))
    most = first_row(frame.sort_values(["articles", "bucket"], ascending=[False, True]))
    told.append(
        f"most in {bucket_told(most['bucket'].date(), visit.grain)}: "
        f"{plural(int(most['articles']), 'article')}, {share_told(most['share'])}"
    )
    missing = int(frame["missing_days"].sum())
    if missing:
        told.append(f"{plural(missing, 'source-day')} missing, shown as bands")
    if bool(frame["is_partial"].any()):
        told.append("unfinished steps are dotted")
    return "; ".join(told) + "."


def _unit(visit: Visit) -> str:
    counted = filter_told(
        Filter(**{**visit.choices.filter.__dict__, "topics": (), "query": None}), visit.names.__getitem__
    )
    if visit.measure == "share":
        return f"Share: of {counted} of the same days that were collected. Days are in UTC."
    return f"Counted: {counted}. Days are in UTC."


def _empty(visit: Visit, drawn: Drawn) -> str:
    if not drawn.coverage:
        return (
            "The query cannot be understood; what is wrong with it stands under its field." if any(drawn.errors) else ""
        )
    if not any(len(frame) for frame in drawn.coverage):
        return "Nothing was collected of these sources on these days. Choose more days or more sources."
    if drawn.articles:
        return ""
    narrowed = [name for name, is_set in _narrowing(visit.choices.filter).items() if is_set]
    advice = (
        f" Loosen {' or '.join(narrowed)}."
        if narrowed
        else " Try other words, or the beginning of a word with a star: flood*."
    )
    return f"None of {int(drawn.coverage[0]['articles_collected'].sum()):,} articles matches." + advice


def _narrowing(chosen: Filter) -> dict[str, bool]:
    return {
        "the days": bool(chosen.since or chosen.until),
        "the sources": bool(chosen.sources or chosen.collections or chosen.countries),
        "the languages": bool(chosen.languages),
        "the least number of matches": chosen.least_matches > 1,
        "“title only”": chosen.title_only,
        "“sources collected throughout”": chosen.balanced,
    }


def _table(visit: Visit, drawn: Drawn) -> dict[str, Any]:
    is_many = len(drawn.names) > 1
    rows: list[list[Any]] = []
    for nth, (name, frame) in enumerate(zip(drawn.names, drawn.coverage, strict=True), start=1):
        for row in rows_of(frame):
            first = row.bucket.date()
            days = (first, last_day_of(first, visit.grain))
            step = {
                "text": bucket_told(first, visit.grain),
                "href": visit.address(peak=days, line=nth, page=1, as_table=True),
                "more": "unfinished" if row.is_partial else "",
            }
            values = [
                f"{int(row.articles):,}",
                f"{int(row.articles_collected):,}",
                share_told(row.share),
                f"{int(row.sources):,}",
                f"{int(row.missing_days):,}",
            ]
            rows.append([step, *([name] if is_many else []), *values])
    columns = [
        ("step", "text"),
        *([("line", "text")] if is_many else []),
        ("articles", "number"),
        ("of", "number"),
        ("share", "number"),
        ("sources", "number"),
        ("source-days missing", "number"),
    ]
    return table_data(_title(visit, drawn), columns, rows, empty="No steps.")


def _buckets(visit: Visit, drawn: Drawn) -> list[list[str]]:
    if not drawn.coverage:
        return []
    days = [bucket.date() for bucket in drawn.coverage[0]["bucket"]]
    return [[day.isoformat(), last_day_of(day, visit.grain).isoformat()] for day in days]
