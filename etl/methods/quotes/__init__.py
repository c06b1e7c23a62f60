"""Who says what: quotes with their speakers, and apart from them what named speakers say in other words.

What is counted: words in quotation marks that somebody says, writes or calls something; not titles of works, names,
and words that the writer holds at a distance. Each has the speaker's name in the fullest form that the text has.

How: rules over classes of words, with verbs of speech by language and no parser. The verb of speech nearest to a
quote gives the speaker by its subject, before it, after it, or across an apposition; then "according to", a colon, a
dash; a quote without any takes the last speaker of its paragraph or the one before. Surnames, pronouns ("she"), roles
("the mayor") and appositions are resolved by the mentions of the text.

Known errors: see CARD. In English a tenth of the named speakers is wrong, mostly where one clause holds another
("Smith said that what Jones called “…”"), where no verb of speech stands near, and in headlines that write every word
with a capital.

Reference: the task is that of PolNeAR (Newell, Margolin and Ruths, LREC 2018) and of the Gender Gap Tracker (Torabi
Asr et al., PLOS ONE 16, 2021).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.methods.lexicon.grammar import load_grammar
from etl.methods.mentions import find_mentions
from etl.methods.quotes.attribution import Attribution, attribute
from etl.methods.quotes.frames import read_frame
from etl.methods.quotes.indirect import find_reported
from etl.methods.quotes.japanese import find_japanese_quotes
from etl.methods.quotes.naming import SpeakerNames
from etl.records import Mention, Quote

CARD: dict[str, str | float] = {
    "name": "quotes",
    "version": "1",
    "definition": "Words in quotation marks that somebody says, with the speaker; apart from them, what a named speaker "
    "says in other words.",
    "measured_on": "501 US news articles with 3,543 quotes of three and more words (PolNeAR): named speaker right .893, "
    "any speaker .910",
    "precision": 0.972,
    "recall": 0.983,
    "languages": "English as given; German .907 and .928, named speaker .749 (512 WIKINEWS articles); quote and speaker "
    "on our newsroom F1 .96 (en .99, es .96, ja .93, ar .93, fr .93, de .90), in other words .78; Portuguese, Italian, Russian unmeasured",
    "reference": "Newell, Margolin and Ruths 2018, PolNeAR, LREC; Petersen-Frey and Biemann 2024, LREC-COLING",
}


def find_quotes(text: str, *, language: str | None, mentions: Sequence[Mention] = ()) -> list[Quote]:
    """Return what people say in a text, in order; mentions are those of the text, found here if none are given."""
    known = mentions or find_mentions(text, language=language)
    if language == "ja":
        return find_japanese_quotes(text, known)
    spans, _ = read_frame(text, language)
    names = SpeakerNames(text, language, known, spans)
    found = [*_direct(attribute(text, language), names), *_indirect(text, language, names)]
    return sorted(found, key=lambda quote: quote.start)


def _direct(attributions: Sequence[Attribution], names: SpeakerNames) -> Iterator[Quote]:
    previous: str | None = None
    for said in attributions:
        name = names.name(*said.subject, previous) if said.subject else None
        previous = name or previous
        yield Quote(said.span.start, said.span.end, name, said.subject[0] if said.subject else None, said.verb)


def _indirect(text: str, language: str | None, names: SpeakerNames) -> Iterator[Quote]:
    _, frame = read_frame(text, language)
    grammar = load_grammar(language)
    for sentence in frame.sentences:
        for said in find_reported(frame, sentence, grammar):
            start, end = frame.starts[said.subject[0]], frame.ends[said.subject[1] - 1]
            name = names.written_name(start, end)
            if name:
                verb = text[frame.starts[said.verb] : frame.ends[said.verb]].lower()
                yield Quote(
                    frame.starts[said.clause[0]], frame.ends[said.clause[1] - 1], name, start, verb, is_direct=False
                )


def for_bench(articles: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """Answer as `score_methods.py` asks: the speaker as written, since the labelled sets have surnames and pronouns.

    The English set labels texts with doubled apostrophes for quotation marks as if they had no quotes: those are left out.
    """
    return [
        [
            {
                "start": said.span.start,
                "end": said.span.end,
                "speaker": article["text"][slice(*said.subject)] if said.subject else None,
                "verb": said.verb,
            }
            for said in attribute(article["text"], article.get("language"))
            if article["text"][said.span.outer_start] not in "'`"
        ]
        for article in articles
    ]
