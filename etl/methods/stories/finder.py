"""Put articles into stories as they come: one pass in time order, a story's number given once.

An article joins the story to whose members it is likest on average, over the likest few; if none is like enough, it founds
one, which bears its number. Two stories that prove to be one are merged within 48 hours, and the merge is told.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from math import log2
from typing import NamedTuple

import numpy as np

from etl.methods.stories.likeness import WINDOW_HOURS, ForeignWeights, Weights, likeness
from etl.methods.stories.weighing import Frequencies, Weighed, hours_of, weigh
from etl.records import ArticleText

NEAR = Weights(
    title=2.85, lead=8.4, body=6.38, names_shared=0.07, names_missing=0.07, numbers_shared=0.31, numbers_missing=0.22,
    time=3.98, same_source=1.89, base=-11.2, fade_hours=24.4, fade_power=4.56,
)  # fmt: skip
FOREIGN = ForeignWeights(
    names_shared=0.47,
    names_missing=0.3,
    numbers_shared=0.68,
    numbers_missing=0.53,
    time=0.95,
    same_source=0.8,
    base=-4.55,
)
LEAST = -0.42  # mean likeness by which an article belongs to a story
GROWTH = -0.34  # what each doubling of a story takes off that
LEAST_MERGED = (
    0.3  # the same for two stories to be one, all members with all; a wrong merge costs more than a missed one
)
LIKEST = 5  # members of a story that are asked
FLOOR = -5.11  # likeness that counts as none
MERGE_HOURS = 48.0  # only members this young speak for a merge
CELLS = 1_000_000  # likenesses computed at once


class StoryMerge(NamedTuple):
    """A story that proved to be another one."""

    story_id: int
    into_story_id: int


@dataclass(slots=True)
class Placed:
    """Where some articles belong, by article_id, and the stories that were merged meanwhile."""

    stories: dict[int, int] = field(default_factory=dict)
    merges: list[StoryMerge] = field(default_factory=list)


@dataclass(slots=True)
class _Recent:
    """An article of the last days."""

    story_id: int
    hours: float
    alike: dict[int, float]  # earlier articles, where the likeness is above FLOOR


class StoryFinder:
    """Finds the story of each article; what it remembers is bounded by the articles of a few days."""

    def __init__(self) -> None:
        self._frequencies = Frequencies()
        self._weighed = Weighed.nothing()
        self._recent: dict[int, _Recent] = {}  # by article_id, in order of arrival, as in _weighed
        self._sizes: dict[int, int] = {}  # of the stories of recent articles, in order of their founding

    def add(self, articles: Sequence[ArticleText]) -> Placed:
        """Place articles that come in order of time; copies are left out, they go where their originals are."""
        placed = Placed()
        rest = list(articles)
        while rest:
            self._forget(hours_of(rest[0]) - WINDOW_HOURS)
            size = max(1, min(len(rest), CELLS // (len(self._recent) + 1_000)))
            self._add_some(rest[:size], placed)
            rest = rest[size:]
        return placed

    def _forget(self, hours: float) -> None:
        """Drop the articles before a time, and the stories that have no others."""
        kept = self._weighed.hours >= hours
        if kept.all():
            return
        self._weighed = self._weighed.those(kept)
        self._recent = {
            number: one for (number, one), is_kept in zip(self._recent.items(), kept, strict=True) if is_kept
        }
        told = {one.story_id for one in self._recent.values()}
        self._sizes = {story_id: size for story_id, size in self._sizes.items() if story_id in told}
        for one in self._recent.values():
            one.alike = {other: score for other, score in one.alike.items() if other in self._recent}

    def _add_some(self, articles: Sequence[ArticleText], placed: Placed) -> None:
        new = weigh(articles, self._frequencies)
        known = list(self._recent) + [article.article_id for article in articles]
        self._weighed = self._weighed.followed_by(new)
        scores = likeness(new, self._weighed, NEAR, FOREIGN)
        for place, article in enumerate(articles):
            before = scores[place, : len(self._recent)]
            alike = {known[other]: float(before[other]) for other in np.flatnonzero(before > FLOOR)}
            self._place(article, alike, placed)

    def _place(self, article: ArticleText, alike: dict[int, float], placed: Placed) -> None:
        fits = self._fits(alike)
        story_id = fits[0] if fits else article.article_id
        self._recent[article.article_id] = _Recent(story_id, hours_of(article), alike)
        self._sizes[story_id] = self._sizes.get(story_id, 0) + 1
        placed.stories[article.article_id] = story_id
        for other in fits[1:]:
            if self._are_one(story_id, other, since=hours_of(article) - MERGE_HOURS):
                placed.merges.append(self._merge(story_id, other))
                story_id = placed.merges[-1].into_story_id

    def _fits(self, alike: dict[int, float]) -> list[int]:
        """Return the stories to which an article can belong, the best first."""
        scores_in: dict[int, list[float]] = defaultdict(list)
        for other, score in sorted(alike.items(), key=lambda pair: -pair[1]):
            scores_in[self._recent[other].story_id].append(score)
        margins = {story_id: _margin(self._sizes[story_id], scores) for story_id, scores in scores_in.items()}
        return sorted((story_id for story_id in margins if margins[story_id] >= 0), key=lambda one: -margins[one])

    def _are_one(self, story_a: int, story_b: int, *, since: float) -> bool:
        """Tell whether the recent articles of two stories are alike on average, all with all."""
        members_a, members_b = self._members(story_a, since), self._members(story_b, since)
        if not members_a or not members_b:
            return False
        total = sum(self._likeness(one, other) for one in members_a for other in members_b)
        return total / (len(members_a) * len(members_b)) >= LEAST_MERGED

    def _members(self, story_id: int, since: float) -> list[int]:
        return [number for number, one in self._recent.items() if one.story_id == story_id and one.hours >= since]

    def _likeness(self, one: int, other: int) -> float:
        return self._recent[one].alike.get(other, self._recent[other].alike.get(one, FLOOR))

    def _merge(self, story_a: int, story_b: int) -> StoryMerge:
        """Let the story that was founded later go into the other one."""
        older = next(story_id for story_id in self._sizes if story_id in (story_a, story_b))
        merge = StoryMerge(story_b if older == story_a else story_a, older)
        self._sizes[older] += self._sizes.pop(merge.story_id)
        for one in self._recent.values():
            if one.story_id == merge.story_id:
                one.story_id = older
        return merge

    def state(self) -> bytes:
        """Return what is remembered, so that a later run can go on as if there had been no break."""
        recent = [(number, *asdict(one).values()) for number, one in self._recent.items()]
        told = json.dumps({"recent": recent, "sizes": list(self._sizes.items())}).encode()
        return len(told).to_bytes(8, "big") + told + self._weighed.to_bytes(self._frequencies)

    @classmethod
    def from_state(cls, state: bytes) -> StoryFinder:
        """Go on from what `state` returned."""
        finder = cls()
        end = 8 + int.from_bytes(state[:8], "big")
        told = json.loads(state[8:end])
        finder._recent = {
            number: _Recent(story_id, hours, {int(other): score for other, score in alike.items()})
            for number, story_id, hours, alike in told["recent"]
        }
        finder._sizes = dict(told["sizes"])
        finder._weighed, finder._frequencies = Weighed.from_bytes(state[end:])
        return finder


def _margin(size: int, scores: Sequence[float]) -> float:
    """Return by how much an article is more like a story of some size than it must be; scores fall."""
    asked = min(size, LIKEST)
    mean = (sum(scores[:asked]) + FLOOR * max(0, asked - len(scores))) / asked
    return mean - LEAST - GROWTH * log2(size)
