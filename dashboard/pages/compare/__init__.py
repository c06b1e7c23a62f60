"""Compare: the same choices by source, by day of the week, before and after, by word, by citation, by topic."""

from dashboard.pages.compare.frame import lay_out

__all__ = ["lay_out"]
