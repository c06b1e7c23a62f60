"""Weigh the terms of articles by how rare they are, and hold the recent articles side by side."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from etl.methods.stories.terms import FIELDS, SLOTS, Terms, read_terms
from etl.records import ArticleText

Floats = NDArray[np.float32]

SMOOTHING = 50  # articles that count as seen before the first, so that early weights are not wild
_LOG_COUNT = np.concatenate([[0.0], 1 + np.log(np.arange(1, 256))])


class Frequencies:
    """In how many articles each term was seen so far."""

    def __init__(self) -> None:
        self.articles = 0
        self.counts = np.zeros(SLOTS, np.int32)

    def weigh(self, terms: Terms) -> Floats:
        """Take one more article in, and return the weights of its terms, shape (terms, fields).

        Title, lead and body have length 1 (tf-idf, logarithmic); names and numbers count by the root of their idf.
        """
        self.articles += 1
        self.counts[terms.slots] += 1
        idf = np.maximum(np.log((self.articles + SMOOTHING) / (self.counts[terms.slots] + 0.5)), 0)[:, None]
        words = _LOG_COUNT[terms.counts[:, :3]] * idf
        length = np.sqrt((words * words).sum(0))
        marks = (terms.counts[:, 3:] > 0) * np.sqrt(idf)
        return np.hstack([words / np.where(length > 0, length, 1), marks]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Some articles as they are compared: their terms one after the other, and facts of each."""

    terms: NDArray[np.int64]  # how many each article has
    slots: NDArray[np.uint32]
    weights: Floats  # (terms, fields)
    totals: Floats  # (articles, 2): weight of all its names and of all its numbers
    hours: NDArray[np.float64]
    sources: NDArray[np.uint32]
    languages: NDArray[np.uint32]

    @classmethod
    def nothing(cls) -> Weighed:
        """Return no articles."""
        return weigh([], Frequencies())

    def followed_by(self, new: Weighed) -> Weighed:
        """Return these articles and others after them."""
        return Weighed(*(np.concatenate([getattr(self, one.name), getattr(new, one.name)]) for one in fields(Weighed)))

    def those(self, kept: NDArray[np.bool_]) -> Weighed:
        """Return the articles at which kept is true."""
        terms = np.repeat(kept, self.terms)
        return Weighed(*(
            getattr(self, one.name)[terms if one.name in ("slots", "weights") else kept] for one in fields(Weighed)
        ))  # fmt: skip

    def to_bytes(self, frequencies: Frequencies) -> bytes:
        """Return these articles and the frequencies by which they were weighed."""
        seen = np.flatnonzero(frequencies.counts)
        file = io.BytesIO()
        np.savez(
            file, allow_pickle=False, articles=np.array(frequencies.articles), seen=seen.astype(np.uint32),
            counts=frequencies.counts[seen], **{one.name: getattr(self, one.name) for one in fields(Weighed)},
        )  # fmt: skip
        return zlib.compress(file.getvalue(), level=1)

    @classmethod
    def from_bytes(cls, kept: bytes) -> tuple[Weighed, Frequencies]:
        """Return what was kept."""
        frequencies = Frequencies()
        with np.load(io.BytesIO(zlib.decompress(kept)), allow_pickle=False) as arrays:
            frequencies.articles = int(arrays["articles"])
            frequencies.counts[arrays["seen"]] = arrays["counts"]
            return cls(*(arrays[one.name] for one in fields(cls))), frequencies


def weigh(articles: Sequence[ArticleText], frequencies: Frequencies) -> Weighed:
    """Weigh some articles one after the other."""
    terms = [read_terms(article.title, article.text, article.language) for article in articles]
    weights = [frequencies.weigh(one) for one in terms]
    marks = [(weight[:, 3:] ** 2).sum(0) for weight in weights]
    return Weighed(
        terms=np.array([len(one.slots) for one in terms], np.int64),
        slots=np.concatenate([one.slots for one in terms] or [np.zeros(0, np.uint32)]),
        weights=np.concatenate(weights or [np.zeros((0, len(FIELDS)), np.float32)]),
        totals=np.array(marks, np.float32).reshape(-1, 2),
        hours=np.array([hours_of(article) for article in articles], np.float64),
        sources=_hashes([article.source_id for article in articles]),
        languages=_hashes([article.language or "" for article in articles]),
    )


def hours_of(article: ArticleText) -> float:
    """Return when an article was published, or collected where that is not known, in hours since 1970."""
    return (article.published_at or article.collected_at).timestamp() / 3600


def _hashes(words: Sequence[str]) -> NDArray[np.uint32]:
    return np.array([zlib.crc32(word.encode()) for word in words], np.uint32)
