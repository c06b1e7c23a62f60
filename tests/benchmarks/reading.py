"""How well and how fast pages are read: ours, newspaper4k and trafilatura in one run; by parts; by workers.

    python -m tests.benchmarks.reading [quality] [unseen] [workers]    (all without arguments; about ten minutes)

Reads the labelled pages beside the project (MEDIA_COVERAGE_SHARED). Times are processor time, so that other work on
the machine does not count; for workers the clock on the wall. Set OMP_NUM_THREADS=1."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tarfile
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import Any

from etl.methods.article import read_article
from etl.methods.article.blocks import cut
from etl.methods.article.bounds import bounded_source, parse_for_libraries, parse_page
from etl.methods.article.features import describe
from etl.methods.article.judge import Trees, judge_blocks
from etl.methods.article.labelled import BODY_SETS, LabelledPage, body_score, labelled_pages, segment_score
from etl.methods.article.second_opinion import are_one, ask_newspaper, ask_trafilatura, settle
from etl.methods.article.statements import gather
from etl.methods.article.title import choose_title
from etl.methods.article.train import FOLDS, Lesson, grow, prepare
from etl.workers import map_pages

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("MEDIA_COVERAGE_SHARED", ROOT.parent / "shared")) / "data"
Read = Callable[[LabelledPage], dict[str, Any]]


# --- quality and speed, beside others ------------------------------------------------------------------------


def ours(page: LabelledPage) -> dict[str, Any]:
    reading = read_article(page.html, page.url)
    return {"title": reading.title, "authors": reading.authors, "day": reading.published_at, "text": reading.text}


def newspaper4k(page: LabelledPage) -> dict[str, Any]:
    import newspaper

    config = newspaper.Config()
    config.fetch_images = config.memorize_articles = False
    article = newspaper.Article(page.url or "http://unknown.invalid/", config=config)
    article.download(input_html=page.html)
    article.parse()
    return {"title": article.title, "authors": article.authors, "day": article.publish_date, "text": article.text}


def trafilatura_default(page: LabelledPage, *, fast: bool = False) -> dict[str, Any]:
    import trafilatura

    document = trafilatura.bare_extraction(
        page.html, url=page.url, include_comments=False, with_metadata=True, fast=fast
    )
    if document is None:
        return {"text": ""}
    authors = [name.strip() for name in (document.author or "").split(";") if name.strip()]
    return {"title": document.title, "authors": authors, "day": document.date, "text": document.text or ""}


def trafilatura_fast(page: LabelledPage) -> dict[str, Any]:
    return trafilatura_default(page, fast=True)


@dataclass
class Score:
    """What one reader made of one set."""

    texts: list[tuple[LabelledPage, str]] = field(default_factory=list)
    right: dict[str, list[bool]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    raised: int = 0

    def add(self, page: LabelledPage, read: Read) -> None:
        start = time.process_time()
        try:
            found = read(page)
        except Exception as error:  # noqa: BLE001 - a reader that raises has read nothing
            found, self.raised = {"text": "", "error": error}, self.raised + 1
        self.seconds.append(time.process_time() - start)
        self.texts.append((page, found["text"] or ""))
        for name, is_right in compared(page, found):
            self.right.setdefault(name, []).append(is_right)

    def body(self) -> float:
        if self.texts[0][0].wanted:
            return segment_score(self.texts)
        return body_score((page.text, text) for page, text in self.texts)


def compared(page: LabelledPage, found: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Compare title, authors and day with what a person read."""
    truth, day = page.truth, page.truth.get("publishing_date") or page.truth.get("date")
    authors = truth.get("authors") or ()
    if isinstance(authors, str):
        authors = [name.strip() for name in re.split(r",|;|\band\b", authors) if name.strip()]
    if truth.get("title"):
        yield "title", plain(truth["title"]) == plain(found.get("title"))
    if isinstance(day, str):
        yield "day", day[:10] == str(found.get("day"))[:10]
    if authors:
        yield "authors", {plain(name) for name in authors} == {plain(name) for name in found.get("authors") or ()}


def plain(text: object) -> str:
    return " ".join(unicodedata.normalize("NFKC", str(text or "")).replace("’", "'").split()).casefold()


def quality() -> None:
    """Print the table of all readers on all sets."""
    readers: list[Read] = [ours, newspaper4k, trafilatura_fast, trafilatura_default]
    spent: dict[str, list[float]] = {read.__name__: [] for read in readers}
    for name in (*BODY_SETS, "trafilatura", "mediacloud_dates"):
        scores = {read.__name__: Score() for read in readers}
        for page in labelled_pages(DATA, name):
            for read in readers:
                scores[read.__name__].add(page, read)
        print(f"\n{name}")
        for reader, score in scores.items():
            shares = "  ".join(f"{key} {mean(values):.3f}" for key, values in score.right.items())
            body = f"{score.body():.3f}" if name != "mediacloud_dates" else "-"
            print(
                f"  {reader:20} body {body}  {shares}  raised {score.raised}  empty "
                f"{sum(not text for _, text in score.texts)}"
            )
            spent[reader] += score.seconds if name in BODY_SETS else []
    print("\nprocessor ms a page on the first three (mean, median, largest)")
    for reader, seconds in spent.items():
        print(f"  {reader:20} {1e3 * mean(seconds):6.1f} {1e3 * median(seconds):6.1f} {1e3 * max(seconds):7.1f}")


# --- the same on sites that the trees have not seen, by parts ------------------------------------------------


@dataclass(frozen=True)
class Opinions:
    """What each reader says of a page, ours by trees that have not seen its site."""

    own: str
    doubt: float
    others: dict[str, str]


def opinions(lesson: Lesson, trees: Trees) -> Opinions:
    page = lesson.page
    source = bounded_source(page.html)
    document = parse_page(source)
    stated, blocks = gather(document), cut(document)
    title, summary = choose_title(stated, page.url), stated.first("og:description", "description")
    verdict = judge_blocks(blocks, describe(blocks, title=title, summary=summary), trees=trees)
    tree = parse_for_libraries(source)
    others = {"trafilatura": ask_trafilatura(tree, page.url), "newspaper4k": ask_newspaper(tree, page.url)}
    return Opinions("\n\n".join(blocks[number].text for number in verdict.taken), verdict.doubt, others)


def chosen(told: Opinions, voices: tuple[str, ...], *, doubt: float = 0.25) -> str:
    """Choose as read_article does, hearing only some."""
    if not voices or (told.doubt <= doubt and len(told.own) >= 250) or are_one(told.own, told.others["trafilatura"]):
        return told.own
    return settle(told.own, {name: told.others[name] for name in voices})[0]


def unseen() -> None:
    """Print the body's quality on sites held out of training, with fewer and with all parts."""
    pages = [page for name in (*BODY_SETS, "trafilatura") for page in labelled_pages(DATA, name)]
    lessons = [lesson for lesson in map(prepare, pages) if lesson]
    trees = [grow([lesson for lesson in lessons if lesson.page.fold(FOLDS) != fold]) for fold in range(FOLDS)]
    told = [opinions(lesson, trees[lesson.page.fold(FOLDS)]) for lesson in lessons]
    print(f"\nunseen sites ({FOLDS} folds), body F1")
    variants: list[tuple[str, tuple[str, ...], float]] = [
        ("trees alone", (), 0.25),
        ("and trafilatura", ("trafilatura",), 0.25),
        ("and newspaper4k: all", ("trafilatura", "newspaper4k"), 0.25),
        ("all, asked of every page", ("trafilatura", "newspaper4k"), 0.0),
    ]
    for label, voices, doubt in variants:
        show(label, lessons, [chosen(one, voices, doubt=doubt) for one in told])
    for name in ("trafilatura", "newspaper4k"):
        show(f"{name} alone", lessons, [one.others[name] for one in told])


def show(label: str, lessons: list[Lesson], texts: list[str]) -> None:
    pairs = list(zip((lesson.page for lesson in lessons), texts, strict=True))
    scores = {
        name: body_score((page.text, text) for page, text in pairs if page.collection == name) for name in BODY_SETS
    }
    segments = segment_score((page, text) for page, text in pairs if page.collection == "trafilatura")
    print(
        f"  {label:28} "
        + "  ".join(f"{name} {score:.3f}" for name, score in scores.items())
        + f"  mean {mean(scores.values()):.3f}  trafilatura's set {segments:.3f}"
    )


# --- workers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """Where a page lies in a file, as the archive says it: what is handed to a worker is small."""

    url: str
    file: Path
    offset: int
    length: int


def real_pages(file: Path) -> list[Kept]:
    """Write 1,554 pages, as a web archive captured them, to a file, and return where they lie."""
    folder = DATA / "pages_us_outlets_2016-11"
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    urls = {row["member"]: row["url"] for row in rows}
    kept: list[Kept] = []
    with tarfile.open(next(folder.glob("*.tar*"))) as archive, file.open("wb") as out:
        for member in archive:
            page = archive.extractfile(member)
            if page is not None and member.name in urls:
                kept.append(Kept(urls[member.name], file, out.tell(), out.write(page.read())))
    return kept


def read_page(kept: Kept) -> int:
    with kept.file.open("rb") as file:
        file.seek(kept.offset)
        return len(read_article(file.read(kept.length), kept.url, time_zone="America/New_York").text)


def timed(label: str, pages: list[Kept], *, workers: int = 1, scheduler: str | None = None) -> float:
    start = time.perf_counter()
    outcomes = list(map_pages(read_page, pages, timeout=30, workers=workers, scheduler=scheduler))
    seconds = time.perf_counter() - start
    failed = sum(outcome.failure is not None for outcome in outcomes)
    print(f"  {label:28} {seconds:6.1f} s  {len(outcomes) / seconds:6.1f} pages/s  {failed} failed", flush=True)
    return seconds


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """Run a Dask scheduler and workers in processes of their own on 127.0.0.1."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = [sys.executable, "-m"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    commands = [
        [
            *dask,
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            address.rsplit(":", 1)[1],
            "--no-dashboard",
            "--no-show",
        ]
    ]
    commands += [
        [*dask, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
    ] * workers
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(20)


def workers() -> None:
    """Print how long the real pages take in this process, in two, and on a Dask cluster of two."""
    with TemporaryDirectory() as folder:
        pages = real_pages(Path(folder) / "pages")
        print(f"\n{len(pages):,} real pages, {sum(page.length for page in pages) / 1e6:,.0f} MB")
        read_page(pages[0])
        one = timed("this process", pages)
        two = timed("two processes", pages, workers=2)
        with cluster(2) as address:
            list(map_pages(read_page, pages[:64], scheduler=address))  # both workers have imported what they need
            dask = timed("Dask, two workers", pages, scheduler=address)
    print(f"  two processes are {one / two:.2f} times one; Dask is {two / dask:.2f} of two processes")


def main() -> None:
    """Print the tables asked for."""
    warnings.simplefilter("ignore")  # of the readers compared
    tables: dict[str, Callable[[], None]] = {"quality": quality, "unseen": unseen, "workers": workers}
    for name in sys.argv[1:] or list(tables):
        tables[name]()


if __name__ == "__main__":
    main()
