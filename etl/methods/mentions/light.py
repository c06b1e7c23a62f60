"""Names of a text by capitals, cues and lists: fast, for every language that writes names with capitals."""

from __future__ import annotations

from etl.methods.mentions.arabic import ArabicNames
from etl.methods.mentions.evidence import weigh
from etl.methods.mentions.groups import group_names, mentions_of
from etl.methods.mentions.japanese import find_japanese
from etl.methods.mentions.names import NameScanner, name_words
from etl.methods.tokens import Tokens, read_tokens, sentence_spans
from etl.records import Mention

_OPENING = frozenset('“"„«‘「*•:-–—')  # after these, as at the beginning of a sentence, a capital means little


def find_light(text: str, language: str | None) -> list[Mention]:
    """Return the names of a text, in order."""
    if language == "ja":
        return find_japanese(text)
    scanner = scanner_of(text, language)
    if language == "ar":
        weighed = list(ArabicNames(scanner).weighed())
    else:
        weighed = [(candidate, weigh(scanner, candidate, language)) for candidate in scanner.candidates()]
    return mentions_of(scanner, group_names(scanner, weighed))


def scanner_of(text: str, language: str | None) -> NameScanner:
    """Prepare a text for the search of names."""
    tokens = read_tokens(text, language)
    lower_words = frozenset(
        word for word, lower in zip(tokens.words, tokens.lower, strict=True) if word == lower != word.upper()
    )
    return NameScanner(text, tokens, _first_tokens(text, tokens), name_words(language), language, lower_words)


def _first_tokens(text: str, tokens: Tokens) -> frozenset[int]:
    """Return the tokens that begin a sentence, a quote or what follows a dash or colon."""
    found = {at + 1 for at, word in enumerate(tokens.words) if word in _OPENING and at + 1 < len(tokens)}
    at = 0
    for start, _ in sentence_spans(text):
        while at < len(tokens) and (tokens.starts[at] < start or not tokens.words[at][0].isalnum()):
            at += 1
        found.add(at)
    return frozenset(found)
