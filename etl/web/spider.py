"""The one spider: it asks what it is told to ask, and passes the answers on, unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any, TypeAlias

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Headers as HeaderMap
from scrapy.http import Response

from etl.errors import FetchRefused
from etl.records import PageAnswer
from etl.settings import Clock, Settings
from etl.web.answers import Headers, answer_of, is_no_page, refusal_of
from etl.web.guard import check_url
from etl.web.politeness import BUSY
from etl.web.questions import Question
from etl.web.reasons import reason_of
from etl.web.resolver import GuardedResolver
from etl.web.turns import Turns, host_of

Failed: TypeAlias = Any  # Twisted's Failure, on which Scrapy has put the request


class Collector(Spider):  # type: ignore[misc]
    """Asks questions in turn, waits where a host says so, leaves hosts alone that give no answer."""

    name = "collector"

    def __init__(
        self,
        *,
        rules: Settings,
        clock: Clock,
        resolver: GuardedResolver,
        turns: Turns,
        send: Callable[[PageAnswer], Awaitable[None]],
    ) -> None:
        super().__init__()
        self.rules, self.resolver = rules, resolver  # the middlewares look for them here
        self._clock, self._turns, self._send = clock, turns, send
        self._silent: Counter[str] = Counter()  # answers in a row that a host did not give
        self._waits: Counter[int] = Counter()  # pauses that a question has had

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: object, **kwargs: object) -> Collector:
        """Scrapy's way to make one."""
        spider: Collector = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.stop_what_is_no_page, signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for every question whose turn it is. It ends with the process."""
        while True:
            question = await self._turns.next()
            try:
                request = self._request_of(question)
            except FetchRefused as error:
                await self._pass_on(question, self._refusal(question, error))
            else:
                yield request

    async def answered(self, response: Response) -> None:
        """Pass a response on, or ask again after the pause that it asks for."""
        question: Question = response.meta["question"]
        self._silent.pop(host_of(question), None)
        now = self._clock.now()
        answer = answer_of(
            question,
            now=now,
            status=response.status,
            final_url=response.url,
            headers=_headers_of(response),
            body=response.body,
        )
        if answer.status in BUSY and (answer.retry_at or answer.status == 429):
            if (seconds := self._worth_waiting(answer, now)) is not None:
                self._turns.again(question, seconds)
                return
            self._turns.leave(question)
        await self._pass_on(question, answer)

    async def failed(self, failure: Failed) -> None:
        """Pass on why there is no answer."""
        question: Question = failure.request.meta["question"]
        answer = self._refusal(question, failure.value)
        host = host_of(question)
        self._silent[host] += not (answer.is_refused or isinstance(failure.value, IgnoreRequest))
        if self._silent[host] >= self.rules.politeness.failures_per_host:
            self._turns.leave(question)
        await self._pass_on(question, answer)

    def stop_what_is_no_page(self, headers: HeaderMap, request: Request) -> None:
        """End the download of a film or a picture before it has begun."""
        question = request.meta.get("question")
        content_type = (headers.get("Content-Type") or b"").decode("latin-1")
        if question and not question.is_feed and is_no_page(content_type):
            raise StopDownload(fail=False)

    def _request_of(self, question: Question) -> Request:
        check_url(question.url, self.rules)
        limits = self.rules.limits
        try:
            return Request(
                question.url,
                headers=dict(question.headers),
                meta={
                    "question": question,
                    "download_maxsize": limits.feed_bytes if question.is_feed else limits.page_bytes,
                },
                callback=self.answered,
                errback=self.failed,
                dont_filter=True,
            )
        except ValueError as error:
            raise FetchRefused(question.url, f"address cannot be read: {error}") from error

    def _worth_waiting(self, answer: PageAnswer, now: datetime) -> float | None:
        """The seconds after which a question is asked again in this run; None where it is not."""
        polite = self.rules.politeness
        self._waits[answer.link_id] += 1
        if answer.retry_at is None or self._waits[answer.link_id] > polite.retries:
            return None
        seconds = (answer.retry_at - now).total_seconds()
        return seconds if seconds <= polite.longest_wait_seconds else None

    def _refusal(self, question: Question, error: BaseException) -> PageAnswer:
        reason, is_refused = reason_of(error)
        return refusal_of(question, reason, now=self._clock.now(), is_refused=is_refused)

    async def _pass_on(self, question: Question, answer: PageAnswer) -> None:
        self._waits.pop(question.number, None)
        self._turns.settle(question)
        await self._send(answer)


def _headers_of(response: Response) -> Headers:
    pairs = response.headers.items()
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, values in pairs for value in values)
