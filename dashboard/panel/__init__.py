"""The part that four pages share: filters, a chart on which one drags, why it peaks there, and the articles counted."""

from dashboard.panel.frame import chart_panel
from dashboard.panel.wiring import register

__all__ = ["chart_panel", "register"]
