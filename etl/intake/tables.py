"""Lists of addresses in rows and columns: CSV and its cousins, plain lists, and GDELT's files without headers.

The column of addresses is found by its header, else by what stands in it. Real files have marks at their start,
semicolons, torn quotes and letters of another encoding; each costs its own row at most.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from etl.intake.opening import open_text
from etl.intake.rows import Row, Rows, moment_of
from etl.records import Link

Layout: TypeAlias = Literal["addresses", "articles", "sources", "gkg", "events", "mentions"]

SAMPLE = 200  # rows by which a table is told
LONGEST_CELL = 4_000_000  # characters: a text; beyond it a quote was never closed
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
# The headers under which people keep addresses, the surest first; links of a topic have two of them.
TOPIC_LINKS = ("source_url", "ref_url")
ADDRESS_HEADERS = (
    *("url", "link", "href", "address", "permalink"),
    *("documentidentifier", "sourceurl", "mentionidentifier", "original", "story_url", "article_url"),
)
TEXT_HEADERS = ("text", "maintext", "body", "content", "text_content", "full_text")
TITLE_HEADERS = ("title", "headline")
DATE_HEADERS = (
    "published_at",
    "publish_date",
    "date_published",
    "publication_date",
    "pub_date",
    "published",
    "publishedat",
)
# Tables of counts, by headers that stand in no list of articles.
COUNTS = (
    *({"date", "count"}, {"date", "series", "value"}, {"term", "term_count"}),
    *({"language", "count", "ratio"}, {"source", "count", "ratio"}),
)
GKG_ID = re.compile(r"\d{14}-T?\d+")
PAGE_TITLE = re.compile(r"<PAGE_TITLE>(.*?)</PAGE_TITLE>", re.DOTALL)
WEB_COLLECTION = "1"  # of GDELT's collections the one whose documents are web addresses


class NoList(ValueError):
    """A table that is understood, but lists nothing to take in; says what it is."""


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is laid out."""

    layout: Layout
    delimiter: str = ","
    header: tuple[str, ...] = ()  # in lower case; empty where there is none
    columns: tuple[int, ...] = (0,)  # of addresses

    @property
    def has_header(self) -> bool:
        """Tell whether the first row names the columns."""
        return bool(self.header)


def recognise_table(text: str) -> Table | None:
    """Tell how a text is laid out as a table, by its first rows; None where it is none. NoList where it has no rows for us."""
    lines = [line for line in text.splitlines()[: SAMPLE * 2] if line.strip() and not line.startswith("#")]
    if not lines:
        return None
    if gdelt := _gdelt(lines):
        return gdelt
    delimiter = _delimiter(lines)
    rows = list(_cells(io.StringIO("\n".join(lines[:SAMPLE])), delimiter))
    header = tuple(_plain(cell) for cell in rows[0])
    if any(counted <= set(header) for counted in COUNTS) and not set(header) & set(ADDRESS_HEADERS):
        raise NoList(f"a table of counts ({', '.join(header)}), which lists no articles")
    if "homepage" in header:
        return Table("sources", delimiter, header)
    if set(header) & set(TEXT_HEADERS) and set(header) & {*TITLE_HEADERS, *ADDRESS_HEADERS}:
        return Table("articles", delimiter, header)
    return _address_table(rows, header, delimiter)


def read_table(path: Path, table: Table) -> Rows:
    """Yield the rows of a table of addresses; the number of a row is that of its line."""
    for number, cells in read_cells(path, table):
        if isinstance(cells, str):
            yield Row(number, reason=cells)
            continue
        yield from _rows_of(number, cells, table)


def read_records(path: Path, table: Table) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Yield the rows of a table by the names of their columns, or why one cannot be read."""
    for number, cells in read_cells(path, table):
        yield number, cells if isinstance(cells, str) else dict(zip(table.header, cells, strict=False))


def read_cells(path: Path, table: Table) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the number and the cells of each row that holds something, or why it cannot be read."""
    csv.field_size_limit(LONGEST_CELL)
    is_quoted = table.layout not in ("gkg", "events", "mentions")  # GDELT quotes nothing
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE
    with open_text(path) as text:
        reader = csv.reader(text, delimiter=table.delimiter, quoting=quoting)
        is_header = table.has_header
        while (cells := _next(reader)) is not None:
            if isinstance(cells, list) and (not any(cells) or cells[0].startswith("#")):
                continue
            if not is_header:
                yield reader.line_num, cells
            is_header = False


def _next(reader: Iterator[list[str]]) -> list[str] | str | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        return f"the row cannot be read: {error}"


def _rows_of(number: int, cells: Sequence[str], table: Table) -> Rows:
    named = dict(zip(table.header, cells, strict=False))
    is_mended = any("\ufffd" in cell for cell in cells)
    for column in table.columns:
        address = cells[column].strip() if column < len(cells) else ""
        reason = _why_no_row(address, cells, table)
        link = None if reason else _link_of(address, cells, named, table)
        yield Row(number, link, address or None, reason, is_mended=is_mended)


def _why_no_row(address: str, cells: Sequence[str], table: Table) -> str | None:
    if table.layout == "gkg" and cells[2:3] != [WEB_COLLECTION]:
        return "a document of GDELT's that is not on the web"
    if table.layout == "mentions" and cells[3:4] != [WEB_COLLECTION]:
        return "a mention that is not on the web"
    if not address:
        return "the row has no address"
    return None if ADDRESS.fullmatch(address) else "is no web address"


def _link_of(address: str, cells: Sequence[str], named: Mapping[str, str], table: Table) -> Link:
    if table.layout == "gkg":
        title = PAGE_TITLE.search(cells[-1])
        return Link(address, (title and title[1].strip()) or None)
    title_said = next((named[name].strip() for name in TITLE_HEADERS if named.get(name)), None)
    told = next((named[name] for name in DATE_HEADERS if named.get(name)), None)
    return Link(address, title_said, moment_of(told), named.get("language") or None)


def _gdelt(lines: Sequence[str]) -> Table | None:
    """Tell GDELT's files without headers by their number of columns and what their first one looks like."""
    cells = lines[0].split("\t")
    if len(cells) == 27 and GKG_ID.fullmatch(cells[0]):
        return Table("gkg", "\t", columns=(4,))
    if len(cells) in (58, 61) and cells[0].isdecimal():
        return Table("events", "\t", columns=(len(cells) - 1,))
    if len(cells) == 16 and cells[0].isdecimal():
        return Table("mentions", "\t", columns=(5,))
    return None


def _delimiter(lines: Sequence[str]) -> str:
    """Choose what parts the cells: what the first line, which is a header or like one, has the most of."""
    first = re.sub(r"https?://\S*?(?=[,;\t]?$|[,;\t]\s*\S)", "", lines[0])
    return max((",", ";", "\t"), key=first.count)


def _cells(text: io.StringIO, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text, delimiter=delimiter)
    while (cells := _next(reader)) is not None:
        if isinstance(cells, list):
            yield cells


def _plain(cell: str) -> str:
    return cell.strip().lower().lstrip("\ufeff")


def _address_table(rows: Sequence[Sequence[str]], header: tuple[str, ...], delimiter: str) -> Table | None:
    """Lay out a table in which some column holds addresses: by its header, else by its cells."""
    if all(name in header for name in TOPIC_LINKS):
        return Table("addresses", delimiter, header, tuple(header.index(name) for name in TOPIC_LINKS))
    named = next((name for name in ADDRESS_HEADERS if name in header), None)
    if named and (len(header) > 1 or len(rows) == 1 or _share(rows[1:], 0) > 0):
        return Table("addresses", delimiter, header, (header.index(named),))
    width = max(map(len, rows))
    column = max(range(width), key=lambda nth: _share(rows, nth))
    if _share(rows, column) < 0.5:
        return None
    is_headed = len(rows) > 1 and not any(ADDRESS.fullmatch(cell.strip()) for cell in rows[0])
    return Table("addresses", delimiter, header if is_headed and _has_columns(rows) else (), (column,))


def _has_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether rows have more than one cell: in a mere list the first line is an item like the others."""
    return max(map(len, rows)) > 1


def _share(rows: Sequence[Sequence[str]], column: int) -> float:
    """Return the share of rows that have an address in a column."""
    found = sum(bool(column < len(row) and ADDRESS.fullmatch(row[column].strip())) for row in rows)
    return found / max(1, len(rows))
