"""The process that collects: Scrapy runs here, questions come in through one pipe, answers leave through another.

Twisted's reactor cannot be started twice, so every crawl has a process of its own. It writes nothing but answers, and
lives no longer than whoever asks: when the pipe of questions breaks, nobody is left to answer to.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.reactor import install_reactor
from twisted.python.failure import Failure

from etl.settings import Clock, Settings
from etl.web.politeness import scrapy_settings
from etl.web.questions import Question, Skipped, Trouble
from etl.web.resolver import GuardedResolver
from etl.web.spider import Collector
from etl.web.turns import Turns

Reactor: TypeAlias = Any  # a module, to Twisted

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


class Outbox:
    """The pipe of answers. A full pipe makes its sender wait, and the sender makes Scrapy wait: the backpressure."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="outbox")

    async def send(self, message: object) -> None:
        """Send a message; return when it has gone into the pipe."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._put, message)

    def skip(self, question: Question) -> None:
        """Tell that a question is not asked."""
        self._thread.submit(self._put, Skipped(question.number))

    def close(self, trouble: Trouble) -> None:
        """Tell of a mistake, after all that waits to be sent."""
        self._thread.submit(self._put, trouble)
        self._thread.shutdown(wait=True)

    def _put(self, message: object) -> None:
        try:
            self._pipe.send(message)
        except OSError:
            os._exit(0)  # nobody reads any more


def collect(questions: Connection, answers: Connection, settings: Settings, clock: Clock) -> None:
    """Answer questions until the pipe that they come through breaks; the whole life of the process."""
    logging.disable(logging.CRITICAL)  # all trouble is in the answers
    install_reactor(REACTOR)
    from twisted.internet import reactor  # exists only now

    loop: Reactor = reactor
    outbox = Outbox(answers)
    turns = Turns(settings.politeness.connections_per_host, outbox.skip)
    resolver = GuardedResolver(settings)
    loop.installNameResolver(resolver)

    def give_up(failure: Failure, **_: object) -> None:
        outbox.close(Trouble("".join(traceback.format_exception(failure.value))))
        os._exit(1)

    crawler = Crawler(Collector, scrapy_settings(settings))
    crawler.signals.connect(give_up, signals.spider_error, weak=False)
    crawler.crawl(rules=settings, clock=clock, resolver=resolver, turns=turns, send=outbox.send).addErrback(give_up)
    threading.Thread(target=_listen, args=(questions, turns, loop), daemon=True).start()
    loop.run(installSignalHandlers=False)


def _listen(questions: Connection, turns: Turns, reactor: Reactor) -> None:
    """Pass questions from the pipe to the reactor's thread; end the process when the other side is gone.

    The usual way out would wait for names that are still being looked up.
    """
    try:
        while True:
            reactor.callFromThread(turns.add, questions.recv())
    except (EOFError, OSError):
        os._exit(0)
