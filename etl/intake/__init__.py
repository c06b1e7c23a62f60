"""Take in what people already have: files told apart by their content, each row imported, known, or refused with a reason."""

from etl.intake.intake import import_file

__all__ = ["import_file"]
