"""The search engine in the dataset against a plain reading of the texts."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import QueryError
from etl.methods.query import And, Leaf, Not, Part, QueryWord, leaves_of, parse_query
from etl.methods.words import TEXT_START, words_of

Dataset = duckdb.DuckDBPyConnection

ARTICLES = [
    {"title": "NATO summit in Riga", "text": "Ukraine asked the alliance for aid. The climate summit is later."},
    {"title": "Weather", "text": "Climate change and the change of climate."},
    {"title": "東京都の天気", "text": "東京都庁は今日。 京都ではない"},
    {"title": "Naïve café", "text": "Émile’s Straße: U.S. troops, inflation, inflated prices. Covid-19!"},
    {"title": "Київ", "text": "У Києві й Одесі спокійно."},
]
FOUND = [
    ("nato", {1}),
    ("NATO ukraine", {1}),
    ("climate", {1, 2}),
    ('"climate change"', {2}),
    ('"change climate"', set()),
    ('"change climate"~0', {2}),
    ('"climate aid"~2', {1}),
    ('"climate aid"~0', set()),
    ("infl*", {4}),
    ('"inflation infl*"', {4}),
    ("title:climate", set()),
    ("title:weather OR title:nato", {1, 2}),
    ("climate -nato", {2}),
    ("climate AND NOT (nato AND NOT weather)", {2}),
    ("(nato OR alliance) AND ukraine AND NOT “climate change”", {1}),
    ("NOT (NOT nato)", {1}),
    ("東京", {3}),
    ("京都", {3}),
    ("京", {3}),
    ("東京都庁は", {3}),
    ("都東", set()),
    ("emile strasse", {4}),
    ("u.s. troops", {4}),
    ("covid-19", {4}),
    ("київ", {5}),
    ("киів", set()),  # the mark of the Ukrainian i is no accent
    ("language:en climate", {1, 2}),
    ("canonical_domain:post.test climate", {1, 2}),
    ("canonical_domain:other.test climate", set()),
    ("((((climate))))", {1, 2}),
    ("nothing OR nowhere", set()),
    ("étitle:x OR summit", {1}),
]


@pytest.fixture(scope="module")
def dataset(make_dataset: Callable[..., Dataset]) -> Dataset:
    return make_dataset(ARTICLES, source_domains=[{"source_id": "post", "domain": "post.test", "path_prefix": "/"}])


def search(dataset: Dataset, query: str) -> set[int]:
    return {row[0] for row in dataset.execute("SELECT article_id FROM search(?)", [query]).fetchall()}


def test_queries_find_what_they_say(dataset: Dataset) -> None:
    assert [(query, search(dataset, query)) for query, _ in FOUND] == FOUND


def test_matches_are_counted_and_told_from_the_title(dataset: Dataset) -> None:
    rows = dataset.execute("FROM search('nato OR summit')").fetchall()
    assert rows == [(1, 3, True)]
    assert dataset.execute("FROM search('change')").fetchall() == [(2, 2, False)]


def test_places_of_matches_are_given(dataset: Dataset) -> None:
    rows = dataset.execute("FROM match_places('summit \"the climate\"', 1)").fetchall()
    assert rows == [(2, 1), (TEXT_START + 6, 2), (TEXT_START + 8, 1)]


WRONG = [
    "",
    "   ",
    '"x',
    "(a",
    "a)",
    "())",
    "AND a",
    "a AND",
    "a OR OR b",
    "a AND OR b",
    "()",
    "a () b",
    "a NOT",
    "NOT NOT a",
    "(a NOT)",
    "(AND a)",
    "a - b",
    "a --b",
    "-",
    "foo:bar",
    "http://x.test/a",
    "wo*rd",
    "*",
    "a **",
    "wo?rd",
    "word~",
    "word~2",
    "word^4",
    "!!!",
    '""',
    '"!!"',
    "🎉",
    "language:",
    "language:é",
    "NOT a",
    "a OR -b",
    "-a -b",
    '"a b"~1001',
    "title:",
    " ".join(f"w{n}" for n in range(251)),
    '"' + " ".join(["w"] * 51) + '"',
    "a ( b",
    "a ) b (",
    "foo:é",
    "?東",
    "東?京",
    "é*東",
    "~:",
]


def problem(dataset: Dataset, query: str) -> str:
    with pytest.raises(duckdb.Error) as raised:
        dataset.execute("FROM search(?)", [query]).fetchall()
    return str(raised.value).split("query: ", 1)[-1].split("\n")[0]


@pytest.mark.parametrize("query", WRONG)
def test_what_a_query_cannot_mean_is_an_error_at_its_place(dataset: Dataset, query: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(query)
    assert str(raised.value) == "query: " + problem(dataset, query)


@pytest.mark.parametrize("query", ["(a", "NOT a", "a OR -b", "foo:bar", ""])
@pytest.mark.parametrize(
    "question",
    ["wanted", "coverage_over_time", "coverage_by_source", "top_words", "clause_matches", "words_in_context"],
)
def test_no_question_reads_a_wrong_query_as_something_else(dataset: Dataset, question: str, query: str) -> None:
    with pytest.raises(duckdb.Error, match="query: "):
        dataset.execute(f"FROM {question}(asked := ?)", [query]).fetchall()


# --- any query, any text ------------------------------------------------------------------------------------

WORDS = [
    "a",
    "b",
    "ab",
    "abc",
    "Ä",
    "é",
    "e\u0301",
    "ﬁn",
    "İ",
    "ß",
    "ж",
    "й",
    "и\u0306",
    "東",
    "京",
    "東京",
    "カ\u3099",
    "ｶﾞ",
    "ก็",
    "한국",
    "३",
    "½",
    "x\u200cy",
    "l'a",
    "c-d",
    "🎉",
    "א\u05b0",
    "e\u0323\u0301",
    "Ǆ",
    "٣",
    "ʼn",
]
text = st.lists(st.sampled_from([*WORDS, " ", " ", ". ", "\n\n", "\u00ad", "\u3000"]), max_size=12).map("".join)
any_text = st.text(max_size=20) | text
word = st.sampled_from([word for word in WORDS if words_of(word)])
phrase = st.lists(word, min_size=1, max_size=3).map(lambda words: '"' + " ".join(words) + '"')
leaf = st.one_of(
    word,
    word.map(lambda said: said + "*"),
    phrase,
    st.tuples(phrase, st.integers(0, 4)).map(lambda pair: f"{pair[0]}~{pair[1]}"),
    word.map(lambda said: "title:" + said),
)


def combined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(parts, st.sampled_from([" AND ", " OR ", " ", " AND NOT ", " -"]), parts)
    return pair.map(lambda three: f"({three[0]}){three[1]}({three[2]})")


queries = st.recursive(leaf, combined, max_leaves=5)


def brute_force(part: Part, title: list[str], body: list[str]) -> bool:
    """Read an article word by word."""
    if isinstance(part, Leaf):
        fields = [title] if part.field == "title" else [title, body]
        return any(stands(part, words) for words in fields)
    if isinstance(part, Not):
        return not brute_force(part.part, title, body)
    return (all if isinstance(part, And) else any)(brute_force(inner, title, body) for inner in part.parts)


def stands(leaf: Leaf, words: list[str]) -> bool:
    if leaf.distance is None:
        return any(all(is_at(word, words, start + word.place) for word in leaf.words) for start in range(len(words)))
    reach = leaf.distance + leaf.words[-1].place
    return any(
        holds(leaf, words[start : start + reach + 1])
        for start in range(len(words))
        if any(is_at(word, words, start) for word in leaf.words)
    )


def holds(leaf: Leaf, stretch: list[str]) -> bool:
    asked = [(word.word, word.is_prefix) for word in leaf.words]
    return all(
        sum(is_at(word, stretch, at) for at in range(len(stretch))) >= asked.count((word.word, word.is_prefix))
        for word in leaf.words
    )


def is_at(word: QueryWord, words: list[str], at: int) -> bool:
    return at < len(words) and (words[at].startswith(word.word) if word.is_prefix else words[at] == word.word)


@given(
    articles=st.lists(st.tuples(any_text, any_text), min_size=1, max_size=4),
    asked=st.lists(queries, min_size=1, max_size=8),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_search_equals_a_plain_reading(
    make_dataset: Callable[..., Dataset], articles: list[tuple[str, str]], asked: list[str]
) -> None:
    dataset = make_dataset([{"title": title, "text": body} for title, body in articles])
    read = [(words_of(title), words_of(body)) for title, body in articles]
    for query in asked:
        part = parse_query(query)
        assert list(leaves_of(part))
        expected = {nth for nth, words in enumerate(read, 1) if brute_force(part, *words)}
        assert search(dataset, query) == expected, query


PIECES = [*'ab"()-~*:?^ 19éж東', " AND ", " OR ", "NOT ", "title:", "language:"]


@given(query=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_sql_and_python_read_queries_alike(dataset: Dataset, query: str) -> None:
    wrong = mistake(query)
    if wrong:
        assert "query: " + problem(dataset, query) == wrong
    else:
        search(dataset, query)


def mistake(query: str) -> str:
    try:
        parse_query(query)
    except QueryError as error:
        return str(error)
    return ""
