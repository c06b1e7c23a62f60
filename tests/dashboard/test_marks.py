from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.marks import Mark, Piece, find_match_marks, find_shared_marks, marked, paragraphs


def test_words_are_marked_where_they_stand() -> None:
    title, text = find_match_marks("The dam", "A dry dam, a Dam.", [(2, 1), (2002, 2), (2005, 1)])
    assert [(mark.start, mark.end) for mark in title] == [(4, 7)]
    assert [(mark.start, mark.end) for mark in text] == [(2, 9), (13, 16)]


def test_pairs_of_an_unspaced_script_are_marked_together() -> None:
    _, text = find_match_marks("", "港の洪水だ", [(2003, 1)])
    assert "港の洪水だ"[text[0].start : text[0].end] == "洪水"


def test_marks_may_overlap() -> None:
    quote, name = Mark(0, 9, "quote"), Mark(6, 14, "name")
    assert marked("He is Ada Marsh", [name, quote]) == [
        Piece("He is ", (quote,)),
        Piece("Ada", (quote, name)),
        Piece(" Marsh"[:5], (name,)),
        Piece("h"),
    ]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=8))
def test_no_character_is_lost_whatever_is_marked(text: str, ends: list[tuple[int, int]]) -> None:
    pieces = marked(text, [Mark(start, end, "match") for start, end in ends])
    assert "".join(piece.text for piece in pieces) == text


def test_paragraphs_keep_their_marks() -> None:
    mark = Mark(2, 8, "quote")
    parts = paragraphs(marked("a bc\n\nd e", [mark]))
    assert [["".join(piece.text for piece in part)] for part in parts] == [["a bc"], ["d e"]]
    assert [piece.marks for part in parts for piece in part] == [(), (mark,), (mark,), ()]


def test_shared_passages_end_with_their_last_word() -> None:
    text = "Late: the dam holds, for now. The dam holds."
    (mark,) = find_shared_marks(text, [(6, 3)])
    assert text[mark.start : mark.end] == "the dam holds"
    assert find_shared_marks(text, [(900, 3)]) == []
