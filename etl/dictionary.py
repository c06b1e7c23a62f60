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
_FILTERS = """Ask a question with `FROM name(parameter := value)`. Questions with *filters* take all of these, by name, in any order: {filters}.
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
    assigned = [letter for letter in map(chr, range(0x20, 0x110000)) if unicodedata.category(letter) not in _UNMET]
    met = [letter for letter in assigned if unicodedata.is_normalized("NFC", letter)]  # NFC comes first
    changed = {letter: folded for letter in met if (folded := words.fold_letter(letter)) != letter}
    single = {letter: folded for letter, folded in changed.items() if len(folded) == 1}
    dropped = [letter for letter, folded in changed.items() if not folded]
    several = [letter + folded for letter, folded in changed.items() if len(folded) > 1]
    unspaced = re.compile(f"[{words.UNSPACED}]")
    marks, plain = zip(*sorted(query.PLAIN_MARKS.items()), strict=True)
    return _FOLDING.format(
        marks=_quoted(map(chr, marks)),
        plain=_quoted(map(chr, plain)),
        letters=_quoted([*single, *dropped]),
        folded=_quoted(single.values()),
        several=_quoted("|".join(several)),
        unspaced=_escaped(words.UNSPACED),
        invisible=_escaped(words.INVISIBLE),
        spaced_letters=_ranges(
            letter for letter in assigned if words.is_word_letter(letter) and not unspaced.match(letter)
        ),
        word_letters=_ranges(letter for letter in assigned if words.is_word_letter(letter)),
    )


_UNMET = ("Cs",)  # surrogates
_FOLDING = r"""-- GENERATED from etl/methods/words.py by `python -m etl dictionary`: how text is folded and cut into words. Do not edit.

CREATE MACRO plain_marks(given) AS translate(given, {marks}, {plain});

CREATE MACRO fold(given) AS CASE WHEN strlen(given) = length(given) THEN lower(given) ELSE nfc_normalize(list_reduce(
    list_prepend(translate(nfc_normalize(given), {letters}, {folded}), string_split({several}, '|')),
    lambda done, pair: replace(done, pair[1], pair[2:]))) END;

CREATE MACRO is_unspaced(given) AS regexp_matches(given, '^[{unspaced}]');

CREATE MACRO single_letters_or_words() AS ' *(?:[{unspaced}]\*?|[^ *{unspaced}]+\*?)';

-- A text cut before each word, so that the n-th piece ends with its n-th word (fractions such as one half are two words).
CREATE MACRO text_units(given) AS regexp_extract_all(regexp_replace(nfc_normalize(given), '[{invisible}]', '', 'g'),
    '[^{word_letters}]*(?:[{unspaced}]|[{spaced_letters}]+)');

-- Folded, with a space for all that is not part of a word, save the star and question mark of a query.
CREATE MACRO words_apart(given) AS regexp_replace(fold(given),
    CASE WHEN strlen(given) = length(given) THEN '[^a-z0-9*?]' ELSE '[^*?{word_letters}]' END, ' ', 'g');
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
