"""Build a publication from the store: rows, word index, questions; check it, and switch to it."""

from etl.publish.publishing import publish

__all__ = ["publish"]
