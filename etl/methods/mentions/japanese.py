"""Names in Japanese, which has neither capitals nor spaces: what stands before an honorific, names in katakana with a middle dot, and
words that end as organisations and places do.

A person without honorific, title or middle dot is not found, nor is an organisation that ends in none of our words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.methods.lexicon import load_lexicon
from etl.methods.lexicon.gazetteer import place_names, world_outlets
from etl.records import Mention, MentionKind

_KATAKANA = r"[ァ-ヴー]"
_KANJI = r"[一-龥々ヶ]"
_DOTTED = rf"{_KATAKANA}+(?:[・＝]{_KATAKANA}+)+"
_STOPS = "、。「」『』（）()・\\s"


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[MentionKind, re.Pattern[str]]]:
    lexicon = load_lexicon("ja")

    def either(*keys: str) -> str:
        return "|".join(re.escape(word) for key in keys for word in sorted(lexicon.phrases(key), key=len, reverse=True))

    outlets = [
        name for outlet in world_outlets() for name in (outlet.name, *outlet.names) if re.match(r"[ァ-ヴー一-龥]", name)
    ]
    known = "|".join(
        re.escape(name) for name in sorted({*lexicon.phrases("organisations.known"), *outlets}, key=len, reverse=True)
    )
    places = "|".join(
        re.escape(name)
        for name in sorted(place_names("ja"), key=len, reverse=True)
        if re.match(rf"{_KATAKANA}|{_KANJI}", name)
    )
    titles = either("people.honorifics")
    called = rf"(?:{titles})(?:（\d+）|\(\d+\))?(?:[はがもをにのと、。「（(]|から|らは)"
    word = rf"{_KATAKANA}+(?:[・＝]{_KATAKANA}+)*"
    return [
        ("person", re.compile(rf"(?P<name>{_DOTTED}|{_KATAKANA}{{2,12}}|{_KANJI}{{2,5}}?)(?={called})")),
        ("person", re.compile(rf"(?P<name>{_DOTTED})(?=\(\d+\)|（\d+）|[はがもをにのと、。])")),
        ("person", re.compile(rf"(?P<name>{_KANJI}{{3,5}})(?=\(\d{{1,3}}\)|（\d{{1,3}}）)")),
        (
            "organisation",
            re.compile(rf"(?:{word}|{_KANJI}{{1,8}}?|[A-Z]{{2,6}})(?:{either('organisations.last')})(?!{_KANJI})"),
        ),
        ("organisation", re.compile(known)),
        ("place", re.compile(rf"(?:{word}|{_KANJI}{{1,4}}?)(?:{either('places.last')})(?!{_KANJI})")),
        ("place", re.compile(rf"(?:{places})(?!{_KATAKANA})")),
    ]


def find_japanese(text: str) -> list[Mention]:
    """Return the names of a Japanese text, in order."""
    found: list[tuple[int, int, MentionKind]] = []
    taken = bytearray(len(text))
    for kind, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span("name") if "name" in pattern.groupindex else match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, kind))
    return [Mention(start, end, kind, _full(text, found, start, end, kind)) for start, end, kind in sorted(found)]


def _full(text: str, found: list[tuple[int, int, MentionKind]], start: int, end: int, kind: MentionKind) -> str:
    """Return the longest form of a person's name: スミス is ジョン・スミス, 田中 is 田中太郎, if the text names them so."""
    name = text[start:end]
    if kind != "person":
        return name
    others = (text[other_start:other_end] for other_start, other_end, other_kind in found if other_kind == "person")
    longer = {
        other
        for other in others
        if re.split("[・＝]", other)[-1] == name or (other.startswith(name) and not re.match(_KATAKANA, name))
    }
    return max(sorted(longer), key=len, default=name)
