"""Cutting a page into blocks, and what class names say."""

from __future__ import annotations

from etl.methods.article.blocks import FLAG, MOST_BLOCKS, Block, cut
from etl.methods.article.bounds import parse_page
from etl.methods.article.classes import ASIDE_WORDS, BODY, COMMENTS, class_bits


def blocks_of(html: str) -> list[Block]:
    document = parse_page(f"<html><body>{html}</body></html>".encode())
    assert document is not None
    return cut(document)


def texts(html: str) -> list[str]:
    return [block.text for block in blocks_of(html)]


def test_block_elements_end_blocks_and_inline_ones_do_not() -> None:
    assert texts("<div>One <b>two</b> <a>three</a><p>Four<span>five</span></p>six</div>") == [
        "One two three",
        "Fourfive",
        "six",
    ]


def test_two_breaks_end_a_block() -> None:
    assert texts("one<br>two<br><br>three<br/> <br/>four") == ["one two", "three", "four"]


def test_what_is_never_shown_is_passed_over() -> None:
    assert texts(
        "<p>one</p><script>var x</script><style>p{}</style><select><option>x</select><p>two</p><!-- three -->"
    ) == ["one", "two"]


def test_shares_and_sizes() -> None:
    linked, bold, chinese = blocks_of("<p>ab <a href=x>cd</a></p><p><strong>all</strong></p><p>港口</p>")
    assert (linked.size, linked.link_share, len(linked.anchors)) == (5, 0.4, 1)
    assert bold.bold_share == 1
    assert chinese.size == 6


def test_blocks_know_their_boxes() -> None:
    inside, outside = blocks_of('<article class="story-body"><p>in</p></article><div hidden><p>out</p></div>')
    assert inside.box.flags & FLAG["article"]
    assert inside.box.text & BODY
    assert outside.box.flags == FLAG["hidden"]


def test_depth_and_number_are_bounded() -> None:
    assert texts("<div>" * 240 + "deep") == []
    assert len(blocks_of("<p>x</p>" * (MOST_BLOCKS + 5))) == MOST_BLOCKS


def test_class_words() -> None:
    assert class_bits("comments-list")[0] & COMMENTS
    assert class_bits("articleBody")[1] & BODY
    assert class_bits("article-body")[1] & BODY
    assert class_bits("xyz") == (0, 0)
    assert not class_bits("addressbar")[0] & (
        1 << next(bit for bit, words in enumerate(ASIDE_WORDS) if "sponsor" in words)
    )
