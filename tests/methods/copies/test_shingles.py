"""Words and shingles become the same numbers everywhere."""

from __future__ import annotations

import pytest

from etl.methods.copies.shingles import SPACED_SCALE, UNSPACED_SCALE, code_text, word_starts
from etl.methods.words import word_spans, words_of


def test_the_same_word_has_the_same_code_anywhere() -> None:
    codes = code_text("Rain, rain and RAÎN; “rain”\nrains").words.tolist()
    assert len(set(codes[:2] + codes[3:5])) == 1
    assert len(set(codes)) == 3


def test_codes_are_told_apart() -> None:
    words = [f"w{number}" for number in range(20_000)]
    assert len(set(code_text(" ".join(words)).words.tolist())) >= 19_999


def test_a_long_text_has_the_codes_of_its_parts() -> None:
    words = [f"long{number}" for number in range(30_000)]
    whole = code_text(" ".join(words)).words
    assert whole[-500:].tolist() == code_text(" ".join(words[-500:])).words.tolist()


def test_a_shingle_is_known_by_its_words_in_order() -> None:
    first, second = code_text("a b c d e f"), code_text("x a b c d e f")
    assert first.shingles.tolist() == second.shingles.tolist()[1:]
    assert code_text("b a c d e").shingles[0] != first.shingles[0]
    assert len(code_text("a b c d").shingles) == 0


def test_a_quarter_of_the_shingles_is_kept_and_each_once() -> None:
    coded = code_text(" ".join(f"w{number}" for number in range(4_000)))
    codes, places = coded.samples()
    assert 900 < len(codes) < 1_100
    assert (coded.shingles[places] == codes).all()
    assert len(code_text("a b c d e f " * 50).samples()[0]) <= 6


@pytest.mark.parametrize(
    ("text", "scale"),
    [("Plain words.", SPACED_SCALE), ("Übergröße – так", SPACED_SCALE), ("橋を架け替える。", UNSPACED_SCALE)],
)
def test_the_scale_follows_the_script(text: str, scale: tuple[int, int, int]) -> None:
    assert code_text(text).scale == scale


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words, twice: plain words.",
        "„Élan“ – naïve café’s",
        "Straße im Maß",  # one letter becomes two
        "so\u00adft hyphens are dro\u00adpped",
        "e\u0301lan in two characters",
        "港町の市長は three 橋",
        "مَدْرَسَة في المدينة",
        "Straße so\u00adft",  # one more and one less
        "Plain words.\n\n Straße so\u00adft\r\n\u2028Plain",
    ],
)
def test_words_start_where_the_spans_of_words_say(text: str) -> None:
    coded = code_text(text)
    assert word_starts(text, coded) == [start for start, _ in word_spans(text)]
    assert len(words_of(text)) == len(coded.words)
