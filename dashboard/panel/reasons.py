"""Why: the stories, words, sources and speakers that make a peak; without a selection, those of the whole period."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import queries
from dashboard.components import Cell, shown, table_data
from dashboard.filters import Choices, to_address
from dashboard.panel.chart import line_name
from dashboard.rows import Row, rows_of
from dashboard.telling import period_told, plural, share_told
from dashboard.visit import Visit

MOST = {"story": 8, "word": 10, "source": 8, "speaker": 8}
PARTS = {"story": "stories", "word": "words", "source": "sources", "speaker": "speakers"}


def reasons(visit: Visit) -> dict[str, Any]:
    """Return what the panel says: a title, a note, and four tables."""
    wanted = visit.choices.of_peak()
    found = _why(visit) if visit.choices.peak else _whole_period(visit)
    told: dict[str, Any] = {PARTS[part]: _part(visit, part, _most(found, part)) for part in PARTS}
    articles = queries.count_articles(visit.dataset, wanted)
    name = line_name(visit, visit.choices.of_line())
    if visit.choices.peak:
        told |= {"title": f"Why {period_told(*visit.choices.peak)}?", "clear": visit.address(peak=None, line=1, page=1)}
        told["note"] = f"{name}: {plural(articles, 'article')}, against the 28 days before."
    else:
        told |= {
            "title": "What it is made of",
            "clear": "",
            "note": f"{name}: {plural(articles, 'article')} of the whole period.",
        }
    return told | {"lines": _lines(visit)}


def _most(found: pd.DataFrame, part: str) -> pd.DataFrame:
    """Return the rows of a part that are shown; sources by their articles, since readers compare these."""
    rows = found[found["part"] == part]
    return (rows.sort_values("articles", ascending=False, kind="stable") if part == "source" else rows).head(MOST[part])


def _why(visit: Visit) -> pd.DataFrame:
    return queries.why(visit.dataset, visit.choices.of_peak())


def _whole_period(visit: Visit) -> pd.DataFrame:
    """Return the same parts for all that the line holds, where there is no time before to set it against."""
    wanted, dataset = visit.choices.of_line(), visit.dataset
    stories = queries.top_stories(dataset, wanted, most=MOST["story"]).rename(
        columns={"title": "label", "story_id": "item_id"}
    )
    words = (
        queries.top_words(dataset, wanted)
        .head(MOST["word"] if wanted.query or wanted.topics else 0)
        .rename(columns={"word": "label", "background_share": "share_before"})
    )
    sources = queries.coverage_by_source(dataset, wanted).rename(columns={"source_id": "label"})
    speakers = queries.top_speakers(dataset, wanted, most=MOST["speaker"]).rename(
        columns={"speaker": "label", "entity_id": "item_id"}
    )
    parts = {"story": stories, "word": words, "source": sources[sources["articles"] > 0], "speaker": speakers}
    kept = ["part", "label", "item_id", "articles", "sources", "share", "share_before"]
    return pd.concat(
        [frame.assign(part=part).reindex(columns=kept).astype(object) for part, frame in parts.items()],
        ignore_index=True,
    )


def _part(visit: Visit, part: str, rows: pd.DataFrame) -> dict[str, Any]:
    columns: list[tuple[str, str]] = [(part, "text"), ("articles", "number")]
    if part == "story":
        columns.append(("sources", "number"))
    cells = [
        [_label(visit, part, row), f"{int(row.articles):,}", *([f"{int(row.sources):,}"] if part == "story" else [])]
        for row in rows_of(rows)
    ]
    empty = {
        "story": "No story.",
        "word": "No word stands out."
        if visit.choices.peak or _narrows(visit)
        else "A query or a topic has words of its own.",
        "source": "No source.",
        "speaker": "Nobody is quoted.",
    }[part]
    return table_data(f"{PARTS[part].capitalize()} by articles", columns, cells, empty=empty)


def _narrows(visit: Visit) -> bool:
    line = visit.choices.of_line()
    return bool(line.query or line.topics)


def _label(visit: Visit, part: str, row: Row) -> Cell:
    label = str(row.label)
    if part == "story":
        return {"text": shown(label, 120), "href": f"/story/{int(row.item_id)}"}
    if part == "source":
        return {
            "text": visit.names.sources.get(label, label),
            "href": f"/source/{label}",
            "more": _against(row, "of its kind"),
        }
    return {
        "text": shown(label, 60),
        "href": _explore(visit, f'"{label}"' if " " in label else label),
        "more": _against(row, "of articles"),
    }


def _against(row: Row, of_what: str) -> str:
    """Say a share here and before, in a few words."""
    here, before = row.share, row.share_before
    if pd.isna(here) or of_what == "of its kind":
        return ""
    return share_told(here) if pd.isna(before) else f"{share_told(here)}, else {share_told(before)}"


def _explore(visit: Visit, query: str) -> str:
    """Return the address of a word within the same filters."""
    line = visit.choices.of_line()
    both = f"({line.query}) AND {query}" if line.query else query
    peak = visit.choices.peak
    return "/explore" + to_address(Choices(filter=replace(line, query=None), queries=(both,), peak=peak))


def _lines(visit: Visit) -> list[dict[str, Any]]:
    lines = visit.choices.lines()
    if len(lines) < 2:
        return []
    now = min(visit.choices.line, len(lines))
    return [
        {"text": shown(line_name(visit, line), 60), "href": visit.address(line=nth, page=1), "isNow": nth == now}
        for nth, line in enumerate(lines, start=1)
    ]
