from __future__ import annotations

from datetime import date

from etl.newsroom.marks import Dated, Linked, Marks, plain


def test_marks_are_read_out_as_positions_even_when_nested() -> None:
    marks = Marks()
    day = Dated(date(2026, 5, 12), "day")
    raw = f"It happened {marks.wrap(Linked('http://x.test/'), 'on ' + marks.wrap(day, '12 May'))}, they say."
    text, spans = marks.read(raw)
    assert text == plain(raw) == "It happened on 12 May, they say."
    assert [(text[span.start : span.end], span.mark) for span in spans] == [
        ("on 12 May", Linked("http://x.test/")),
        ("12 May", day),
    ]


def test_a_text_knows_what_it_holds() -> None:
    marks = Marks()
    raw = marks.wrap(Dated(date(2026, 5, 12), "day"), "12 May")
    assert marks.holds(raw, Dated)
    assert not marks.holds(raw, Linked)
    assert not marks.introduces(raw)
