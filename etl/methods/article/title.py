"""Choose the headline among what a page states, without the source's name.

The headline that a reader sees (h1) is the article's own; JSON-LD and OpenGraph are often written anew for search
engines and add the source's name. So: the h1 that shares its words with what is stated; where it only adds a label
before ("Politics | ..."), the stated form; where two statements agree on more than the h1 shows (a kicker), those;
where no h1 agrees (it is the source's name), the first statement, freed of the source's name.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.methods.article.statements import Statements, plain
from etl.methods.words import fold

_WORD = re.compile(r"\w+")
_SEPARATED = re.compile(r"\s+[|–—•·»«:\-]+\s+|\s*[|ㅣ]\s*|(?<=\S)-(?=[^-]{1,9}ㅣ)")
_LONGEST = 400
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})


def choose_title(stated: Statements, url: str = "") -> str | None:
    """Return the headline, None where the page states none."""
    sources = _source_names(stated, url)
    told = [
        _tidy(text)
        for text in (
            stated.of_item("headline"),
            stated.first("og:title"),
            stated.first("twitter:title", "title", "dc.title"),
        )
    ]
    told = [without_source(text, sources) for text in told if text]
    head = without_source(_tidy(stated.head_title), sources)
    seen = [text for text in map(_tidy, stated.headlines) if _key(text)]
    seen = [text for text in seen if any(_alike(text, other) for other in (*told, head))] or (
        [] if told or head else seen
    )
    if not seen:
        return next(iter(told), head) or None
    headline = max(seen, key=lambda text: max(_overlap(text, other) for other in (*told, head, text[:0])))
    return _by_statements(headline, told) or headline


def without_source(title: str, sources: set[str]) -> str:
    """Cut parts at the end, or one at the start, that are the source's name."""
    for _ in range(3):
        cuts = list(_SEPARATED.finditer(title))
        if not cuts:
            break
        last, first = title[cuts[-1].end() :], title[: cuts[0].start()]
        if _names_source(last, sources):
            title = title[: cuts[-1].start()]
        elif _names_source(first, sources):
            title = title[cuts[0].end() :]
        else:
            break
    return title.strip()


def without_name(title: str, source: str) -> str:
    """Cut a source's name, as it is known from elsewhere, off a title of which it is a part of its own."""
    return without_source(title, {_key(source).removeprefix("the")}) or title


def _source_names(stated: Statements, url: str) -> set[str]:
    """Return what the source is called: as stated, and the labels of its domain."""
    publisher = stated.item.get("publisher")
    name = plain(publisher.get("name")) if isinstance(publisher, dict) else plain(publisher)
    stated_names = [
        name,
        *stated.meta.get("og:site_name", ()),
        *stated.meta.get("application-name", ()),
        *stated.meta.get("twitter:site", ()),
    ]
    host = _host(stated.first("og:url") or "") or _host(url)
    keys = (_key(name).removeprefix("the") for name in (*stated_names, *host.split(".")[:-1], host))
    return {key for key in keys if len(key) > 2}


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _names_source(part: str, sources: set[str]) -> bool:
    return any(
        key == source or (min(len(key), len(source)) > 3 and abs(len(key) - len(source)) <= 4 and _begins(key, source))
        for key in _spellings(part)
        for source in sources
    )


def _spellings(name: str) -> set[str]:
    """Return a name as it is, and as a domain spells it: umlauts as two letters, or without their dots."""
    key = _key(name).removeprefix("the")
    return {key, key.translate(_TWO_LETTERS), fold(key)}


def _begins(key: str, other: str) -> bool:
    return key.startswith(other) or other.startswith(key)


def _tidy(text: str | None) -> str:
    return " ".join((text or "").replace("\u00ad", "").replace("\u200b", "").split())[:_LONGEST]


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _overlap(text: str, other: str) -> float:
    """Return the share of common words, by the longer of the two."""
    words, others = set(_WORD.findall(text.casefold())), set(_WORD.findall(other.casefold()))
    return len(words & others) / max(1, len(words), len(others))


def _alike(text: str, other: str) -> bool:
    """Tell whether two headlines are of one article: half of the words in common, or one within the other."""
    key, other_key = _key(text), _key(other)
    return (
        _overlap(text, other) >= 0.5
        or (len(key) > 12 and key in other_key)
        or (len(other_key) > 12 and other_key in key)
    )


def _by_statements(headline: str, told: list[str]) -> str | None:
    """Return the stated form where the headline has a label too much, or lacks what two statements have before it."""
    key = _key(headline)
    for text in told:
        other = _key(text)
        if len(other) > 12 and key != other and key.endswith(other) and len(key) - len(other) <= 40:
            return text
    longer = [_key(text) for text in told if len(key) > 12 and _key(text) != key and _key(text).endswith(key)]
    agreed = next((other for other in longer if longer.count(other) > 1), None)
    return next((text for text in told if _key(text) == agreed), None) if agreed else None
