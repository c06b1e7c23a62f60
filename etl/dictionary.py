"""Write what is generated: how words are folded, as SQL, and the dictionary of the dataset.

Both are derived: the folding from etl.methods.words, the dictionary from the comments of data/schema. `--check` tells
whether the files on the disk are what would be written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import duckdb

from etl.methods import query, words
from etl.publish.schema import FILTERS, schema_sql

DATA = Path(__file__).resolve().parents[1] / "data"
FOLDING_FILE, DICTIONARY_FILE = DATA / "schema" / "30_words.sql", DATA / "dictionary.md"


def write_generated() -> None:
    """Write the generated files."""
    FOLDING_FILE.write_text(folding_sql(), encoding="utf-8")
    DICTIONARY_FILE.write_text(dictionary_text(), encoding="utf-8")


def stale_files() -> list[Path]:
    """Return the generated files that are not what would be written."""
    wanted = {FOLDING_FILE: folding_sql, DICTIONARY_FILE: dictionary_text}
    return [path for path, make in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != make()]


def dictionary_text() -> str:
    """Return the dictionary of the dataset in Markdown: every table, column and question."""
    with duckdb.connect() as connection:
        connection.execute(schema_sql())
        tables = connection.execute(_TABLES).fetchall()
        columns = connection.execute(_COLUMNS).fetchall()
        questions = connection.execute(_QUESTIONS).fetchall()
    lines = [_HEAD, "## Tables"]
    for table, comment in tables:
        lines += ["", f"### {table}", "", comment, "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| {name} | {kind} | {_cell(meaning)} |" for of, name, kind, meaning in columns if of == table]
    lines += [
        "",
        "## Questions",
        "",
        _FILTERS.format(filters=", ".join(f"`{name} := {value}`" for name, value in FILTERS.items())),
    ]
    for name, parameters, comment in questions:
        own = [parameter for parameter in parameters if parameter not in FILTERS]
        asked = [*own, *(["filters"] if len(parameters) > len(own) else [])]
        lines += ["", f"### {name}({', '.join(asked)})", "", comment]
    return "\n".join(lines) + "\n"


_HEAD = """# Dictionary

GENERATED from data/schema by `python -m etl dictionary`. Do not edit.

Every table, column and question of the published dataset. The same texts stand in the file itself: `FROM duckdb_columns()`.
"""
_FILTERS = """Ask a question with `FROM name(parameter := value)`. Questions with *filters* take all of these, by name, in any order:
{filters}.
Lists are written `['harbour-post', 'kuestenblatt']`, days `'2026-08-31'`. What each filter does stands in data/README.md."""
_TABLES = "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal ORDER BY table_oid"
_COLUMNS = "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY table_oid, column_index"
_QUESTIONS = """
SELECT function_name, parameters, comment FROM duckdb_functions()
WHERE  NOT internal AND function_type = 'table_macro' AND comment IS NOT NULL ORDER BY function_name
"""


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")


def folding_sql() -> str:
    """Return the rules of etl.methods.words as SQL macros, so that a query is folded as the index was."""
    assigned = [letter for letter in map(chr, range(0x80, 0x110000)) if unicodedata.category(letter) != "Cs"]
    changed = [
        letter
        for letter in assigned
        if unicodedata.is_normalized("NFC", letter) and words.fold_letter(letter) != letter
    ]
    unspaced = re.compile(f"[{words.UNSPACED}]")
    letters = [letter for letter in [*map(chr, range(0x80)), *assigned] if words.is_word_letter(letter)]
    marks = {chr(mark): chr(plain) for mark, plain in sorted(query.PLAIN_MARKS.items())}
    visible = {mark: plain for mark, plain in marks.items() if unicodedata.category(mark) != "Cc"}
    return _FOLDING.format(
        controls=_ranges(mark for mark in marks if mark not in visible),
        marks=_quoted(visible),
        plain=_quoted(visible.values()),
        folded_letters=_quoted([*(f"\t{letter}{_folded(letter)}" for letter in changed), "\t"]),
        foreign_letters=_ranges(letter for letter in letters if not letter.isascii()),
        unspaced=_escaped(words.UNSPACED),
        invisible=_escaped(words.INVISIBLE),
        spaced_letters=_ranges(letter for letter in letters if not unspaced.match(letter)),
        word_letters=_ranges(letters),
    )


def _folded(letter: str) -> str:
    """Return what a letter counts as in a query: a full stop for what is no letter, a mark for what goes."""
    return "".join(part if words.is_word_letter(part) else "." for part in words.fold_letter(letter)) or GONE


GONE = "⌫"
_FOLDING = r"""-- GENERATED from etl/methods/words.py by `python -m etl dictionary`: how a query is folded and cut into words. Do not edit.

CREATE MACRO plain_marks(given) AS translate(regexp_replace(given, '[{controls}]', ' ', 'g'), {marks}, {plain});

-- Letters that change, each after a tab, with what they count as; ⌫ is one that goes.
CREATE MACRO folded_letters() AS {folded_letters};

-- A plain query with its letters beyond ASCII folded; a full stop for all that is no letter.
CREATE MACRO fold(plain) AS regexp_replace(regexp_replace(
    nfc_normalize(array_to_string(list_transform(string_split(nfc_normalize(plain), ''),
    lambda letter: CASE WHEN contains(folded_letters(), chr(9) || letter)
        THEN split_part(split_part(folded_letters(), chr(9) || letter, 2), chr(9), 1) ELSE letter END), '')),
    '([^\s()"-])⌫+|⌫+([^\s()"⌫-])', '\1\2', 'g'), '[^\x00-\x7f{foreign_letters}]', '.', 'g');

-- In scripts without spaces a word begins at each character: a pair with the next one, which is then a place of its own.
CREATE MACRO with_pairs(folded) AS replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    folded, '([?*]*[{unspaced}]+)\**', '.\1.', 'g'),    -- each run apart, with a star or question mark that is no wildcard
    '[{unspaced}]', '\0+\0', 'g'),                   -- each character twice: a+ab+bc+c
    '\.([{unspaced}])\+[{unspaced}]\.', '.\1*.', 'g'),  -- one alone begins any pair
    '\.[{unspaced}]\+', '.', 'g'), '\+[{unspaced}]\.', '.∎.', 'g'), '+', '.');

-- A text cut before each word, so that the n-th piece ends with its n-th word (fractions such as one half are two words).
CREATE MACRO text_units(given) AS regexp_extract_all(regexp_replace(nfc_normalize(given), '[{invisible}]', '', 'g'),
    '[^{word_letters}]*(?:[{unspaced}]|[{spaced_letters}]+)');
"""


def _quoted(letters: Iterable[str]) -> str:
    return "'" + "".join(letters).replace("'", "''") + "'"


def _escaped(letter_class: Iterable[str]) -> str:
    """Write the letters of a regular expression's class by their numbers, so that the file shows no odd characters."""
    return "".join(letter if letter == "-" else f"\\x{{{ord(letter):x}}}" for letter in letter_class)


def _ranges(letters: Iterable[str]) -> str:
    ranges: list[list[str]] = []
    for letter in letters:
        if ranges and ord(letter) == ord(ranges[-1][1]) + 1:
            ranges[-1][1] = letter
        else:
            ranges.append([letter, letter])
    return _escaped("".join(first if first == last else f"{first}-{last}" for first, last in ranges))
