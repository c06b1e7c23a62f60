"""Take in what people already have: files told apart by their content, each row imported, known, or refused with a reason.

A file's way: recognise says what it is; the module of its format (warc, tables, json_rows, feeds, outlets, saved_pages)
yields its rows; saving puts links and pages into the store, source_list puts sources into the sources file; intake leads.
"""

from etl.intake.intake import describe_file, import_file

__all__ = ["describe_file", "import_file"]
