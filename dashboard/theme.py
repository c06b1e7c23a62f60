"""This file holds colours, type and spacing: two whole templates for figures, and the theme of the components."""

from __future__ import annotations

from typing import Any, Literal

from dashboard.rows import Value

Scheme = Literal["light", "dark"]

# Okabe and Ito's set and two of Tol's, distinguishable to colour-blind readers; each with 3:1 or more against its background
SERIES: dict[str, tuple[str, ...]] = {
    "light": ("#0072b2", "#d55e00", "#008060", "#b3568c", "#9a6a00", "#2b7fb0", "#882255", "#2d8577"),
    "dark": ("#56b4e9", "#f28e4b", "#2fc19a", "#dd93bd", "#e6b43c", "#8fc7ef", "#d97aa6", "#5cc7b9"),
}
INK: dict[str, dict[str, str]] = {
    "light": {
        "text": "#1f2933",
        "faint": "#52606d",
        "line": "#d9dee3",
        "paper": "#ffffff",
        "gap": "rgba(82,96,109,0.16)",
        "peak": "rgba(213,94,0,0.16)",
        "peak_line": "#b34f00",
        "missing": "#c3cad1",
        "usual": "#9aa5b1",
    },
    "dark": {
        "text": "#e4e9ee",
        "faint": "#a9b4bf",
        "line": "#3a444e",
        "paper": "#171c21",
        "gap": "rgba(169,180,191,0.18)",
        "peak": "rgba(242,142,75,0.22)",
        "peak_line": "#f28e4b",
        "missing": "#505b66",
        "usual": "#6b7885",
    },
}
FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"

# Of the mode bar only the picture and "reset" stay; the button that uploads a chart to a third party must never show.
GRAPH_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": False,
    "responsive": True,
    "doubleClick": False,
    "scrollZoom": False,
    "modeBarButtonsToRemove": ["sendChartToCloud", "lasso2d", "select2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
}


def colour(nth: int, scheme: Scheme = "light") -> str:
    """Return the colour of the nth topic or query, which never depends on what else is shown."""
    return SERIES[scheme][nth % len(SERIES[scheme])]


def template(scheme: Scheme = "light") -> dict[str, Any]:
    """Return the whole template of a figure."""
    ink = INK[scheme]
    axis = {
        "gridcolor": ink["line"],
        "linecolor": ink["line"],
        "zerolinecolor": ink["line"],
        "tickcolor": ink["line"],
        "automargin": True,
        "title": {"font": {"color": ink["faint"], "size": 12}, "standoff": 8},
        "tickfont": {"color": ink["faint"]},
    }
    return {
        "layout": {
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(SERIES[scheme]),
            "font": {"family": FONT, "size": 12, "color": ink["text"]},
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {
                "bgcolor": ink["paper"],
                "bordercolor": ink["line"],
                "font": {"color": ink["text"], "family": FONT},
            },
            "legend": {
                "itemsizing": "constant",
                "orientation": "h",
                "x": 0,
                "y": 1.02,
                "yanchor": "bottom",
                "font": {"color": ink["text"]},
            },
            "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
        }
    }


def layout(scheme: Scheme = "light", **parts: Value) -> dict[str, Any]:
    """Return the layout of a figure: the template, and what this figure adds."""
    return {"template": template(scheme), "separators": ".,", "dragmode": False, **parts}


def components() -> dict[str, Any]:
    """Return the theme of the components."""
    blue = [
        "#e8f3fa",
        "#cfe5f3",
        "#a3cde8",
        "#73b2db",
        "#4a9bcf",
        "#2b86c0",
        "#0072b2",
        "#005f96",
        "#004d7a",
        "#003a5c",
    ]
    dark = [
        "#e4e9ee",
        "#c3ccd4",
        "#a9b4bf",
        "#87939f",
        "#505b66",
        "#3a444e",
        "#20272e",
        "#171c21",
        "#12161a",
        "#0f1317",
    ]
    return {
        "primaryColor": "blue",
        "colors": {"blue": blue, "dark": dark},
        "primaryShade": {"light": 6, "dark": 5},
        "fontFamily": FONT,
        "headings": {"fontFamily": FONT, "fontWeight": "650"},
        "defaultRadius": "sm",
        "autoContrast": True,
    }
