"""Copies are found, own texts, versions and boilerplate are left alone, and an interruption changes nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from etl.errors import CoverageError
from etl.methods.copies import CopyFinder, CopyFound

Write = Callable[..., str]
NOON = datetime(2031, 3, 1, 12, tzinfo=UTC)


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


def test_the_same_text_in_another_source_is_a_copy(write: Write) -> None:
    finder = CopyFinder()
    assert finder.add(1, "wire", write(1), hours(0)) is None
    found = finder.add(2, "post", write(1), hours(1))
    assert found is not None
    assert (found.original_id, found.similarity) == (1, 1.0)


def test_ranges_hold_the_same_words_in_both_texts(write: Write) -> None:
    original = write(1)
    copy = f"„Élan“ und Straße – eigener Anfang. {original[300:900]}\n\n{write(2, 3)}"
    finder = CopyFinder()
    finder.add(1, "wire", original, hours(0))
    found = finder.add(2, "post", copy, hours(1))
    assert found is not None
    for passage in found.ranges:
        ours = copy[passage.position :].split()[: passage.words]
        theirs = original[passage.original_position :].split()[: passage.words]
        assert [word.lower() for word in ours] == [word.lower() for word in theirs]
    assert sum(passage.words for passage in found.ranges) > 70


def test_a_text_cut_reordered_and_reworded_is_a_copy(write: Write) -> None:
    original = write(3, 36)
    paragraphs = original.split("\n\n")[:5][::-1]
    words = "\n\n".join(paragraphs).split(" ")
    dice = random.Random(1)
    copy = " ".join("changed" if dice.random() < 0.05 else word for word in words)
    finder = CopyFinder()
    finder.add(1, "wire", original, hours(0))
    found = finder.add(2, "post", copy, hours(1))
    assert found is not None
    assert found.similarity < 1.0


def test_a_text_with_an_own_part_of_the_same_length_is_a_copy_of_the_short_one(write: Write) -> None:
    finder = CopyFinder()
    finder.add(1, "wire", write(4), hours(0))
    found = finder.add(2, "post", f"{write(4)}\n\n{write(5, 18)}", hours(1))
    assert found is not None
    assert found.original_id == 1


def test_a_quarter_of_another_text_as_background_is_no_copy(write: Write) -> None:
    background = write(6).partition("\n\n")[0]
    finder = CopyFinder()
    finder.add(1, "wire", write(6), hours(0))
    assert finder.add(2, "post", f"{write(7, 9)}\n\n{background}", hours(1)) is None


def test_a_copy_of_a_copy_has_the_first_original(write: Write) -> None:
    first, added = write(8), write(9, 6)
    finder = CopyFinder()
    finder.add(1, "wire", first, hours(0))
    finder.add(2, "post", f"{first}\n\n{added}", hours(1))
    found = finder.add(3, "echo", f"{first[:400]}\n\n{added}", hours(2))
    assert found is not None
    assert found.original_id == 1


def test_a_text_that_has_only_what_a_copy_added_has_that_one_as_original(write: Write) -> None:
    finder = CopyFinder()
    finder.add(1, "wire", write(8, 6), hours(0))
    finder.add(2, "post", f"{write(8, 6)}\n\n{write(9, 12)}", hours(1))
    found = finder.add(3, "echo", write(9, 12), hours(2))
    assert found is not None
    assert found.original_id == 2


def test_a_later_version_by_the_same_source_is_no_copy(write: Write) -> None:
    finder = CopyFinder()
    finder.add(1, "post", write(10), hours(0))
    assert finder.add(2, "post", write(10) + " More.", hours(1)) is None
    assert finder.add_repeat(3, "post", write(10) + " More and more.", hours(2)) == 1


def test_a_version_of_a_copy_is_a_copy_of_the_original(write: Write) -> None:
    finder = CopyFinder()
    finder.add(1, "wire", write(11), hours(0))
    finder.add(2, "post", write(11), hours(1))
    found = finder.add(3, "post", f"{write(11)}\n\n{write(12, 3)}", hours(2))
    assert found is not None
    assert found.original_id == 1


def test_what_a_source_took_back_from_its_copy_is_no_copy(write: Write) -> None:
    finder = CopyFinder()
    finder.add(1, "post", write(13), hours(0))
    finder.add(2, "echo", f"{write(13)}\n\n{write(14, 3)}", hours(1))
    assert finder.add(3, "post", f"{write(13)}\n\n{write(14, 3)}", hours(2)) is None


def test_an_original_that_arrives_late_is_no_copy_of_its_copy(write: Write) -> None:
    finder = CopyFinder()
    finder.add(1, "post", write(15), hours(5))
    assert finder.add(2, "wire", write(15), hours(0)) is None
    found = finder.add(3, "echo", write(15), hours(6))
    assert found is not None
    assert found.original_id == 2


def test_what_a_source_repeats_does_not_count(write: Write) -> None:
    block = write(20, 9)
    finder = CopyFinder()
    for number in range(3):
        finder.add(number, "post", f"{write(100 + number, 6)}\n\n{block}", hours(number))
    assert finder.add(8, "echo", f"{write(200, 6)}\n\n{block}", hours(9)) is None
    found = finder.add(9, "echo", f"{write(101, 6)}\n\n{write(201, 3)}", hours(10))
    assert found is not None
    assert found.original_id == 1


def test_a_text_that_many_sources_print_does_not_become_boilerplate(write: Write) -> None:
    finder = CopyFinder()
    finder.add(0, "wire", write(30), hours(0))
    for number in range(1, 80):
        found = finder.add(number, f"desk-{number}", write(30), hours(number / 10))
        assert found is not None
        assert found.original_id == 0


def test_an_original_is_remembered_while_it_is_copied(write: Write) -> None:
    finder = CopyFinder(window_days=2)
    finder.add(1, "wire", write(31), hours(0))
    for number in range(2, 9):
        found = finder.add(number, f"desk-{number}", write(31), hours(number * 20))
        assert found is not None
        assert found.original_id == 1
    assert finder.add(9, "leaf", write(31), hours(300)) is None


def test_an_undated_text_follows_the_last(write: Write) -> None:
    finder = CopyFinder()
    finder.add(1, "wire", write(32), hours(0))
    assert finder.add(2, "post", write(32), None) is not None


def test_short_and_empty_texts_are_no_copies(write: Write) -> None:
    finder = CopyFinder()
    for number, text in enumerate(["", "Rain.", write(1, 2), "", "Rain.", write(1, 2)]):
        assert finder.add(number, f"source-{number}", text, hours(number)) is None


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    opening = "港町の市長は火曜日、老朽化した橋を来年の夏までに架け替えると発表した。"
    middle = (
        "費用は十二億円で、半分を国が負担する。工事のあいだ車は北の橋を通り、歩く人のためには仮の通路が設けられる。"
    )
    ending = "漁師たちは船の出入りが止まる日を前もって知らせるよう求めている。"
    finder = CopyFinder()
    finder.add(1, "wire", opening + middle + ending, hours(0))
    found = finder.add(2, "post", opening.replace("火曜日", "三日") + middle, hours(1))
    assert found is not None
    assert found.similarity > 0.9
    own = "橋の架け替えを市長が明らかにした。予算は十二億円。通行止めは夏まで続き、漁業への影響を心配する声もある。"
    assert finder.add(3, "echo", own * 2, hours(2)) is None


def stream(write: Write, articles: int) -> list[tuple[int, str, str, datetime]]:
    """Articles of six sources, of which a third repeats another and half have a block that their source repeats."""
    dice, texts, found = random.Random(7), [write(0, 9)], []
    for number in range(articles):
        texts.append(write(number, 9) if dice.random() < 0.66 else dice.choice(texts[-40:]))
        source = dice.randrange(6)
        block = f"\n\n{write(9_000 + source, 4)}" if dice.random() < 0.5 else ""
        found.append((number, f"source-{source}", texts[-1] + block, hours(number / 2)))
    return found


def answers(finder: CopyFinder, articles: list[tuple[int, str, str, datetime]]) -> list[CopyFound | None]:
    return [finder.add(*article) for article in articles]


def test_an_interruption_changes_nothing(write: Write) -> None:
    articles = stream(write, 300)
    at_once = answers(CopyFinder(window_days=3), articles)
    finder, in_parts = CopyFinder(window_days=3), []
    kept: dict[str, bytes] = {}
    for start in range(0, 300, 37):
        in_parts += answers(finder, articles[start : start + 37])
        kept |= finder.changed_parts()
        finder = CopyFinder.from_parts(kept)
    assert in_parts == at_once
    assert sum(found is not None for found in at_once) > 50


def test_only_what_changed_is_handed_out(write: Write) -> None:
    kept: dict[str, bytes] = {}
    finder, whole, sizes = CopyFinder(window_days=1), CopyFinder(window_days=1), []
    for start in range(0, 3_500, 500):
        for number in range(start, start + 500):
            at, text = hours(number / 40), write(number - number % 3, 2)
            found = finder.add(number, f"source-{number % 9}", text, at)
            assert found == whole.add(number, f"source-{number % 9}", text, at)
        parts = finder.changed_parts()
        sizes.append(sum(map(len, parts.values())))
        kept |= parts
        finder = CopyFinder.from_parts(kept)
    assert any(not part for part in kept.values())
    assert max(sizes) < 0.6 * sum(map(len, kept.values()))


def test_the_same_articles_make_the_same_state(write: Write) -> None:
    articles = stream(write, 60)
    first, second = CopyFinder(), CopyFinder()
    answers(first, articles)
    answers(second, articles)
    assert second.changed_parts() == first.changed_parts()


@pytest.mark.parametrize("head", [b"", b"not a state", CopyFinder().changed_parts()["head"][:-40]])
def test_what_is_no_state_is_refused(head: bytes) -> None:
    with pytest.raises(CoverageError, match="copies"):
        CopyFinder.from_parts({"head": head})


def test_a_missing_part_is_told(write: Write) -> None:
    finder = CopyFinder()
    finder.add(1, "wire", write(1), hours(0))
    head = finder.changed_parts()["head"]
    with pytest.raises(CoverageError, match="copies"):
        CopyFinder.from_parts({"head": head})


def test_memory_is_bounded_by_the_window(write: Write) -> None:
    finder, sizes = CopyFinder(window_days=1), []
    kept: dict[str, bytes] = {}
    for number in range(6_000):
        finder.add(number, f"source-{number % 9}", write(number, 2), hours(number / 20))
        if number % 2_000 == 1_999:
            kept |= finder.changed_parts()
            sizes.append(sum(map(len, kept.values())))
    assert sizes[2] < 1.3 * sizes[0]


def test_a_single_wrong_date_does_not_empty_the_memory(write: Write) -> None:
    finder = CopyFinder()
    finder.add(0, "wire", write(1), hours(0))
    for number in range(1, 1_200):
        at = hours(9_999_999) if number == 600 else hours(number / 100)
        finder.add(number, f"source-{number % 9}", write(number + 50, 2), at)
    assert finder.add(2_000, "post", write(1), hours(13)) is not None


@pytest.mark.parametrize(
    "piece", ["a ", "a b c d e ", "The same line again and again.\n", "。", "橋", "\n", "\u0301", "\ud800"]
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    finder, start = CopyFinder(), time.process_time()
    for number in range(4):
        finder.add(number, f"source-{number}", piece * 40_000, hours(number))
    assert time.process_time() - start < 4.0
