"""One normalisation for index, queries and marks; the dataset folds queries the same way."""

from __future__ import annotations

import unicodedata

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.words import fold, is_word_letter, word_spans, words_of
from etl.publish.schema import SCHEMA


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Émile’s Straße: U.S. troops", ["emile", "s", "strasse", "u", "s", "troops"]),
        ("ﬁn ２ ½ Ǆ", ["fin", "2", "1", "2", "dz"]),
        ("Łódź Ørsted İstanbul ıslak", ["lodz", "orsted", "istanbul", "islak"]),
        ("Київ Йога", ["київ", "йога"]),
        ("Ἀθῆναι ΣΊΣΥΦΟΣ", ["αθηναι", "σισυφοσ"]),
        ("מָה وَقَفَ كـتب", ["מה", "وقف", "كتب"]),
        ("東京都", ["東京", "京都", "都"]),
        ("ｶﾞｽ ガス", ["ガス", "ス", "ガス", "ス"]),
        ("Covid-19 c'est don\u00adkey x\u200cy", ["covid", "19", "c", "est", "donkey", "xy"]),
        ("한국 뉴스", ["한국", "뉴스"]),
        ("🎉 … !", []),
    ],
)
def test_words_of_every_script(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_composed_and_decomposed_are_the_same() -> None:
    for text in ("é", "й", "ガ", "한", "ệ"):
        assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_and_leaves_words_alone(text: str) -> None:
    words = words_of(text)
    assert all(is_word_letter(letter) for word in words for letter in word)
    assert len(word_spans(text)) == len(words)


@given(st.text(alphabet=st.sampled_from("aé ßＡ.東京ñ\n"), max_size=20))
def test_a_span_is_where_the_word_stands(text: str) -> None:
    for (start, end), word in zip(word_spans(text), words_of(text), strict=True):
        assert words_of(text[start:end])[0] == word


@pytest.fixture(scope="module")
def macros() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute((SCHEMA / "30_words.sql").read_text(encoding="utf-8"))
    return connection


def test_the_dataset_folds_every_letter_alike(macros: duckdb.DuckDBPyConnection) -> None:
    """Every character that can stand in a text, one by one, but those that are normalised away before."""
    letters = [
        letter
        for letter in map(chr, range(0xA1, 0x30000))
        if unicodedata.category(letter) not in ("Cs", "Cn", "Co", "Cc")
    ]
    letters = [letter for letter in letters if unicodedata.is_normalized("NFC", letter) and not letter.isspace()]
    rows = macros.execute(
        "SELECT letter, fold('a' || letter || 'b') FROM (SELECT unnest(?) AS letter)", [letters[::7]]
    ).fetchall()
    expected = [(letter, " ".join(_apart(f"a{letter}b"))) for letter in letters[::7]]
    assert [(letter, " ".join(part for part in folded.split(".") if part)) for letter, folded in rows] == expected


def _apart(text: str) -> list[str]:
    return "".join(letter if is_word_letter(letter) else " " for letter in fold(text)).split()


def test_a_text_cut_before_each_word_has_as_many_pieces_as_words(macros: duckdb.DuckDBPyConnection) -> None:
    texts = ["Émile’s Straße: U.S. troops", "東京都 is Tokyo", "Київ!", "", "מָה 한국"]
    rows = macros.execute("SELECT len(text_units(given)) FROM (SELECT unnest(?) AS given)", [texts]).fetchall()
    assert [count for (count,) in rows] == [len(words_of(text)) for text in texts]
