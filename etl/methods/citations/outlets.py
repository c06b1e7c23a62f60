"""Names of outlets, of our sources and of the world, and where a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from etl.methods.lexicon import FOLDER, read_lists
from etl.methods.lexicon.gazetteer import Outlet, common_words, stem, world_outlets
from etl.methods.lexicon.grammar import load_grammar
from etl.methods.lexicon.index import NameIndex
from etl.methods.tokens import Tokens, read_tokens, sentence_spans
from etl.records import Source

# last words of names by which an outlet is called for short: the Times; which one, the text or the own source tells
SHORT_NAMES = frozenset(read_lists(FOLDER / "general.toml")["outlets.short"])
_UNSPACED = re.compile(r"[ぁ-んァ-ヴ一-龥]")
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|las|il|lo|o|a) |^l['’]", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)$")
_DASHES = frozenset("-–—:")
_FULL_WORD = 3  # shorter names in capitals are acronyms of something else: Sky, sky, SKY

_CASED = frozenset({"de", "ru"})  # languages whose names change by case


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """An outlet named at a place of a text."""

    start: int
    end: int
    outlet: str  # its usual name


class OutletNames:
    """Names of outlets by which they are found in texts, and their domains."""

    def __init__(self, sources: Iterable[Source | Outlet] = ()) -> None:
        """Take our sources as outlets; those of the world are known beforehand, and ours go before them."""
        known = tuple(sources)
        self._ids = {source.source_id: source.name for source in known if isinstance(source, Source)}
        own = [_as_outlet(source) for source in known]
        self._names = [
            (_IN_BRACKETS.sub("", name), outlet.name)
            for outlet in (*own, *world_outlets())
            for name in (outlet.name, *outlet.names)
        ]
        self._domains: dict[str, str] = {}
        for outlet in (*world_outlets(), *own):
            self._domains |= {domain.lower().removeprefix("www."): outlet.name for domain in outlet.domains}
        unspaced = {name: outlet for name, outlet in reversed(self._names) if _UNSPACED.search(name)}
        self._unspaced = unspaced
        self._unspaced_pattern = re.compile(
            "|".join(re.escape(name) for name in sorted(unspaced, key=len, reverse=True))
        )
        self._indexes: dict[str | None, NameIndex[tuple[tuple[str, ...], str]]] = {}

    def usual_name(self, source: str | None) -> str | None:
        """Return the name under which a source is an outlet here, of its source_id or a name."""
        return self._ids.get(source, source) if source else None

    def by_address(self, address: str) -> str | None:
        """Return the outlet whose domain an address has, if we know it."""
        host = (urlsplit(address).hostname or "").lower().removeprefix("www.")
        while host and host not in self._domains:
            host = host.partition(".")[2]
        return self._domains.get(host)

    def find(self, text: str, *, language: str | None, own_source: str | None = None) -> list[NamedOutlet]:
        """Return where a text names outlets, in order: in full, in another case, or by a short form."""
        if language == "ja":
            return [
                NamedOutlet(*match.span(), self._unspaced[match.group()])
                for match in self._unspaced_pattern.finditer(text)
            ]
        tokens = read_tokens(text, language)
        full = list(self._full_names(text, tokens, language))
        taken = {named.start for named in full}
        short = [named for named in _short_names(tokens, full, own_source) if named.start not in taken]
        return sorted([*full, *short], key=lambda named: named.start)

    def _full_names(self, text: str, tokens: Tokens, language: str | None) -> Iterator[NamedOutlet]:
        index = self._index(language)
        words = tuple(_normal(word, language) for word in tokens.lower) if language in _CASED else tokens.lower
        starts = {start for start, _ in sentence_spans(text)}
        at = 0
        while at < len(words):
            found = next(self._written_at(index, tokens, words, at), None) if words[at] in index else None
            if found and found[0] == 1 and _is_other_word(tokens, at, starts, language):
                found = None
            if found:
                yield NamedOutlet(tokens.starts[at], tokens.ends[at + found[0] - 1], found[1])
            at += found[0] if found else 1

    @staticmethod
    def _written_at(
        index: NameIndex[tuple[tuple[str, ...], str]], tokens: Tokens, words: tuple[str, ...], at: int
    ) -> Iterator[tuple[int, str]]:
        """Yield the names at a place that are written there with their capitals, or all in capitals."""
        for length, (name, outlet) in index.at(words, at):
            written = tokens.words[at : at + length]
            is_same = all(map(_is_written_so, written, name))
            is_loud = len(name[0]) > _FULL_WORD and all(word.isupper() for word in written)
            if is_same or is_loud:
                yield length, outlet

    def _index(self, language: str | None) -> NameIndex[tuple[tuple[str, ...], str]]:
        """Return the names by what their words keep through all cases, each with how it is written."""
        if language not in self._indexes:
            index: NameIndex[tuple[tuple[str, ...], str]] = NameIndex()
            for name, outlet in self._names:
                tokens = read_tokens(name, language)
                index.add([_normal(word, language) for word in tokens.lower], (tokens.words, outlet))
            self._indexes[language] = index
        return self._indexes[language]


def _as_outlet(source: Source | Outlet) -> Outlet:
    if isinstance(source, Outlet):
        return source
    bare = _ARTICLE.sub("", source.name)  # "the Northern Ledger", of The Northern Ledger
    names = (bare,) if bare != source.name and " " in bare else ()
    return Outlet(
        source.name,
        names + source.also_called,
        tuple(domain.domain for domain in source.domains if domain.path_prefix == "/"),
    )


def _is_written_so(word: str, name: str) -> bool:
    """Tell whether a word has the capitals of a name; of an acronym all of them, for Dr is not DR."""
    is_acronym = len(name) <= _FULL_WORD and name.isupper()
    return word[0] == name[0] and word.islower() == name.islower() and (word.isupper() or not is_acronym)


def _normal(word: str, language: str | None) -> str:
    """Return what a word keeps through all cases: коммерсант, spiegel."""
    if language == "ru":
        return stem(word, language)
    return word[:-1] if language == "de" and len(word) > len("bilds") and word.endswith("s") else word


def _is_other_word(tokens: Tokens, at: int, starts: set[int], language: str | None) -> bool:
    """Tell whether a name of one word is rather part of a longer one, or a common word: Port Clarin, Time will tell."""
    word = tokens.words[at]
    previous = tokens.words[at - 1] if at else ""
    is_after_name = previous[:1].isupper() and previous.lower() not in load_grammar(language).letters
    if not word.isupper() and is_after_name and not load_grammar(language).has_capital_nouns:
        return True
    if word not in common_words():
        return False
    is_first = tokens.starts[at] in starts or previous in _DASHES
    return is_first or is_after_name or (at + 1 < len(tokens) and tokens.words[at + 1][0].isupper())


def _short_names(tokens: Tokens, full: list[NamedOutlet], own_source: str | None) -> Iterator[NamedOutlet]:
    """Yield "the Times" and "the Post", as the last outlet named before that ends so, the own source, or by themselves."""
    for at in range(1, len(tokens)):
        word = tokens.words[at]
        if (
            word not in SHORT_NAMES
            or tokens.lower[at - 1] != "the"
            or (tokens.words[at + 1 : at + 2] and tokens.words[at + 1][0].isupper())
        ):
            continue
        earlier = [named.outlet for named in full if named.outlet.endswith(word) and named.start < tokens.starts[at]]
        own = own_source if own_source and own_source.endswith(word) else f"The {word}"
        yield NamedOutlet(tokens.starts[at], tokens.ends[at], earlier[-1] if earlier else own)
