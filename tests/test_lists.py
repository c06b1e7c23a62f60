"""The two lists that a person reads and changes: outlets of the world, and topics."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from etl.methods.links import DomainIndex, index_domains, source_of
from etl.methods.query import leaves_of, parse_query
from etl.methods.topics import TopicMatcher
from etl.records import SourceList, Topic
from etl.settings import load_sources, load_topics

ROOT = Path(__file__).resolve().parents[1]
TOPICS = load_topics(ROOT / "data" / "topics.toml")
CASES: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "tests/cases/topics.toml").read_text(encoding="utf-8"))
LANGUAGES = {"en", "de", "fr", "es", "pt", "it", "ru", "uk", "ar", "ja", "zh"}


@pytest.fixture(scope="module")
def listed() -> SourceList:
    return load_sources(ROOT / "data" / "sources.toml")


@pytest.fixture(scope="module")
def domains(listed: SourceList) -> DomainIndex:
    return index_domains((source.source_id, domain) for source in listed.sources for domain in source.domains)


@pytest.fixture(scope="module")
def matcher() -> TopicMatcher:
    return TopicMatcher({topic.topic_id: topic.query for topic in TOPICS})


def test_the_world_is_there(listed: SourceList) -> None:
    countries = Counter(source.country for source in listed.sources)
    languages = Counter(source.language for source in listed.sources)
    continents = Counter((source.time_zone or "").split("/")[0] for source in listed.sources)
    assert not listed.is_fictional
    assert len(listed.sources) >= 180
    assert len(countries) >= 45
    assert len(languages) >= 18
    assert max(countries.values()) <= 0.1 * len(listed.sources)
    assert languages["en"] <= 0.4 * len(listed.sources)
    assert {"ja", "zh", "th", "ar", "he", "fa", "ur", "hi", "ko", "el"} <= set(languages)
    assert min(continents[name] for name in ("Africa", "America", "Asia", "Europe")) >= 40
    assert continents["Pacific"] + continents["Australia"] >= 10


def test_every_fact_is_given(listed: SourceList) -> None:
    lacking = [
        source.source_id
        for source in listed.sources
        if not (source.country and source.language and source.time_zone and source.kind)
        or not (source.home_page or "").startswith("https://")
    ]
    assert not lacking


def test_sources_stand_by_country_and_id(listed: SourceList) -> None:
    order = [(source.country or "", source.source_id) for source in listed.sources]
    assert order == sorted(order)
    assert len({source_id for _, source_id in order}) == len(order)


def test_a_home_page_is_that_of_one_source(listed: SourceList, domains: DomainIndex) -> None:
    assert {source.source_id: source_of(source.home_page or "", domains) for source in listed.sources} == {
        source.source_id: source.source_id for source in listed.sources
    }


def test_sources_of_one_host_are_told_apart_by_paths(listed: SourceList) -> None:
    prefixes: dict[str, list[str]] = defaultdict(list)
    for source in listed.sources:
        host = (urlsplit(source.home_page or "").hostname or "").removeprefix("www.")
        prefixes[host] += [domain.path_prefix for domain in source.domains if domain.domain == host] or ["/"]
    shared = {host: paths for host, paths in prefixes.items() if len(paths) > 1}
    assert "bbc.com" in shared
    assert not [host for host, paths in shared.items() if len(set(paths)) < len(paths)]


@pytest.mark.parametrize(
    ("url", "source_id"),
    [
        ("https://www.bbc.com/arabic/articles/c1d2e3", "bbc-arabic"),
        ("https://www.bbc.com/news/articles/c1d2e3", "bbc-news"),
        ("https://www.bbc.co.uk/news/world-12345678", "bbc-news"),
        ("https://www.dw.com/ru/novost/a-12345678", "deutsche-welle-russian"),
        ("https://www.dw.com/sw/habari/a-12345678", None),
        ("https://english.ahram.org.eg/News/12345.aspx", "ahram-online"),
        ("https://gate.ahram.org.eg/News/12345.aspx", "al-ahram"),
        ("https://asia.nikkei.com/Economy/a-story", "nikkei-asia"),
        ("https://www.pbs.org/newshour/world/a-story", "pbs-news"),
        ("https://www.pbs.org/wgbh/nova/a-film", None),
        ("https://www.francetvinfo.fr/monde/une-nouvelle_123.html", "franceinfo"),
        ("https://example.org/a-story", None),
    ],
)
def test_an_article_is_its_sources(url: str, source_id: str | None, domains: DomainIndex) -> None:
    assert source_of(url, domains) == source_id


def test_a_country_of_three_sources_is_a_collection(listed: SourceList) -> None:
    members, countries = defaultdict(set), defaultdict(set)
    for source in listed.sources:
        countries[source.country].add(source.source_id)
        for collection_id in source.collections:
            members[collection_id].add(source.source_id)
    large = [ids for ids in countries.values() if len(ids) >= 3]
    assert all(ids in members.values() for ids in large)
    assert {collection.collection_id for collection in listed.collections} == set(members)
    general = {"national-papers", "agencies", "public-broadcasters", "fact-checkers", "magazines", "blogs"}
    assert len(members) == len(large) + len(general)
    assert min(len(members[collection_id]) for collection_id in general) >= 8


@pytest.mark.parametrize(("kind", "collection_id"), [("agency", "agencies"), ("blog", "blogs")])
def test_a_kind_is_its_collection(kind: str, collection_id: str, listed: SourceList) -> None:
    assert {source for source in listed.sources if source.kind == kind} == {
        source for source in listed.sources if collection_id in source.collections
    }


def test_feeds_are_left_to_be_found(listed: SourceList) -> None:
    assert not [source.source_id for source in listed.sources if source.feeds]


def test_topics_are_many_and_each_has_its_sentences() -> None:
    assert len(TOPICS) >= 45
    assert [topic.topic_id for topic in TOPICS if not topic.name[0].isupper()] == []
    assert {topic.topic_id for topic in TOPICS} == set(CASES)
    assert all(set(case) == LANGUAGES | {"misses"} for case in CASES.values())


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.topic_id)
def test_a_query_asks_for_nothing_twice(topic: Topic) -> None:
    asked = Counter((leaf.words, leaf.distance) for leaf in leaves_of(parse_query(topic.query)))
    twice = [" ".join(word.word for word in words) for (words, _), times in asked.items() if times > 1]
    assert twice == []


@pytest.mark.parametrize("topic_id", CASES)
def test_a_topic_is_found_in_every_language(topic_id: str, matcher: TopicMatcher) -> None:
    sentences = {language: text for language, text in CASES[topic_id].items() if language != "misses"}
    missed = {language: text for language, text in sentences.items() if topic_id not in found(matcher, text)}
    assert missed == {}


@pytest.mark.parametrize("topic_id", CASES)
def test_a_topic_is_not_found_where_words_only_look_alike(topic_id: str, matcher: TopicMatcher) -> None:
    misses = CASES[topic_id]["misses"]
    assert misses
    assert [text for text in misses if topic_id in found(matcher, text)] == []


def test_topics_keep_apart(matcher: TopicMatcher) -> None:
    """A sentence that tells of one thing seldom answers another topic as well."""
    sentences = [text for case in CASES.values() for language, text in case.items() if language != "misses"]
    besides = sum(len(found(matcher, text)) - 1 for text in sentences)
    assert besides <= 0.1 * len(sentences)


def found(matcher: TopicMatcher, text: str) -> set[str]:
    return {match.topic_id for match in matcher.match("", text)}
