"""Ask each method about each article: topics, mentions, quotes, citations, agency, dates told of."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from typing import NamedTuple

from etl.job import Job
from etl.methods.agency import find_agency
from etl.methods.citations import OutletNames, find_citations
from etl.methods.dates import find_dates
from etl.methods.mentions import find_mentions
from etl.methods.quotes import find_quotes
from etl.methods.topics import TopicMatcher
from etl.records import ArticleText, MentionKind, Source, Tally, Topic
from etl.store.findings import Findings
from etl.workers import default_workers, map_pages

ENRICHER_VERSION = "1"
BATCH = 400  # articles saved in one transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Knowledge:
    """What the methods know beside the article: the topics' queries and the sources."""

    queries: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


class Methods(NamedTuple):
    """The methods that have something to remember."""

    matcher: TopicMatcher
    outlets: OutletNames
    names: dict[str, MentionKind]  # of sources
    domains: dict[str, str]  # of each source, its first
    agencies: tuple[str, ...]  # names of sources that are agencies


@lru_cache(maxsize=1)
def _methods(knowledge: Knowledge) -> Methods:
    """Make the methods ready, once in each worker."""
    return Methods(
        matcher=TopicMatcher(dict(knowledge.queries)),
        outlets=OutletNames(knowledge.sources),
        names={source.name: "organisation" for source in knowledge.sources},
        domains={source.source_id: source.domains[0].domain for source in knowledge.sources if source.domains},
        agencies=tuple(source.name for source in knowledge.sources if source.kind == "agency"),
    )


def match_topics(article: ArticleText, knowledge: Knowledge) -> Findings:
    """Match the topics alone."""
    methods = _methods(knowledge)
    domain = methods.domains.get(article.source_id)
    found = methods.matcher.match(article.title, article.text, language=article.language, domain=domain)
    return Findings(
        article.article_id, topics=tuple((match.topic_id, match.matches, match.is_in_title) for match in found)
    )


def enrich_article(article: ArticleText, knowledge: Knowledge) -> Findings:
    """Ask every method about one article."""
    outlets, known = _methods(knowledge).outlets, _methods(knowledge).names
    text, language = article.text, article.language
    mentions = find_mentions(text, language=language, title=article.title, lexicon=known)
    citations = find_citations(
        text, language=language, own_source=article.source_id, outlets=outlets, hyperlinks=article.hyperlinks
    )
    published_on = (article.published_at or article.collected_at).date()
    return Findings(
        article.article_id,
        topics=match_topics(article, knowledge).topics,
        mentions=tuple(mentions),
        quotes=tuple(find_quotes(text, language=language, mentions=mentions)),
        citations=tuple(citations),
        dates=tuple(find_dates(text, language=language, published_on=published_on)),
        agency=find_agency(article.authors, text, _methods(knowledge).agencies),
    )


def run(job: Job) -> Tally:
    """Ask about every article that waits, and match topics whose query changed with those that do not."""
    tally, store = Tally("enrich"), job.store
    sources = tuple(store.lists.sources())
    changed = store.lists.unmatched_topics()
    seen = store.articles.count() - store.articles.count_waiting("enricher", ENRICHER_VERSION)
    if changed and seen:
        match = partial(match_topics, knowledge=Knowledge(_queries(changed), sources))
        save = partial(store.findings.save_topics, [topic.topic_id for topic in changed])
        tally.notes["matched with changed topics"] = _ask(job, match, store.articles.seen("enricher", BATCH), save)
    enrich = partial(enrich_article, knowledge=Knowledge(_queries(store.lists.topics()), sources))
    waiting = store.articles.waiting("enricher", ENRICHER_VERSION, BATCH)
    tally.done = _ask(job, enrich, waiting, partial(store.findings.save, version=ENRICHER_VERSION))
    store.lists.save_matched_topics()
    return tally


def _ask(
    job: Job,
    method: Callable[[ArticleText], Findings],
    batches: Iterable[list[ArticleText]],
    save: Callable[[list[Findings]], None],
) -> int:
    """Ask a method about articles and save its answers; an article that a method cannot bear counts as one without findings."""
    done = 0
    workers = job.workers or job.settings.work.workers or default_workers()
    articles = chain.from_iterable(batches)
    outcomes = map_pages(
        method, articles, workers=workers, timeout=job.settings.work.seconds_per_page, scheduler=job.scheduler
    )
    with job.bar("enrich", None) as bar:
        while batch := list(islice(outcomes, BATCH)):
            for outcome in batch:
                if outcome.failure:
                    log.warning("enrich.failed url=%s reason=%r", outcome.item.url, outcome.failure)
            save([outcome.result or Findings(outcome.item.article_id) for outcome in batch])
            done += len(batch)
            bar.update(len(batch))
    return done


def _queries(topics: Iterable[Topic]) -> tuple[tuple[str, str], ...]:
    return tuple((topic.topic_id, topic.query) for topic in topics)
