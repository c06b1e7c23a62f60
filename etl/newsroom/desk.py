"""The desks: who tells which event, when, in whose words, and after whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from etl.newsroom.assignments import can_tell
from etl.newsroom.events import Event
from etl.newsroom.period import FIRST_DAY, LAST_DAY, dice
from etl.newsroom.sources import AGENCY, NewsSource, sources
from etl.newsroom.wordbook import kind_words
from etl.newsroom.world import Language

# Chance that a source tells an event, by the event's reach (1 to 4): where its language is spoken, and elsewhere.
_NEAR = (0.25, 0.6, 0.9, 1.0)
_FAR = (0.05, 0.25, 0.65, 1.0)
_HOME = 0.97
_WIRE_HOME, _WIRE_FAR = (0.6, 0.95, 1.0, 1.0), (0.1, 0.4, 0.9, 1.0)
FOLLOWED_UP, ALL_FOLLOW = 0.55, 0.8  # shares of those who told an event that tell how it went on; of the largest ones
EVERYWHERE = 4  # reach of what everybody tells
EXCLUSIVE = 0.6  # share of events of which one source knows more than the others
READERS = frozenset({"tidewatch", "straight-answer"})  # they comment on what others report
SLOW = "quarterdeck"  # a magazine: late, long, seldom


@dataclass(frozen=True, slots=True)
class Task:
    """One article to be written."""

    task_id: str
    event: Event
    stage: str
    source: NewsSource
    language: Language
    published_at: datetime
    turn: int = 0  # how many told the same in this language before
    copy_of: str | None = None
    cites: str | None = None
    has_hyperlink: bool = False
    earlier: str | None = None  # the source's own article that it may link to
    has_exclusive: bool = False  # it is the one that knows more


def plan_event(event: Event) -> list[Task]:
    """Plan every article about one event of the agenda."""
    if event.kind.is_claim:
        return plan_claim(event)
    first = _with_turns(_as_copies(_first_reports(event)))
    first = _with_exclusive(event, first)
    tasks = list(first)
    for days in event.later:
        tasks += _follow_ups(event, first, days)
    return [task for task in [*tasks, *_comments(event, tasks)] if is_published(task)]


def is_published(task: Task) -> bool:
    """Say whether the day lies in the period and the source was at work."""
    day = task.published_at.date()
    return FIRST_DAY <= day <= LAST_DAY and day not in task.source.missing_days()


def task_of(event: Event, stage: str, source: NewsSource, language: Language, at: datetime) -> Task:
    """Make a task whose id says what it is about."""
    return Task(f"{event.event_id}/{stage}/{source.source_id}/{language}", event, stage, source, language, at)


def in_hours(source: NewsSource, at: datetime) -> datetime:
    """Move a time to when the source publishes."""
    local = source.local(at)
    first, last = source.hours
    if local.hour < first:
        local = local.replace(hour=first, minute=(local.minute * 7) % 50)
    elif local.hour >= last:
        local = (local + timedelta(days=1)).replace(hour=first, minute=(local.minute * 7) % 50)
    return local.astimezone(UTC)


def desks() -> Iterator[tuple[NewsSource, Language]]:
    """Yield every source with each language it writes in."""
    for source in sources().values():
        for language in source.languages():
            yield source, language


def _first_reports(event: Event) -> list[Task]:
    tasks = []
    for source, language in desks():
        rng = dice(event.event_id, "first", source.source_id, language)
        if source.source_id in READERS or not can_tell(language, event, "first"):
            continue
        if source.source_id == event.first or rng.random() < _chance(event, source, language):
            tasks.append(task_of(event, "first", source, language, _first_time(event, source, language, rng)))
    return tasks


def _chance(event: Event, source: NewsSource, language: Language) -> float:
    reach = event.reach - 1
    is_near = language in _languages_of(event.town.country)
    if source.source_id == SLOW:
        return 0.0 if event.reach < 3 else 0.3
    if source.source_id == AGENCY:
        return (_WIRE_HOME if is_near or language == "en" else _WIRE_FAR)[reach]
    if source.country == event.town.country:
        return _HOME
    return (_NEAR if is_near else _FAR)[reach]


def _languages_of(country: str) -> set[str]:
    """Return the languages of the sources of a country; a country without any is covered from Brussels, in English."""
    return {source.language for source in sources().values() if source.country == country} or {"en"}


def _first_time(event: Event, source: NewsSource, language: Language, rng: Random) -> datetime:
    if source.source_id == event.first:
        return event.happened_at + timedelta(minutes=16)
    if source.source_id == SLOW:
        days = (4 - event.happened_at.weekday()) % 7 or 7
        return in_hours(source, event.happened_at + timedelta(days=days, minutes=rng.randint(0, 300)))
    if source.source_id == AGENCY:
        minutes = rng.randint(22, 75) + (0 if language == "en" else rng.randint(10, 60))
        return event.happened_at + timedelta(minutes=minutes)
    is_home = source.country == event.town.country
    minutes = rng.randint(18, 260) if is_home else rng.randint(60, 1300 // event.reach)
    at = event.happened_at + timedelta(minutes=minutes)
    return at if event.reach == EVERYWHERE else in_hours(source, at)


def _as_copies(tasks: Sequence[Task]) -> list[Task]:
    """Let some print the agency's text instead of writing their own."""
    wires = {task.language: task for task in tasks if task.source.source_id == AGENCY}
    return [_as_copy(task, wires.get(task.language)) for task in tasks]


def _as_copy(task: Task, wire: Task | None) -> Task:
    if wire is None or task.source.source_id in {AGENCY, task.event.first}:
        return task
    rng = dice(task.task_id, "reprint")
    is_home = task.source.country == task.event.town.country
    if rng.random() >= task.source.reprints * (0.5 if is_home else 1.15):
        return task
    at = max(task.published_at, wire.published_at + timedelta(minutes=rng.randint(9, 90)))
    return replace(task, copy_of=wire.task_id, published_at=at)


def _with_turns(tasks: Iterable[Task], *, start: int = 0) -> list[Task]:
    turns: dict[str, int] = {}
    numbered = []
    for task in sorted(tasks, key=lambda task: (task.published_at, task.task_id)):
        turn = turns.get(task.language, start)
        turns[task.language] = turn + 1
        numbered.append(replace(task, turn=turn))
    return numbered


def _with_exclusive(event: Event, tasks: Sequence[Task]) -> list[Task]:
    """Let one source know more, and later ones cite it."""
    owns = [task for task in tasks if _may_be_exclusive(task)]
    has_one = event.reach == EVERYWHERE or dice(event.event_id, "exclusive").random() < EXCLUSIVE
    if not owns or not has_one:
        return list(tasks)
    exclusive = owns[0]
    return [replace(task, has_exclusive=True) if task is exclusive else _citing(task, exclusive) for task in tasks]


def _may_be_exclusive(task: Task) -> bool:
    has_clauses = bool(kind_words(task.language)[task.event.kind.kind_id].clauses)
    return has_clauses and task.copy_of is None and task.source.source_id not in {AGENCY, SLOW}


def _citing(task: Task, exclusive: Task) -> Task:
    rng = dice(task.task_id, "cites")
    is_possible = task.copy_of is None and task.published_at > exclusive.published_at
    if not is_possible or rng.random() >= task.source.cites * 1.6:
        return task
    return replace(task, cites=exclusive.task_id, has_hyperlink=rng.random() < 0.5)


def _follow_ups(event: Event, first: Sequence[Task], days: int) -> list[Task]:
    tasks = []
    share = ALL_FOLLOW if event.reach == EVERYWHERE else FOLLOWED_UP
    exclusive = next((task for task in first if task.has_exclusive), None)
    for task in first:
        rng = dice(task.task_id, "later", days)
        if not can_tell(task.language, event, "later") or task.source.source_id == SLOW or rng.random() > share:
            continue
        at = in_hours(task.source, event.happened_at + timedelta(days=days, minutes=rng.randint(60, 700)))
        follow = task_of(event, "later", task.source, task.language, at)
        follow_id = f"{follow.task_id}/{days}"
        follow = replace(follow, task_id=follow_id, earlier=task.task_id if is_published(task) else None)
        tasks.append(_citing(follow, exclusive) if exclusive and exclusive.source is not task.source else follow)
    return _with_turns(_as_copies(tasks), start=3 * event.later.index(days))


def _comments(event: Event, tasks: Sequence[Task]) -> list[Task]:
    """Let the blog comment on what one source knows."""
    exclusive = next((task for task in tasks if task.has_exclusive), None)
    rng = dice(event.event_id, "blog")
    if exclusive is None or exclusive.language != "en" or not is_published(exclusive) or rng.random() > 0.4:
        return []
    return [_comment(event, "blog", exclusive, hours=rng.randint(20, 70))]


def _comment(event: Event, stage: str, report: Task, *, hours: int) -> Task:
    source = sources()["tidewatch" if stage == "blog" else "straight-answer"]
    at = in_hours(source, report.published_at + timedelta(hours=hours))
    return replace(task_of(event, stage, source, "en", at), cites=report.task_id, has_hyperlink=True)


def plan_claim(event: Event) -> list[Task]:
    """Plan one source's own report, those who cite it, and those who deny it."""
    report = _report(event)
    tasks = [report, *_answers(event, report, "cite", hours=(2, 20)), *_answers(event, report, "deny", hours=(7, 34))]
    rng = dice(event.event_id, "comments")
    if rng.random() < 0.5:
        tasks.append(_comment(event, "check", report, hours=rng.randint(40, 90)))
    if rng.random() < 0.5:
        tasks.append(_comment(event, "blog", report, hours=rng.randint(20, 60)))
    return [task for task in tasks if is_published(task)]


def _report(event: Event) -> Task:
    able = [
        (source, language)
        for source, language in desks()
        if can_tell(language, event, "first") and source.source_id not in {AGENCY, SLOW, *READERS}
    ]
    at_home = [pair for pair in able if pair[0].country == event.town.country]
    rng = dice(event.event_id, "report")
    named = [pair for pair in able if pair[0].source_id == event.first]
    source, language = rng.choice(named or at_home or able)
    return task_of(event, "first", source, language, in_hours(source, event.happened_at))


def _answers(event: Event, report: Task, stage: str, *, hours: tuple[int, int]) -> list[Task]:
    tasks = []
    for source, language in desks():
        is_able = can_tell(language, event, stage) and source is not report.source
        rng = dice(event.event_id, stage, source.source_id, language)
        is_told = rng.random() < _chance(event, source, language) * 0.75 and source.source_id not in {SLOW, *READERS}
        if is_able and is_told:
            at = report.published_at + timedelta(minutes=rng.randint(hours[0] * 60, hours[1] * 60))
            task = task_of(event, stage, source, language, in_hours(source, at))
            tasks.append(replace(task, cites=report.task_id, has_hyperlink=rng.random() < 0.55))
    if not tasks:
        wire = sources()[AGENCY]
        at = report.published_at + timedelta(hours=hours[0])
        tasks.append(replace(task_of(event, stage, wire, "en", at), cites=report.task_id))
    return _with_turns(_as_copies(tasks))
