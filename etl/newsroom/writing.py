"""Writing an article: which facts, quotes and background it tells, in which order, in whose words."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from etl.newsroom.assignments import Assignment, Draft, Line, stage_words
from etl.newsroom.marks import plain
from etl.newsroom.patterns import Pattern
from etl.newsroom.quoting import choose_speakers, tell_quotes
from etl.newsroom.scene import Scene
from etl.newsroom.wordbook import Lines, StageWords, frames, kind_words

LENGTHS = (125, 270)  # words that an article aims at; it may have less to tell
LETTERS_A_WORD = 2.2  # of Japanese, to compare its length with other languages
ALSO_FIRST = 2  # facts of the first report that a later one repeats, at most
BACKGROUND, SHORT_BACKGROUND = 0.2, 0.7  # shares of articles on events that say what kind of place it is

Facts = list[tuple[str, Lines]]  # a name for the dice, and the sentences of which one is said
Paragraphs = list[list[Line]]


def write_article(assignment: Assignment) -> Draft:
    """Write one article in the source's own words."""
    scene, brief = assignment.scene("text"), assignment.brief_scene()
    stage = stage_words(scene, assignment.stage)
    return Draft(
        headline=headline_of(assignment, brief, stage),
        standfirst=plain(brief.say(_must(assignment.choose(stage.lead, "lead", assignment.turn + 1)).nodes)),
        paragraphs=tuple(tuple(paragraph) for paragraph in _paragraphs(assignment, scene, stage)),
        marks=scene.marks,
    )


def headline_of(assignment: Assignment, brief: Scene, stage: StageWords) -> str:
    """Write a headline."""
    return plain(brief.say(_must(assignment.choose(stage.headline, "headline", assignment.turn)).nodes))


def lead_of(assignment: Assignment, scene: Scene, stage: StageWords) -> str:
    """Write the first sentence."""
    return scene.say_freely(_must(assignment.choose(stage.lead, "lead", assignment.turn)).nodes)


def place_line(assignment: Assignment, scene: Scene) -> Line:
    """Say what kind of place it is."""
    lines = frames(assignment.language)["background"]["place"]
    return Line(scene.say_freely(_must(assignment.choose(lines, "place", assignment.turn)).nodes), is_loose=True)


def _must(line: Pattern | None) -> Pattern:
    if line is None:
        raise ValueError("every event needs a headline and a lead that suit it")
    return line


def _paragraphs(assignment: Assignment, scene: Scene, stage: StageWords) -> Paragraphs:
    told, left = _facts(assignment, scene, stage)
    heard, silent = choose_speakers(assignment, scene)
    middle = len(told) // 2
    paragraphs = [[Line(lead_of(assignment, scene, stage))], *_tell_facts(told[:middle], assignment, scene)]
    for number, voice in enumerate(heard):
        paragraphs += tell_quotes(scene, voice)
        if number == 0:
            paragraphs += _tell_facts(told[middle:], assignment, scene)
    if not heard:
        paragraphs += _tell_facts(told[middle:], assignment, scene)
    length = scene.rng.randint(*LENGTHS)
    words = _words(paragraphs, scene)
    while (left or silent) and words < length:
        more = _tell_facts(left[:2], assignment, scene) + (tell_quotes(scene, silent.pop(0)) if silent else [])
        left = left[2:]
        paragraphs += more
        words += _words(more, scene)
    return paragraphs + _background(assignment, scene, is_short=words < length)


def _words(paragraphs: Paragraphs, scene: Scene) -> float:
    text = " ".join(line.raw for lines in paragraphs for line in lines)  # marks stand inside words
    return len(plain(text)) / LETTERS_A_WORD if scene.language == "ja" else len(text.split())


def _facts(assignment: Assignment, scene: Scene, stage: StageWords) -> tuple[Facts, Facts]:
    """Choose the facts to tell, and those left: each source picks its own, in the file's order."""
    number = scene.rng.randint(*assignment.source.length)
    told, left = _split(_named(stage, assignment.stage), number, scene.rng)
    more = _more_on_claims(assignment)
    left += scene.rng.sample(more, len(more))
    if assignment.stage == "later" and "first" in scene.words.stages:
        number = min(ALSO_FIRST, max(1, number - len(told)))
        also, rest = _split(_named(scene.words.stages["first"], "first"), number, scene.rng)
        told, left = told + also, left + rest
    return told, left


def _more_on_claims(assignment: Assignment) -> Facts:
    """Return what can be said of any source's exclusive report."""
    claim = kind_words(assignment.language)["claim"].stages.get(assignment.stage)
    return _named(claim, f"claim {assignment.stage}") if claim and assignment.event.kind.is_claim else []


def _named(stage: StageWords, name: str) -> Facts:
    return [(f"{name} {place}", lines) for place, lines in enumerate(stage.facts)]


def _split(facts: Facts, number: int, rng: Random) -> tuple[Facts, Facts]:
    chosen = set(rng.sample(range(len(facts)), min(number, len(facts))))
    told = [fact for place, fact in enumerate(facts) if place in chosen]
    return told, [fact for place, fact in enumerate(facts) if place not in chosen]


def _tell_facts(facts: Facts, assignment: Assignment, scene: Scene) -> Paragraphs:
    """Say facts in paragraphs of one to three sentences."""
    paragraphs: Paragraphs = []
    room = 0
    for line in _lines(facts, assignment):
        if room == 0:
            paragraphs.append([])
            room = scene.rng.choice((1, 2, 2, 3))
        paragraphs[-1].append(Line(scene.say_freely(line.nodes), is_loose=True))
        room -= 1
    return paragraphs


def _lines(facts: Facts, assignment: Assignment) -> Iterator[Pattern]:
    for name, lines in facts:
        line = assignment.choose(lines, name, assignment.turn)
        if line is not None:
            yield line


def _background(assignment: Assignment, scene: Scene, *, is_short: bool) -> Paragraphs:
    """Add what the source adds at the end: what it alone knows, another source's report, what kind of place it is."""
    cites = frames(assignment.language)["cites"]
    paragraphs: Paragraphs = []
    if assignment.has_exclusive:
        paragraphs.append([Line(scene.say(scene.rng.choice(cites["own"]).nodes))])
    if assignment.report is not None and assignment.stage in {"first", "later"}:
        paragraphs.append([Line(scene.say(scene.rng.choice(cites["clause"]).nodes))])
    chance = SHORT_BACKGROUND if is_short else BACKGROUND
    if not assignment.event.kind.is_routine and scene.rng.random() < chance:
        paragraphs.append([place_line(assignment, scene)])
    return paragraphs
