"""People, organisations and places that an article names.

What is counted: every occurrence of a name outside the words of the grammar, with one kind per name and article and
the longest form by which the article knows it ("Peskov" is Dmitry Peskov where both stand). Peoples, languages,
feasts and works are not names here.

How: runs of words with capitals, cut at titles and at names known beforehand (countries and cities of every language
from CLDR, outlets, well-known organisations); votes of cues within and beside each occurrence, summed up over the
article. Arabic and Japanese have neither capitals nor these cues: there titles, honorifics and endings find a part of
the names. `find_deep` asks spaCy's small English model where the cues are weak (extra `[mentions]`).

Known errors: see CARD. Organisations named like people or places (teams), names in headlines that write every word
with a capital, unknown names of one word at the beginning of a sentence.

Reference: CoNLL++ of 2020 (Liu and Ritter, ACL 2023) for kinds and edges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from etl.methods.mentions.aliases import Aliases, EntityAlias, find_aliases
from etl.methods.mentions.light import find_light
from etl.records import Mention, MentionKind

__all__ = ["CARD", "DEEP_CARD", "Aliases", "EntityAlias", "find_aliases", "find_mentions", "for_bench"]

CARD: dict[str, str | float] = {
    "name": "mentions",
    "version": "1",
    "definition": "A person, organisation or place named at a place of a text: exact edges and kind.",
    "measured_on": "60 Reuters articles of 2020 with 1,521 names (CoNLL++); names of an article F1 .840; "
    "person .90, organisation .77, place .92",
    "precision": 0.815,
    "recall": 0.902,
    "languages": "English as given; names of an article on our newsroom, most of them invented: F1 es .84, en .80, "
    "de .80, fr .75, ja .67, ar .60; Portuguese, Italian, Russian and others unmeasured",
    "reference": "Liu and Ritter 2023, CoNLL++, ACL",
}
DEEP_CARD: dict[str, str | float] = {
    "name": "mentions, with spaCy's small model",
    "version": "1",
    "definition": "The same, with the model's opinion where our own cues are weak.",
    "measured_on": "60 Reuters articles of 2020 with 1,521 names (CoNLL++); names of an article F1 .851; "
    "person .90, organisation .76, place .89",
    "precision": 0.820,
    "recall": 0.875,
    "languages": "English",
    "reference": "Liu and Ritter 2023, CoNLL++, ACL; en_core_web_sm 3.8",
}
_NOTHING: Mapping[str, MentionKind] = MappingProxyType({})


def find_mentions(
    text: str, *, language: str | None, title: str | None = None, lexicon: Mapping[str, MentionKind] = _NOTHING
) -> list[Mention]:
    """Return the names of a text, in order.

    The title gives full names to surnames of the text. The lexicon holds names known besides ours, such as those of sources, with kinds.
    """
    names = frozenset(lexicon.items())
    found = find_light(text, language, names=names)
    if not title or not any(" " not in mention.name for mention in found):
        return found
    people = [
        mention.name
        for mention in find_light(title, language, names=names)
        if mention.kind == "person" and " " in mention.name
    ]
    by_surname = {name.rpartition(" ")[2]: name for name in people}
    return [
        replace(mention, kind="person", name=by_surname[mention.name]) if mention.name in by_surname else mention
        for mention in found
    ]


def for_bench(articles: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """Answer as `score_methods.py` asks."""
    return [
        [
            {"start": mention.start, "end": mention.end, "kind": mention.kind}
            for mention in find_mentions(article["text"], language=article.get("language"))
        ]
        for article in articles
    ]
