import pytest

from etl.methods.quotes.marks import find_spans


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("“One,” he said. “Two.”", ["One,", "Two."]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ("``One,'' he said. ''Two.''", ["One,", "Two."]),
        ("„Eins“, sagte sie. »Zwei.«", ["Eins", "Zwei."]),
        ("Elle dit : « Un. » Puis « deux ».", ["Un.", "deux"]),
        ("«Uno», dijo. “Dos”.", ["Uno", "Dos"]),
        ("Он сказал: «Один».", ["Один"]),
        ("Hän sanoi: ”Yksi.”", ["Yksi."]),
        ("彼は「一」と述べ、『二』を読んだ。", ["一", "二"]),
        ("وقال: «واحد».", ["واحد"]),
        (
            "‘We can’t wait,’ said Ms Ford. ‘The miners’ lamps are out.’",
            ["We can’t wait,", "The miners’ lamps are out."],
        ),
        ("'It's the workers' choice,' she added.", ["It's the workers' choice,"]),
        ("“I told him ‘no’ and meant it,” she said.", ["I told him ‘no’ and meant it,"]),
        ('“One," he said.', ["One,"]),  # closed by a mark of another kind
        ("The shelf is 5'10\" tall and 6'2\" wide.", []),
        ("Nothing is quoted here.", []),
        ("", []),
    ],
)
def test_marks_of_every_style_hold_quotes(text: str, quotes: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_spans(text)] == quotes


def test_a_quote_ends_with_its_paragraph_and_opens_again_in_the_next() -> None:
    text = "“The first part goes on.\n\n“The second ends,” he said."
    spans = find_spans(text)
    assert [text[span.start : span.end] for span in spans] == ["The first part goes on.", "The second ends,"]
    assert [span.is_closed for span in spans] == [False, True]


def test_a_forgotten_end_does_not_swallow_the_next_quote() -> None:
    text = '"One," he said. "Two is never closed. "Three," he added.'
    assert "Three," in [text[span.start : span.end] for span in find_spans(text)]


def test_outer_edges_hold_the_marks() -> None:
    (span,) = find_spans("« Un »")
    assert (span.outer_start, span.start, span.end, span.outer_end) == (0, 2, 4, 6)
