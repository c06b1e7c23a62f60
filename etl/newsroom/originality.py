"""Originality: texts that are no copies must not be alike; a writer who sees that theirs is begins anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, compress

from etl.newsroom.assignments import Assignment, Draft
from etl.newsroom.marks import plain

TOO_ALIKE = 0.32  # share of the runs of five words that stand in one other text already
ATTEMPTS = 6

_WORD = re.compile(r"\w+")
Run = tuple[str, str, str, str, str]  # words that follow each other; letters of Japanese go in twos


class Shelf:
    """What was written so far on each kind of event, by language: where each run of words stands."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], dict[Run, list[int]]] = {}
        self._sizes: list[int] = []

    def written(self, assignment: Assignment, write: Callable[[Assignment], Draft]) -> Draft:
        """Write until the text is like no other, or keep the least alike of some attempts."""
        places = self._places.setdefault((assignment.event.kind.kind_id, assignment.language), {})
        best: tuple[float, Draft, list[Run]] | None = None
        for attempt in range(ATTEMPTS):
            draft = write(_again(assignment, attempt))
            runs = _runs(draft, assignment.language)
            likeness = self._likeness(runs, places)
            if best is None or likeness < best[0]:
                best = likeness, draft, runs
            if likeness <= TOO_ALIKE:
                break
        assert best is not None
        self._put(best[2], places)
        return best[1]

    def _likeness(self, runs: list[Run], places: dict[Run, list[int]]) -> float:
        shared = Counter(chain.from_iterable(places.get(run, ()) for run in runs))
        return max((count / min(len(runs), self._sizes[text]) for text, count in shared.items()), default=0.0)

    def _put(self, runs: list[Run], places: dict[Run, list[int]]) -> None:
        for run in runs:
            places.setdefault(run, []).append(len(self._sizes))
        self._sizes.append(len(runs))


def _again(assignment: Assignment, attempt: int) -> Assignment:
    """Return what another attempt starts from: other dice, and other sentences for the same facts."""
    if attempt == 0:
        return assignment
    return replace(assignment, task_id=f"{assignment.task_id}/{attempt}", turn=assignment.turn + attempt)


def _runs(draft: Draft, language: str) -> list[Run]:
    """Return a third of the runs: those whose first word has three letters, or six, which are the same everywhere."""
    text = plain(" ".join(line.raw for lines in draft.paragraphs for line in lines)).lower()
    words = re.findall(r"\w\w", "".join(_WORD.findall(text))) if language == "ja" else _WORD.findall(text)
    every = zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)
    return list(dict.fromkeys(every if language == "ja" else compress(every, (len(word) % 3 == 0 for word in words))))
