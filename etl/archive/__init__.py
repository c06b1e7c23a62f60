"""Fetched pages, unread, in WARC files (ISO 28500): ours are appended to and mended, anybody's are read."""

from etl.archive.reading import read_warc
from etl.archive.writing import Archive

__all__ = ["Archive", "read_warc"]
