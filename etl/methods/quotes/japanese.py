"""Quotes and speakers in Japanese: 「…」と市長は述べた, 市長は「…」と話した.

Marks hold speech where the particle と and a verb of speech follow, or where they fill their sentence; before の, を, に they hold a name
or a word. The speaker is the topic before the quote or between it and the verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from etl.methods.lexicon import load_lexicon
from etl.methods.quotes.marks import Span, find_spans
from etl.records import Mention, Quote

_SENTENCE = re.compile(r"(?:「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^』]*』|[^。「『\n])+。?")
_TOPIC = re.compile(
    r"(?:^|[、。」』\s]|には|では)(?P<subject>[^、。「」『』\s]{1,40}?)(?P<particle>は|が|も|によると|によれば)(?=[^ぁ-ん]|[「、]|[ぁ-ん]{2})"
)
_CLOSING = re.compile(
    r"^(?:など)?と(?:も)?(?:の(?:認識|考え|見方|見解|声明|コメント|談話))?(?!い[うっえ]|呼|題|なっ|なる|名付|銘打)"
)


@lru_cache(maxsize=1)
def _speech() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(stem) for stem in load_lexicon("ja").phrases("speech.strong")))


@lru_cache(maxsize=1)
def _same() -> frozenset[str]:
    return load_lexicon("ja").words("pronouns.same")


def find_japanese_quotes(text: str, mentions: Sequence[Mention]) -> list[Quote]:
    """Return the quotes of a Japanese text with their speakers, in order."""
    spans = find_spans(text)
    sentences = list(_SENTENCE.finditer(text))
    found: list[Quote] = []
    previous: tuple[str, int] | None = None
    for sentence, following in zip(sentences, [*sentences[1:], None], strict=True):
        within = [span for span in spans if sentence.start() <= span.outer_start < sentence.end()]
        speaker = _topic(text, sentence, spans, mentions, previous)
        if (
            speaker is None
            and within
            and following
            and _begins_paragraph(text, sentence)
            and _speech().search(following.group())
        ):
            speaker = _topic(text, following, spans, mentions, previous)
        for span in within:
            verb = _verb_after(text, span, sentence.end())
            if verb or _fills(text, span, sentence):
                own = speaker or previous or (None, None)
                found.append(Quote(span.start, span.end, *own, verb))
        previous = speaker or previous
    return found


def _begins_paragraph(text: str, sentence: re.Match[str]) -> bool:
    return text[: sentence.start()].rstrip(" \u3000")[-1:] in ("", "\n")


def _verb_after(text: str, span: Span, end: int) -> str | None:
    after = text[span.outer_end : end]
    if not _CLOSING.match(after):
        return None
    match = _speech().search(after)
    return match.group() if match else None


def _fills(text: str, span: Span, sentence: re.Match[str]) -> bool:
    return not text[sentence.start() : span.outer_start].strip() and not text[span.outer_end : sentence.end()].strip(
        "。 \n"
    )


def _topic(
    text: str,
    sentence: re.Match[str],
    spans: Sequence[Span],
    mentions: Sequence[Mention],
    previous: tuple[str, int] | None,
) -> tuple[str, int] | None:
    """Return who speaks in a sentence, and where that stands."""
    hidden = list(text[sentence.start() : sentence.end()])
    for span in spans:
        first, last = (min(max(place - sentence.start(), 0), len(hidden)) for place in (span.start, span.end))
        hidden[first:last] = "　" * (last - first)
    topics = list(_TOPIC.finditer("".join(hidden)))
    named = [speaker for topic in topics if (speaker := _named(topic, sentence.start(), mentions, previous))]
    return named[-1] if named else None


def _named(
    topic: re.Match[str], offset: int, mentions: Sequence[Mention], previous: tuple[str, int] | None
) -> tuple[str, int] | None:
    start, end = offset + topic.start("subject"), offset + topic.end("subject")
    people = [
        mention for mention in mentions if start <= mention.start and mention.end <= end and mention.kind != "place"
    ]
    persons = [mention for mention in people if mention.kind == "person"] or people
    if persons:
        return persons[-1].name, persons[-1].start
    if topic.group("subject").startswith("同") or topic.group("subject") in _same():
        return (previous[0], start) if previous else None
    return None
