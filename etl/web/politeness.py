"""Politeness, by Scrapy's own machinery: its settings, and the places where RFC 9309 (robots.txt) asks for more."""

from __future__ import annotations

import asyncio
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.httpobj import urlparse_cached

from etl.errors import ArticleError, FetchFailed, FetchRefused
from etl.settings import Settings
from etl.web.guard import check_url
from etl.web.reasons import is_untimely, reason_of, words_of_status

BUSY = (429, 503)  # with Retry-After: not an error of the server, but a request to wait


def scrapy_settings(settings: Settings) -> dict[str, Any]:
    """Translate our settings into Scrapy's; what is not named here and concerns the network is switched off."""
    polite, limits = settings.politeness, settings.limits
    return {
        "USER_AGENT": settings.user_agent(),
        "CONCURRENT_REQUESTS": polite.connections,
        "CONCURRENT_REQUESTS_PER_DOMAIN": polite.connections_per_host,
        "DOWNLOAD_DELAY": polite.delay_seconds,
        "AUTOTHROTTLE_ENABLED": polite.is_throttled,
        "AUTOTHROTTLE_START_DELAY": polite.delay_seconds,
        "AUTOTHROTTLE_MAX_DELAY": polite.longest_delay_seconds,
        "RETRY_TIMES": polite.retries,
        "RETRY_HTTP_CODES": [408, 500, 502, 503, 504, 522, 524],
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.ResponseDataLossError",
            "twisted.internet.error.ConnectionClosed",
        ],
        "REDIRECT_MAX_TIMES": limits.redirects,
        "DOWNLOAD_TIMEOUT": limits.seconds_per_request,
        "DOWNLOAD_MAXSIZE": limits.page_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "MOST_HEADER_BYTES": limits.header_bytes,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {
            "http": "etl.web.handler.BoundedHandler",
            "https": "etl.web.handler.BoundedHandler",
            **dict.fromkeys(("data", "file", "s3", "ftp")),
        },
        "DOWNLOADER_MIDDLEWARES": {
            "etl.web.politeness.Guard": 40,
            "etl.web.politeness.RobotsRules": 100,
            "etl.web.politeness.Retries": 550,
            "etl.web.politeness.Redirects": 600,
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,  # a proxy would resolve names itself
        },
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {"scrapy.extensions.throttle.AutoThrottle": 0},
        "CONCURRENT_ITEMS": 1,  # Scrapy starts as many tasks for every response, and ours yield nothing
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        "DOWNLOADER_STATS": False,
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "LOG_ENABLED": False,
    }


class Guard:
    """Lets nothing out, at any hop, that does not go to an allowed address."""

    def __init__(self, crawler: Crawler) -> None:
        self._settings, self._resolver = crawler.spider.rules, crawler.spider.resolver

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        """Scrapy's way to make one."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise FetchRefused for an address that must not be asked."""
        host = check_url(request.url, self._settings)
        await self._resolver.check(request.url, host)


class RobotsRules:
    """Obeys robots.txt as RFC 9309 asks: where it cannot be had (HTTP 5xx, no answer), nothing is asked.

    Scrapy's own middleware takes that for a permission, and reads the Crawl-delay without keeping to it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler, self._settings = crawler, crawler.spider.rules
        self._rules: dict[str, asyncio.Future[ProtegoRobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsRules:
        """Scrapy's way to make one."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise FetchRefused for what robots.txt forbids, FetchFailed where it cannot be had."""
        parts = urlparse_cached(request)
        if parts.path == "/robots.txt" or request.meta.get("is_robots"):  # the latter where it has moved
            return
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._load(f"{site}/robots.txt"))
        rules = await self._rules[site]
        name = self._settings.collector.name
        if not rules.allowed(request.url, name):
            raise FetchRefused(request.url, "robots.txt forbids")
        if delay := rules.crawl_delay(name):
            self._slow_down(request, delay)

    async def _load(self, url: str) -> ProtegoRobotParser:
        meta = {"is_robots": True, "download_maxsize": self._settings.limits.robots_bytes}
        try:
            response = await self._crawler.engine.download_async(
                Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
            )
        except ArticleError:
            raise
        except Exception as error:  # whatever a server does, its rules could not be had
            raise FetchFailed(url, f"robots.txt cannot be had: {reason_of(error)[0]}") from error
        if response.status >= 500 or response.status == 429:
            raise FetchFailed(url, f"robots.txt cannot be had: {words_of_status(response.status)}")
        return ProtegoRobotParser(response.body if response.status == 200 else b"", self._crawler.spider)

    def _slow_down(self, request: Request, delay: float) -> None:
        """Keep to a Crawl-delay that is longer than our own, whatever AutoThrottle thinks of the host."""
        polite, downloader = self._settings.politeness, self._crawler.engine.downloader
        if not delay > polite.delay_seconds:
            return
        seconds = min(delay, self._settings.limits.seconds_per_run)
        key = downloader.get_slot_key(request)
        downloader.per_slot_settings[key] = {
            "delay": seconds,
            "jitter": 0,
            "concurrency": polite.connections_per_host,
        }
        request.meta["autothrottle_dont_adjust_delay"] = True
        if key in downloader.slots:
            downloader.slots[key].delay, downloader.slots[key].jitter = seconds, 0


class Retries(RetryMiddleware):  # type: ignore[misc]
    """Tries cut connections and HTTP 5xx again, a few times; leaves what tells us to wait to the spider."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return a new request, or the answer as it is."""
        if response.status in BUSY and "Retry-After" in response.headers:
            return response
        return super().process_response(request, response)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Return a new request, or None where trying again at once is useless."""
        return None if is_untimely(exception) else super().process_exception(request, exception)


class Redirects(RedirectMiddleware):  # type: ignore[misc]
    """Follows redirects; each hop is a new request, which the guard and robots.txt judge anew."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the request for the next hop, or the answer where it is none; FetchFailed where it leads nowhere."""
        try:
            return super().process_response(request, response)
        except ValueError as error:
            location = response.headers.get("Location", b"").decode("latin-1")[:200]
            raise FetchFailed(request.url, f"redirects to {location}, which is no address") from error
