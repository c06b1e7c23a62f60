"""Many queries matched at once give what a plain reading of each gives."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.errors import QueryError
from etl.methods.query import And, Leaf, Not, Part, QueryWord, parse_query
from etl.methods.topics import TopicMatcher
from etl.methods.words import words_of
from etl.settings import load_topics

ROOT = Path(__file__).parents[2]
WORDS = ["dam", "damage", "flood", "floods", "rain", "Kestrin", "Überfall", "堤防決壊", "34"]


def answers(part: Part, title: list[str], text: list[str]) -> bool:
    """Read a query against the words of an article, place by place."""
    if isinstance(part, Leaf):
        fields = [title] if part.field == "title" else [title, text]
        return any(stands(part, words, start) for words in fields for start in range(len(words)))
    if isinstance(part, Not):
        return not answers(part.part, title, text)
    return (all if isinstance(part, And) else any)(answers(inner, title, text) for inner in part.parts)


def stands(leaf: Leaf, words: list[str], start: int) -> bool:
    """Tell whether a leaf begins at a place."""
    if leaf.distance is not None:
        stretch = words[start : start + leaf.words[-1].place + leaf.distance + 1]
        return all(
            sum(is_word(word, asked=one) for word in stretch) >= sum(one.word == other.word for other in leaf.words)
            for one in leaf.words
        )
    return all(
        start + word.place < len(words) and is_word(words[start + word.place], asked=word) for word in leaf.words
    )


def is_word(word: str, *, asked: QueryWord) -> bool:
    return word.startswith(asked.word) if asked.is_prefix else word == asked.word


word = st.sampled_from(WORDS)
leaf = st.one_of(
    word, word.map(lambda one: one[:3] + "*"), st.tuples(word, word).map(lambda two: f'"{two[0]} {two[1]}"'),
    st.tuples(word, word).map(lambda two: f'"{two[0]} {two[1]}"~2'),
    word.map(lambda one: f"title:{one}"),
)  # fmt: skip
part = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: f"({' OR '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' AND '.join(parts)})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} AND NOT {two[1]})"),
    ),
    max_leaves=8,
)
sentence = st.lists(word, max_size=9).map(" ".join)


@given(queries=st.lists(part, min_size=1, max_size=6), title=sentence, text=sentence)
def test_many_queries_at_once(queries: list[str], title: str, text: str) -> None:
    matcher = TopicMatcher({str(number): query for number, query in enumerate(queries)})
    expected = [
        str(number)
        for number, query in enumerate(queries)
        if answers(parse_query(query), words_of(title), words_of(text))
    ]
    assert [match.topic_id for match in matcher.match(title, text)] == expected


def test_matches_are_counted_once_and_told_from_the_title() -> None:
    matcher = TopicMatcher({"floods": 'flood* OR "dam burst" OR flood', "dams": "dam AND NOT rain"})
    [floods, dams] = matcher.match("Floods", "The dam burst. A flood came; floods followed.")
    assert (floods.matches, floods.is_in_title) == (5, True)
    assert (dams.matches, dams.is_in_title) == (1, False)


def test_near_words() -> None:
    matcher = TopicMatcher({"near": '"dam burst"~2'})
    assert matcher.match("", "It burst, the old dam.")
    assert not matcher.match("", "It burst, said all who live under the dam.")


def test_facts_of_the_article() -> None:
    matcher = TopicMatcher({"french": "language:fr AND dam", "post": "canonical_domain:post.test"})
    assert [match.topic_id for match in matcher.match("", "dam", language="fr", domain="a.test")] == ["french"]
    assert [match.topic_id for match in matcher.match("", "dam", language="en", domain="post.test")] == ["post"]


def test_a_query_that_is_none_is_named_with_its_place() -> None:
    with pytest.raises(QueryError, match="at character 5"):
        TopicMatcher({"broken": "dam (flood"})


def test_no_topic_of_the_list_is_wrong() -> None:
    """Each topic of the list, matched with all others, answers a sentence as a plain reading of its query does."""
    queries = {topic.topic_id: topic.query for topic in load_topics(ROOT / "data" / "topics.toml")}
    cases = tomllib.loads((ROOT / "tests" / "cases" / "topics.toml").read_text("utf8"))
    sentences = [text for case in cases.values() for text in case.values() if isinstance(text, str)]
    matcher, parts = TopicMatcher(queries), {topic_id: parse_query(query) for topic_id, query in queries.items()}
    for text in sentences[::11]:
        expected = [topic_id for topic_id, part in parts.items() if answers(part, [], words_of(text))]
        assert [match.topic_id for match in matcher.match("", text)] == expected
