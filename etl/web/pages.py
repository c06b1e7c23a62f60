"""Ask for the pages of waiting links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.records import PageAnswer, WaitingLink
from etl.settings import Clock, Settings
from etl.web.crawl import Crawl
from etl.web.questions import Question


def fetch_pages(links: Iterable[WaitingLink], settings: Settings, clock: Clock) -> Iterator[PageAnswer]:
    """Yield what is answered for links, unread, in the order in which it comes.

    A link whose host asked to be left alone, or for which the run had no time left, has no answer: it stays waiting.
    """
    with Crawl(settings, clock) as crawl:
        yield from crawl.answers(Question(link.link_id, link.url) for link in links)
