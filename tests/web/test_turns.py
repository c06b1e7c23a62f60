from __future__ import annotations

import asyncio

from etl.web.questions import Question
from etl.web.turns import Turns


def ask(number: int, host: str) -> Question:
    return Question(number, f"http://{host}.test/{number}")


async def given(turns: Turns) -> int:
    """The number of the question whose turn it is now; 0 where none is."""
    try:
        return (await asyncio.wait_for(turns.next(), 0.01)).number
    except TimeoutError:
        return 0


def test_each_host_has_its_turn_and_a_slow_one_holds_up_nobody() -> None:
    async def scenario() -> None:
        skipped: list[Question] = []
        turns = Turns(1, skipped.append)
        questions = [ask(1, "a"), ask(2, "a"), ask(3, "b"), ask(4, "b")]
        for question in questions:
            turns.add(question)
        assert [await given(turns) for _ in range(3)] == [1, 3, 0]
        turns.settle(questions[2])
        assert [await given(turns) for _ in range(2)] == [4, 0]
        turns.settle(questions[3])
        turns.settle(questions[0])
        assert [await given(turns) for _ in range(2)] == [2, 0]
        assert skipped == []

    asyncio.run(scenario())


def test_a_host_that_is_left_alone_is_asked_nothing_more() -> None:
    async def scenario() -> None:
        skipped: list[Question] = []
        turns = Turns(1, skipped.append)
        for number in (1, 2, 3):
            turns.add(ask(number, "a"))
        assert await given(turns) == 1
        turns.leave(ask(1, "a"))
        turns.add(ask(4, "a"))
        turns.add(ask(5, "b"))
        assert [question.number for question in skipped] == [2, 3, 4]
        turns.settle(ask(1, "a"))
        assert [await given(turns) for _ in range(2)] == [5, 0]

    asyncio.run(scenario())


def test_in_a_pause_a_host_is_asked_nothing_even_with_several_connections() -> None:
    async def scenario() -> None:
        turns = Turns(2, lambda _question: None)
        for number in (1, 2, 3):
            turns.add(ask(number, "a"))
        assert [await given(turns) for _ in range(3)] == [1, 2, 0]
        turns.again(ask(1, "a"), 0.05)
        turns.settle(ask(2, "a"))
        assert await given(turns) == 0
        await asyncio.sleep(0.06)
        assert [await given(turns) for _ in range(2)] == [1, 3]

    asyncio.run(scenario())
