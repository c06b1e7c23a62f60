"""Finishing: a draft with marks becomes a text as printed, and what is true of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.newsroom.assignments import Draft
from etl.newsroom.marks import Cited, Dated, Linked, Named, Said, Span
from etl.newsroom.truth import CitationTruth
from etl.newsroom.voices import Voice
from etl.newsroom.world import Entity, Language, Person
from etl.records import Citation, Hyperlink, Mention, MentionedDate, Quote

BETWEEN = "\n\n"  # paragraphs


@dataclass(frozen=True, slots=True)
class FinishedText:
    """A text as printed, where its marks lie, and where its sentences lie."""

    title: str
    standfirst: str
    paragraphs: tuple[str, ...]
    text: str  # the paragraphs, separated by an empty line
    spans: tuple[Span, ...]
    sentences: tuple[tuple[int, int], ...]


def finish_draft(draft: Draft, voice: Voice, *, dateline: str) -> FinishedText:
    """Print a draft in a source's voice, after its dateline (marked, perhaps empty)."""
    paragraphs: list[str] = []
    spans: list[Span] = []
    sentences: list[tuple[int, int]] = []
    place = 0
    for number, lines in enumerate(draft.paragraphs):
        pieces: list[str] = []
        for line in lines:
            start = place + sum(map(len, pieces)) + len(voice.joiner) * len(pieces)
            raw = (voice.dress(dateline) if number == 0 and not pieces else "") + voice.finish(line.raw)
            clean, found = draft.marks.read(raw, at=start)
            spans += found
            sentences.append((start, start + len(clean)))
            pieces.append(clean)
        paragraphs.append(voice.joiner.join(pieces))
        place += len(paragraphs[-1]) + len(BETWEEN)
    title, standfirst = voice.title(draft.headline), voice.finish(draft.standfirst)
    text = BETWEEN.join(paragraphs)
    return FinishedText(title, standfirst, tuple(paragraphs), text, tuple(spans), tuple(sentences))


def quotes_of(finished: FinishedText, language: Language) -> tuple[Quote, ...]:
    """Return who says what; the speaker is the fullest form of the name in the text."""
    return tuple(
        Quote(span.start, span.end, _fullest(span.mark.speaker, finished.text, language), is_direct=span.mark.is_direct)
        for span in finished.spans
        if isinstance(span.mark, Said)
    )


def mentions_of(finished: FinishedText) -> tuple[Mention, ...]:
    """Return where people, organisations and places are named; each by the longest form in the text."""
    named = [(span, span.mark.entity) for span in finished.spans if isinstance(span.mark, Named)]
    longest: dict[str, str] = {}
    for span, entity in named:
        form = finished.text[span.start : span.end]
        longest[entity.entity_id] = max(longest.get(entity.entity_id, ""), form, key=len)
    return tuple(Mention(span.start, span.end, entity.kind, longest[entity.entity_id]) for span, entity in named)


def entities_of(finished: FinishedText) -> tuple[Entity, ...]:
    """Return the entities that the text names, each once, in order."""
    found = {span.mark.entity.entity_id: span.mark.entity for span in finished.spans if isinstance(span.mark, Named)}
    return tuple(found.values())


def citations_of(finished: FinishedText, language: Language) -> tuple[CitationTruth, ...]:
    """Return the other sources named as origin of a report."""
    return tuple(_citation(span, span.mark, finished, language) for span in _cited(finished))


def dates_of(finished: FinishedText) -> tuple[MentionedDate, ...]:
    """Return the dates that the text tells."""
    return tuple(
        MentionedDate(span.start, span.end, span.mark.day, span.mark.precision)
        for span in finished.spans
        if isinstance(span.mark, Dated)
    )


def hyperlinks_of(finished: FinishedText) -> tuple[Hyperlink, ...]:
    """Return the hyperlinks in the text."""
    return tuple(
        Hyperlink(span.mark.url, finished.text[span.start : span.end], span.start)
        for span in finished.spans
        if isinstance(span.mark, Linked)
    )


def _cited(finished: FinishedText) -> Iterator[Span]:
    yield from (span for span in finished.spans if isinstance(span.mark, Cited))


def _citation(span: Span, mark: object, finished: FinishedText, language: Language) -> CitationTruth:
    assert isinstance(mark, Cited)
    start, end = _around(span, finished.sentences)
    disputer = _fullest(mark.disputer, finished.text, language) if mark.disputer else None
    citation = Citation(span.start, span.end, mark.name, start, end, is_dispute=mark.is_dispute, disputer=disputer)
    return CitationTruth(citation, mark.source_id, mark.address, mark.has_hyperlink)


def _around(span: Span, sentences: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return next((start, end) for start, end in sentences if start <= span.start < end)


def _fullest(person: Person, text: str, language: Language) -> str:
    full = person.name(language)
    return full if full in text else person.last[language]
