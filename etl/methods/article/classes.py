"""What the words in class and id attributes say of an element: a small vocabulary, each group of words one bit.

Sites name their elements for their own style sheets, yet the same few dozen words come back everywhere. Words are
matched from their start (`comment` also finds `comments-list`), the short and ambiguous ones only whole.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.methods.article.lines import listed

# what stands beside an article, by what it is
ASIDE_WORDS = (
    "comment disqus respond reply replies discussion feedback livefyre",
    (
        "relat recommend more also most popular trending latest next suggest similar outbrain taboola teaser "
        "further topstories headlines river readmore readnext mostread"
    ),
    "newsletter subscri signup signin sign login paywall premium regist donat support member offer cta piano",
    "promo sponsor advert ad ads adv banner dfp affiliat commercial shop product deal gpt adslot",
    "social share sharing follow facebook twitter instagram whatsapp tweet addthis sns",
    "foot nav menu breadcrumb header toolbar masthead skip search paginat pager topbar",
    "sidebar side aside rail rightcol widget secondary sticky",
    (
        "byline author bio contributor writer reporter meta dateline timestamp publish updat date time "
        "readtime kicker eyebrow category credits"
    ),
    "tag tags topic topics keyword keywords label labels",
    "caption credit gallery slide slider carousel image img photo figure media video player legend picture thumb",
    "cookie consent gdpr modal popup overlay notice disclaimer copyright legal hidden hide sr visually screen print",
    "card item tile grid list feed stream module box infobox factbox table toc collection",
)
# what an article's own elements are called; the first group is two words run together
TEXT_WORDS = (
    (
        "articlebody articletext articlecontent storybody storytext storycontent postbody postcontent "
        "entrycontent bodytext bodycopy bodycontent contentbody richtext maincontent paragraph wysiwyg "
        "singlecontent textbody prose"
    ),
    "article story post entry artikel noticia nota news blog",
    "body content text copy main",
    "lead intro standfirst summary subtitle subhead dek deck teaser excerpt abstract description vorspann chapo",
)
COMMENTS = 1  # bit of the first group of ASIDE_WORDS
BODY = 1  # bit of the first group of TEXT_WORDS

_WHOLE = frozenset(
    listed(
        "ad ads adv tag tags sr hide side item list box card text body main news post next more also most "
        "date time meta bio nav sns cta gpt img"
    )
)
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MOST_TOKENS = 60  # an element with more is not named, it is generated


def _by_stem() -> dict[str, list[tuple[str, int, int]]]:
    """Index the vocabulary by the first three letters: word, aside bit, text bit."""
    stems: dict[str, list[tuple[str, int, int]]] = {}
    for bit, line in enumerate(ASIDE_WORDS):
        for word in line.split():
            stems.setdefault(word[:3], []).append((word, 1 << bit, 0))
    for bit, line in enumerate(TEXT_WORDS):
        for word in line.split():
            stems.setdefault(word[:3], []).append((word, 0, 1 << bit))
    return stems


_STEMS = _by_stem()


@lru_cache(maxsize=50_000)
def _token_bits(token: str) -> tuple[int, int]:
    aside = text = 0
    for word, aside_bit, text_bit in _STEMS.get(token[:3], ()):
        if token == word or (word not in _WHOLE and token.startswith(word)):
            aside |= aside_bit
            text |= text_bit
    return aside, text


@lru_cache(maxsize=50_000)
def class_bits(words: str) -> tuple[int, int]:
    """Return which groups of ASIDE_WORDS and of TEXT_WORDS the words of a class or id belong to, as sets of bits."""
    aside = text = 0
    before = ""
    for token in _TOKEN.findall(words)[:_MOST_TOKENS]:
        low = token.lower()
        aside_bits, text_bits = _token_bits(low)
        aside |= aside_bits
        text |= text_bits | (_token_bits(before + low)[1] & BODY if before else 0)
        before = low
    return aside, text
