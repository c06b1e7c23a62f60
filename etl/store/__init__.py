"""The workshop database: what the stages know and have still to do. The only code that writes it."""

from etl.store.store import Store

__all__ = ["Store"]
