"""A language's words by class, one letter each, and how it puts a sentence together: what rules over sentences stand on.

The letters are explained in `etl.methods.quotes.frames`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from etl.methods.lexicon import load_lexicon

# lists of the lexicon by letter, the strongest last: a word in several lists has the letter of the last
_LETTERS = (
    ("o", "people.roles"),
    ("B", "grammar.adverbs"),
    ("A", "grammar.auxiliaries"),
    ("T", "grammar.temporal"),
    ("I", "grammar.prepositions"),
    ("J", "grammar.joining"),
    ("C", "grammar.conjunctions"),
    ("c", "grammar.coordinating"),
    ("D", "grammar.determiners"),
    ("d", "grammar.oblique"),
    ("P", "pronouns.subjects"),
    ("R", "grammar.relatives"),
    ("W", "speech.weak"),
    ("V", "speech.strong"),
    ("k", "speech.according_after"),
    ("O", "people.titles"),
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's words by letter, its endings, and how it puts a sentence together."""

    letters: dict[str, str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]  # "according to" and the like, by first word
    closing: frozenset[str]  # those that stand only after what is said: „…“, so Merkel
    adverb_endings: tuple[str, ...]
    participle_endings: tuple[str, ...]
    attached: tuple[str, ...]  # prepositions written with the next word: لل
    nominative: frozenset[str]  # pronouns that are subjects only: er, ich
    that: frozenset[str]  # conjunctions after which reported speech follows
    bare: frozenset[str]  # verbs after which it follows without one: he said they would
    reported_mood: frozenset[str]  # verbs in the mood of reported speech: er sei, er habe
    works: frozenset[str]  # nouns after which marks hold a name: the song “…”
    is_broken_into: bool  # the speaker may be told within the marks: « …, explique Claire Dubois, … »
    is_inverting: bool  # the subject may follow the verb anywhere, not only beside a quote
    is_verb_first: bool  # the subject follows the verb, as a rule
    has_genitive: bool  # a noun joins another by its article alone: die Sprecherin der Stiftung
    has_capital_nouns: bool
    has_noun_forms: bool  # a verb's form after a determiner is a noun: the report, his claim


@lru_cache(maxsize=32)
def load_grammar(language: str | None) -> Grammar:
    """Prepare the lexicon of a language for frames."""
    lexicon = load_lexicon(language)
    letters = {word: letter for letter, key in _LETTERS for word in lexicon.phrases(key)}
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in lexicon.words("speech.according", "speech.according_closing"):
        words = tuple(phrase.lower().split())
        phrases[words[0]] = (*phrases.get(words[0], ()), words)
    traits = lexicon.words("grammar.traits")
    return Grammar(
        letters,
        phrases,
        closing=lexicon.words("speech.according_closing"),
        adverb_endings=lexicon.phrases("grammar.adverb_endings"),
        participle_endings=lexicon.phrases("grammar.participle_endings"),
        nominative=lexicon.words("pronouns.nominative"),
        attached=lexicon.phrases("grammar.attached"),
        that=lexicon.words("speech.that"),
        bare=lexicon.words("speech.bare"),
        reported_mood=lexicon.words("grammar.reported_mood"),
        works=lexicon.words("speech.works"),
        is_broken_into="speakers break in" in traits,
        is_inverting="subjects follow" in traits,
        is_verb_first="verbs lead" in traits,
        has_genitive="articles join" in traits,
        has_capital_nouns="nouns have capitals" in traits,
        has_noun_forms="verbs are nouns" in traits,
    )
