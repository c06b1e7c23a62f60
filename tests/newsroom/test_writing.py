"""The texts: long enough, varied, and in their own languages' manners."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from etl.newsroom.truth import ArticleTruth, Newsroom

RUN = 5  # words
ALIKE = 0.5  # share of runs of five words that two texts of their own may have in common, at most
MOST_REPEATS = 20  # of one sentence, among some 2,800 texts of their own
SENTENCE_END = re.compile(r"(?<=[.!?؟。])[”“’\"»」]?\s*")


def test_articles_are_as_long_as_news(newsroom: Newsroom, words_of: Callable[[ArticleTruth], list[str]]) -> None:
    lengths = sorted(len(words_of(article)) for article in newsroom.articles.values())
    assert lengths[0] >= 85
    assert lengths[-1] <= 600
    assert 150 <= lengths[len(lengths) // 2] <= 350
    assert sum(length >= 120 for length in lengths) / len(lengths) > 0.95


def test_no_sentence_is_repeated_like_boilerplate(newsroom: Newsroom) -> None:
    repeats: Counter[str] = Counter()
    for article in _own_texts(newsroom):
        repeats.update(set(_sentences(article)))
    sentence, times = repeats.most_common(1)[0]
    assert times <= MOST_REPEATS, sentence


def test_texts_of_their_own_are_not_alike(newsroom: Newsroom, words_of: Callable[[ArticleTruth], list[str]]) -> None:
    places: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    worst = (0.0, "", "")
    for article in _own_texts(newsroom):
        words = words_of(article)
        runs = {tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}
        shared = Counter(other for run in runs for other in places[run])
        for other, count in shared.items():
            worst = max(worst, (count / min(len(runs), sizes[other]), article.address, other))
        for run in runs:
            places[run].append(article.address)
        sizes[article.address] = len(runs)
    assert worst[0] < ALIKE, worst


def test_the_standfirst_is_not_the_first_sentence(newsroom: Newsroom) -> None:
    for article in _own_texts(newsroom):
        assert article.standfirst not in article.paragraphs[0], article.address


def test_no_word_stands_twice(newsroom: Newsroom) -> None:
    twice = re.compile(r"\b([^\W\d]+) \1\b", re.IGNORECASE)
    for article in newsroom.articles.values():
        for found in twice.finditer(f"{article.title}\n{article.standfirst}\n{article.text}"):
            assert found[1].lower() in {"nous", "vous", "die", "der", "das"}, (article.address, found[0])


def test_indefinite_articles_suit_their_nouns(newsroom: Newsroom) -> None:
    wrong = re.compile(r"\b[Aa] [aeioAEIO]\w|\b[Aa]n [bcdfgjklmnpqrstvwxyz]")
    for article in newsroom.articles.values():
        if article.language == "en":
            found = wrong.search(article.text)
            assert found is None, (article.address, found)


def test_tellers_of_one_event_share_its_facts(newsroom: Newsroom) -> None:
    story = newsroom.stories["kaltenau-dam"]
    first = [newsroom.articles[address] for address in story.addresses[:14]]
    assert all(
        story.facts["dead"] in one.text or story.facts["missing"] in one.text or "Kaltenau" in one.text
        for one in first[:2]
    )
    own = [one for one in first if one.original is None and one.language in {"en", "de", "fr", "es"}]
    assert all(story.facts["dead"] in one.text for one in own)
    assert len({one.title for one in own}) == len(own)


def test_nothing_is_left_of_patterns_and_marks(newsroom: Newsroom) -> None:
    left = re.compile(r"[{}\[\]|\ue000-\uf8ff]|\(\w+=|  | ,|\.\.(?!\.)|,,| \.(?!\w)")
    for article in newsroom.articles.values():
        for text in (article.title, article.standfirst, article.text):
            found = left.search(text)
            assert found is None, (article.address, text[max(0, found.start() - 40) : found.end() + 20])


def test_sentences_begin_with_capitals_in_latin_scripts(newsroom: Newsroom) -> None:
    for article in newsroom.articles.values():
        if article.language in {"en", "de", "fr", "es"}:
            for paragraph in article.paragraphs:
                first = re.search(r"\w", paragraph)
                assert first is not None
                assert not first[0].islower(), (article.address, paragraph[:60])


def test_french_and_spanish_melt_their_articles(newsroom: Newsroom) -> None:
    wrong = {
        "fr": re.compile(
            r"\b(?:de|à) le (?:maire|ministre|directeur|chef|porte)|\b(?:de|que) (?=[aeiouéè][a-zé])(?!onze|oui)"
        ),
        "es": re.compile(r"\b(?:de|a) el (?!\w+ de \w+ al)\b(?:alcalde|ministro|juez|director|portavoz)"),
    }
    for article in newsroom.articles.values():
        if article.language in wrong:
            found = wrong[article.language].search(article.text)
            assert found is None, (article.address, article.text[found.start() - 20 : found.end() + 30])


def test_the_marks_of_quotes_are_those_of_the_source(newsroom: Newsroom) -> None:
    marks = {"harbour-post": "“", "northern-ledger": "‘", "prairie-courier": '"', "alpenfunk": "»", "kasumihama": "「"}
    for article in newsroom.articles.values():
        if article.source_id in marks and any(quote.is_direct for quote in article.quotes):
            quote = next(quote for quote in article.quotes if quote.is_direct)
            assert article.text[quote.start - 1] == marks[article.source_id], article.address


def test_a_headline_is_hardly_used_twice(newsroom: Newsroom) -> None:
    titles = Counter((one.source_id, one.title) for one in newsroom.articles.values())
    assert sum(times - 1 for times in titles.values()) / len(newsroom.articles) < 0.03


def _own_texts(newsroom: Newsroom) -> Iterator[ArticleTruth]:
    return (article for article in newsroom.articles.values() if article.original is None)


def _sentences(article: ArticleTruth) -> Iterator[str]:
    for paragraph in article.paragraphs:
        for sentence in SENTENCE_END.split(paragraph):
            if len(sentence.split()) >= 8 or (article.language == "ja" and len(sentence) >= 20):
                yield sentence
