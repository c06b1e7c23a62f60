"""Ask trafilatura and newspaper4k, and let the majority decide.

They are asked only where our own reading is in doubt, only of pages whose shape they get done with, with everything
off that fetches or writes. Their own settings are used; nothing inside them is replaced. Both raise errors of many
kinds on odd pages (newspaper4k: ImportError for want of a tokeniser on Korean ones, TypeError on `@graph: null`):
such a reader has no opinion.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from copy import deepcopy
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from lxml import etree
from lxml.html import HtmlElement

# what the two are known or bound to raise on a page; not MemoryError, KeyboardInterrupt, SystemExit
_LIBRARY_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    etree.LxmlError,
)
_WORD = re.compile(r"\w+")
_SAME = 0.9  # agreement from which two texts are one
_OWN_ADVANTAGE = 0.03  # our reading wins where it agrees with the others nearly as well as they with each other
_LONGEST = 60_000  # characters of a text that are compared
_TRUSTED = 400  # characters from which our own reading is not given up for a single other one


def ask_trafilatura(document: HtmlElement | None, url: str) -> str:
    """Return the text that trafilatura reads, empty if none."""
    if document is None:
        return ""
    try:
        return _tidy(_trafilatura().extract(document, url=url, include_comments=False, fast=True) or "")
    except _LIBRARY_ERRORS:
        return ""


def ask_newspaper(document: HtmlElement | None, url: str) -> str:
    """Return the text that newspaper4k reads, empty if none.

    The steps are those of its Article.parse that lead to the text; its readers of authors and dates, half of its time,
    are not asked.
    """
    if document is None:
        return ""
    extractors, cleaners, formatters, configuration = _newspaper()
    config = configuration.Configuration()
    config.fetch_images = config.memorize_articles = False
    page = deepcopy(document)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of dates and zones that are not used
        try:
            reader = extractors.ContentExtractor(config)
            config.language = reader.get_metadata(url, page)["language"] or config.language
            if reader.calculate_best_node(page) is None:
                return ""
            body = cleaners.DocumentCleaner(config).clean(reader.top_node_complemented)
            text, _ = formatters.OutputFormatter(config).get_formatted(body, reader.get_title(page))
        except _LIBRARY_ERRORS:
            return ""
    return _tidy(text or "")


def shingles(text: str, width: int = 4) -> Counter[tuple[str, ...]]:
    """Count the runs of so many words in a text."""
    words = _WORD.findall(text)
    return Counter(tuple(words[start : start + width]) for start in range(max(1, len(words) - width + 1)) if words)


def settle(own: str, others: dict[str, str]) -> tuple[str, str]:
    """Return the text that agrees most with the other ones, and which reader gave it ("blocks" is our own)."""
    texts = {name: text for name, text in {"blocks": own, **others}.items() if text}
    if len(texts) < 2:
        return next(((text, name) for name, text in texts.items()), (own, "blocks"))
    if len(texts) == 2:
        longest = max(texts, key=lambda name: len(texts[name]))
        return (own, "blocks") if len(own) >= _TRUSTED else (texts[longest], longest)
    runs = {name: shingles(text[:_LONGEST], 3) for name, text in texts.items()}

    def standing(name: str) -> float:
        """Return the mean agreement of a text with the other ones."""
        agreement = sum(
            2 * (runs[name] & runs[other]).total() / (runs[name].total() + runs[other].total() or 1)
            for other in runs
            if other != name
        )
        return agreement / (len(runs) - 1) + (_OWN_ADVANTAGE if name == "blocks" else 0)

    best = max(runs, key=standing)
    return texts[best], best


def are_one(text: str, other: str) -> bool:
    """Tell whether two readings are the same text, but for a line or two."""
    runs, others = shingles(text[:_LONGEST], 3), shingles(other[:_LONGEST], 3)
    return 2 * (runs & others).total() >= _SAME * (runs.total() + others.total()) > 0


@lru_cache(maxsize=1)
def _trafilatura() -> ModuleType:
    """Import trafilatura when it is first asked: most pages do not need it."""
    return import_module("trafilatura")


@lru_cache(maxsize=1)
def _newspaper() -> tuple[ModuleType, ModuleType, ModuleType, ModuleType]:
    """Import newspaper4k's parts when it is first asked; it warns of libraries that it does not need."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return (
            import_module("newspaper.extractors"),
            import_module("newspaper.cleaners"),
            import_module("newspaper.outputformatters"),
            import_module("newspaper.configuration"),
        )


def _tidy(text: str) -> str:
    """Separate paragraphs by an empty line, as ours are."""
    return "\n\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
