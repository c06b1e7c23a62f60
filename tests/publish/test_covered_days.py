"""Days of a source, judged by its own habit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from etl.publish.covered_days import (
    CoveredDay,
    SourceDays,
    changed_sources,
    expected_range,
    first_habitual_day,
    judge_days,
)

FIRST = date(2026, 5, 4)  # a Monday
DAYS = [FIRST + timedelta(days=nth) for nth in range(70)]


def judged(
    articles: Mapping[date, int], failed: Mapping[date, tuple[int, str]] | None = None
) -> dict[date, CoveredDay]:
    return {day.covered_on: day for day in judge_days(SourceDays(articles, failed or {}, DAYS[-1]))}


def steady(per_day: int, *, weekend: int | None = None) -> dict[date, int]:
    return {day: per_day if weekend is None or day.weekday() < 5 else weekend for day in DAYS if per_day}


def test_a_steady_source_is_collected_on_every_day() -> None:
    assert {day.state for day in judged(steady(5)).values()} == {"collected"}
    assert list(judged(steady(5))) == DAYS


def test_a_server_that_was_down_for_six_days_leaves_a_gap_with_its_reason() -> None:
    lost = DAYS[30:36]
    days = judged({day: count for day, count in steady(3).items() if day not in lost})
    assert {day for day, judgement in days.items() if judgement.state == "missing"} == set(lost)
    assert days[lost[0]].reason == "its feeds list no article of these days; about 18 were to be expected"
    assert days[lost[0]].articles == 0


def test_free_weekends_are_silence_not_gaps() -> None:
    articles = {day: count for day, count in steady(10, weekend=0).items() if count}
    assert {day.state for day in judged(articles).values()} == {"collected"}


def test_a_single_silent_day_is_missing_only_where_many_were_expected() -> None:
    for per_day, state in ((2, "collected"), (20, "missing")):
        articles = {day: count for day, count in steady(per_day).items() if day != DAYS[20]}
        assert judged(articles)[DAYS[20]].state == state


def test_a_day_with_far_fewer_articles_is_there_in_part() -> None:
    day = judged(steady(40) | {DAYS[20]: 9})[DAYS[20]]
    assert (day.state, day.reason) == ("partly", "only 9 articles, where 25 to 58 were to be expected")


def test_articles_that_could_not_be_had_are_told() -> None:
    failed = {DAYS[10]: (4, "HTTP 500"), DAYS[11]: (1, "HTTP 500"), DAYS[12]: (6, "HTTP 404")}
    articles = {day: count for day, count in steady(6).items() if day != DAYS[12]} | {DAYS[10]: 2}
    days = judged(articles, failed)
    assert (days[DAYS[10]].state, days[DAYS[10]].reason) == ("partly", "4 of 6 articles could not be had: HTTP 500")
    assert days[DAYS[11]].state == "collected"
    assert (days[DAYS[12]].state, days[DAYS[12]].reason) == ("missing", "none of its 6 articles could be had: HTTP 404")


def test_a_fall_is_a_gap_for_four_weeks_and_then_a_habit() -> None:
    days = judged({day: 40 if day < DAYS[35] else 10 for day in DAYS})
    assert {days[day].state for day in DAYS[:35]} == {"collected"}
    assert {days[day].state for day in DAYS[35:63]} == {"partly"}
    assert {days[day].state for day in DAYS[63:]} == {"collected"}
    assert days[DAYS[62]].reason == "only 10 articles, where 25 to 58 were to be expected"


def test_a_rise_is_none() -> None:
    days = judged({day: 10 if day < DAYS[35] else 40 for day in DAYS})
    assert {day.state for day in days.values()} == {"collected"}
    assert (days[DAYS[34]].expected_high or 0) < 25 < (days[DAYS[35]].expected_low or 0)


def test_a_source_that_falls_silent_for_good_is_missing_from_then_on() -> None:
    days = judged(dict.fromkeys(DAYS[:40], 12))
    assert {days[day].state for day in DAYS[40:]} == {"missing"}


def test_sources_that_changed_are_named_from_a_publication(tmp_path: Path) -> None:
    series = {"fallen": [30] * 50 + [0] * 20, "grown": [5] * 60 + [25] * 10, "steady": [8] * 70}
    publication = tmp_path / "coverage.duckdb"
    with duckdb.connect(str(publication)) as connection:
        connection.execute(
            "CREATE TABLE covered_days (source_id VARCHAR, covered_on DATE, articles INTEGER, expected_high DOUBLE)"
        )
        rows = [
            (name, day, count, 1.0) for name, counts in series.items() for day, count in zip(DAYS, counts, strict=True)
        ]
        connection.executemany("INSERT INTO covered_days VALUES (?, ?, ?, ?)", rows)
        connection.execute("INSERT INTO covered_days VALUES ('imported', DATE '2026-05-04', 90, NULL)")
    assert changed_sources(publication) == {
        "fallen": "falls silent since 23 Jun, 30 a day before",
        "grown": "explodes: about 25 articles a day since 03 Jul, 5 before",
    }


def test_an_odd_old_article_does_not_begin_the_habit() -> None:
    old = date(2019, 3, 1)
    days = judged(steady(3) | {old: 1})
    assert days[old] == CoveredDay(old, 1, "partly", reason="before its regular collection")
    assert len(days) == len(DAYS) + 1
    assert first_habitual_day(steady(3) | {old: 1}, DAYS[-1]) == FIRST


def test_a_day_that_is_not_over_is_there_in_part() -> None:
    today = DAYS[-1] + timedelta(days=1)
    assert judged(steady(3) | {today: 1})[today] == CoveredDay(today, 1, "partly", reason="the day was not over")


def test_a_source_known_only_from_an_import_is_judged_by_nothing() -> None:
    days = judge_days(SourceDays({FIRST: 3, DAYS[9]: 1}, {}, None))
    assert days == [CoveredDay(FIRST, 3, "imported"), CoveredDay(DAYS[9], 1, "imported")]


@pytest.mark.parametrize("usual", [1, 2, 5, 9, 30, 100, 400])
def test_the_expected_range_is_that_of_poisson(usual: int) -> None:
    low, high = expected_range(usual)
    inside = sum(poisson(count, usual) for count in range(math.ceil(low), math.floor(high) + 1))
    assert 0.98 <= inside <= 0.9995


def poisson(count: int, mean: int) -> float:
    return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
