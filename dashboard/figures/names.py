"""Texts of strangers in a figure: Plotly renders a part of HTML, so its marks are written out."""

from __future__ import annotations

import html

MOST = 44  # characters of a name in a figure


def plain(text: object, most: int = MOST) -> str:
    """Return a text that a figure shows as it is, cut to what fits."""
    short = str(text)
    short = short if len(short) <= most else short[: most - 1] + "…"
    return html.escape(short, quote=False)
