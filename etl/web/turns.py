"""Whose turn it is: questions wait here, host by host, so that a slow host holds up nobody else."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from urllib.parse import urlsplit

from etl.web.questions import Question


def host_of(question: Question) -> str:
    """Return the host that a question goes to; what has none shares one queue and is refused there."""
    try:
        return urlsplit(question.url).hostname or ""
    except ValueError:
        return ""


class Turns:
    """Hands out at most so many questions of a host at a time, and none of a host that is to be left alone."""

    def __init__(self, at_once: int, skip: Callable[[Question], None]) -> None:
        self._at_once, self._skip = at_once, skip
        self._waiting: dict[str, deque[Question]] = {}
        self._out: Counter[str] = Counter()
        self._left: set[str] = set()
        self._paused: set[str] = set()
        self._ready: asyncio.Queue[Question] = asyncio.Queue()

    async def next(self) -> Question:
        """Return the next question whose host is free, as soon as there is one."""
        return await self._ready.get()

    def add(self, question: Question) -> None:
        """Take a question in."""
        host = host_of(question)
        if host in self._left:
            self._skip(question)
            return
        self._waiting.setdefault(host, deque()).append(question)
        self._hand_out(host)

    def settle(self, question: Question) -> None:
        """Note that a question is answered: its host is free again."""
        host = host_of(question)
        self._out[host] -= 1
        self._hand_out(host)

    def again(self, question: Question, seconds: float) -> None:
        """Ask a question once more after a pause, in which its host is asked nothing else."""
        host = host_of(question)
        self._paused.add(host)
        asyncio.get_running_loop().call_later(seconds, self._resume, host, question)

    def leave(self, question: Question) -> None:
        """Leave the host of a question alone: what waits for it is skipped."""
        host = host_of(question)
        self._left.add(host)
        for waiting in self._waiting.pop(host, ()):
            self._skip(waiting)

    def _resume(self, host: str, question: Question) -> None:
        self._paused.discard(host)
        self._ready.put_nowait(question)
        self._hand_out(host)

    def _hand_out(self, host: str) -> None:
        waiting = self._waiting.get(host)
        while waiting and self._out[host] < self._at_once and host not in self._paused:
            self._out[host] += 1
            self._ready.put_nowait(waiting.popleft())
        if not waiting:
            self._waiting.pop(host, None)
