"""Citations and denials in Japanese: ロイター通信によると, 朝日新聞が報じた, 同紙によれば; 大統領府は報道を否定した."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from etl.methods.citations.outlets import NamedOutlet
from etl.methods.lexicon import load_lexicon
from etl.methods.mentions import find_mentions
from etl.methods.quotes.japanese import SENTENCE, JapaneseText, topic_of
from etl.records import Citation, Mention

BACK_REACH = 4  # sentences within which "同紙" stands for the outlet cited before

_ACCORDING = re.compile(
    r"(?:新聞|通信|電子版|など)?(?:に|の報道に|の記事に)よ(?:ると|れば|る)|(?:新聞|通信|など)?(?:の|が)(?:報道|記事|取材|特報|スクープ|独自)|(?:など)?を引用"
)
_SUBJECT = re.compile(r"(?:新聞|通信|電子版|など)?[はが]")


@lru_cache(maxsize=8)
def _words(key: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(stem) for stem in load_lexicon("ja").phrases(key)))


def find_japanese_citations(text: str, named: Sequence[NamedOutlet]) -> list[Citation]:
    """Return the outlets that a Japanese text cites, in order."""
    sentences = list(SENTENCE.finditer(text))
    found: list[Citation] = []
    last = -BACK_REACH
    mentions: list[Mention] | None = None
    for number, sentence in enumerate(sentences):
        for outlet in [*_in_sentence(sentence, named), *_back(sentence, found, number - last)]:
            if not _is_origin(text, outlet, sentence.end()):
                continue
            last = number
            denying = _denial(sentences, number)
            if denying and mentions is None:
                mentions = find_mentions(text, language="ja")
            speaker = topic_of(JapaneseText(text, mentions or (), (), text), denying) if denying else None
            found.append(
                Citation(
                    outlet.start,
                    outlet.end,
                    outlet.outlet,
                    sentence.start(),
                    sentence.end(),
                    is_dispute=denying is not None,
                    disputer=speaker[0] if speaker else None,
                )
            )
    return found


def _in_sentence(sentence: re.Match[str], named: Sequence[NamedOutlet]) -> Iterator[NamedOutlet]:
    return (outlet for outlet in named if sentence.start() <= outlet.start < sentence.end())


def _back(sentence: re.Match[str], found: Sequence[Citation], distance: int) -> Iterator[NamedOutlet]:
    if found and distance < BACK_REACH:
        for match in _words("citations.back").finditer(sentence.group()):
            yield NamedOutlet(sentence.start() + match.start(), sentence.start() + match.end(), found[-1].outlet)


def _is_origin(text: str, outlet: NamedOutlet, end: int) -> bool:
    after = text[outlet.end : end]
    if _ACCORDING.match(after):
        return True
    return bool(_SUBJECT.match(after) and _words("citations.verbs").search(after))


def _denial(sentences: Sequence[re.Match[str]], number: int) -> re.Match[str] | None:
    """Return the sentence that denies what the sentence of a number cites: itself, or the one beside."""
    for at in (number, number + 1, number - 1):
        if 0 <= at < len(sentences) and _denies(sentences[at].group()):
            return sentences[at]
    return None


def _denies(sentence: str) -> bool:
    is_aimed = bool(_words("citations.claims").search(sentence)) or "「" in sentence
    return is_aimed and bool(_words("citations.deny").search(sentence) or _words("citations.false").search(sentence))
