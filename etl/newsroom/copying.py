"""Reprinting: an agency's text with small edits, as other sources print it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from etl.newsroom.assignments import Assignment, Draft, Line, stage_words
from etl.newsroom.marks import Said
from etl.newsroom.scene import Scene
from etl.newsroom.writing import headline_of, lead_of, place_line

CopyKind = Literal["whole", "new headline", "cut", "new lead", "extended"]
_WEIGHTS: dict[CopyKind, int] = {"whole": 2, "new headline": 3, "cut": 4, "new lead": 2, "extended": 2}
LEAST_KEPT = 110  # words of a text that was cut
_SWAPPED = 0.15  # share of the words with a twin that a desk changes
_DROPPED = 0.12  # share of the sentences it leaves out

Paragraphs = Sequence[tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class Reprint:
    """What became of an agency's text in another source."""

    draft: Draft
    kind: CopyKind


def reprint(original: Draft, assignment: Assignment) -> Reprint:
    """Edit an agency's text as a desk does that has ten minutes."""
    scene = assignment.scene("reprint")
    scene.marks = original.marks
    kind = scene.rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
    paragraphs: Paragraphs = original.paragraphs
    if kind == "whole":
        return Reprint(original, kind)
    if kind == "cut":
        paragraphs = _cut(paragraphs, scene.rng.uniform(0.45, 0.8))
    if kind == "new lead":
        lead = _new_lead(paragraphs[0][0], scene, assignment)
        paragraphs, kind = ([(lead,), *paragraphs[1:]], kind) if lead else (paragraphs, "new headline")
    paragraphs = [_edited(lines, scene) for lines in paragraphs]
    if kind == "extended":
        paragraphs = [*paragraphs, (place_line(assignment, scene),)]
    headline = headline_of(assignment, assignment.brief_scene(), stage_words(scene, assignment.stage))
    return Reprint(Draft(headline, original.standfirst, tuple(paragraphs), original.marks), kind)


def _cut(paragraphs: Paragraphs, share: float) -> Paragraphs:
    """Keep the first paragraphs, up to a share of the words."""
    words = [sum(len(line.raw.split()) for line in lines) for lines in paragraphs]
    kept = max(LEAST_KEPT, share * sum(words))
    return [lines for place, lines in enumerate(paragraphs) if sum(words[:place]) < kept]


def _new_lead(lead: Line, scene: Scene, assignment: Assignment) -> Line | None:
    """Write another first sentence; None where people would be introduced twice or not at all."""
    if scene.marks.introduces(lead.raw):
        return None
    raw = lead_of(assignment, scene, stage_words(scene, assignment.stage))
    return None if scene.marks.introduces(raw) else Line(raw)


def _edited(lines: tuple[Line, ...], scene: Scene) -> tuple[Line, ...]:
    kept = [lines[0], *(line for line in lines[1:] if not _is_dropped(line, scene))]
    return tuple(Line(_swapped(line.raw, scene), line.is_loose) for line in kept)


def _is_dropped(line: Line, scene: Scene) -> bool:
    return line.is_loose and not scene.marks.introduces(line.raw) and scene.rng.random() < _DROPPED


def _swapped(raw: str, scene: Scene) -> str:
    """Change single words for others of the same meaning, outside of quotes."""
    return raw if scene.marks.holds(raw, Said) else scene.reworded(raw, _SWAPPED)
