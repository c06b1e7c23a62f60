"""From bytes to text: the charset that was declared, unless the bytes say otherwise.

The order is that of browsers: a byte order mark, then UTF-8 where the bytes are valid UTF-8 that is more than ASCII
(a page declared as Latin-1 that decodes as UTF-8 is UTF-8: the chance of the contrary is nil), the charset of the
answer, the one the page declares in its first kilobytes, and Windows-1252 at last. Nothing raises; bytes that mean
nothing in the charset become U+FFFD.
"""

from __future__ import annotations

import codecs
import re

LARGEST = 6_000_000  # bytes of a page that are read; the largest of 2,372 real ones has 2.2 million
_DECLARED = re.compile(
    rb"""<(?:meta\b[^<>]{0,300}?charset|\?xml\b[^<>]{0,100}?encoding)\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 16_384
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# what pages say and what they mean, as the WHATWG encoding standard has it
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"\x00\x00\x00\x18ftyp",
    b"\x00\x00\x00\x20ftyp",
)


def is_binary(page: str | bytes) -> bool:
    """Tell whether the page is an image, archive, video or PDF, by its first bytes and by what no text holds."""
    if isinstance(page, str):
        return False
    head = page[:2_000]
    if head.startswith(_BINARY):
        return True
    if (
        head.startswith(tuple(mark for mark, _ in _MARKS))
        or head[1::2].count(0) > len(head) / 3
        or head[::2].count(0) > len(head) / 3
    ):
        return False  # UTF-16
    return len(head) > 0 and sum(byte < 9 or 14 <= byte < 27 for byte in head) > len(head) / 20


def decode(page: str | bytes, charset: str | None = None) -> str:
    """Return the page as text, at most LARGEST characters of it.

    Args:
        page: What the source answered.
        charset: The charset that the answer's headers named, if any.
    """
    return page[:LARGEST] if isinstance(page, str) else _decode_bytes(page[:LARGEST], charset)


def _decode_bytes(page: bytes, charset: str | None) -> str:
    for mark, name in _MARKS:
        if page.startswith(mark):
            return page[len(mark) :].decode(name, errors="replace")
    wide = _wide(page)
    if wide:
        return page.decode(wide, errors="replace")
    if not page.isascii() and _is_utf8(page):
        return page.decode("utf-8", errors="replace")
    declared = _DECLARED.search(page, 0, _DECLARED_WITHIN)
    for declaration in (charset, declared[1].decode("ascii") if declared else None):
        known = _known(declaration)
        if known and not (known == "utf-8" and _is_mostly_latin(page)):
            return page.decode(known, errors="replace")
    return page.decode("cp1252", errors="replace")


def _wide(page: bytes) -> str | None:
    """Recognise UTF-16 without a mark: every other byte of its markup is zero."""
    head = page[:400]
    if len(head) >= 20 and head[1::2].count(0) > len(head) * 0.4:
        return "utf-16-le"
    return "utf-16-be" if len(head) >= 20 and head[::2].count(0) > len(head) * 0.4 else None


def _is_utf8(page: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(page)  # which lets the end be cut within a character
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_latin(page: bytes) -> bool:
    """Tell whether a page that is declared as UTF-8, but is not, has more odd single bytes than sequences."""
    text = page.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    right = sum(character > "\x7f" for character in text) - wrong
    return wrong > right


def _known(name: str | None) -> str | None:
    """Return Python's name of a charset for text, None for one that there is not."""
    try:
        known = codecs.lookup((name or "").strip("\"' ")).name
        "".encode(known)  # refuses codecs that are not of text, such as hex
    except (LookupError, ValueError, TypeError):
        return None
    return _MEANT.get(known, known)
