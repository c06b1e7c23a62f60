"""Robustness: the selected line counted in five other ways, so that a reader sees whether the result depends on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import queries
from dashboard.filters import Filter
from dashboard.rows import first_row
from dashboard.telling import bucket_told, plural
from dashboard.visit import Visit

WAYS: dict[str, dict[str, Any]] = {
    "copies left out": {"with_copies": False},
    "at least two matches": {"least_matches": 2},
    "in the title only": {"title_only": True},
    "sources collected throughout": {"balanced": True},
}
EACH_EQUAL = "each source equal"
ALIKE = 0.8  # correlation below which two lines are said to differ


def robustness(visit: Visit) -> list[dict[str, Any]]:
    """Return the five ways: name, values and base (shares by step), told, whether it differs, and its address."""
    line = visit.choices.of_line()
    if not (line.query or line.topics):
        return []
    base = queries.coverage_over_time(visit.dataset, line, grain=visit.grain)
    if not base["articles"].sum():
        return []
    ways = [_way(visit, name, base, _counted(visit, line, changes)) for name, changes in WAYS.items()]
    equal = base.assign(share=base["mean_share"])
    told = _compared(visit, base, equal)
    return [*ways, {"name": EACH_EQUAL, "href": "", **told}]


def _counted(visit: Visit, line: Filter, changes: dict[str, Any]) -> pd.DataFrame:
    return queries.coverage_over_time(visit.dataset, replace(line, **changes), grain=visit.grain)


def _way(visit: Visit, name: str, base: pd.DataFrame, counted: pd.DataFrame) -> dict[str, Any]:
    told = _compared(visit, base, counted)
    articles = int(counted["articles"].sum())
    told["told"] = f"{articles:,} of {plural(int(base['articles'].sum()), 'article')}; {told['told']}"
    changed = replace(visit.choices.filter, **WAYS[name])
    return {"name": name, "href": visit.address(filter=changed, page=1), **told}


def _compared(visit: Visit, base: pd.DataFrame, counted: pd.DataFrame) -> dict[str, Any]:
    """Set two lines side by side: how alike they are, and whether their highest step is the same."""
    both = base[["bucket", "share"]].merge(counted[["bucket", "share"]], on="bucket", how="left", suffixes=("", "_way"))
    ours, theirs = (both[name].astype(float) for name in ("share", "share_way"))
    if not theirs.notna().any() or not theirs.max() > 0:
        return {"values": [], "base": _drawn(ours), "told": "nothing is left", "differs": True}
    alike = ours.corr(theirs)
    highest, way_highest = (first_row(both.loc[[line.idxmax()]])["bucket"].date() for line in (ours, theirs))
    at = "the same highest step" if highest == way_highest else f"highest in {bucket_told(way_highest, visit.grain)}"
    correlated = "" if pd.isna(alike) else f"r = {alike:.2f}, "
    differs = highest != way_highest or (pd.notna(alike) and alike < ALIKE)
    return {"values": _drawn(theirs), "base": _drawn(ours), "told": correlated + at, "differs": bool(differs)}


def _drawn(shares: pd.Series) -> list[float | None]:
    """Return shares as parts of their highest, since shapes are compared."""
    most = shares.max()
    return [None if pd.isna(share) or not most else round(float(share / most), 3) for share in shares]
