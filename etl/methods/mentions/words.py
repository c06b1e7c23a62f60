"""The words of a language by which names are told from other words with capitals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from etl.methods.lexicon import FOLDER, load_lexicon, read_lists
from etl.methods.lexicon.gazetteer import place_names, world_outlets
from etl.methods.lexicon.grammar import load_grammar
from etl.methods.lexicon.index import NameIndex
from etl.methods.tokens import read_tokens
from etl.records import MentionKind

_LISTS = read_lists(FOLDER / "general.toml")
JOINING = frozenset(_LISTS["names.joining"])  # words without a capital within a name
AFTER_JOINING = frozenset(_LISTS["names.after_joining"])  # those that join only after another: van der, de la
SMALL_IN_HEADLINES = frozenset(_LISTS["names.small"])


@dataclass(frozen=True, slots=True)
class KnownName:
    """What a name known beforehand stands for; words where it must be written exactly so."""

    kind: MentionKind
    name: str | None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameWords:
    """A language's words by which names are told from other words with capitals."""

    known: NameIndex[KnownName]
    plain: Mapping[str, str]  # words of the grammar
    titles: frozenset[str]
    genders: Mapping[str, str]  # of titles
    modifiers: frozenset[str]
    title_endings: tuple[str, ...]
    never: frozenset[str]
    first_heads: frozenset[str]
    last_heads: frozenset[str]
    person_endings: tuple[str, ...]
    head_endings: tuple[str, ...]
    lower_heads: frozenset[str]
    between: frozenset[str]  # words between a head and its name: de la, de l'
    state: frozenset[str]
    place_first: frozenset[str]
    place_last: frozenset[str]
    no_acronyms: frozenset[str]
    has_capital_nouns: bool


Names = frozenset[tuple[str, MentionKind]]  # names known beforehand besides ours


@lru_cache(maxsize=32)
def name_words(language: str | None, names: Names = frozenset()) -> NameWords:
    """Prepare the lexicon of a language for names, with further ones."""
    lexicon, english, grammar = load_lexicon(language), load_lexicon("en"), load_grammar(language)
    return NameWords(
        known=_known_names(language, names),
        plain=dict.fromkeys(grammar.phrases, "K")
        | {word: letter for word, letter in grammar.letters.items() if letter not in "oO"},
        titles=lexicon.words("people.titles", "people.feminine", "people.masculine", "people.roles"),
        genders=dict.fromkeys(lexicon.phrases("people.feminine"), "f")
        | dict.fromkeys(lexicon.phrases("people.masculine"), "m"),
        modifiers=lexicon.words("people.modifiers", "people.titles", "people.roles"),
        title_endings=lexicon.phrases("people.endings"),
        never=_with_plurals(lexicon.words("grammar.temporal"))
        | lexicon.words("names.never")
        | english.words("names.never"),
        first_heads=lexicon.words("organisations.first"),
        last_heads=lexicon.words("organisations.last"),
        person_endings=lexicon.phrases("people.person_endings"),
        head_endings=lexicon.phrases("organisations.endings"),
        lower_heads=lexicon.words("organisations.lower_first"),
        between=lexicon.words("grammar.joining", "grammar.determiners"),
        state=lexicon.words("organisations.state"),
        place_first=lexicon.words("places.first"),
        place_last=lexicon.words("places.last"),
        no_acronyms=lexicon.words("organisations.acronyms_not") | english.words("organisations.acronyms_not"),
        has_capital_nouns=grammar.has_capital_nouns,
    )


def _with_plurals(words: frozenset[str]) -> frozenset[str]:
    return words | {f"{word}s" for word in words}


def _known_names(language: str | None, names: Names) -> NameIndex[KnownName]:
    index: NameIndex[KnownName] = NameIndex()

    def add(name: str, known: KnownName) -> None:
        tokens = read_tokens(name, language)
        if len(tokens):
            index.add(tokens.lower, replace(known, words=tokens.words) if known.words else known)

    for name, kind in sorted(names):
        add(name, KnownName(kind, name, (name,)))
    for form, place in place_names(language).items():
        add(form, KnownName("place", place.name))
    known = load_lexicon("en").phrases("organisations.known") + load_lexicon(language).phrases("organisations.known")
    for name in dict.fromkeys(known):
        add(name, KnownName("organisation", None, (name,)))
    for outlet in world_outlets():
        for name in (outlet.name, *outlet.names):
            add(name, KnownName("organisation", outlet.name, (name,)))
    return index
