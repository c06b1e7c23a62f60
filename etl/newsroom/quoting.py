"""Quoting: who is heard in an article, and how it is put."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from random import Random

from etl.newsroom.assignments import DENIALS, Assignment, Line
from etl.newsroom.patterns import Nodes, expand
from etl.newsroom.period import dice
from etl.newsroom.scene import Scene
from etl.newsroom.wordbook import QuoteLine, frames
from etl.newsroom.world import Person

LONG = 8  # sources that tell so many facts hear three people
# Who holds no press conferences, and who talks neither there nor over the fence; all others are officials.
_ORDINARY = frozenset({"resident", "shopkeeper", "passenger", "farmer", "artisan", "artist", "teacher", "writer"})
_ATHLETES = frozenset({"player", "substitute", "striker", "goalkeeper", "captain"})
# How often a quote is told in each of the shapes that it has.
_SHAPES = {"whole": 3, "halves": 3, "two": 4, "clause": 2}


@dataclass(frozen=True, slots=True)
class Heard:
    """A person and what is quoted of them."""

    person: Person
    lines: tuple[QuoteLine, ...]


def choose_speakers(assignment: Assignment, scene: Scene) -> tuple[list[Heard], list[Heard]]:
    """Choose who is heard, with what, and who could be heard besides."""
    rng, disputer = scene.rng, assignment.event.kind.disputer
    facts = assignment.event.facts
    known = [slot for slot in scene.words.quotes if isinstance(facts.get(slot), Person) and slot != disputer]
    # each teller begins two speakers further on, so that neighbours hear others
    start = zlib.crc32(assignment.event.event_id.encode()) + 2 * assignment.turn
    order = [known[(start + place) % len(known)] for place in range(len(known))]
    number = 3 if assignment.source.length[1] >= LONG else rng.choice((1, 2, 2))
    if assignment.stage in DENIALS:
        order = [disputer, *order]  # who denies a report is heard first, and in no article without it
    heard = [_heard(scene, slot) for slot in order]
    return heard[:number], heard[number:]


def tell_quotes(scene: Scene, heard: Heard) -> list[list[Line]]:
    """Tell what one person says: a paragraph, or two that follow each other."""
    scene.speaker = heard.person
    said = [Line(_quote(scene, line, is_again=place > 0)) for place, line in enumerate(heard.lines)]
    scene.speaker, scene.said = None, {}
    if len(said) > 1 and scene.rng.random() < 0.5:
        return [[line] for line in said]
    return [said]


def _heard(scene: Scene, slot: str) -> Heard:
    person, lines = scene.event.facts[slot], scene.words.quotes[slot]
    assert isinstance(person, Person)
    number = scene.rng.choice((1, 1, 2))
    return Heard(person, tuple(scene.rng.sample(lines, min(number, len(lines)))))


def _quote(scene: Scene, line: QuoteLine, *, is_again: bool) -> str:
    assert scene.speaker is not None
    shape = _shape(line, scene.rng)
    scene.said = {}
    scene.said = _parts(scene, line, shape)
    patterns = frames(scene.language)["again" if is_again else "quotes"][shape]
    who = {"who": _who(scene.speaker)}
    return scene.say(scene.rng.choice([pattern for pattern in patterns if pattern.suits(who)]).nodes)


def _who(speaker: Person) -> str:
    if speaker.role in _ATHLETES:
        return "athlete"
    return "anyone" if speaker.role in _ORDINARY else "official"


def _shape(line: QuoteLine, rng: Random) -> str:
    has = {"whole": True, "halves": line.halves, "two": line.second, "clause": line.clause}
    shapes = [shape for shape in _SHAPES if has[shape]]
    return rng.choices(shapes, [_SHAPES[shape] for shape in shapes])[0]


def _parts(scene: Scene, line: QuoteLine, shape: str) -> dict[str, str]:
    was_brief, scene.is_brief = scene.is_brief, True
    parts: dict[str, Nodes | None] = {"a": line.first, "b": line.second if shape == "two" else None}
    if shape == "halves" and line.halves:
        parts = {"h1": line.halves[0], "h2": line.halves[1]}
    elif shape == "clause":
        parts = {"c": line.clause}
    # whoever tells it, and in whichever shape, the words are the same
    rng = dice(scene.event.event_id, scene.language, line.first)
    said = {name: scene.voice.contract(expand(nodes, scene.resolve, rng)) for name, nodes in parts.items() if nodes}
    if "b" in said:
        said["ab"] = said["a"] + scene.voice.joiner + said["b"]
    scene.is_brief = was_brief
    return said
