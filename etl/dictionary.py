"""Write what is generated: how words are folded, as SQL, and the dictionary of the dataset."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from etl.methods import query, words


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
