"""Queries read, and read back in words."""

from __future__ import annotations

import pytest

from etl.errors import QueryError
from etl.methods.query import And, Leaf, Not, Or, in_words, leaves_of, parse_query


def shape(query: str) -> object:
    """Return a query as nested tuples of what is written."""

    def told(part: object) -> object:
        if isinstance(part, Leaf):
            return part.text
        if isinstance(part, Not):
            return ("not", told(part.part))
        assert isinstance(part, And | Or)
        return ("and" if isinstance(part, And) else "or", *map(told, part.parts))

    return told(parse_query(query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("nato", "nato"),
        ("a b AND c", ("and", "a", "b", "c")),
        ("a OR b c", ("or", "a", ("and", "b", "c"))),
        ("(a OR b) c", ("and", ("or", "a", "b"), "c")),
        ("a NOT b -c", ("and", "a", ("not", "b"), ("not", "c"))),
        ("a -(b OR c)", ("and", "a", ("not", ("or", "b", "c")))),
        ("and or not", ("and", "and", "or", "not")),
        ("“a b”", '"a b"'),
        ("covid-19", "covid-19"),
    ],
)
def test_and_binds_closer_than_or_and_a_space_is_and(query: str, expected: object) -> None:
    assert shape(query) == expected


def only(query: str) -> Leaf:
    (leaf,) = leaves_of(parse_query(query))
    return leaf


def test_leaves_are_folded_and_placed() -> None:
    assert [(word.word, word.place, word.is_prefix) for word in only('"The Straße, 2*"').words] == [
        ("the", 0, False),
        ("strasse", 1, False),
        ("2", 2, True),
    ]
    assert [(word.word, word.place) for word in only("東京都").words] == [("東京", 0), ("京都", 1)]
    assert only("title:flood").field == "title"
    assert (only("language:EN").field, only("language:EN").value) == ("language", "en")
    assert only('"a b"~10').distance == 10
    assert only('"a b"').distance is None


def test_what_is_excluded_is_not_among_the_leaves_shown() -> None:
    part = parse_query("a -b NOT (c NOT d)")
    assert [leaf.text for leaf in leaves_of(part)] == ["a", "d"]
    assert [leaf.text for leaf in leaves_of(part, wanted=False)] == ["b", "c"]


@pytest.mark.parametrize(
    ("query", "position", "part"),
    [
        ("", 1, "empty"),
        ("a AND", 3, "both sides"),
        ("a (b", 3, "not closed"),
        ("a) b", 2, "closes nothing"),
        ('a "b', 3, "no partner"),
        ("a ()", 3, "nothing stands between"),
        ("NOT a", 1, "without any of its words"),
        ("a site:b", 3, "no field"),
        ("a wo*rd", 3, "end of a word"),
        ("a b~", 3, "not offered"),
        ("a - b", 3, "dash"),
        ('a "…"', 3, "nothing to search for"),
        (" ".join("ab" for _ in range(251)), 751, "more than 250"),
    ],
)
def test_a_mistake_is_told_with_its_place(query: str, position: int, part: str) -> None:
    with pytest.raises(QueryError, match=part) as raised:
        parse_query(query)
    assert raised.value.position == position


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            'nato AND ukraine NOT "climate summit"',
            "articles with “nato” and with “ukraine” and without “climate summit”",
        ),
        ("(a OR b) c", "articles (with “a” or with “b”) and with “c”"),
        ("infl* OR title:tax", "articles with “infl…” or with “tax” in the title"),
        ('"a b"~3', "articles with “a” “b” at most 3 words apart"),
        ("a -(b OR c)", "articles with “a” and not (with “b” or with “c”)"),
        (
            "language:en canonical_domain:post.test x",
            "articles with language en and with address at post.test and with “x”",
        ),
        ("東京都庁", "articles with “東京都庁”"),
    ],
)
def test_a_query_is_read_back_in_words(query: str, told: str) -> None:
    assert in_words(parse_query(query)) == told


def test_parentheses_to_any_depth() -> None:
    assert shape("(" * 5_000 + "dam" + ")" * 5_000) == shape("dam")
    deepest = "a0"
    for number in range(1, 250):
        deepest = f"(a{number} {'AND' if number % 2 else 'OR'} {deepest})"
    assert in_words(parse_query(deepest)).count("“") == 250


def test_what_is_excluded_from_an_exclusion_is_asked_for() -> None:
    assert shape("b NOT (NOT a)") == shape("b a")
    assert shape("b " + "(NOT " * 2_001 + "a" + ")" * 2_001) == shape("b NOT a")
