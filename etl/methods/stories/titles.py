"""Choose the headline of a story: the one that is nearest to all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import fsum, log, sqrt

from etl.methods.words import spaced_words

MOST_HEADLINES = 60  # the first ones of a story; later ones hardly change what it is called


def title_of(headlines: Sequence[str]) -> str:
    """Return the most central of a story's headlines, the first where several are; empty if there is none.

    Central is who is nearest to the others on average, by the cosine of their words; words in fewer headlines say more of
    one of them and less of the story, so that each counts by the share of headlines that have it.
    """
    told = [headline for headline in headlines if headline.strip()][:MOST_HEADLINES]
    words = [set(spaced_words(headline).split()) for headline in told]
    shares = {word: log(1 + count) for word, count in Counter(word for one in words for word in one).items()}
    nearness = [round(fsum(_cosine(one, other, shares) for other in words), 9) for one in words]  # equals stay equal
    return told[max(range(len(told)), key=lambda place: (nearness[place], -place))] if told else ""


def _cosine(one: set[str], other: set[str], weights: dict[str, float]) -> float:
    shared = fsum(weights[word] for word in one & other)
    return shared / (sqrt(fsum(weights[word] for word in one) * fsum(weights[word] for word in other)) or 1)
