"""What was collected on which day: four states, told by colour and by letter."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import theme
from dashboard.figures.names import plain
from dashboard.telling import plural
from dashboard.theme import Scheme

STATES = ("collected", "imported", "partly", "missing")
ROW = 22  # pixels of a source

_COLOURS = {
    "light": ("#b7dcd0", "#a9c9e6", "#e8b96a", "#b3261e"),
    "dark": ("#1f5f50", "#2a567d", "#a8741a", "#e5736b"),
}


def collection_heatmap(days: pd.DataFrame, names: dict[str, str], *, scheme: Scheme = "light") -> dict[str, Any]:
    """Draw the state of every source-day (`collection_days`); days that nobody looked at stay empty."""
    states = days.assign(step=days["state"].map({state: nth for nth, state in enumerate(STATES)}))
    grid = states.pivot_table(index="source_id", columns="covered_on", values="step", aggfunc="max")
    counts = states.pivot_table(index="source_id", columns="covered_on", values="articles", aggfunc="sum")
    order = sorted(map(str, grid.index), key=lambda name: str(names.get(name, name)).casefold(), reverse=True)
    steps, numbers = grid.loc[order].to_numpy().tolist(), counts.loc[order].to_numpy().tolist()
    told = [
        [
            "" if pd.isna(step) else f"{STATES[int(step)]}, {plural(int(number), 'article')}"
            for step, number in zip(*row, strict=True)
        ]
        for row in zip(steps, numbers, strict=True)
    ]
    colours = _COLOURS[scheme]
    scale = [[edge, colours[nth]] for nth in range(4) for edge in (nth / 4, (nth + 1) / 4)]
    letters = {2: "p", 3: "×"}
    trace = {
        "type": "heatmap",
        "x": [str(pd.Timestamp(day).date()) for day in grid.columns],
        "y": [plain(names.get(name, name), 24) for name in order],
        "z": [[None if pd.isna(step) else int(step) for step in row] for row in steps],
        "zmin": -0.5,
        "zmax": 3.5,
        "colorscale": scale,
        "xgap": 1,
        "ygap": 2,
        "customdata": told,
        "text": [["" if pd.isna(step) else letters.get(int(step), "") for step in row] for row in steps],
        "texttemplate": "%{text}",
        "hovertemplate": "%{y}, %{x}: %{customdata}<extra></extra>",
        "showscale": False,
    }
    return {
        "data": [trace],
        "layout": theme.layout(
            scheme,
            height=70 + ROW * max(len(order), 1),
            xaxis={
                "type": "date",
                "fixedrange": True,
                "showgrid": False,
                "tickformatstops": [{"dtickrange": [None, None], "value": "%-d %b\n%Y"}],
            },
            yaxis={"fixedrange": True, "showgrid": False, "ticklabelstandoff": 6, "dtick": 1},
        ),
    }
