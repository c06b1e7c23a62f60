"""What a page says of itself: JSON-LD, meta elements, links, headlines, time elements, gathered in one pass.

Nothing is judged here; title, date and names are chosen from these by their own modules. What pages get wrong: JSON-LD
within comments or CDATA, with trailing commas or raw line breaks, escaped twice, or `@graph: null`; several items of
which only one is the article; the same meta element with two values.
"""

from __future__ import annotations

import html as markup
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from etl.methods.article.bounds import Element
from etl.methods.article.lines import listed

ARTICLE_TYPES = frozenset(
    listed(
        "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle "
        "backgroundnewsarticle reviewnewsarticle asknewsarticle blogposting liveblogposting "
        "socialmediaposting report "
        "techarticle scholarlyarticle satiricalarticle advertisercontentarticle"
    )
)
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
_DEEPEST = 6
_MOST_BLOCKS, _LONGEST_BLOCK = 60, 1_000_000  # blocks of JSON-LD; characters of one
_MOST_ITEMS = 2_000
_CONTROL = re.compile(r"[\x00-\x1f]+")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|"
    r"/\*\s*<!\[CDATA\[\s*\*/)?\s*|\s*(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)?[\s;]*$"
)
_TRAILING_COMMA = re.compile(r",(\s{0,50}[}\]])")
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|tr|section)\b[^<>]{0,500}>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")

Item = Mapping[str, object]


@dataclass(slots=True)
class Statements:
    """What was found, by where; of a meta element or link relation all values in order."""

    item: Item = field(default_factory=dict)  # the JSON-LD item of the article
    types: frozenset[str] = frozenset()  # of all JSON-LD items, in lower case
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    headlines: list[str] = field(default_factory=list)  # h1
    head_title: str = ""
    times: list[tuple[str, str]] = field(default_factory=list)  # what a time element says; what its names say it is
    language: str | None = None
    base: str | None = None

    def first(self, *names: str) -> str | None:
        """Return the first value of the first of these meta elements that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)

    def of_item(self, *keys: str) -> str | None:
        """Return the first of these values of the article's JSON-LD item, as plain text."""
        return next((text for text in (plain(self.item.get(key)) for key in keys) if text), None)


def gather(document: Element) -> Statements:
    """Gather a page's statements."""
    found = Statements()
    scripts: list[str] = []
    for node in document.iter("html", "base", "meta", "link", "script", "title", "h1", "time"):
        tag = node.tag
        if tag == "meta":
            _take_meta(node, found)
        elif tag == "script":
            if "ld+json" in (node.get("type") or "").lower() and len(scripts) < _MOST_BLOCKS:
                scripts.append(node.text or "")
        elif tag == "link":
            _take_link(node, found)
        elif tag == "h1":
            found.headlines.append(words_of(node))
        elif tag == "time":
            found.times.append((node.get("datetime") or words_of(node), _names(node)))
        elif tag == "title":
            found.head_title = found.head_title or words_of(node)
        elif tag == "html":
            found.language = found.language or node.get("lang") or node.get("xml:lang")
        else:
            found.base = found.base or node.get("href")
    items = list(_items([block for script in scripts for block in _parse_json(script)]))
    found.item = max(items, key=_standing, default={})
    found.types = frozenset(kind for item in items for kind in item_types(item))
    found.item = found.item if _standing(found.item) > 0 else {}
    return found


def item_types(item: Item) -> set[str]:
    """Return the types of a JSON-LD item, in lower case, without the address of their vocabulary."""
    kinds = item.get("@type")
    return {
        kind.rsplit("/", 1)[-1].lower()
        for kind in (kinds if isinstance(kinds, list) else [kinds])
        if isinstance(kind, str)
    }


def plain(value: object) -> str:
    """Return a stated value as plain text: entities resolved (some pages escape twice), markup taken off."""
    if isinstance(value, list):
        value = "\n\n".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return ""
    if "&" in value:
        value = markup.unescape(markup.unescape(value))
    if "<" in value:
        value = _ANY_TAG.sub("", _BLOCK_TAG.sub("\n", value))
    return value.strip()


def words_of(node: Element) -> str:
    """Return all text in an element on one line, at most 1,000 characters."""
    return " ".join("".join(node.itertext()).split())[:1_000]


def _names(node: Element) -> str:
    """Return what an element and the two around it are called, in lower case."""
    way = [node, *list(node.iterancestors())[:2]]
    return " ".join(
        value for one in way for key in ("class", "itemprop", "id", "pubdate") if (value := one.get(key))
    ).lower()[:500]


def _take_meta(node: Element, found: Statements) -> None:
    content = (node.get("content") or "").strip()
    if not content:
        return
    for key in ("property", "name", "itemprop", "http-equiv"):
        name = node.get(key)
        if name:
            values = found.meta.setdefault(name.strip().lower(), [])
            if len(values) < 50:
                values.append(content[:5_000])
            return


def _take_link(node: Element, found: Statements) -> None:
    for relation in (node.get("rel") or "").lower().split():
        found.links.setdefault(relation, []).append((node.get("href") or "").strip())


def _parse_json(script: str) -> Iterator[object]:
    """Parse one block of JSON-LD, mended where it is commonly broken; nothing where it cannot be."""
    text = _WRAPPING.sub("", script) if len(script) <= _LONGEST_BLOCK else ""
    if not text:
        return
    try:
        yield json.loads(text, strict=False)
    except (ValueError, RecursionError):
        mended = _TRAILING_COMMA.sub(r"\1", markup.unescape(_CONTROL.sub(" ", text)))
        try:
            yield json.loads(mended, strict=False)
        except (ValueError, RecursionError):
            return


def _items(blocks: list[object]) -> Iterator[Item]:
    """Yield every JSON-LD item that may be the page's article: at the top, in lists, in graphs, as main entity."""
    waiting: list[tuple[object, int]] = [(block, 0) for block in reversed(blocks)]
    seen = 0
    while waiting and seen < _MOST_ITEMS:
        block, depth = waiting.pop()
        seen += 1
        if isinstance(block, list) and depth < _DEEPEST:
            waiting += [(part, depth + 1) for part in reversed(block[:_MOST_ITEMS])]
        elif isinstance(block, dict):
            yield block
            if depth < _DEEPEST:
                waiting += [
                    (block[key], depth + 1) for key in reversed(_PARTS) if isinstance(block.get(key), list | dict)
                ]


def _standing(item: Item) -> int:
    """Return how much an item looks like the page's article, 0 for none."""
    is_article = bool(item_types(item) & ARTICLE_TYPES)
    if not is_article and "articleBody" not in item:
        return 0
    return 2 * is_article + sum(key in item for key in ("articleBody", "headline", "datePublished"))
