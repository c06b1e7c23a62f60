"""Ask trafilatura and newspaper4k, and let the majority decide.

They are asked only where our own reading is in doubt, only of pages whose shape they get done with, with everything off that
fetches or writes. Their own settings are used; nothing inside them is replaced. Both raise errors of many kinds on odd pages
(newspaper4k: ImportError for want of a tokeniser on Korean ones, TypeError on `@graph: null`): such a reader has no opinion.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from types import ModuleType

from lxml import etree
from lxml.html import HtmlElement

from etl.methods.article.labelled import shingles

# what the two are known or bound to raise on a page; not MemoryError, KeyboardInterrupt, SystemExit
_LIBRARY_ERRORS = (ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, OSError, RuntimeError, TypeError, ValueError, etree.LxmlError)
_SAME = 0.9  # agreement from which two texts are one
_OWN_ADVANTAGE = 0.03  # our reading wins where it agrees with the others nearly as well as they with each other
_LONGEST = 60_000  # characters of a text that are compared
MOST_STATED = 400  # characters of a stated body that is more than a summary


def ask_trafilatura(document: HtmlElement, url: str) -> str:
    """Return the text that trafilatura reads, empty if none."""
    try:
        return _tidy(_library("trafilatura").extract(document, url=url, include_comments=False, fast=True) or "")
    except _LIBRARY_ERRORS:
        return ""


def ask_newspaper(html: str, url: str) -> str:
    """Return the text that newspaper4k reads, empty if none."""
    newspaper = _library("newspaper")
    config = newspaper.Config()
    config.fetch_images = config.memorize_articles = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of dates and zones that are not used
        try:
            article = newspaper.Article(url or "http://unknown.invalid/", config=config)
            article.download(input_html=html)
            article.parse()
        except (*_LIBRARY_ERRORS, newspaper.ArticleException):
            return ""
    return _tidy(article.text or "")


def settle(own: str, others: dict[str, str]) -> tuple[str, str]:
    """Return the text that agrees most with the other ones, and which reader gave it ("blocks" is our own)."""
    texts = {name: text for name, text in {"blocks": own, **others}.items() if text}
    if len(texts) < 2:
        return next(((text, name) for name, text in texts.items()), (own, "blocks"))
    if len(texts) == 2:
        longest = max(texts, key=lambda name: len(texts[name]))
        return (own, "blocks") if len(own) >= MOST_STATED else (texts[longest], longest)
    runs = {name: shingles(text[:_LONGEST], 3) for name, text in texts.items()}

    def standing(name: str) -> float:
        agreement = sum(2 * (runs[name] & runs[other]).total() / (runs[name].total() + runs[other].total() or 1) for other in runs if other != name)
        return agreement / (len(runs) - 1) + (_OWN_ADVANTAGE if name == "blocks" else 0)

    best = max(runs, key=standing)
    return texts[best], best


def are_one(text: str, other: str) -> bool:
    """Tell whether two readings are the same text, but for a line or two."""
    runs, others = shingles(text[:_LONGEST], 3), shingles(other[:_LONGEST], 3)
    return 2 * (runs & others).total() >= _SAME * (runs.total() + others.total()) > 0


@lru_cache(maxsize=2)
def _library(name: str) -> ModuleType:
    """Import a reader when it is first asked: most pages need neither, and newspaper4k warns of what it could use."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if name == "trafilatura":
            import trafilatura

            return trafilatura
        import newspaper

        return newspaper


def _tidy(text: str) -> str:
    """Separate paragraphs by an empty line, as ours are."""
    return "\n\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
