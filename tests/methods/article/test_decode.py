"""From bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.article.decode import LARGEST, decode, is_binary


@pytest.mark.parametrize(
    ("page", "charset", "text"),
    [
        ("Grüße".encode(), None, "Grüße"),
        ("Grüße".encode("latin-1"), None, "Grüße"),
        ("Grüße".encode(), "iso-8859-1", "Grüße"),  # the headers are wrong: it is valid UTF-8
        (b"<meta charset=latin-1>" + "Grüße".encode(), None, "<meta charset=latin-1>Grüße"),
        ("“quoted”".encode("cp1252"), "iso-8859-1", "“quoted”"),
        ("Новости".encode("cp1251"), "windows-1251", "Новости"),
        (b"<meta charset='windows-1251'>" + "Новости".encode("cp1251"), None, "<meta charset='windows-1251'>Новости"),
        (
            b"<script charset='utf-8'></script><meta http-equiv=x content='text/html; charset=gb2312'>"
            + "港口".encode("gbk"),
            None,
            None,
        ),
        (
            b'<?xml version="1.0" encoding="euc-jp"?>' + "議会".encode("euc-jp"),
            None,
            '<?xml version="1.0" encoding="euc-jp"?>議会',
        ),
        ("\ufeffHello".encode(), None, "Hello"),
        ("\ufeff<p>Hello</p>".encode("utf-16-le"), None, "<p>Hello</p>"),
        (("<p>Hello there</p>" * 3).encode("utf-16-be"), None, "<p>Hello there</p>" * 3),
        ("Grüße".encode("latin-1"), "utf-8", "Grüße"),  # declared as UTF-8, and is not
        ("Grüße".encode("latin-1"), "no-such-charset", "Grüße"),
        ("Grüße".encode("latin-1"), "hex", "Grüße"),  # a codec, but none of text
    ],
)
def test_the_real_charset_is_found(page: bytes, charset: str | None, text: str | None) -> None:
    decoded = decode(page, charset)
    assert decoded == text if text is not None else decoded.endswith("港口")


def test_a_character_cut_in_half_does_not_change_the_charset() -> None:
    assert decode(("ü" * 100).encode()[:-1]).startswith("ü" * 99)


@pytest.mark.parametrize(
    ("page", "is_one"),
    [
        (b"%PDF-1.4", True),
        (b"GIF89a", True),
        (bytes(range(32)) * 4, True),
        (b"<p>x</p>", False),
        (b"", False),
        ("%PDF", False),
        ("<p>Hello there</p>".encode("utf-16-le"), False),
    ],
)
def test_what_is_no_text_is_told(page: str | bytes, is_one: bool) -> None:
    assert is_binary(page) is is_one


@given(st.binary(max_size=300), st.none() | st.text(max_size=12))
def test_nothing_raises(page: bytes, charset: str | None) -> None:
    assert isinstance(decode(page, charset), str)


def test_no_more_than_the_largest_page_is_read() -> None:
    assert len(decode("x" * (LARGEST + 5))) == LARGEST
    assert len(decode(b"x" * (LARGEST + 5))) == LARGEST
