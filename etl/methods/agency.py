"""Which news agency an article credits: in its by-line, its dateline or its closing lines.

What is counted: an agency named as author, in the brackets of a dateline ("HAVEN, May 3 (Reuters) -"), before or after its
dash, or in a closing line that is a credit ("— With files from …", "(dpa)"); not an agency that a sentence cites.

How: the names of agencies by list; the by-line is cut at commas and slashes, the dateline is what stands before the first
sentence of the first three paragraphs, and a closing line is a credit if it has nothing beside agencies and words of credit.

Known errors: see CARD. Agencies that sign in ways of their own, and credits within a sentence.

Reference: none; the labels are those of PolNeAR (Newell, Margolin and Ruths, LREC 2018).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from etl.methods.lexicon import FOLDER
from etl.methods.lexicon.gazetteer import world_outlets

CARD: dict[str, str | float] = {
    "name": "agency",
    "version": "1",
    "definition": "The news agency that an article's by-line, dateline or closing lines credit.",
    "measured_on": "501 US news articles, 42 of them with an agency's label (PolNeAR), by text alone: one of the 41 found "
    "has no label though it ends with the agency's name, and the two missed name none",
    "precision": 0.976,
    "recall": 0.952,
    "languages": "English as given; all of 835 credits on our newsroom (en, de, fr, es); by own cases also it, pt, ru, ar, ja, zh",
    "reference": "Newell, Margolin and Ruths 2018, PolNeAR, LREC",
}

_HEAD_LINES = 3  # a title and a standfirst may stand before the dateline
_TAIL_LINES = 4  # captions and addresses may stand after a credit
_DATELINE = 110  # characters: two towns, a day and a month, an agency
_PLACE_WORDS = 8
_CREDIT = 200  # characters of a closing line; longer ones are paragraphs
_ACRONYM = 5  # letters: a name that is no longer counts only as it is written in the list, for it could be a word
_PARTNER = 2  # words of a name beside an agency's: (Harbour Post/dpa)

_GENERIC = frozenset(
    ["agency", "agentur", "agence", "agencia", "agenzia", "news", "press", "presse", "service", "wire"]
)
_UNSPACED = re.compile(r"[぀-ヿ一-鿿가-힣]")
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"\S.*")
_BETWEEN = re.compile(
    r"[,;/|&()\[\]【】［］（）=＝·・:©]|\s[–—-]\s|\b(?:with|mit|avec|con|com|von|by|par|por|di|and|und|et|y|e)\b"
)
_OF_STAFF = re.compile(r"^the\s+|\s+(?:staff|agency|newsroom|writers?|reporters?|correspondents?)$", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[【［（]([^()\[\]【】［］（）\n]{2,40})[)\]】］）]|(?<!\S)/([^/\n]{2,20})/")
_AFTER_BRACKET = re.compile(r"\s*\.?\s?[–—-]|\s*:?\s*$|(?<=[】］])|(?<=/)\.")
_AT_END = re.compile(r"[(（\[]([^()（）\[\]\n]{2,40})[)）\]]\s*\.?\s*$|[=＝]([^=＝\s]{2,8})\s*$")
_DASH = re.compile(r"\s*[–—]\s*|\s+--?\s+")
_OPEN_SENTENCE = re.compile(r"[a-z]{4}[.!?…]\s|[«“„\"]")
_RULE = " \t—–_*-.•|"


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency's credit: the author or the line that holds it, and where that line begins (None for a by-line)."""

    agency: str
    line: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class _Names:
    """Forms of agencies' names, and the name that each stands for."""

    written: Mapping[str, str]  # as they are written
    folded: Mapping[str, str]  # longer ones, in any case
    unspaced: Mapping[str, str]  # of scripts without spaces, which stand right beside other words
    first_words: frozenset[str]  # of the others
    pattern: re.Pattern[str]  # any of them in a sentence

    def of(self, piece: str) -> str | None:
        """Return the agency that a piece of a line names, if it names one and nothing else."""
        bare = _OF_STAFF.sub("", piece.strip(_RULE))
        found = self.written.get(bare) or self.folded.get(bare.casefold())
        if found or not _UNSPACED.search(bare):
            return found
        return next((name for form, name in self.unspaced.items() if form in bare), None)

    def search(self, line: str) -> re.Match[str] | None:
        """Return the first name in a line."""
        # most lines have none, and their words tell so much sooner than the pattern
        is_likely = _UNSPACED.search(line) or not self.first_words.isdisjoint(_WORD.findall(line))
        return self.pattern.search(line) if is_likely else None

    def first_of(self, phrase: str) -> str | None:
        """Return the first agency among the names of a by-line, bracket or list."""
        return next(filter(None, map(self.of, _BETWEEN.split(phrase))), None)


@dataclass(frozen=True, slots=True)
class _Credits:
    """Words by which a closing line is known as a credit."""

    words: frozenset[str]
    phrases: tuple[str, ...]
    signatures: tuple[tuple[str, str, str], ...]  # beginning, what must follow, agency


def find_agency(authors: tuple[str, ...], text: str, known: Collection[str] = ()) -> str | None:
    """Return the usual name of the agency credited in by-line, dateline or closing line; known adds names of agencies."""
    credit = find_credit(authors, text, known)
    return credit.agency if credit else None


def find_credit(authors: tuple[str, ...], text: str, known: Collection[str] = ()) -> Credit | None:
    """Return the first credit of an agency, in the order by-line, dateline, closing lines."""
    return next(_credited(authors, text, _names(frozenset(known))), None)


def _credited(authors: tuple[str, ...], text: str, names: _Names) -> Iterator[Credit]:
    for author in authors:
        if name := names.first_of(author):
            yield Credit(name, author)
    lines = [(line.group().strip(), line.start()) for line in _LINE.finditer(text)]
    for line, position in lines[:_HEAD_LINES]:
        if name := _in_dateline(line[:_DATELINE], names):
            yield Credit(name, line, position)
    for line, position in reversed(lines[-_TAIL_LINES:]):
        if name := _in_closing(line, names):
            yield Credit(name, line, position)
    for line, position in lines[-1:]:
        if name := _in_last_bracket(line, names):
            yield Credit(name, line, position)


def _in_dateline(head: str, names: _Names) -> str | None:
    for match in _BRACKET.finditer(head):
        before, inner = head[: match.start()], match.group(1) or match.group(2)
        if not _is_place(before):
            break
        if (name := names.first_of(inner)) and (not before or _AFTER_BRACKET.match(head, match.end())):
            return name
    place, *rest = _DASH.split(head, maxsplit=2)
    if name := names.of(place) or (names.first_of(place) if "/" in place and rest else None):
        return name if rest and _is_place(place) else None
    return names.of(re.split(r"[.:،,]", rest[0])[0]) if rest and _is_place(place) else _at_wire_start(head, names)


def _is_place(before: str) -> bool:
    """Tell whether what stands before an agency could be place and day."""
    return len(before.split()) <= _PLACE_WORDS and not _OPEN_SENTENCE.search(before)


def _at_wire_start(head: str, names: _Names) -> str | None:
    """Read a Chinese dateline: the agency, the place and the day up to the sign for telegram."""
    wired, sign, _ = head[:30].partition("电")
    return next((name for form, name in names.unspaced.items() if wired.startswith(form)), None) if sign else None


def _in_closing(line: str, names: _Names) -> str | None:
    if len(line) > _CREDIT:
        return None
    known = _credits()
    for beginning, following, name in known.signatures:
        if line.startswith(beginning) and following in line:
            return name
    found = names.search(line)
    if not found:
        return None
    folded = line.casefold()
    is_credit = any(phrase in folded for phrase in known.phrases) or _is_bare(line, names, known.words)
    return names.of(found.group()) if is_credit else None


def _is_bare(line: str, names: _Names, words: frozenset[str]) -> bool:
    """Tell whether a line has nothing but agencies, words of credit and the names of partners beside a slash."""
    has_slash = "/" in line
    return all(
        names.of(piece)
        or words.issuperset(rest := _WORD.findall(names.pattern.sub(" ", piece).casefold()))
        or (has_slash and len(rest) <= _PARTNER)
        for piece in _BETWEEN.split(line.strip(_RULE))
    )


def _in_last_bracket(line: str, names: _Names) -> str | None:
    match = _AT_END.search(line)
    if not match:
        return None
    inner = match.group(1) or match.group(2)
    pieces = _BETWEEN.split(inner)
    if _is_acronym(inner, line[: match.start()]) or any(len(piece.split()) > _PARTNER for piece in pieces):
        return None
    return names.first_of(inner)


def _is_acronym(inner: str, before: str) -> bool:
    """Tell whether brackets hold the first letters of the words before them: the Airline Association (AA)."""
    initials = "".join(word[0] for word in before.split()[-len(inner) :] if word[0].isalnum())
    return inner.casefold() == initials.casefold()


@lru_cache(maxsize=8)
def _names(known: frozenset[str]) -> _Names:
    """Gather the forms of all agencies; those given go before ours, and are known without a generic last word too."""
    own = tomllib.loads((FOLDER / "agencies.toml").read_text(encoding="utf8"))["agencies"]
    forms = {form: name for name in own for form in (name, *filter(None, map(str.strip, own[name].split(";"))))}
    forms |= {form: outlet.name for outlet in world_outlets() if outlet.name in own for form in outlet.names}
    forms |= {form: name for name in sorted(known) for form in _forms(name)}
    unspaced = {form: name for form, name in forms.items() if _UNSPACED.search(form)}
    longest = sorted(forms, key=lambda form: (-len(form), form))
    pattern = "|".join(re.escape(form) if form in unspaced else rf"(?<!\w){re.escape(form)}(?!\w)" for form in longest)
    return _Names(
        written=forms,
        folded={form.casefold(): name for form, name in forms.items() if len(form) > _ACRONYM},
        unspaced=dict(sorted(unspaced.items(), key=lambda item: -len(item[0]))),
        first_words=frozenset(_WORD.findall(form)[0] for form in forms if form not in unspaced),
        pattern=re.compile(pattern),
    )


def _forms(name: str) -> Iterator[str]:
    yield name
    first, _, last = name.rpartition(" ")
    if first and last.casefold() in _GENERIC:
        yield first


@lru_cache(maxsize=1)
def _credits() -> _Credits:
    lists = tomllib.loads((FOLDER / "agencies.toml").read_text(encoding="utf8"))
    signatures = ((*signature.split("|"), name) for name, signed in lists["signatures"].items() for signature in signed)
    return _Credits(frozenset(lists["credits"]["words"].split()), tuple(lists["credits"]["phrases"]), tuple(signatures))


def for_bench(articles: Iterable[Mapping[str, Any]]) -> list[str | None]:
    """Answer which agency each article of a labelled set credits."""
    return [find_agency((), article["text"]) for article in articles]
