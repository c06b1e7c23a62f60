"""Building the newsroom: from the agenda to every article and its truth."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache

from etl.newsroom.addresses import AddressBook, section_of
from etl.newsroom.agenda import draw_agenda
from etl.newsroom.assignments import NEEDS_REPORT, Assignment, Draft
from etl.newsroom.copying import CopyKind, reprint
from etl.newsroom.credits import Credit, byline, credit_of, dateline
from etl.newsroom.desk import Task, plan_event
from etl.newsroom.events import Amount, Day, Fact, Month, Option
from etl.newsroom.finishing import (
    FinishedText,
    citations_of,
    dates_of,
    entities_of,
    finish_draft,
    hyperlinks_of,
    mentions_of,
    quotes_of,
)
from etl.newsroom.listing import list_addresses
from etl.newsroom.originality import Shelf
from etl.newsroom.routine import plan_routine
from etl.newsroom.scene import Report
from etl.newsroom.sources import sources
from etl.newsroom.truth import ArticleTruth, Newsroom, SourceTruth, StoryTruth
from etl.newsroom.world import Cast
from etl.newsroom.writing import write_article


@dataclass(frozen=True, slots=True)
class _Written:
    """An article while the newsroom is built."""

    task: Task
    draft: Draft
    article: ArticleTruth


@cache
def build_newsroom() -> Newsroom:
    """Build the newsroom, the same one every time."""
    with _no_collecting():
        return _build()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Let the garbage wait: a fifth of the time would go into looking for it, and next to none is made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _build() -> Newsroom:
    cast = Cast()
    tasks = [task for event in draw_agenda(cast) for task in plan_event(event)] + plan_routine(cast)
    written = _write_all(sorted(_consistent(tasks), key=lambda task: (task.published_at, task.task_id)))
    articles = {one.article.address: one.article for one in written.values()}
    listing = list_addresses(articles)
    return Newsroom(
        sources={source_id: _source_truth(source_id, articles) for source_id in sources()},
        articles=articles,
        stories=_stories(list(written.values())),
        twins=listing.twins,
        troubles=listing.troubles,
        heavy=listing.heavy,
        listed=listing.listed,
    )


def _consistent(tasks: Sequence[Task]) -> list[Task]:
    """Leave out what would copy or cite an article that was never published."""
    known = {task.task_id for task in tasks}
    kept = []
    for task in tasks:
        cites = task.cites if task.cites in known else None
        copy_of = task.copy_of if task.copy_of in known else None
        if cites is None and task.cites is not None and task.stage in NEEDS_REPORT:
            continue
        is_whole = (cites, copy_of) == (task.cites, task.copy_of)
        kept.append(task if is_whole else replace(task, cites=cites, copy_of=copy_of))
    return kept


def _write_all(tasks: Sequence[Task]) -> dict[str, _Written]:
    book, shelf = AddressBook(), Shelf()
    written: dict[str, _Written] = {}
    for task in tasks:
        written[task.task_id] = _write(task, written, book=book, shelf=shelf)
    return written


def _write(task: Task, written: Mapping[str, _Written], *, book: AddressBook, shelf: Shelf) -> _Written:
    assignment = _assignment(task, written)
    original = written[task.copy_of] if task.copy_of else None
    if original:
        reprinted = reprint(original.draft, assignment)
        draft, copy_kind = reprinted.draft, reprinted.kind
    else:
        draft, copy_kind = shelf.written(assignment, write_article), None
    credit = credit_of(task)
    voice = task.source.voice(task.language)
    finished = finish_draft(draft, voice, dateline=dateline(task, credit, draft.marks))
    address = book.give(task, finished.title)
    article = _article(task, finished, address, credit=credit, copy_kind=copy_kind, original=original)
    return _Written(task, draft, article)


def _assignment(task: Task, written: Mapping[str, _Written]) -> Assignment:
    cited = written.get(task.cites) if task.cites else None
    earlier = written.get(task.earlier) if task.earlier else None
    report = None
    if cited:
        day = cited.task.source.local(cited.task.published_at).date()
        report = Report(cited.task.source, cited.article.address, day)
    return Assignment(
        event=task.event,
        stage=task.stage,
        source=task.source,
        language=task.language,
        published_at=task.published_at,
        task_id=task.task_id,
        turn=task.turn,
        report=report,
        has_hyperlink=task.has_hyperlink,
        earlier_address=earlier.article.address if earlier else None,
        has_exclusive=task.has_exclusive,
    )


def _article(
    task: Task,
    finished: FinishedText,
    address: str,
    *,
    credit: Credit,
    copy_kind: CopyKind | None,
    original: _Written | None,
) -> ArticleTruth:
    day = task.source.local(task.published_at).date()
    names = [entity.name(task.language) for entity in entities_of(finished) if entity.kind != "person"]
    return ArticleTruth(
        address=address,
        source_id=task.source.source_id,
        title=finished.title,
        standfirst=finished.standfirst,
        paragraphs=finished.paragraphs,
        published_at=task.published_at,
        authors=byline(task, credit),
        language=task.language,
        section=section_of(task.event.kind.section, task.language)[1],
        keywords=tuple(names[:4]),
        story_id=task.event.event_id,
        topics=task.event.topics,
        layout=task.source.layout_on(day),
        charset=task.source.charset_on(day),
        original=original.article.address if original else None,
        copy_kind=copy_kind,
        agency=credit.agency,
        quotes=quotes_of(finished, task.language),
        mentions=mentions_of(finished),
        citations=citations_of(finished, task.language),
        dates=dates_of(finished),
        hyperlinks=hyperlinks_of(finished),
    )


def _source_truth(source_id: str, articles: Mapping[str, ArticleTruth]) -> SourceTruth:
    source = sources()[source_id]
    own = [article for article in articles.values() if article.source_id == source_id]
    layouts = tuple(sorted({article.layout for article in own}))
    return SourceTruth(source.source, source.entity.names, layouts, source.missing_days(), len(own))


def _stories(written: Sequence[_Written]) -> dict[str, StoryTruth]:
    by_story: dict[str, list[_Written]] = {}
    for one in written:
        by_story.setdefault(one.article.story_id, []).append(one)
    return {story_id: _story(ones) for story_id, ones in by_story.items()}


def _story(ones: Sequence[_Written]) -> StoryTruth:
    first, event = ones[0].article, ones[0].task.event
    return StoryTruth(
        story_id=event.event_id,
        kind=event.kind.kind_id,
        title=first.title,
        place=event.town.name("en"),
        country=event.town.country.upper(),
        happened_at=event.happened_at,
        facts={slot: plain_fact(fact) for slot, fact in event.facts.items()},
        topics=event.topics,
        addresses=tuple(one.article.address for one in ones),
        first_source=first.source_id,
    )


def plain_fact(fact: Fact) -> str:
    """Say a fact in plain English."""
    match fact:
        case Amount():
            return f"{fact.value:g}" + {"percent": "%", "money": f" million {fact.currency}"}.get(fact.unit, "")
        case Option():
            return fact.name
        case Day():
            return fact.day.isoformat()
        case Month():
            return f"{fact.year}-{fact.month:02}"
        case _:
            return fact.name("en")
