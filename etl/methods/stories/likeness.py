"""How much two articles look like one event: a weighted sum of what they share, the larger the likelier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from etl.methods.stories.terms import SLOTS
from etl.methods.stories.weighing import Floats, Weighed

WINDOW_HOURS = 100.0  # two reports of one event hardly lie farther apart
MOST_NAMES = 25.0  # weight beyond which shared or missing names say no more
MOST_NUMBERS = 20.0


@dataclass(frozen=True, slots=True)
class ForeignWeights:
    """What each kind of likeness counts for two articles in different languages: names as they sound, numbers, time."""

    names_shared: float
    names_missing: float
    numbers_shared: float
    numbers_missing: float
    time: float
    same_source: float
    base: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights(ForeignWeights):
    """The same for two articles in one language."""

    title: float
    lead: float
    body: float
    fade_hours: float  # after which nearness in time falls, and how sharply
    fade_power: float


def likeness(new: Weighed, old: Weighed, near: Weights, foreign: ForeignWeights) -> Floats:
    """Return how much each new article looks like each old one, shape (new, old); -inf where they lie too far apart."""
    apart = np.abs(new.hours[:, None] - old.hours[None, :]).astype(np.float32)
    is_same_source = new.sources[:, None] == old.sources[None, :]
    is_near = new.languages[:, None] == old.languages[None, :]
    nearness = np.exp(-((apart / near.fade_hours) ** near.fade_power))
    title, lead, body, names, numbers = _shared(new, old)
    names, names_missing = _part(names, new.totals[:, 0], old.totals[:, 0], MOST_NAMES)
    numbers, numbers_missing = _part(numbers, new.totals[:, 1], old.totals[:, 1], MOST_NUMBERS)

    def weighed(by: ForeignWeights) -> Floats:
        sum_of_parts: Floats = (
            by.base + by.names_shared * names - by.names_missing * names_missing + by.numbers_shared * numbers
            - by.numbers_missing * numbers_missing + by.time * nearness - by.same_source * is_same_source
        )  # fmt: skip
        return sum_of_parts

    words = near.title * np.sqrt(title) + near.lead * np.sqrt(lead) + near.body * np.sqrt(body)
    scores = np.where(is_near, weighed(near) + words, weighed(foreign))
    return np.where(apart <= WINDOW_HOURS, scores, -np.inf).astype(np.float32)


def _part(shared: Floats, new: Floats, old: Floats, most: float) -> tuple[Floats, Floats]:
    """Return the weight that is shared, and what is missing of the poorer of both articles."""
    least = np.minimum(new[:, None], old[None, :])
    return np.minimum(shared, most), np.minimum(np.maximum(least - shared, 0), most)


def _shared(new: Weighed, old: Weighed) -> list[Floats]:
    """Return the dot products of each field, each of shape (new, old)."""
    columns = np.full(SLOTS, -1, np.int32)
    known = np.unique(new.slots)
    columns[known] = np.arange(len(known), dtype=np.int32)
    sides = zip(_matrices(new, columns, len(known)), _matrices(old, columns, len(known)), strict=True)
    return [one.dot(other.T.tocsr()).toarray() for one, other in sides]


def _matrices(articles: Weighed, columns: NDArray[np.int32], width: int) -> list[csr_array]:
    """Return each field of some articles as a sparse matrix over the columns of the terms that are asked for."""
    ends = np.concatenate([[0], np.cumsum(articles.terms)])
    column = columns[articles.slots]
    matrices = []
    for weight in articles.weights.T:
        kept = (column >= 0) & (weight > 0)
        starts = np.concatenate([[0], np.cumsum(kept)])[ends]
        matrices.append(csr_array((weight[kept], column[kept], starts), shape=(len(articles.terms), width)))
    return matrices
