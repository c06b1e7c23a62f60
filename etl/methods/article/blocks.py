"""Cut a page into blocks: the runs of text that a reader sees as one paragraph, headline, caption or menu entry.

One walk over the tree. Inline elements belong to the block around them, two line breaks in a row end a block, what is
never shown (scripts, styles, forms' fields) is passed over. Each block knows the boxes (block elements) that it lies
in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from etl.methods.article.bounds import Element
from etl.methods.article.classes import class_bits
from etl.methods.article.lines import listed

MOST_BLOCKS = 4_000  # more are not read; the most of 2,372 real pages is 1,719
DEEPEST = 200  # elements nested deeper are not read: the walk is recursive

_UNSEEN = frozenset(
    listed(
        "script style noscript template svg math iframe select option datalist textarea button input canvas "
        "audio video object embed map area head dialog"
    )
)
_STYLED = frozenset(("font", "b", "strong", "big"))
_INLINE = frozenset(
    listed(
        "a span b i em strong u small sup sub mark font abbr cite q code time label ins del s kbd bdi bdo "
        "wbr var samp acronym tt big strike dfn data ruby rt rp nobr amp-link"
    )
)
# elements so frequent that looking for hints beyond class and id does not pay
PLAIN = frozenset(("p", "li", "h2", "h3", "h4", "h5", "h6", "tr", "td", "figcaption"))
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_MAIN_ROLES = frozenset(("navigation", "complementary", "banner", "contentinfo", "search", "dialog"))

# what the element, or one around it, is; a block inherits all of them
FLAGS = (
    "article",
    "main",
    "aside",
    "footer",
    "header",
    "navigation",
    "figure",
    "form",
    "table",
    "list",
    "quote",
    "body_stated",
    "hidden",
    "h1",
)
FLAG = {name: 1 << bit for bit, name in enumerate(FLAGS)}
_TAG_FLAG = {
    "article": FLAG["article"],
    "main": FLAG["main"],
    "aside": FLAG["aside"],
    "footer": FLAG["footer"],
    "header": FLAG["header"],
    "nav": FLAG["navigation"],
    "figure": FLAG["figure"],
    "figcaption": FLAG["figure"],
    "form": FLAG["form"],
    "table": FLAG["table"],
    "ul": FLAG["list"],
    "ol": FLAG["list"],
    "dl": FLAG["list"],
    "blockquote": FLAG["quote"],
    "h1": FLAG["h1"],
}


Signature: TypeAlias = tuple[str, str, tuple[str, ...]]  # what an element and its parent are called


class Box:
    """A block element on the way from the page's body down to a block."""

    __slots__ = (
        "article",
        "aside",
        "aside_here",
        "depth",
        "flags",
        "links",
        "number",
        "parent",
        "signature",
        "tag",
        "text",
        "up",
        "weight",
    )

    def __init__(
        self,
        tag: str,
        parent: Box | None,
        number: int,
        *,
        bits: tuple[int, int] = (0, 0),
        flags: int = 0,
        names: str = "",
    ) -> None:
        self.tag, self.parent, self.number = tag, parent, number
        self.aside_here = bits[0]
        self.aside: int = bits[0] | (parent.aside if parent else 0)
        self.text: int = bits[1] | (parent.text if parent else 0)
        self.flags: int = flags | (parent.flags if parent else 0)
        self.depth: int = parent.depth + 1 if parent else 0
        self.article: Box | None = self if tag == "article" else (parent.article if parent else None)
        self.signature: Signature = (tag, names, parent.signature[:2] if parent else ())
        # filled while the page is described: running text and linked text inside, steps up from the heaviest box
        self.weight = self.links = 0.0
        self.up = -1


@dataclass(slots=True)
class Block:
    """One run of text: size counts characters (those of unspaced scripts three times), the shares are of characters."""

    text: str
    box: Box
    order: int
    size: int
    link_share: float
    bold_share: float
    anchors: list[Element] = field(default_factory=list)


class _Cutter:
    """The state of one walk."""

    __slots__ = ("anchors", "blocks", "bold", "boxes", "linked", "parts")

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.anchors: list[Element] = []
        self.linked = self.bold = self.boxes = 0

    def take(self, text: str, in_link: bool, in_bold: bool) -> None:
        """Add text to the block that is being gathered."""
        if text.isspace():
            if self.parts:
                self.parts.append(" ")
            return
        self.parts.append(text)
        if in_link or in_bold:
            size = len(text.strip())
            self.linked += size if in_link else 0
            self.bold += size if in_bold else 0

    def finish(self, box: Box) -> None:
        """End the block that is being gathered; it lies in the box."""
        text = " ".join("".join(self.parts).split())
        if text and len(self.blocks) < MOST_BLOCKS:
            length = len(text)
            size = length if text.isascii() else length + 2 * len(_UNSPACED.findall(text))
            linked, bold = min(1.0, self.linked / length), min(1.0, self.bold / length)
            self.blocks.append(Block(text, box, len(self.blocks), size, linked, bold, self.anchors))
        self.parts.clear()
        self.anchors = []
        self.linked = self.bold = 0

    def open_box(self, node: Element, parent: Box) -> Box:
        """Read what an element's attributes say of it."""
        tag, get = node.tag, node.get
        names = " ".join(filter(None, (get("class"), get("id"))))
        flags = _TAG_FLAG.get(tag, 0)
        if tag not in PLAIN:
            flags |= FLAG["body_stated"] if "articlebody" in (get("itemprop") or "").lower() else 0
            hidden = (
                get("hidden") is not None
                or get("aria-hidden") == "true"
                or "display:none" in (get("style") or "").replace(" ", "")
            )
            flags |= FLAG["hidden"] if hidden else 0
            flags |= FLAG["navigation"] if get("role") in _MAIN_ROLES else 0
        self.boxes += 1
        return Box(
            tag,
            parent,
            self.boxes,
            bits=class_bits(names[:500]) if names else (0, 0),
            flags=flags,
            names=(get("class") or "")[:100],
        )

    def walk(self, node: Element, box: Box, in_link: bool, in_bold: bool, level: int) -> None:
        """Take the texts in and between a node's children, in the order in which they are read."""
        if node.text:
            self.take(node.text, in_link, in_bold)
        breaks = 0
        for child in node:
            tag = child.tag
            if tag == "br":
                breaks = self.line_break(1 if parts_styled_lines(child) else breaks, box)
                breaks = 0 if child.tail and not child.tail.isspace() else breaks
            elif tag in _INLINE:
                breaks = 0
                self.inline(child, box, in_link, in_bold, level + 1)
            elif isinstance(tag, str) and tag not in _UNSEEN and level < DEEPEST:
                breaks = 0
                if self.parts:
                    self.finish(box)
                inner = self.open_box(child, box)
                self.walk(child, inner, in_link, in_bold, level + 1)
                if self.parts:
                    self.finish(inner)
            if child.tail:
                self.take(child.tail, in_link, in_bold)

    def line_break(self, breaks: int, box: Box) -> int:
        """End the block at the second break in a row; return how many there were."""
        if breaks == 1:
            self.finish(box)
        else:
            self.parts.append(" ")
        return breaks + 1

    def inline(self, child: Element, box: Box, in_link: bool, in_bold: bool, level: int) -> None:
        """Walk an inline element as part of the block around it."""
        if child.tag == "a":
            in_link = True
            self.anchors.append(child)
        if level < DEEPEST:
            self.walk(child, box, in_link, in_bold or child.tag in ("b", "strong"), level)


def parts_styled_lines(line_break: Element) -> bool:
    """Tell whether a <br> stands between two styled elements, as date, headline and by-line do where nothing is marked up."""
    before, after = line_break.getprevious(), line_break.getnext()
    if before is None or after is None or before.tag not in _STYLED or after.tag not in _STYLED:
        return False
    return not (before.tail or "").strip() and not (line_break.tail or "").strip()


def cut(document: Element) -> list[Block]:
    """Cut a parsed page into its blocks, in reading order."""
    body = document if document.tag == "body" else document.find("body")
    cutter, root = _Cutter(), Box("body", None, 0)
    cutter.walk(document if body is None else body, root, False, False, 0)
    cutter.finish(root)
    return cutter.blocks
