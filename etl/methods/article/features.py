"""Describe each block of a page by numbers: itself, its boxes, its place, its neighbours.

A row of the table is a block that may be part of the article; menus and footers are left out before. The columns are
named in FEATURES; the trees of judge.py were grown on them, in this order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from etl.methods.article.blocks import FLAG, FLAGS, PLAIN, Block, Box
from etl.methods.article.classes import ASIDE_WORDS, BODY, COMMENTS, TEXT_WORDS

Table = NDArray[np.float32]

_END = frozenset(".!?…。！？”\"'’»)")
_OPENING = re.compile(
    r"(?:advertisement|read (?:more|also|next)|related|see also|photo|image|source|credit|watch|video|"
    r"listen|share|follow|sign up|subscribe|click here|copyright|©|\(c\)|all rights"
    r"|updated|published|posted|by\b|tags?\b|topics?\b|filed under|more (?:from|on|stories)|also on|"
    r"get (?:the|our|more)|join|download|comments?|print|email"
    r"|lesen sie|mehr zum|foto|quelle|lire aussi|à lire|lea también|leer más|leia)",
    re.IGNORECASE,
)
_PROMOTION = re.compile(
    r"newsletter|subscribe|sign up|all rights reserved|terms of (?:use|service)|privacy policy|cookie|"
    r"follow us|click here|©|advertis|comments? (?:are|below|policy)|contact us"
    r"|report (?:a|an) |abonnieren|inscrivez|suscr|app store|google play|whatsapp|telegram channel",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}:\d\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_TAGS = {
    name: row
    for row, names in enumerate(
        ("p", "li", "h1", "h2", "h3", "h4 h5 h6", "div", "td", "blockquote", "figcaption", "pre", "dd")
    )
    for name in names.split()
}
_RUNNING = 60  # a block of fewer characters is not running text
_LONGEST = 1_500  # sizes above are all alike

OWN = (
    "size",
    "log_size",
    "link",
    "anchors",
    "bold",
    "end",
    "commas",
    "first_upper",
    "all_upper",
    "digits",
    "opening",
    "promotion",
    "date",
    "is_title",
    "is_summary",
    "tag",
)
BOX = (
    "share",
    "share_parent",
    "share_grand",
    "up",
    "parent_weight",
    "parent_links",
    "grand_links",
    "depth_gap",
    "article_share",
    "article_first",
    "signature_share",
    "box_blocks",
)
PLACE = ("order", "after_h1", "first_gap", "last_gap", "copies", "seen_before")
PAGE = ("page_weight", "best_share", "articles")
BESIDE = (
    "before_size",
    "before_link",
    "before_runs",
    "before_sibling",
    "before2_size",
    "after_size",
    "after_link",
    "after_runs",
    "after_sibling",
    "after2_size",
)
FEATURES = (
    OWN
    + BOX
    + PLACE
    + PAGE
    + BESIDE
    + tuple(f"is_{name}" for name in FLAGS)
    + tuple(f"aside_{n}" for n in range(len(ASIDE_WORDS)))
    + tuple(f"near_{n}" for n in range(len(ASIDE_WORDS)))
    + tuple(f"text_{n}" for n in range(len(TEXT_WORDS)))
)


@dataclass(frozen=True, slots=True)
class Description:
    """The table, and the number of each row's block."""

    table: Table
    rows: list[int]


def describe(blocks: list[Block], *, title: str | None = None, summary: str | None = None) -> Description:
    """Describe the blocks of one page, given what the page states as title and summary."""
    weights = [_weight(block) for block in blocks]
    best = _weigh_boxes(blocks, weights)
    rows = [number for number in range(len(blocks)) if _may_be_text(blocks, number)]
    if not rows:
        return Description(np.zeros((0, len(FEATURES)), dtype=np.float32), [])
    words = (_flat(title), _flat(summary)[:_RUNNING])
    parts = [
        np.array([_own(blocks[number], *words) for number in rows], dtype=np.float32),
        _box_columns(blocks, weights, rows, best),
        _place_columns(blocks, weights, rows),
        _page_columns(blocks, weights, len(rows), best),
        _beside_columns(blocks, weights)[rows],
        _bit_columns([blocks[number].box for number in rows]),
    ]
    return Description(np.hstack(parts), rows)


def _flat(text: str | None) -> str:
    return " ".join((text or "").lower().split())


def _weight(block: Block) -> float:
    """Return how much running text a block is: its characters outside of links, 0 for menus and short ones."""
    weight = block.size * (1 - block.link_share) - (20 * len(block.anchors) if block.link_share > 0.5 else 0)
    if (
        weight <= _RUNNING
        or block.link_share >= 0.4
        or block.box.flags & (FLAG["navigation"] | FLAG["footer"] | FLAG["hidden"])
    ):
        return 0.0
    return weight


def _weigh_boxes(blocks: list[Block], weights: list[float]) -> Box | None:
    """Give each box the weight of the text in it, less for each step between; return the heaviest."""
    for block, weight in zip(blocks, weights, strict=True):
        box: Box | None = block.box
        part = 1.0
        for _ in range(5):
            if box is None:
                break
            box.weight += weight * part
            box.links += block.size * block.link_share
            part *= 0.75 if box.tag in PLAIN else 0.6
            box = box.parent
    candidates = {
        box for block, weight in zip(blocks, weights, strict=True) if weight for box in _upwards(block.box, 4)
    }
    best = max(candidates, key=lambda box: (_standing(box), -box.number), default=None)
    for steps, box in enumerate(_upwards(best, 1_000) if best else ()):
        box.up = steps
    return best


def _upwards(box: Box | None, most: int) -> list[Box]:
    way: list[Box] = []
    while box is not None and len(way) < most:
        way.append(box)
        box = box.parent
    return way


def _standing(box: Box) -> float:
    """Return a box's weight, more where it is named as an article, less where as something beside one."""
    standing = box.weight * (1.3 if box.text & BODY else 1.0) * (1.6 if box.flags & FLAG["body_stated"] else 1.0)
    standing *= 0.6 if box.flags & (FLAG["aside"] | FLAG["footer"] | FLAG["navigation"]) else 1.0
    return standing * (0.5 if box.aside & COMMENTS else 1.0)


def _may_be_text(blocks: list[Block], number: int) -> bool:
    """Tell whether a block is worth judging: not a menu, a footer, nor a short link among short links."""
    block = blocks[number]
    if block.size < 3 or block.box.flags & (FLAG["navigation"] | FLAG["footer"]):
        return False
    if block.link_share < 0.8 or block.size >= 80:
        return True
    return not any(
        beside.link_share >= 0.8 for beside in blocks[max(0, number - 1) : number] + blocks[number + 1 : number + 2]
    )


def _own(block: Block, title: str, summary: str) -> tuple[float, ...]:
    text, size = block.text, block.size
    opening = text[:100]
    low = opening.lower()
    return (
        min(size, _LONGEST),
        size.bit_length(),
        block.link_share,
        min(len(block.anchors), 8),
        block.bold_share,
        text[-1] in _END,
        min(12, text.count(",") + text.count("、")),
        text[0].isupper(),
        text.isupper(),
        len(_DIGIT.findall(opening)) / len(opening),
        _OPENING.match(opening) is not None,
        _PROMOTION.search(text, 0, 300) is not None,
        size < 90 and _DATE.search(opening) is not None,
        bool(title) and size > 8 and (low in title or title in text[:400].lower()),
        bool(summary) and low.startswith(summary),
        _TAGS.get(block.box.tag, 12),
    )


def _up(box: Box) -> int:
    """Return how far above the heaviest box the first common box is, 9 where there is none."""
    look: Box | None = box
    while look is not None and look.up < 0:
        look = look.parent
    return look.up if look is not None else 9


def _box_columns(blocks: list[Block], weights: list[float], rows: list[int], best: Box | None) -> Table:
    total = sum(weights) or 1.0
    by_article: Counter[int] = Counter()
    by_signature: Counter[object] = Counter()
    for block, weight in zip(blocks, weights, strict=True):
        by_signature[block.box.signature] += weight  # type: ignore[assignment]
        if block.box.article is not None:
            by_article[block.box.article.number] += weight  # type: ignore[assignment]
    siblings = Counter((block.box.parent or block.box).number for block in blocks)
    first, best_depth = min(by_article, default=-1), best.depth if best else 0

    def columns(box: Box) -> tuple[float, ...]:
        """Describe the box that a block lies in, and the two around it."""
        parent = box.parent or box
        grand = parent.parent or parent
        article = box.article.number if box.article is not None else None
        return (
            box.weight / total,
            parent.weight / total,
            grand.weight / total,
            _up(box),
            min(parent.weight, 5_000),
            parent.links / (parent.weight + parent.links + 1),
            grand.links / (grand.weight + grand.links + 1),
            box.depth - best_depth,
            -1 if article is None else by_article[article] / total,
            -1 if article is None else article == first,
            by_signature[box.signature] / total,
            min(siblings[parent.number], 100),
        )

    return np.array([columns(blocks[number].box) for number in rows], dtype=np.float32)


def _place_columns(blocks: list[Block], weights: list[float], rows: list[int]) -> Table:
    count = len(blocks)
    long = [number for number, weight in enumerate(weights) if weight > 2 * _RUNNING]
    first, last = (long[0], long[-1]) if long else (0, count - 1)
    h1 = next((block.order for block in blocks if block.box.flags & FLAG["h1"]), None)
    copies = Counter(block.text for block in blocks)
    before: set[str] = set()
    table: list[tuple[float, ...]] = []
    for number in rows:
        text = blocks[number].text
        gaps = max(-30, min(30, number - first)), max(-30, min(30, last - number))
        table.append((number / count, 0.5 if h1 is None else number > h1, *gaps, copies[text], text in before))
        if blocks[number].size > 40:
            before.add(text)
    return np.array(table, dtype=np.float32)


def _page_columns(blocks: list[Block], weights: list[float], rows: int, best: Box | None) -> Table:
    total = sum(weights)
    articles = len({block.box.article.number for block in blocks if block.box.article is not None})
    page = (min(total, 20_000), best.weight / total if best and total else 0, min(articles, 20))
    return np.tile(np.array(page, dtype=np.float32), (rows, 1))


def _beside_columns(blocks: list[Block], weights: list[float]) -> Table:
    """Describe the two blocks before and the two after; -1 is the size of none."""
    size = np.array([min(block.size, _LONGEST) for block in blocks], dtype=np.float32)
    link = np.array([block.link_share for block in blocks], dtype=np.float32)
    runs = np.array([weight > 0 for weight in weights], dtype=np.float32)
    parents = np.array([block.box.parent.number if block.box.parent else -1 for block in blocks])
    sibling = (parents[1:] == parents[:-1]).astype(np.float32)
    none, zero = np.full(2, -1, dtype=np.float32), np.zeros(1, dtype=np.float32)
    columns = [
        np.append(none[:1], size[:-1]),
        np.append(zero, link[:-1]),
        np.append(zero, runs[:-1]),
        np.append(zero, sibling),
        np.append(none, size[:-2])[: len(blocks)],
        np.append(size[1:], none[:1]),
        np.append(link[1:], zero),
        np.append(runs[1:], zero),
        np.append(sibling, zero),
        np.append(size[2:], none)[-len(blocks) :],
    ]
    return np.column_stack(columns)


def _bit_columns(boxes: list[Box]) -> Table:
    """Spread the sets of bits that boxes carry into columns of 0 and 1."""
    near = [box.aside_here | (box.parent.aside_here if box.parent else 0) for box in boxes]
    sets = np.array(
        [(box.flags, box.aside, close, box.text) for box, close in zip(boxes, near, strict=True)], dtype=np.int64
    )
    widths = (len(FLAGS), len(ASIDE_WORDS), len(ASIDE_WORDS), len(TEXT_WORDS))
    spread = [(sets[:, column, None] >> np.arange(width)) & 1 for column, width in enumerate(widths)]
    return np.hstack(spread).astype(np.float32)
