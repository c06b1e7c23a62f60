"""Names in Japanese, which has neither capitals nor spaces.

Found are people before an honorific or a title (田中さん, スミス市長), names in katakana with a middle dot, words that end as
organisations and places do (横浜市, トヨタ自動車), and names known beforehand. A person without honorific, title or middle dot
is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.methods.lexicon import Lexicon, load_lexicon
from etl.methods.lexicon.gazetteer import place_names, world_outlets
from etl.methods.mentions.words import Names
from etl.records import Mention, MentionKind

_KATAKANA = r"[ァ-ヴー]"
_KANJI = r"[一-龥々ヶ]"
_DOTTED = rf"{_KATAKANA}+(?:[・＝]{_KATAKANA}+)+"
_JAPANESE = re.compile(r"[ァ-ヴー一-龥]")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What names look like, by kind, the surest first; known names with the usual one."""

    by_kind: tuple[tuple[MentionKind, re.Pattern[str]], ...]
    usual: Mapping[str, str]


@lru_cache(maxsize=8)
def _patterns(names: Names) -> _Patterns:
    lexicon = load_lexicon("ja")
    outlets = {name: outlet.name for outlet in world_outlets() for name in (outlet.name, *outlet.names)}
    usual = {name: outlet for name, outlet in outlets.items() if _JAPANESE.match(name)}
    organisations = [
        *lexicon.phrases("organisations.known"),
        *usual,
        *(name for name, kind in names if kind == "organisation"),
    ]
    places = [name for name in place_names("ja") if _JAPANESE.match(name)] + [
        name for name, kind in names if kind == "place"
    ]
    called = (
        rf"(?:{_any(lexicon.phrases('people.honorifics'))})(?:（\d+）|\(\d+\))?(?:[はがもをにのと、。「（(]|から|らは)"
    )
    word = rf"{_KATAKANA}+(?:[・＝]{_KATAKANA}+)*"
    templates: list[tuple[MentionKind, str]] = [
        ("person", rf"(?P<name>{_any(name for name, kind in names if kind == 'person')})"),
        ("person", rf"(?P<name>{_DOTTED}|{_KATAKANA}{{2,12}}|{_KANJI}{{2,6}}?)(?={called})"),
        ("person", rf"(?P<name>{_DOTTED})(?=\(\d+\)|（\d+）|[はがもをにのと、。])"),
        ("person", rf"(?P<name>{_KANJI}{{3,6}})(?=\(\d{{1,3}}\)|（\d{{1,3}}）)"),
        (
            "organisation",
            rf"(?P<name>(?:{word}|{_KANJI}{{1,8}}?|[A-Z]{{2,6}})(?:{_ends(lexicon, 'organisations')})(?!{_KANJI}))",
        ),
        ("organisation", rf"(?P<name>{_any(organisations)})"),
        ("place", rf"(?P<name>(?:{word}|{_KANJI}{{1,4}}?)(?:{_ends(lexicon, 'places')})(?!{_KANJI}))"),
        ("place", rf"(?P<name>{_any(places)})(?!{_KATAKANA})"),
    ]
    return _Patterns(tuple((kind, re.compile(pattern)) for kind, pattern in templates), usual)


def find_japanese(text: str, names: Names = frozenset()) -> list[Mention]:
    """Return the names of a Japanese text, in order; names are further ones known beforehand."""
    patterns = _patterns(names)
    found: list[tuple[int, int, MentionKind]] = []
    taken = bytearray(len(text))
    for kind, pattern in patterns.by_kind:
        for match in pattern.finditer(text):
            start, end = match.span("name")
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, kind))
    people = sorted({text[start:end] for start, end, kind in found if kind == "person"}, key=len, reverse=True)
    return [
        Mention(
            start,
            end,
            kind,
            _full(text[start:end], people)
            if kind == "person"
            else patterns.usual.get(text[start:end], text[start:end]),
        )
        for start, end, kind in sorted(found)
    ]


def _full(name: str, people: Iterable[str]) -> str:
    """Return the longest form of a person's name: スミス is ジョン・スミス, 田中 is 田中太郎, if the text names them so."""
    is_foreign = re.match(_KATAKANA, name) is not None
    return next(
        (
            other
            for other in people
            if re.split("[・＝]", other)[-1] == name or (other.startswith(name) and not is_foreign)
        ),
        name,
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) or "(?!)"


def _ends(lexicon: Lexicon, section: str) -> str:
    return _any(lexicon.phrases(f"{section}.last"))
