"""Who wrote an article: names as the page states them, freed of "By", roles, addresses and the source's own name.

Order: JSON-LD, then meta elements, then the elements that are marked as an author, then a byline in words. Outlets
often put their own name where the author should be; it is passed over wherever a person is named further down the
order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.methods.article.blocks import Block
from etl.methods.article.bounds import Element
from etl.methods.article.statements import Statements, plain, words_of

MOST_NAMES = 12
_META = (
    "author",
    "article:author",
    "article:byline",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "byline",
    "sailthru.author",
    "article_author",
    "cxenseparse:author",
    "creator",
)
_BY = re.compile(
    r"^(?:(?:written|posted|published|reported|reporting|story|review|analysis|text|article|words|"
    r"contributed|opinion)\s+)?"
    r"(?:by|von|par|por|door|av|af|da|di|texto|text|autor(?:in)?|auteur|author|oleh|przez|автор|"
    r"от|بقلم|كتب)(?:\s*[:：—–-]+\s*|\s+)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:by|von|par|por|door|بقلم)\s+(\w[^|•·\d]{3,80})", re.IGNORECASE)
_END = re.compile(
    r"\s+(?:[|•·/]|[–—-](?=\s|$)).*$|\s*\([^()]{1,40}\)\s*$|,\s*(?:[Tt]he\s|[A-Z]{2,}\b).*$|\s*[<\[(]?\S+@\S+.*$|"
    r"\s+(?:기자|記者|记者|특파원)(?:\s.*)?$|\s+(?i:published|updated|posted|contributor|correspondent)\b.*$|"
    r"\s+(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s\d.*)?$"
)
_OUTLET_END = re.compile(
    r",\s+(?:associated press|bleacher report|financial times|reuters|staff|special to|correspondent|"
    r"contributor|editor|reporter|cnn|usa today)\b.*$|\s+the associated press$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:;|,|、|\s/\s|\||\s&\s|\s(?:and|und|et|y|e|en|og|och|ja|oraz|и|и́|with|mit|avec|con)\s)\s*")
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|md|m\.d|ph\.?d|esq|mba|j\.?d)\.?$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"https?:|www\.|@|[{}<>_=#]|\d{2}|^(?:about|view all|more from|follow|twitter|facebook|share)\b|"
    r"^(?:admin|administrator|editor|editors|staff|newsroom|redaktion|"
    r"redazione|redacción|guest|unknown|null|none|n/a|author|webmaster|anonymous)$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_BYLINES = (
    "//*[contains(@class, 'byline') or contains(@class, 'Byline') or contains(@class, 'author') or "
    "contains(@class, 'Author') or contains(@class, 'writer')]"
)
_MARKED = tuple(
    f"({path})[position() <= 20]{within}"
    for path, within in (
        ("//*[@itemprop='author']", ""),
        ("//a[contains(concat(' ', @rel, ' '), ' author ')]", ""),
        (
            (
                "//*[contains(@class, 'author-name') or contains(@class, 'author__name') or contains(@class, "
                "'authorName') or contains(@class, 'byline-name') or contains(@class, 'byline__name')]"
            ),
            "",
        ),
        (
            _BYLINES,
            (
                "//a[contains(@href, 'author') or contains(@href, 'people') or contains(@href, 'staff') or "
                "contains(@href, 'profile') or contains(@href, 'contributor') or contains(@href, '/by/')]"
            ),
        ),
        (_BYLINES, ""),
    )
)
_LONGEST_BYLINE = 120


def choose_names(stated: Statements, document: Element, blocks: list[Block]) -> tuple[str, ...]:
    """Return the authors' names in the order in which they are stated, each once."""
    source = _keys_of_source(stated)
    outlet: list[str] = []
    for told in _statements(stated, document, blocks):
        names = _unique(told)
        people = [name for name in names if _key(name) not in source]
        if people:
            return tuple(people[:MOST_NAMES])
        outlet = outlet or names
    return tuple(outlet[:MOST_NAMES])


def clean_names(text: str) -> list[str]:
    """Split a byline into names; none where it names nobody."""
    text = " ".join(plain(text).split())[:400]
    if _NO_NAME.match(text):
        return []
    names: list[str] = []
    for part in _BETWEEN.split(_outlet_off(_BY.sub("", text))):
        name = _outlet_off(_BY.sub("", part.strip(" .,:–—-\u200b\t"))).strip(" ,:–—-")
        if names and _SUFFIX.match(name):
            names[-1] += f" {name}" + ("." if part.endswith(".") and not name.endswith(".") else "")
        elif _is_name(name):
            names.append(name)
    return names


def _outlet_off(text: str) -> str:
    """Cut what follows a name: role, outlet, address, abbreviation."""
    return _OUTLET_END.sub("", _END.sub("", text))


def _is_name(name: str) -> bool:
    return (
        2 <= len(name) <= 60
        and len(name.split()) <= 6
        and _LETTER.search(name) is not None
        and not _NO_NAME.search(name)
    )


def _is_person(name: str) -> bool:
    """Tell whether a name found in the layout is a person's: two words or more, capitalised but for particles."""
    words = name.split()
    return (
        len(words) > 1 and all(not word[0].islower() or len(word) < 4 for word in words) and not words[0][0].islower()
    )


def _statements(stated: Statements, document: Element, blocks: list[Block]) -> Iterator[list[str]]:
    """Yield the names told in each place, the most trusted first."""
    yield [name for told in _names_in(stated.item.get("author")) for name in clean_names(told)]
    for key in _META:
        yield [name for told in stated.meta.get(key, ()) for name in clean_names(told)]
    yield [name for told in _names_in(stated.item.get("creator")) for name in clean_names(told)]
    for path in _MARKED:
        yield list(filter(_is_person, _first_marked(document.xpath(path))))
    yield list(filter(_is_person, _byline(blocks)))


def _names_in(value: object, depth: int = 0) -> Iterator[str]:
    """Yield the names in a JSON-LD author: a string, an item, or lists of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < 3:
        for part in value[:50]:
            yield from _names_in(part, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        yield from _names_in(value.get("name"), depth + 1)


def _first_marked(nodes: list[Element]) -> list[str]:
    """Return the names of the first marked element that has one, and of those right beside it."""
    names: list[str] = []
    home: Element | None = None
    for node in nodes[:20]:
        text = words_of(node) if node.tag not in ("meta", "link") else node.get("content") or ""
        found = clean_names(text) if 0 < len(text) <= _LONGEST_BYLINE else []
        if not found:
            continue
        if home is not None and not _are_beside(node, home):
            break
        names += found
        home = home if home is not None else node
    return names


def _are_beside(node: Element, other: Element) -> bool:
    """Tell whether two elements have a parent or grandparent in common."""
    above, others = list(node.iterancestors())[:2], list(other.iterancestors())[:2]
    return any(one is two for one in above for two in others)


def _byline(blocks: list[Block]) -> list[str]:
    """Return the names of the first block that is nothing but a byline."""
    for block in blocks:
        match = _BYLINE.match(block.text) if len(block.text) <= _LONGEST_BYLINE else None
        names = clean_names(match[1]) if match else []
        if names and all(map(_is_person, names)):
            return names
    return []


def _keys_of_source(stated: Statements) -> set[str]:
    publisher = stated.item.get("publisher")
    names = [*_names_in(publisher), *stated.meta.get("og:site_name", ()), *stated.meta.get("application-name", ())]
    return {_key(plain(name)) for name in names} - {""}


def _unique(names: list[str]) -> list[str]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(_key(name), name)
    return list(seen.values())


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
