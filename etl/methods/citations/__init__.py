"""Which other sources an article names as the origin of a report, and which of those reports it denies.

What is counted: an outlet that reports, writes or publishes something by the article's words ("Reuters reported",
"according to the Post", "a Spiegel story", "first reported by"), later "the newspaper" for it, and hyperlinks to
another outlet's article where the sentence speaks of a report. Not counted: an outlet as employer, pollster or medium
of an interview ("told CNN"), in a dateline, and the source itself.

How: names of outlets from our sources and a list of the world's; rules over the classes of words around each name. A
dispute is a denial of the report in the same sentence or the one beside it.

Known errors: see CARD. Short names ("the Post") of outlets that the text does not name in full; denials that only a
reader understands as such.

Reference: attributions to outlets in PolNeAR (Newell, Margolin and Ruths, LREC 2018).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from etl.methods.citations.disputes import DisputeFinder, Disputers, dispute_words
from etl.methods.citations.finding import Found, citation_words, find_named_origins
from etl.methods.citations.japanese import find_japanese_citations
from etl.methods.citations.outlets import OutletNames
from etl.methods.citations.reports import Report, match_report, numbers_of
from etl.methods.lexicon.grammar import load_grammar
from etl.methods.quotes.frames import Frame, read_frame
from etl.methods.tokens import sentence_at, sentence_spans
from etl.records import Citation, Hyperlink

__all__ = ["CARD", "OutletNames", "Report", "find_citations", "for_bench", "match_report", "numbers_of"]

SECTION_LETTERS = 15  # a path that is no longer is a section's: /world/europe

CARD: dict[str, str | float] = {
    "name": "citations",
    "version": "1",
    "definition": "Another source named as the origin of a report; a dispute where the report is denied in the sentence or beside it.",
    "measured_on": "526 US news articles with 125 citations (PolNeAR); the labels leave many out, so precision is a lower bound",
    "precision": 0.567,
    "recall": 0.920,
    "languages": "English as given; on our newsroom F1 .93 for cited sources and .93 for disputes (en, de, fr, es, ja, ar together); "
    "Portuguese, Italian, Russian unmeasured",
    "reference": "Newell, Margolin and Ruths 2018, PolNeAR, LREC",
}


def find_citations(
    text: str,
    *,
    language: str | None,
    own_source: str | None,
    outlets: OutletNames,
    hyperlinks: Sequence[Hyperlink] = (),
) -> list[Citation]:
    """Return the outlets that a text cites, in order; own_source is the text's own, by source_id or name."""
    own = outlets.usual_name(own_source)
    named = outlets.find(text, language=language, own_source=own)
    if language == "ja":
        by_name = find_japanese_citations(text, [name for name in named if name.outlet != own])
    elif named:
        found = find_named_origins(text, language=language, outlets=named, own_source=own)
        by_name = list(_citations(text, language, found))
    else:
        by_name = []
    links = {
        link: outlet
        for link in hyperlinks
        if (outlet := outlets.by_address(link.url)) and outlet != own and _is_article(link.url)
    }
    return _with_hyperlinks(text, language, by_name, links) if links else by_name


def _citations(text: str, language: str | None, found: Sequence[Found]) -> Iterator[Citation]:
    _, frame = read_frame(text, language)
    finder = DisputeFinder(text, frame, load_grammar(language), dispute_words(language))
    disputers = Disputers(text, language, frame)
    for one in found:
        denials = finder.denials_of(one.named, one.sentence)
        start, end = _edges(frame, one.sentence)
        outlet = one.named.outlet
        yield Citation(
            outlet.start,
            outlet.end,
            outlet.outlet,
            start,
            end,
            is_dispute=bool(denials),
            disputer=disputers.name(denials),
        )


def _edges(frame: Frame, sentence: int) -> tuple[int, int]:
    first, last = frame.sentences[sentence]
    return frame.starts[first], frame.ends[last - 1]


def _with_hyperlinks(
    text: str, language: str | None, citations: Sequence[Citation], links: Mapping[Hyperlink, str]
) -> list[Citation]:
    """Give citations the hyperlinks of their sentences, and add hyperlinks to reports of outlets that nothing names."""
    reports, found = citation_words(language).reports, list(citations)
    for link, outlet in links.items():
        if link.position is None:
            continue
        at = next((at for at, one in enumerate(found) if one.outlet == outlet and _holds(one, link.position)), None)
        if at is not None:
            found[at] = replace(found[at], evidence="both", url=found[at].url or link.url)
            continue
        start, end = sentence_at(sentence_spans(text), link.position)
        is_report = not reports.isdisjoint(re.findall(r"\w+", text[start:end].lower()))
        if is_report and all(one.outlet != outlet for one in citations):
            stop = link.position + len(link.text)
            found.append(Citation(link.position, stop, outlet, start, end, evidence="hyperlink", url=link.url))
    return sorted(found, key=lambda one: one.start)


def _holds(citation: Citation, position: int) -> bool:
    return citation.sentence_start <= position < citation.sentence_end


def _is_article(url: str) -> bool:
    """Tell whether an address is that of an article rather than of a home page or section."""
    return len(urlsplit(url).path.strip("/")) > SECTION_LETTERS


@lru_cache(maxsize=1)
def _world() -> OutletNames:
    return OutletNames()


def for_bench(articles: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """Answer as `score_methods.py` asks: outlets by name only, since the labelled set holds no others."""
    return [
        [
            {"start": one.named.outlet.start, "end": one.named.outlet.end, "outlet": one.named.outlet.outlet}
            for one in find_named_origins(
                article["text"],
                language=article.get("language"),
                outlets=_world().find(article["text"], language=article.get("language")),
                own_source=None,
            )
            if not one.named.is_back
        ]
        for article in articles
    ]
