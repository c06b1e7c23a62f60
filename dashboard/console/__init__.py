"""The console: a SELECT that a reader wrote, answered by a process of its own with hard limits."""

from dashboard.console.asking import ROWS, SECONDS, Answer, StatementRefused, run_select

__all__ = ["ROWS", "SECONDS", "Answer", "StatementRefused", "run_select"]
