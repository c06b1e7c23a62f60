"""The command line: python -m etl COMMAND."""

from etl.cli.main import main

__all__ = ["main"]
