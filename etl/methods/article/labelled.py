"""The labelled pages on which the reader is measured and its trees are grown, and the measures.

Read from a folder beside the project (its README tells what each set is); nothing of it is part of the project. The
measure of bodies is that of the article-extraction-benchmark: shingles of four words, precision and recall per page.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any
from urllib.parse import urlsplit

from etl.methods.article.decode import decode
from etl.methods.article.second_opinion import shingles

BODY_SETS = ("scrapinghub", "aed", "fundus")


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page and what a person read in it; segments are strings that must be, and must not be, in the text."""

    collection: str
    url: str
    html: str
    text: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    truth: dict[str, Any]

    @property
    def site(self) -> str:
        """The site's domain: its last two labels."""
        return ".".join(urlsplit(self.url).netloc.lower().removeprefix("www.").split(".")[-2:])

    def fold(self, folds: int) -> int:
        """The part of a cross-validation that the page's site belongs to."""
        return int(hashlib.sha256(self.site.encode()).hexdigest(), 16) % folds


def labelled_pages(folder: Path, collection: str) -> Iterator[LabelledPage]:
    """Read one set, `pages_<collection>` of the folder."""
    place = folder / f"pages_{collection}"
    rows = {
        row["member"]: row for row in map(json.loads, (place / "index.jsonl").read_text(encoding="utf-8").splitlines())
    }
    bodies = (
        json.loads((place / "ground-truth.json").read_text(encoding="utf-8")) if collection == "scrapinghub" else {}
    )
    with tarfile.open(next(place.glob("*.tar*"))) as archive:
        for member in archive:
            row, file = rows.get(member.name), archive.extractfile(member)
            if row is None or file is None:
                continue
            raw = file.read()
            html = decode(gzip.decompress(raw) if member.name.endswith(".gz") else raw)
            truth = row.get("truth") or {}
            text = (
                truth.get("text")
                or "\n\n".join(truth.get("paragraphs", ()))
                or bodies.get(row["id"], {}).get("articleBody", "")
            )
            yield LabelledPage(
                collection,
                row.get("url", ""),
                html,
                text,
                tuple(row.get("with", ())),
                tuple(row.get("without", ())),
                truth,
            )


def body_score(pairs: Iterable[tuple[str, str]]) -> float:
    """Return F1 of mean precision and mean recall over (true text, found text) of each page."""
    precision, recall = precision_and_recall(pairs)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def precision_and_recall(pairs: Iterable[tuple[str, str]]) -> tuple[float, float]:
    """Return mean precision and mean recall over (true text, found text) of each page."""
    precisions, recalls = [], []
    for true, found in pairs:
        right, got = shingles(true), shingles(found)
        both = (right & got).total()
        if got:
            precisions.append(both / got.total())
        if right:
            recalls.append(both / right.total())
    return mean(precisions or [0.0]), mean(recalls or [0.0])


def segment_score(pairs: Iterable[tuple[LabelledPage, str]]) -> float:
    """Return F1 over the strings that must be in the texts and those that must not."""
    right = wrong = missed = 0
    for page, found in pairs:
        flat = " ".join(found.split())
        has = [" ".join(segment.split()) in flat for segment in page.wanted]
        right += sum(has)
        missed += len(has) - sum(has)
        wrong += sum(" ".join(segment.split()) in flat for segment in page.unwanted)
    return 2 * right / (2 * right + wrong + missed) if right else 0.0
