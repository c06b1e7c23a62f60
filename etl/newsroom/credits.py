"""Credits: by-lines and datelines, and whether an agency is named in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from etl.newsroom.desk import Task
from etl.newsroom.marks import Dated, Marks, Named
from etl.newsroom.period import dice
from etl.newsroom.sources import AGENCY, sources

_WITHOUT_DATELINE = frozenset({"people", "essay", "notes", "rumour", "study", "prices"})
_NO_NAME = 0.12  # share of articles without a by-line


@dataclass(frozen=True, slots=True)
class Credit:
    """Whether the agency is credited, and where."""

    agency: str | None
    is_in_byline: bool = False
    is_in_dateline: bool = False


def credit_of(task: Task) -> Credit:
    """Decide whether a text credits the agency it comes from."""
    agency = sources()[AGENCY].entity.name(task.language)
    if task.source.source_id == AGENCY:
        return Credit(agency, is_in_dateline=True)
    rng = dice(task.task_id, "credit")
    if task.copy_of is None or rng.random() >= task.source.credits:
        return Credit(None)
    where = rng.choice(("byline", "dateline", "both"))
    return Credit(agency, is_in_byline=where != "dateline", is_in_dateline=where != "byline")


def byline(task: Task, credit: Credit) -> tuple[str, ...]:
    """Return the authors as the page names them."""
    rng = dice(task.task_id, "byline")
    if credit.is_in_byline and credit.agency:
        return (credit.agency,)
    staff = task.source.staff
    if task.copy_of is not None and rng.random() < 0.5:
        return ()  # whoever prints another's text without a word has no name to put above it
    if len(staff) > 1 and rng.random() < _NO_NAME:
        return ()
    number = 2 if len(staff) > 4 and rng.random() < 0.12 else 1
    return tuple(person.name(task.source.language) for person in rng.sample(staff, number))


def dateline(task: Task, credit: Credit, marks: Marks) -> str:
    """Return what stands before the first sentence, marked: place, day, agency, as far as the source writes them."""
    if credit.is_in_dateline:
        return _with_agency(task, marks)
    if not task.source.dateline or task.event.kind.kind_id in _WITHOUT_DATELINE or task.stage in {"blog", "check"}:
        return ""
    return f"{_place(task, marks)} {'—' if task.language == 'en' else '–'} "


def _with_agency(task: Task, marks: Marks) -> str:
    agency = marks.wrap(Named(sources()[AGENCY].entity), sources()[AGENCY].entity.name(task.language))
    place = _place(task, marks)
    if task.source.source_id != AGENCY or task.language in {"de", "fr"}:
        return f"{place} ({agency}) – "
    return f"{place}, {_day(task, marks)} ({agency}) – "


def _place(task: Task, marks: Marks) -> str:
    name = task.event.town.name(task.language)
    return marks.wrap(Named(task.event.town), name.upper() if task.language == "en" else name)


def _day(task: Task, marks: Marks) -> str:
    local: date = task.source.local(task.published_at).date()
    voice = task.source.voice(task.language)
    month = voice.months[local.month - 1]
    text = f"{local.day} {month}" if task.language == "en" else f"{local.day} de {month}"
    return marks.wrap(Dated(local, "day"), text)
