"""Cutting shapes that hang parsers."""

from __future__ import annotations

from etl.methods.article.bounds import MOST_TAGS, bounded_source, is_bearable, parse_for_libraries, parse_page


def test_an_ordinary_page_is_left_as_it_is() -> None:
    page = '<html><body><p class="a" data-x="1">Words &amp; more</p>'
    assert bounded_source(page) == page.encode()


def test_controls_become_spaces() -> None:
    assert bounded_source("<p>a\x00b\x1bc\td</p>") == b"<p>a b c\td</p>"


def test_a_tag_of_many_attributes_keeps_some() -> None:
    page = "<div class=story " + " ".join(f"a{number}=1" for number in range(50_000)) + "><p>Words</p></div>"
    source = bounded_source(page)
    assert len(source) < 1_000
    assert source.startswith(b"<div class=story ")
    assert source.endswith(b"><p>Words</p></div>")


def test_a_long_value_is_dropped_and_its_neighbours_are_not() -> None:
    source = bounded_source(f'<img alt="x" src="data:{"A" * 9_000}" class="wide"><p>Words</p>')
    assert source == b'<img alt="x" class="wide"><p>Words</p>'


def test_tags_beyond_the_most_are_cut() -> None:
    assert bounded_source("<b>x" * (MOST_TAGS + 10)).count(b"<") == MOST_TAGS


def test_what_cannot_be_parsed_is_none() -> None:
    assert parse_page(b"") is None
    assert parse_page(b"just words") is None


def test_broken_pages_are_parsed() -> None:
    document = parse_page(bounded_source("<p>One<p>Two<div>Three</b></html><p>Four"))
    assert document is not None
    assert "".join(document.itertext()) == "OneTwoThreeFour"


def test_second_readers_are_spared_what_hangs_them() -> None:
    def bearable(html: str) -> bool:
        source = bounded_source(html)
        document = parse_page(source)
        assert document is not None
        return is_bearable(document, source)

    assert bearable("<p>Words</p>" * 1_000)
    assert not bearable("<p>Words</p>" * 20_000)
    assert not bearable("<table><tr>" + "<td>x</td>" * 5_000 + "</table>")
    assert not bearable("<i>" * 200 + "x")
    assert not bearable(f"<p>{'x' * 2_000_000}</p>")


def test_libraries_get_their_own_kind_of_elements() -> None:
    document = parse_for_libraries(b"<p>Words</p>")
    assert document is not None
    assert document.text_content() == "Words"
