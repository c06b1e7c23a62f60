"""Assignments: what one source is to write, and the draft that comes of it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from etl.newsroom.events import Event
from etl.newsroom.marks import Marks
from etl.newsroom.patterns import Pattern, pick
from etl.newsroom.period import dice
from etl.newsroom.scene import Report, Scene
from etl.newsroom.sources import NewsSource
from etl.newsroom.wordbook import StageWords, kind_words
from etl.newsroom.world import Language

NEEDS_REPORT = frozenset({"cite", "deny", "check", "blog"})  # stages that speak of another source's report
DENIALS = frozenset({"deny", "check"})


class Line(NamedTuple):
    """A sentence with its marks; a loose one can be left out by whoever shortens the text."""

    raw: str
    is_loose: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it left its writer's desk, with the marks still in it."""

    headline: str  # headline and standfirst bear no marks
    standfirst: str
    paragraphs: tuple[tuple[Line, ...], ...]
    marks: Marks


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one source is to write: an event, the stage of it, in which language, when, and after how many others."""

    event: Event
    stage: str
    source: NewsSource
    language: Language
    published_at: datetime
    task_id: str
    turn: int = 0
    report: Report | None = None  # what it speaks of
    has_hyperlink: bool = False
    earlier_address: str | None = None
    has_exclusive: bool = False  # it tells what others will cite it for

    def scene(self, purpose: str) -> Scene:
        """Set the scene for one part of the text."""
        today = self.source.local(self.published_at).date()
        scene = Scene(self.event, self.source, self.language, today=today, rng=dice(self.task_id, purpose))
        scene.report, scene.has_hyperlink = self.report, self.has_hyperlink
        scene.earlier_address = self.earlier_address
        return scene

    def brief_scene(self) -> Scene:
        """Set the scene for headline and standfirst, which introduce nobody and bear no hyperlinks."""
        scene = self.scene("brief")
        scene.is_brief = True
        scene.has_hyperlink, scene.earlier_address = False, None
        return scene

    def choose(self, lines: Sequence[Pattern], purpose: str, turn: int) -> Pattern | None:
        """Choose a line that suits the event, another one for each teller; None where none suits."""
        start = zlib.crc32(f"{self.event.event_id}/{self.stage}/{purpose}".encode())
        return pick(lines, start + turn, options=self.event.options)


def can_tell(language: Language, event: Event, stage: str) -> bool:
    """Say whether a language has words for a stage of this kind of event."""
    kind = kind_words(language).get(event.kind.kind_id)
    return kind is not None and (stage in kind.stages or stage in _comments(language))


def stage_words(scene: Scene, stage: str) -> StageWords:
    """Return the words for a stage of the scene's event."""
    return scene.words.stages.get(stage) or _comments(scene.language)[stage]


def _comments(language: Language) -> Mapping[str, StageWords]:
    """Return the stages that are told alike of every kind of event: a blog's comment, a check of facts."""
    comment = kind_words(language).get("comment")
    return comment.stages if comment else {}
