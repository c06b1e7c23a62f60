"""Names of a text by capitals, cues and lists: fast, for every language that writes names with capitals."""

from __future__ import annotations

from etl.methods.mentions.arabic import ArabicNames
from etl.methods.mentions.evidence import weigh
from etl.methods.mentions.groups import group_names, mentions_of
from etl.methods.mentions.japanese import find_japanese
from etl.methods.mentions.names import NameScanner
from etl.methods.mentions.words import Names, name_words
from etl.methods.tokens import Tokens, dateline_end, read_tokens, sentence_spans
from etl.records import Mention

_DASHES = frozenset("*•:-–—")  # after these, as at the beginning of a sentence, a capital means little
_QUOTATION = frozenset('“"„«‘”')  # so too after these, if they open a quote


def find_light(text: str, language: str | None, *, names: Names = frozenset()) -> list[Mention]:
    """Return the names of a text, in order; names are further ones known beforehand, with their kinds."""
    if language == "ja":
        return find_japanese(text, names)
    scanner = scanner_of(text, language, names)
    if language == "ar":
        weighed = list(ArabicNames(scanner).weighed())
    else:
        weighed = [(candidate, weigh(scanner, candidate)) for candidate in scanner.candidates()]
    return mentions_of(scanner, group_names(scanner, weighed))


def scanner_of(text: str, language: str | None, names: Names = frozenset()) -> NameScanner:
    """Prepare a text for the search of names."""
    tokens = read_tokens(text, language)
    pairs = zip(tokens.words, tokens.lower, strict=True)
    lower_words = frozenset(word for word, lower in pairs if word == lower != word.upper())
    return NameScanner(
        text,
        tokens,
        _first_tokens(text, tokens),
        name_words(language, names),
        language,
        dateline_end(text),
        lower_words,
    )


def _first_tokens(text: str, tokens: Tokens) -> frozenset[int]:
    """Return the tokens that begin a sentence, a quote or what follows a dash or colon."""
    found = {
        at + 1
        for at, word in enumerate(tokens.words[:-1])
        if word in _DASHES or (word in _QUOTATION and tokens.starts[at + 1] == tokens.ends[at])
    }
    at = 0
    for start, _ in sentence_spans(text):
        while at < len(tokens) and (tokens.starts[at] < start or not tokens.words[at][0].isalnum()):
            at += 1
        found.add(at)
    return frozenset(found)
