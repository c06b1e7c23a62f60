"""Figures: a DataFrame in, a plain dict in Plotly's schema out (a go.Figure costs 29 ms), and nothing else."""

from dashboard.figures.bars import source_bars, topic_dots
from dashboard.figures.compare import (
    WEEKDAYS,
    calendar,
    citation_network,
    columns_drawn,
    named_bars,
    source_heatmap,
    stacked_shares,
)
from dashboard.figures.days import STATES, collection_heatmap
from dashboard.figures.lines import Line, coverage_lines
from dashboard.figures.showing import show
from dashboard.figures.story import ROLES, role_bars, story_timeline
from dashboard.figures.topics import topic_multiples

__all__ = [
    "ROLES",
    "STATES",
    "WEEKDAYS",
    "Line",
    "calendar",
    "citation_network",
    "collection_heatmap",
    "columns_drawn",
    "coverage_lines",
    "named_bars",
    "role_bars",
    "show",
    "source_bars",
    "source_heatmap",
    "stacked_shares",
    "story_timeline",
    "topic_dots",
    "topic_multiples",
]
