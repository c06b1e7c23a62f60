"""What of an article is compared: words, names as they sound, numbers."""

from __future__ import annotations

import numpy as np
import pytest

from etl.methods.stories.sounds import sound_of
from etl.methods.stories.terms import FIELDS, read_terms, significant_digits


@pytest.mark.parametrize("names", [
    ("Kaltenau", "Кальтенау", "カルテナウ"),
    ("Santovar", "Сантовар", "サントバル", "سانتوفار"),
    ("Şahin", "Sahin"),
    ("Müller", "Muller", "Mueler"),
])  # fmt: skip
def test_a_name_sounds_alike_in_every_alphabet(names: tuple[str, ...]) -> None:
    assert len({sound_of(name) for name in names}) == 1
    assert sound_of(names[0])


def test_different_names_sound_different() -> None:
    assert len({sound_of(name) for name in ("Kaltenau", "Santovar", "Orvel", "Kestrin", "Marrow")}) == 5


@pytest.mark.parametrize(("number", "digits"), [
    ("16,900", "169"), ("1万6900", "169"), ("16 900", "169"), ("3万", "3"), ("0", ""), ("007", "7"), ("2.5", "25"),
])  # fmt: skip
def test_digits_of_a_number(number: str, digits: str) -> None:
    assert significant_digits(number) == digits


def test_fields_hold_one_another() -> None:
    terms = read_terms("Dam bursts at Orvel", "The dam at Orvel burst. " * 60, "en")
    title, lead, body = terms.counts[:, :3].T
    assert (title <= lead).all()
    assert (lead <= body).all()
    assert terms.counts.shape == (len(terms.slots), len(FIELDS))


def test_words_of_grammar_are_left_out() -> None:
    assert len(read_terms("the of and", "the of and in", "en").slots) == 0


def test_names_are_told_by_their_capital() -> None:
    names = read_terms("", "near Kestrin it rained", "en").counts[:, FIELDS.index("names")]
    assert np.count_nonzero(names) == 1


@pytest.mark.parametrize("text", ["", "…", "\x00", "\ud800", "a" * 100_000, "堤" * 100_000])
def test_odd_texts_are_read(text: str) -> None:
    assert read_terms(text, text, None).counts.dtype == np.uint8
