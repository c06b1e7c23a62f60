"""Asking trafilatura and newspaper4k, and letting the majority decide."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.methods.article import second_opinion
from etl.methods.article.bounds import parse_for_libraries
from etl.methods.article.second_opinion import are_one, ask_newspaper, ask_trafilatura, settle, shingles

ONE = "one two three four five six seven eight nine ten eleven twelve"
OTHER = "a b c d e f g h i j k l m n o p"


def test_both_readers_read(make_page: Callable[..., str], paragraphs: tuple[str, ...]) -> None:
    page = make_page()
    for ask in (ask_trafilatura, ask_newspaper):
        text = ask(parse_for_libraries(page.encode()), "https://a.test/x")
        assert set(paragraphs) <= set(text.split("\n\n"))


def test_asking_leaves_the_page_as_it_was(make_page: Callable[..., str]) -> None:
    document = parse_for_libraries(make_page().encode())
    assert document is not None
    before = "".join(document.itertext())
    ask_newspaper(document, "")
    ask_trafilatura(document, "")
    assert "".join(document.itertext()) == before


def test_a_reader_that_raises_has_no_opinion(make_page: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        """A library with a fault on this page."""

        @staticmethod
        def extract(*_: object, **__: object) -> str:
            raise RecursionError("too deep")

    monkeypatch.setattr(second_opinion, "_trafilatura", lambda: Broken)
    assert ask_trafilatura(parse_for_libraries(make_page().encode()), "") == ""
    korean = (
        '<html lang="ko"><body>'
        + "<p>의회는 월요일에 회의를 열고 항만 계획에 합의했다고 의장이 말했다.</p>" * 9
        + "</body></html>"
    )
    assert ask_newspaper(parse_for_libraries(korean.encode()), "") == ""  # it lacks its tokeniser
    assert ask_newspaper(None, "") == ask_trafilatura(None, "") == ""


@pytest.mark.parametrize(
    ("own", "others", "origin"),
    [
        (ONE, {}, "blocks"),
        ("", {}, "blocks"),
        ("", {"trafilatura": ONE}, "trafilatura"),
        (ONE, {"trafilatura": ONE + " " + OTHER}, "trafilatura"),  # too short to be trusted alone
        (ONE * 9, {"trafilatura": OTHER * 30}, "blocks"),
        (OTHER, {"trafilatura": ONE, "newspaper4k": ONE + " thirteen"}, "trafilatura"),
        (ONE, {"trafilatura": ONE + " thirteen", "newspaper4k": OTHER}, "blocks"),
    ],
)
def test_the_majority_decides(own: str, others: dict[str, str], origin: str) -> None:
    text, found = settle(own, others)
    assert found == origin
    assert text == {"blocks": own, **others}[origin]


def test_sameness() -> None:
    assert are_one(ONE, ONE)
    assert not are_one(ONE, OTHER)
    assert not are_one("", "")
    assert shingles("a b c", 2) == {("a", "b"): 1, ("b", "c"): 1}
    assert shingles("a", 2) == {("a",): 1}
    assert shingles("") == {}
