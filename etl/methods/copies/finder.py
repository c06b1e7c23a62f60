"""Find copies online: each text is compared with the texts of the weeks before it, in order of publication."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from etl.methods.copies.boilerplate import Repeated, find_repeated, words_within
from etl.methods.copies.index import Hits, ShingleIndex
from etl.methods.copies.passages import Mask, Passage, covered_original_words, covered_words, find_passages
from etl.methods.copies.shelf import PART, Row, Shelf
from etl.methods.copies.shingles import CodedText, Codes, Places, code_text, word_starts
from etl.methods.copies.states import pack_state, unpack_state
from etl.records import CopyRange

WINDOW_DAYS = 30
LEAST_SIMILARITY = 0.46  # own texts on one event share up to a third in real news, copies edited heavily half
LEAST_WORDS = 30  # of the shorter text, boilerplate left out: captions and tickers are no copies
LEAST_OF_VERSION = 0.5  # of either text: less in common have a source's pages that show the same lists
_SAME_TEXT = 0.9  # of either text: what repeats another so far does not make its shingles boilerplate
_AS_GOOD = 0.03  # the earlier of two texts is the original unless the later is nearer by more
_LEAST_SHARED = 3  # sampled shingles, for texts to be compared word by word
_LEAST_ESTIMATE = 0.15  # share of the sampled shingles of the shorter text, for the same
_MOST_COMPARED = 4  # originals, the most likely first
_RECENT = 1_000  # articles that tell how far back the window reaches: a single wrong date cannot move it
_SHINGLES = 1 << 24  # more than a text has: a text and a shingle make one number
_SECONDS = 86_400
_HEAD = "head"


@dataclass(frozen=True, slots=True)
class CopyFound:
    """The original of a copy: the share of the shorter text's words in shared passages, and what is the same in them."""

    original_id: int
    similarity: float
    ranges: tuple[CopyRange, ...]


class Match(NamedTuple):
    """An earlier text beside a new one."""

    slot: int
    similarity: float  # share of the shorter text's words that are in shared passages
    likeness: float  # the lesser of both texts' shares
    passages: list[Passage]


@dataclass(frozen=True, slots=True)
class _New:
    """A text that is being added, and where its sampled shingles stand."""

    source: int
    at: int
    coded: CodedText
    codes: Codes
    places: Places
    hits: Hits
    repeated: Repeated
    is_own: Mask  # of the shingles, those that are not boilerplate of its source


class CopyFinder:
    """Which texts are copies of which; texts are added in order of publication."""

    def __init__(self, window_days: int = WINDOW_DAYS) -> None:
        """Begin without texts; originals are looked for among those published within the window before a text."""
        self._window = window_days * _SECONDS
        self._sources: dict[str, int] = {}
        self._index, self._shelf = ShingleIndex(), Shelf()
        self._recent: deque[int] = deque(maxlen=_RECENT)
        self._unsaved: int = 0  # first part that changed since the parts were asked for
        self._forgotten: list[int] = []  # parts, since then

    def add(self, article_id: int, source_id: str, text: str, published_at: datetime | None) -> CopyFound | None:
        """Add a text and return its original if it is a copy of another source's; an undated text follows the last."""
        new = self._look(source_id, text, published_at)
        original = self._original(new)
        found = None if original is None or self._is_version(original, new) else self._found(text, new, original)
        self._keep(new, article_id, text, original)  # which may forget it
        return found

    def _found(self, text: str, new: _New, original: Match) -> CopyFound:
        ours = word_starts(text, new.coded)
        theirs = word_starts(self._shelf.text(original.slot), self._shelf.coded(original.slot))
        ranges = tuple(
            CopyRange(ours[run.start], theirs[run.original_start], run.words)
            for passage in original.passages
            for run in passage
        )
        return CopyFound(self._article_id(original), round(original.similarity, 4), ranges)

    def add_repeat(self, article_id: int, source_id: str, text: str, published_at: datetime | None) -> int | None:
        """Add a text and return the earlier article that it repeats, as a copy or as a version by the same source."""
        new = self._look(source_id, text, published_at)
        original = self._original(new)
        found = None if original is None else self._article_id(original)
        self._keep(new, article_id, text, original)
        return found

    def _article_id(self, match: Match) -> int:
        return self._shelf.row(match.slot).article_id

    def _is_version(self, original: Match, new: _New) -> bool:
        return self._shelf.row(original.slot).source == new.source

    def _look(self, source_id: str, text: str, published_at: datetime | None) -> _New:
        """Cut a text into shingles and see where they stand."""
        source = self._sources.setdefault(source_id, len(self._sources))
        at = self._time(published_at)
        coded = code_text(text)
        codes, places = coded.samples()
        hits = self._find(codes, at)
        repeated = find_repeated(hits, self._shelf.column("source", hits.slots), shingles=len(codes), own=source)
        return _New(source, at, coded, codes, places, hits, repeated, ~repeated.of(source))

    def _time(self, published_at: datetime | None) -> int:
        last = self._recent[-1] if self._recent else 0
        at = last if published_at is None else int(published_at.timestamp())
        self._recent.append(at)
        return at

    def _find(self, codes: Codes, at: int) -> Hits:
        hits = self._index.find(codes)
        is_near = np.abs(self._shelf.column("at", hits.slots) - at) <= self._window
        return Hits(hits.asked[is_near], hits.slots[is_near])

    def _original(self, new: _New) -> Match | None:
        """Return the first of the texts that a new one is nearest to, or what that one is a copy of itself."""
        matches = list(self._matches(new))
        if not matches:
            return None
        best = max(match.similarity for match in matches) - _AS_GOOD
        first = min((match for match in matches if match.similarity >= best), key=self._age)
        root = self._shelf.row(first.slot).root
        if root == first.slot:
            return first
        original = self._compare(new, root)
        return original if original.passages else first

    def _age(self, match: Match) -> tuple[int, int]:
        row = self._shelf.row(match.slot)
        return row.at, row.article_id

    def _matches(self, new: _New) -> Iterator[Match]:
        """Yield the texts that a new one repeats: likely originals, or a copy of one where it is only like that."""
        for root, copy in self._candidates(new):
            compared = (self._compare(new, slot) for slot in dict.fromkeys((root, copy)))
            match = next((match for match in compared if self._repeats(match, new)), None)
            if match:
                yield match

    def _repeats(self, match: Match, new: _New) -> bool:
        is_like = not self._is_version(match, new) or match.likeness >= LEAST_OF_VERSION
        return is_like and match.similarity >= LEAST_SIMILARITY

    def _candidates(self, new: _New) -> list[tuple[int, int]]:
        """Return originals that share enough shingles with their copies, the likeliest first, each with a copy or itself."""
        shelf, hits = self._shelf, new.hits
        is_sign = (shelf.column("at", hits.slots) <= new.at) & new.is_own[hits.asked]
        if len(new.repeated.keys):
            is_sign &= ~new.repeated.holds(hits, shelf.column("source", hits.slots))
        asked, slots = hits.asked[is_sign], hits.slots[is_sign]
        if len(asked) < _LEAST_SHARED:
            return []
        roots, counts = np.unique(np.unique(shelf.roots(slots) * _SHINGLES + asked) // _SHINGLES, return_counts=True)
        members, hits_of_members = np.unique(slots, return_counts=True)
        likely = []
        for root, shared in zip(roots.tolist(), counts.tolist(), strict=True):
            if shared < _LEAST_SHARED:
                continue
            of_root = (shelf.roots(members) == root) & (members != root)
            copy = int(members[of_root][hits_of_members[of_root].argmax()]) if of_root.any() else root
            smallest = max(1, min(int(new.is_own.sum()), shelf.row(root).size, shelf.row(copy).size))
            if shared >= _LEAST_ESTIMATE * smallest:
                likely.append((-shared / smallest, shelf.row(root).at, root, copy))
        return [(root, copy) for *_, root, copy in sorted(likely)[:_MOST_COMPARED]]

    def _compare(self, new: _New, slot: int) -> Match:
        """Compare a text with an earlier one word by word, without what either source repeats."""
        earlier, source = self._shelf.coded(slot), self._shelf.row(slot).source
        passages = find_passages(new.coded, earlier)
        is_repeated = ~new.is_own | new.repeated.of(source)
        kept = ~words_within(is_repeated, new.places, len(new.coded.words))
        earlier_kept = ~self._boilerplate(earlier, source, new)
        words, earlier_words = int(kept.sum()), int(earlier_kept.sum())
        if min(words, earlier_words) < LEAST_WORDS:
            return Match(slot, 0.0, 0.0, passages)
        share = float((covered_words(passages, len(kept)) & kept).sum()) / words
        earlier_covered = covered_original_words(passages, len(earlier_kept))
        earlier_share = float((earlier_covered & earlier_kept).sum()) / earlier_words
        return Match(slot, share if words <= earlier_words else earlier_share, min(share, earlier_share), passages)

    def _boilerplate(self, earlier: CodedText, source: int, new: _New) -> Mask:
        """Return which words of an earlier text are boilerplate of its source or the new text's."""
        codes, places = earlier.samples()
        hits = self._find(codes, new.at)
        repeated = find_repeated(hits, self._shelf.column("source", hits.slots), shingles=len(codes))
        return words_within(repeated.of(source) | repeated.of(new.source), places, len(earlier.words))

    def _keep(self, new: _New, article_id: int, text: str, original: Match | None) -> None:
        """Put a text on the shelf, and its shingles into the index but for those that say nothing new."""
        is_copy = original is not None and not self._is_version(original, new)
        is_new = ~new.repeated.known_of(new.source)
        root = -1
        if original and (is_copy or original.likeness >= _SAME_TEXT):
            known = self._shelf.row(original.slot).root
            root = known if is_copy else root
            # of an original that will soon be out of the window, the copies lead to it for as long as there are new ones
            if new.at - self._shelf.row(known).at <= self._window // 2:
                is_new[new.hits.asked[self._shelf.roots(new.hits.slots) == known]] = False
        slot = self._shelf.add(Row(article_id, new.source, new.at, root, int(new.is_own.sum())), text)
        self._index.add(new.codes[is_new], slot)
        if self._shelf.end % PART == 0 and self._shelf.forget_before(min(self._recent) - self._window):
            self._forgotten.append(self._shelf.start // PART - 1)
            self._index.forget_before(self._shelf.start)

    def changed_parts(self) -> dict[str, bytes]:
        """Return what is remembered, in parts by name: those that changed since the last call, empty for a forgotten one.

        A part of a thousand texts does not change any more once it is full, so a day costs what it is long.
        """
        head = {
            "window": self._window,
            "recent": list(self._recent),
            "sources": list(self._sources),
            "start": self._shelf.start,
            "end": self._shelf.end,
        }
        first = max(self._unsaved, self._shelf.start // PART)
        parts = {str(number): b"" for number in self._forgotten} | {_HEAD: pack_state(head, {})}
        parts |= {str(number): self._part(number) for number in range(first, _parts(self._shelf.end))}
        self._unsaved, self._forgotten = self._shelf.end // PART, []
        return parts

    def _part(self, number: int) -> bytes:
        first, end = max(self._shelf.start, number * PART), min(self._shelf.end, (number + 1) * PART)
        codes, slots = self._index.between(first, end)
        return pack_state({}, {"codes": codes, "slots": slots, **self._shelf.packed(first, end)})

    @classmethod
    def from_parts(cls, parts: Mapping[str, bytes]) -> CopyFinder:
        """Go on from all parts; raises CoverageError where they are not of this version or one is missing."""
        head, _ = unpack_state(parts.get(_HEAD, b""))
        numbers = range(head["start"] // PART, _parts(head["end"]))
        arrays = [unpack_state(parts.get(str(number), b""))[1] for number in numbers]
        finder = cls(head["window"] // _SECONDS)
        finder._recent.extend(head["recent"])
        finder._sources = {source_id: number for number, source_id in enumerate(head["sources"])}
        finder._index = ShingleIndex.of_pairs([(part["codes"], part["slots"]) for part in arrays])
        finder._shelf = Shelf(head["start"])
        for part in arrays:
            finder._shelf.take(part)
        finder._unsaved = head["end"] // PART
        return finder


def _parts(texts: int) -> int:
    """Return how many parts hold so many texts, the last one perhaps in part."""
    return -(-texts // PART)
