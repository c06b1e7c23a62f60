"""Find copies online: each text is compared with the texts of the weeks before it, in order of publication."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from etl.methods.copies.boilerplate import Repeated, find_repeated, words_within
from etl.methods.copies.index import Hits, ShingleIndex
from etl.methods.copies.passages import Mask, Passage, covered_original_words, covered_words, find_passages
from etl.methods.copies.shelf import Shelf
from etl.methods.copies.shingles import CodedText, Codes, Places, code_text, word_starts
from etl.methods.copies.states import Array, pack_state, unpack_state
from etl.records import CopyRange

WINDOW_DAYS = 30
LEAST_SIMILARITY = 0.45  # own texts on one event share up to a third in real news, copies edited heavily half
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
        """Begin without texts; originals are looked for among those published or copied last within the window."""
        self._window = window_days * _SECONDS
        self._sources: dict[str, int] = {}
        self._index, self._shelf = ShingleIndex(), Shelf()
        self._recent: deque[int] = deque(maxlen=_RECENT)

    def add(self, article_id: int, source_id: str, text: str, published_at: datetime | None) -> CopyFound | None:
        """Add a text and return its original if it is a copy of another source's; an undated text follows the last."""
        new = self._look(source_id, text, published_at)
        original = self._original(new)
        found = None if original is None or self._is_version(original, new) else self._found(text, original)
        self._keep(new, article_id, text, original)  # which may renumber the shelf
        return found

    def _found(self, text: str, original: Match) -> CopyFound:
        ours, theirs = word_starts(text), word_starts(self._shelf.text(original.slot))
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
        return int(self._shelf.rows["article_id"][match.slot])

    def _is_version(self, original: Match, new: _New) -> bool:
        return bool(self._shelf.rows["source"][original.slot] == new.source)

    def _look(self, source_id: str, text: str, published_at: datetime | None) -> _New:
        """Cut a text into shingles and see where they stand."""
        source = self._sources.setdefault(source_id, len(self._sources))
        at = self._time(published_at)
        coded = code_text(text)
        codes, places = coded.samples()
        hits = self._find(codes, at)
        repeated = find_repeated(hits, self._shelf.rows["source"][hits.slots], shingles=len(codes), own=source)
        return _New(source, at, coded, codes, places, hits, repeated, ~repeated.of(source))

    def _time(self, published_at: datetime | None) -> int:
        last = self._recent[-1] if self._recent else 0
        at = last if published_at is None else int(published_at.timestamp())
        self._recent.append(at)
        return at

    def _find(self, codes: Codes, at: int) -> Hits:
        hits = self._index.find(codes)
        is_near = np.abs(self._shelf.rows["seen"][hits.slots] - at) <= self._window
        return Hits(hits.asked[is_near], hits.slots[is_near])

    def _original(self, new: _New) -> Match | None:
        """Return the first of the texts that a new one is nearest to, or what that one is a copy of itself."""
        matches = list(self._matches(new))
        if not matches:
            return None
        rows, best = self._shelf.rows, max(match.similarity for match in matches)
        near = [match for match in matches if match.similarity >= best - _AS_GOOD]
        first = min(near, key=lambda match: (rows["at"][match.slot], rows["article_id"][match.slot]))
        root = int(rows["root"][first.slot])
        if root == first.slot:
            return first
        original = self._compare(new, root)
        return original if original.passages else first

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
        rows, hits = self._shelf.rows, new.hits
        is_sign = (rows["at"][hits.slots] <= new.at) & new.is_own[hits.asked]
        if len(new.repeated.keys):
            is_sign &= ~new.repeated.holds(hits, rows["source"][hits.slots])
        asked, slots = hits.asked[is_sign], hits.slots[is_sign]
        if len(asked) < _LEAST_SHARED:
            return []
        roots_and_shingles = np.unique(rows["root"][slots].astype(np.int64) * _SHINGLES + asked)
        roots, counts = np.unique(roots_and_shingles // _SHINGLES, return_counts=True)
        members, hits_of_members = np.unique(slots, return_counts=True)
        likely = []
        for root, shared in zip(roots.tolist(), counts.tolist(), strict=True):
            if shared < _LEAST_SHARED:
                continue
            of_root = (rows["root"][members] == root) & (members != root)
            copy = int(members[of_root][hits_of_members[of_root].argmax()]) if of_root.any() else root
            smallest = max(1, min(int(new.is_own.sum()), int(rows["size"][root]), int(rows["size"][copy])))
            if shared >= _LEAST_ESTIMATE * smallest:
                likely.append((-shared / smallest, int(rows["at"][root]), root, copy))
        return [(root, copy) for *_, root, copy in sorted(likely)[:_MOST_COMPARED]]

    def _compare(self, new: _New, slot: int) -> Match:
        """Compare a text with an earlier one word by word, without what either source repeats."""
        earlier, source = self._shelf.coded(slot), int(self._shelf.rows["source"][slot])
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
        repeated = find_repeated(hits, self._shelf.rows["source"][hits.slots], shingles=len(codes))
        return words_within(repeated.of(source) | repeated.of(new.source), places, len(earlier.words))

    def _keep(self, new: _New, article_id: int, text: str, original: Match | None) -> None:
        """Put a text on the shelf, and its shingles into the index but for those that say nothing new."""
        rows = self._shelf.rows
        is_copy = original is not None and not self._is_version(original, new)
        root = int(rows["root"][original.slot]) if original and is_copy else None
        is_new = ~new.repeated.known_of(new.source)
        if original and (is_copy or original.likeness >= _SAME_TEXT):
            roots = rows["root"]
            is_new[new.hits.asked[roots[new.hits.slots] == roots[original.slot]]] = False
        if root is not None:
            rows["seen"][root] = max(new.at, int(rows["seen"][root]))
        slot = self._shelf.add(text, article_id, source=new.source, at=new.at, root=root, size=int(new.is_own.sum()))
        self._index.add(new.codes[is_new], slot)
        if len(self._shelf) % _RECENT == 0:
            self._forget()

    def _forget(self) -> None:
        """Drop what is out of the window of all recent articles."""
        new_slots = self._shelf.drop_before(min(self._recent) - self._window)
        if new_slots is not None:
            self._index.renumber(new_slots)

    def state(self) -> bytes:
        """Return everything remembered, to go on from at another time."""
        codes, slots = self._index.postings()
        told = {"window": self._window, "recent": list(self._recent), "sources": list(self._sources)}
        return pack_state(told, {"codes": codes, "slots": slots, **self._shelf.packed()})

    @classmethod
    def from_state(cls, state: bytes) -> CopyFinder:
        """Go on from what was remembered; raises CoverageError where it is no state of this version."""
        return cls._of_parts(*unpack_state(state))

    @classmethod
    def _of_parts(cls, told: dict[str, Any], arrays: dict[str, Array]) -> CopyFinder:
        finder = cls(told["window"] // _SECONDS)
        finder._recent.extend(told["recent"])
        finder._sources = {source_id: number for number, source_id in enumerate(told["sources"])}
        finder._index = ShingleIndex.of_postings(arrays["codes"], arrays["slots"])
        finder._shelf = Shelf.of_packed(arrays["rows"], arrays["texts"].tobytes(), arrays["ends"].tolist())
        return finder
