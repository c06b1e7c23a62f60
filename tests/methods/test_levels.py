"""Levels of daily counts: changes are found to the day or two, and none where there is none."""

from __future__ import annotations

import time

import numpy as np
import pytest

from etl.methods.levels import find_levels

RANDOM = np.random.default_rng(7)
WEEKEND = np.resize([1, 1, 1, 1, 1, 0.3, 0.3], 120)


def poisson(*parts: tuple[int, float]) -> list[int]:
    means = np.concatenate([np.full(days, mean) for days, mean in parts])
    return [int(count) for count in RANDOM.poisson(means * np.resize(WEEKEND, len(means)))]


@pytest.mark.parametrize("mean", [0.5, 3, 10, 60])
def test_a_steady_source_with_weekends_has_one_level(mean: float) -> None:
    found = [len(find_levels(poisson((120, mean)))) for _ in range(50)]
    assert found.count(1) >= 49


@pytest.mark.parametrize(("before", "after"), [(40, 10), (10, 40), (20, 0), (6, 24), (100, 45)])
def test_a_change_of_level_is_found_where_it_is(before: float, after: float) -> None:
    (first, second) = find_levels(poisson((80, before), (40, after)))
    assert abs(second.start - 80) <= 2
    assert (first.mean > second.mean) == (before > after)


def test_one_great_day_is_no_level() -> None:
    counts = poisson((120, 20))
    counts[60] = 90
    assert len(find_levels(counts)) == 1


def test_a_loss_of_ten_days_is_a_level_of_its_own() -> None:
    levels = find_levels(poisson((60, 30), (10, 0), (50, 30)))
    assert [round(level.mean) > 5 for level in levels] == [True, False, True]


def test_short_and_empty_series() -> None:
    assert find_levels([]) == []
    (level,) = find_levels([3, 4, 5])
    assert (level.start, level.end, level.mean) == (0, 3, 4.0)


def test_ten_years_take_a_moment() -> None:
    counts = poisson((1800, 30), (1850, 12))
    started = time.perf_counter()
    assert len(find_levels(counts)) == 2
    assert time.perf_counter() - started < 2
