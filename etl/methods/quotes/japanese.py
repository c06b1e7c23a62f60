"""Quotes and speakers in Japanese: 「…」と市長は述べた, 市長は「…」と話した.

Marks hold speech where the particle と and a verb of speech follow, or where they fill their sentence; before の, を, に they
hold a name or a word. The speaker is the topic of the sentence, of the one after it ("…」。市長はそう語り"), or who the one
before it announces ("市長の話。「…"). In other words, somebody says what stands between the topic and と.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from etl.methods.lexicon import load_lexicon
from etl.methods.quotes.marks import Span, find_spans
from etl.records import Mention, Quote

LEAST_CLAUSE = 6  # characters of what somebody says in other words

SENTENCE = re.compile(r"(?:「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^』]*』|[^。「『\n])+。?")
_TOPIC = re.compile(
    r"(?:^|[、。」』\s\u3000]|には|では)(?P<subject>[^、。「」『』\s\u3000]{1,40}?)"
    r"(?P<particle>は|が|も|によると|によれば|の話|のコメント)(?=[^ぁ-ん]|[「、。]|[ぁ-ん]{2}|$)"
)
_CLOSING = re.compile(
    r"^(?:など)?と(?:も)?(?:の(?:認識|考え|見方|見解|声明|コメント|談話))?(?!い[うっえ]|呼|題|なっ|なる|名付|銘打)"
)
_REFERRING = re.compile(r"(?:は|も)?(?:そう|こう)")
_CLAUSE = re.compile(
    r"(?:は|によると|によれば)、(?P<clause>.+?)(?P<end>と(?:の考えを|の見方を|も|の認識を)?、?|という。?$)"
)

Speaker = tuple[str, int]


@lru_cache(maxsize=1)
def _speech() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(stem) for stem in load_lexicon("ja").phrases("speech.strong")))


@lru_cache(maxsize=1)
def _same() -> frozenset[str]:
    return load_lexicon("ja").words("pronouns.same")


@dataclass(slots=True)
class JapaneseText:
    """A text, its quotes and names, and who spoke last; names and quotes are in order."""

    text: str
    mentions: Sequence[Mention]
    spans: Sequence[Span]
    hidden: str  # the text with nothing to read in its quotes
    previous: Speaker | None = None

    def spans_of(self, sentence: re.Match[str]) -> Sequence[Span]:
        """Return the quotes that begin in a sentence."""
        first, last = (bisect_left(self.spans, edge, key=attrgetter("outer_start")) for edge in sentence.span())
        return self.spans[first:last]

    def mentions_of(self, start: int, end: int) -> Sequence[Mention]:
        """Return the names in a part of the text."""
        first, last = (bisect_left(self.mentions, edge, key=attrgetter("start")) for edge in (start, end))
        return [one for one in self.mentions[first:last] if one.end <= end]


def find_japanese_quotes(text: str, mentions: Sequence[Mention]) -> list[Quote]:
    """Return what people say in a Japanese text, in order."""
    spans = find_spans(text)
    hidden = list(text)
    for span in spans:
        hidden[span.start : span.end] = "＿" * (span.end - span.start)
    in_order = sorted(mentions, key=attrgetter("start"))
    reader = JapaneseText(text, in_order, spans, "".join(hidden))
    sentences = list(SENTENCE.finditer(text))
    found: list[Quote] = []
    for at, sentence in enumerate(sentences):
        following = sentences[at + 1] if at + 1 < len(sentences) else None
        found += _read_sentence(reader, sentence, following)
    return found


def _read_sentence(reader: JapaneseText, sentence: re.Match[str], following: re.Match[str] | None) -> Iterator[Quote]:
    within = reader.spans_of(sentence)
    own = topic_of(reader, sentence)
    speaker = own or (_told_after(reader, sentence, following) if within and following else None)
    for span in within:
        verb = _verb_after(reader.text, span, sentence.end())
        if verb or _fills(reader.text, span, sentence):
            name, start = speaker or reader.previous or (None, None)
            yield Quote(span.start, span.end, name, start, verb)
    if own and not within:
        yield from _clause(sentence, own)
    if own or (speaker and within):
        reader.previous = speaker


def _clause(sentence: re.Match[str], speaker: Speaker) -> Iterator[Quote]:
    """Yield what a sentence without marks lets its topic say: 市長は、数字は楽観的すぎると述べた."""
    match = _CLAUSE.search(sentence.group())
    verb = _speech().match(sentence.group(), match.end()) if match else None
    if match and (verb or match["end"].startswith("という")) and len(match["clause"]) >= LEAST_CLAUSE:
        start = sentence.start() + match.start("clause")
        name, place = speaker
        yield Quote(start, start + len(match["clause"]), name, place, verb.group() if verb else None, is_direct=False)


def _told_after(reader: JapaneseText, sentence: re.Match[str], following: re.Match[str]) -> Speaker | None:
    """Return who the next sentence says has spoken: at a paragraph's beginning, or by "so" (…」。市長はそう語り)."""
    words = following.group()
    if "\n" in reader.text[sentence.end() : following.start()] or not _speech().search(words):
        return None
    is_first = reader.text[: sentence.start()].rstrip(" \u3000")[-1:] in ("", "\n")
    return topic_of(reader, following) if is_first or _REFERRING.search(words) else None


def _verb_after(text: str, span: Span, end: int) -> str | None:
    after = text[span.outer_end : end]
    match = _speech().search(after) if _CLOSING.match(after) else None
    return match.group() if match else None


def _fills(text: str, span: Span, sentence: re.Match[str]) -> bool:
    return not text[sentence.start() : span.outer_start].strip() and not text[span.outer_end : sentence.end()].strip(
        "。 \n"
    )


def topic_of(reader: JapaneseText, sentence: re.Match[str]) -> Speaker | None:
    """Return who speaks in a sentence, and where that stands."""
    hidden = reader.hidden[sentence.start() : sentence.end()]
    named = [speaker for topic in _TOPIC.finditer(hidden) if (speaker := _named(reader, topic, sentence.start()))]
    return named[-1] if named else None


def _named(reader: JapaneseText, topic: re.Match[str], offset: int) -> Speaker | None:
    start, end = offset + topic.start("subject"), offset + topic.end("subject")
    within = [one for one in reader.mentions_of(start, end) if one.kind != "place"]
    speakers = [one for one in within if one.kind == "person"] or within
    if speakers:
        return speakers[-1].name, speakers[-1].start
    subject = topic["subject"]
    if not subject.startswith("同") and subject not in _same():
        return None
    title = subject.removeprefix("同")  # 同主将: the last one of that title, else who was named last
    earlier = [one for one in reader.mentions if one.kind == "person" and one.start < start]
    titled = [one for one in earlier if reader.text.startswith(title, one.end)]
    return ((titled or earlier)[-1].name, start) if earlier else None
