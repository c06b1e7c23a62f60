"""Visit sources and say how they can be collected: which feeds answer, and which were found where none is listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from etl.records import Feed, FeedAnswer, FoundFeed, Source
from etl.settings import Clock, Settings
from etl.web import find_feeds, read_feeds


@dataclass(slots=True)
class Visit:
    """What a visit to one source showed."""

    source: Source
    listed: dict[str, FeedAnswer] = field(default_factory=dict)  # the answers of its listed feeds, by address
    links: dict[str, int] = field(default_factory=dict)  # how many each of them lists
    found: list[FoundFeed] = field(default_factory=list)

    @property
    def answering(self) -> list[str]:
        """The listed feeds that answer."""
        return [url for url, answer in self.listed.items() if not answer.reason]

    @property
    def new(self) -> list[str]:
        """The feeds that were found, answer, and are not listed."""
        return [one.url for one in self.found if one.kind and one.url not in self.source.feeds]

    @property
    def is_well(self) -> bool:
        """Tell whether the source can be collected."""
        return bool(self.answering or self.new)

    def __str__(self) -> str:
        head = f"{self.source.source_id}: {self._verdict()}"
        return "\n".join([head, *(f"  {line}" for line in (*self._listed_lines(), *self._found_lines()))])

    def _verdict(self) -> str:
        if self.listed:
            return f"{len(self.answering)} of {len(self.listed)} listed feeds answer"
        if self.new:
            return f"no feed is listed; {len(self.new)} found"
        return "no feed is listed, and none was found"

    def _listed_lines(self) -> Iterator[str]:
        for url, answer in self.listed.items():
            yield f"{url}  {answer.reason or f'{answer.kind}, {self.links.get(url, 0):,} links'}"

    def _found_lines(self) -> Iterator[str]:
        for one in self.found:
            if one.url not in self.listed:
                told = f"{one.kind}, {one.links:,} links" if one.kind else one.reason
                yield f"{one.url}  {told} (from {one.origin})"


def visit_sources(sources: Sequence[Source], settings: Settings, clock: Clock) -> list[Visit]:
    """Ask the listed feeds of sources; where none is listed or answers, look for feeds from the home page on."""
    visits = {source.source_id: Visit(source) for source in sources}
    _ask_listed(visits, _shallow(settings), clock)
    unwell = [visit.source for visit in visits.values() if not visit.answering]
    for found in find_feeds(unwell, settings, clock):
        visits[found.source_id].found.append(found)
    return list(visits.values())


def _ask_listed(visits: dict[str, Visit], settings: Settings, clock: Clock) -> None:
    feeds = dict(enumerate(_listed_feeds(visit.source for visit in visits.values())))
    for answer in read_feeds((Feed(number, *one) for number, one in feeds.items()), settings, clock):
        source_id, url = feeds[answer.feed_id]
        visits[source_id].listed.setdefault(url, answer)
        counted = visits[source_id].links
        counted[url] = counted.get(url, 0) + len(answer.links) + len(answer.more)


def _listed_feeds(sources: Iterable[Source]) -> Iterator[tuple[str, str]]:
    for source in sources:
        for url in source.feeds:
            yield source.source_id, url


def _shallow(settings: Settings) -> Settings:
    """Return settings with which a feed's first document alone is read: whether it answers is all that is asked."""
    feeds = settings.feeds.model_copy(update={"sitemaps_per_feed": 0, "pages_per_feed": 1})
    return settings.model_copy(update={"feeds": feeds})
