"""A figure in a notebook."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.theme import GRAPH_CONFIG


def show(figure: dict[str, Any]) -> go.Figure:
    """Return a figure that a notebook shows when it ends a cell: interactive, and without the button that uploads it."""
    shown = go.Figure(figure)
    shown.update_layout(modebar_remove=GRAPH_CONFIG["modeBarButtonsToRemove"], dragmode="zoom")
    return shown
