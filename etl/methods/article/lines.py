"""Make paragraphs of lines: leave out icon-font words and the headline said again."""

from __future__ import annotations

import re

_ICON = re.compile(r"icons?\b|icon$|^icon|^[a-z]+(?:_[a-z]+)+$|^[a-z]{0,2}-[a-z]{1,2}icon", re.IGNORECASE)
_NOT_WORD = re.compile(r"\W+")
_PRIVATE = re.compile("[\ue000-\uf8ff\u00ad\u200b\ufffc]+")


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written as a line of text."""
    return tuple(text.split())


def is_icons(line: str) -> bool:
    """Tell whether a line is nothing but the names of an icon font's pictures, as copied or read from a page."""
    if "icon" not in line.lower() and "_" not in line:
        return False
    words = line.split()
    icons = sum(_ICON.search(word) is not None for word in words)
    return icons > 0 and icons >= 0.4 * len(words) and not line.rstrip().endswith((".", "!", "?"))


def same_line(line: str, other: str) -> bool:
    """Tell whether two lines say the same, but for case, marks and spaces."""
    key = _NOT_WORD.sub("", line).casefold()
    return bool(key) and key == _NOT_WORD.sub("", other).casefold()


def tidy_paragraphs(paragraphs: list[str], title: str | None) -> str:
    """Join paragraphs to a text that does not begin with the headline and has no icons."""
    kept = [" ".join(_PRIVATE.sub("", paragraph).split()) for paragraph in paragraphs if not is_icons(paragraph)]
    kept = [paragraph for paragraph in kept if paragraph]
    while kept and title and same_line(kept[0], title):
        kept.pop(0)
    return "\n\n".join(kept)
