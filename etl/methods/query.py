"""The query language: words, "exact phrase", prefix*, AND, OR, NOT or -, parentheses, title:word, "a b"~10.

The dataset answers queries by itself, in SQL (data/schema); this reader serves what lies outside of it: errors at
their place while a reader types, a query read back in words, and topics matched as articles come in. Both follow the
grammar of data/README.md and tell the same errors in the same words; a test holds them together.

    query := clause (OR clause)*        clause := part ([AND] part)*        part := [NOT | -] (leaf | "(" query ")")
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, NamedTuple

from etl.errors import QueryError
from etl.methods.words import UNSPACED, fold, is_word_letter

MOST_LEAVES = 250  # words and phrases of one query
MOST_WORDS = 50  # of one phrase
MOST_DISTANCE = 1_000  # of "a b"~n: farther apart is the same as AND

# typographic and full-width marks, spaces and control characters mean the plain ones; the dataset's own marks are no letters
_CONTROLS = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\f\r")
_SPACES = "\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))) + _CONTROLS
PLAIN_MARKS = str.maketrans(
    "“”„‟«»＂‘’‚‛–—‑−－（）：～〜＊？＾⟨⟩⌫∎" + _SPACES, '"' * 7 + "'" * 4 + "-----():~~*?^...." + " " * len(_SPACES)
)
_TOKEN = re.compile(r'\s*([()]|-+|(?:[A-Za-z_]+:)?"[^"]*"(?:~[0-9]+)?|[^\s()"-][^\s()"]*)', re.ASCII)
_LEAF = re.compile(r'(?:([A-Za-z_]+):)?("?)(.*?)\2(?:(?<=")~([0-9]+))?', re.DOTALL)
_RUN = re.compile(rf"([{UNSPACED}]+|[^\s*{UNSPACED}]+)(\*?)")
_WRONG_PAIR = re.compile(r"[\^(AN]A|A[)$]|NN|N[)$]|\(\)|\^\$")
_PAIR_PROBLEMS = {
    "A": "AND and OR need something on both sides",
    "NN": "NOT stands twice",
    "N": "NOT needs something to exclude",
    "()": "nothing stands between these parentheses",
    "^$": "the query is empty",
}


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a leaf; place counts from 0 in the leaf, and is_prefix lets the word go on."""

    word: str
    place: int
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """A word, prefix, phrase or group of near words; or with value a fact of the article."""

    text: str  # as written
    position: int  # in the query, from 1
    words: tuple[QueryWord, ...] = ()
    field: Literal["", "title", "language", "canonical_domain"] = ""
    distance: int | None = None  # most words in between, in any order; None asks for the exact phrase
    value: str = ""


@dataclass(frozen=True, slots=True)
class Not:
    """Articles without its part."""

    part: Part


@dataclass(frozen=True, slots=True)
class And:
    """Articles with all of its parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles with at least one of its parts."""

    parts: tuple[Part, ...]


Part = Leaf | Not | And | Or


class _Token(NamedTuple):
    text: str
    kind: str  # "(", ")", A for AND or OR, N for NOT, W for a leaf
    position: int
    is_apart: bool  # a space stands before it


def parse_query(query: str) -> Part:
    """Read a query; raises QueryError that names the place of what cannot be understood."""
    tokens = _tokens(query)
    _check_dashes(query, tokens)
    _check_parentheses(query, tokens)
    _check_order(query, tokens)
    leaves = [_leaf(query, token) for token in tokens if token.kind == "W"]
    part = _read(tokens, iter(leaves))
    if _takes_all_else(part):
        place = next(token.position for token in tokens if token.kind == "N")
        raise QueryError(query, place, "asks for articles without any of its words; add a word that they must have")
    return part


def leaves_of(part: Part, *, wanted: bool = True) -> Iterator[Leaf]:
    """Yield the leaves that a matching article shows, or with wanted False those that it must not."""
    if isinstance(part, Leaf):
        if wanted:
            yield part
    elif isinstance(part, Not):
        yield from leaves_of(part.part, wanted=not wanted)
    else:
        for inner in part.parts:
            yield from leaves_of(inner, wanted=wanted)


def _tokens(query: str) -> list[_Token]:
    plain = query.translate(PLAIN_MARKS)
    if plain.count('"') % 2:
        raise QueryError(query, plain.rindex('"') + 1, "this quotation mark has no partner")
    tokens = []
    for match in _TOKEN.finditer(plain):
        text = match.group(1)
        kind = {"(": "(", ")": ")", "AND": "A", "OR": "A", "NOT": "N"}.get(text) or (
            "N" if text.startswith("-") else "W"
        )
        tokens.append(_Token(text, kind, match.start(1) + 1, match.start() < match.start(1)))
    words = [token for token in tokens if token.kind == "W"]
    if len(words) > MOST_LEAVES:
        raise QueryError(query, words[MOST_LEAVES].position, f"more than {MOST_LEAVES} words and phrases")
    return tokens


def _check_dashes(query: str, tokens: list[_Token]) -> None:
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.text.startswith("-") and (len(token.text) > 1 or following is None or following.is_apart):
            raise QueryError(
                query, token.position, "a dash by itself; write -word without a space, or put it in quotation marks"
            )


def _check_parentheses(query: str, tokens: list[_Token]) -> None:
    opened: list[_Token] = []
    for token in tokens:
        if token.kind == "(":
            opened.append(token)
        elif token.kind == ")":
            if not opened:
                raise QueryError(query, token.position, "this parenthesis closes nothing")
            opened.pop()
    if opened:
        raise QueryError(query, opened[-1].position, "this parenthesis is not closed")


def _check_order(query: str, tokens: list[_Token]) -> None:
    wrong = _WRONG_PAIR.search(f"^{''.join(token.kind for token in tokens)}$")
    if wrong is None:
        return
    pair = wrong.group()
    blames_second = pair.endswith(("A", "NN"))
    position = tokens[wrong.start() if blames_second else wrong.start() - 1].position if tokens else 1
    kind = pair if pair in _PAIR_PROBLEMS else "A" if "A" in pair else "N"
    raise QueryError(query, position, _PAIR_PROBLEMS[kind])


def _leaf(query: str, token: _Token) -> Leaf:
    match = _LEAF.fullmatch(token.text)
    assert match is not None  # the pattern takes any text
    field, quote, text, distance = match.groups()

    def wrong(problem: str) -> QueryError:
        return QueryError(query, token.position, problem)

    if field and field not in ("title", "language", "canonical_domain"):
        raise wrong(
            f"{field}: is no field (title:, language: and canonical_domain: are); words with a colon need "
            "quotation marks"
        )
    if field in ("language", "canonical_domain"):
        if not re.fullmatch(r"[A-Za-z0-9.-]+", text):
            example = "language:en" if field == "language" else "canonical_domain:example.org"
            raise wrong(f"{field}: needs a value, such as {example}")
        return Leaf(token.text, token.position, field=field, value=text.lower())  # type: ignore[arg-type]
    if not quote and re.search(r"~[0-9.]*$|\^[0-9.]+$", text):
        raise wrong("similar spellings (~) and weights (^) are not offered; * at the end of a word finds its forms")
    words = _query_words(text)
    if words is None:
        raise wrong("* stands only at the end of a word, and ? is no wildcard")
    if not words:
        raise wrong("nothing to search for: no letter and no digit")
    if words[-1].place >= MOST_WORDS:
        raise wrong(f"a phrase of more than {MOST_WORDS} words")
    if distance and int(distance) > MOST_DISTANCE:
        raise wrong(f"a distance of more than {MOST_DISTANCE} words")
    return Leaf(token.text, token.position, words, field or "", int(distance) if distance and len(words) > 1 else None)  # type: ignore[arg-type]


def _query_words(text: str) -> tuple[QueryWord, ...] | None:
    """Cut a leaf as texts are cut; None where a star or question mark stands within a word, or a star alone."""
    spaced = "".join(letter if letter in "*?" or is_word_letter(letter) else " " for letter in fold(text))
    spaced = re.sub(rf"([{UNSPACED}])\*+", r"\1", spaced)  # such words go on anyway
    if re.search(r"\?[^ ?]", spaced):
        return None
    spaced = spaced.replace("?", " ")
    if re.search(r"(?:^|[ *])\*|\*[^ ]", spaced):
        return None
    words: list[QueryWord] = []
    place = 0
    for run, star in _RUN.findall(spaced):
        if re.match(f"[{UNSPACED}]", run):
            words += [QueryWord(run[at : at + 2], place + at) for at in range(len(run) - 1)] or [
                QueryWord(run, place, is_prefix=True)
            ]
            place += len(run)
        else:
            words.append(QueryWord(run, place, is_prefix=bool(star)))
            place += 1
    return tuple(words)


def _takes_all_else(part: Part) -> bool:
    """Tell whether an article without any of the query's words would match."""
    if isinstance(part, Leaf):
        return False
    if isinstance(part, Not):
        return not _takes_all_else(part.part)
    return (all if isinstance(part, And) else any)(_takes_all_else(inner) for inner in part.parts)


class _Level:
    """What stands between two parentheses, or in the whole query: clauses between ORs, each of parts."""

    def __init__(self) -> None:
        self.clauses: list[list[Part]] = [[]]
        self.is_not = False

    def add(self, part: Part) -> None:
        """Take one more part; what is excluded from an exclusion is asked for."""
        if self.is_not:
            part = part.part if isinstance(part, Not) else Not(part)
        self.clauses[-1].append(part)
        self.is_not = False

    def part(self) -> Part:
        """Return everything as one part."""
        ands = [clause[0] if len(clause) == 1 else And(tuple(clause)) for clause in self.clauses]
        return ands[0] if len(ands) == 1 else Or(tuple(ands))


def _read(tokens: list[_Token], leaves: Iterator[Leaf]) -> Part:
    """Read tokens whose order is known to be right, to any depth."""
    levels = [_Level()]
    for token in tokens:
        if token.kind == "(":
            levels.append(_Level())
        elif token.kind == "N":
            levels[-1].is_not = True
        elif token.kind != "A":
            part = next(leaves) if token.kind == "W" else levels.pop().part()
            levels[-1].add(part)
        elif token.text == "OR":
            levels[-1].clauses.append([])
    return levels[0].part()


def in_words(part: Part) -> str:
    """Read a query back: articles with “nato” and “ukraine”, but not the phrase “climate summit”."""
    return f"articles {_tell(part)}"


def _tell(part: Part) -> str:
    if isinstance(part, Leaf):
        return _tell_leaf(part)
    if isinstance(part, Not):
        inner = _tell(part.part)
        return f"without {inner.removeprefix('with ')}" if isinstance(part.part, Leaf) else f"not ({inner})"
    if isinstance(part, Or):
        return " or ".join(f"({_tell(inner)})" if isinstance(inner, And) else _tell(inner) for inner in part.parts)
    return " and ".join(f"({_tell(inner)})" if isinstance(inner, Or) else _tell(inner) for inner in part.parts)


def _tell_leaf(leaf: Leaf) -> str:
    if leaf.field == "language":
        return f"with language {leaf.value}"
    if leaf.field == "canonical_domain":
        return f"with address at {leaf.value}"
    words = [f"{word.word}…" if word.is_prefix else word.word for word in leaf.words]
    shown = " ".join(f"“{word}”" for word in words) if leaf.distance is not None else f"“{_joined(leaf)}”"
    if leaf.distance is not None:
        shown = f"{shown} at most {leaf.distance} words apart"
    return f"with {shown}{' in the title' if leaf.field == 'title' else ''}"


def _joined(leaf: Leaf) -> str:
    """Return a phrase as one would write it: pairs of characters of unspaced scripts overlap."""
    shown = ""
    for before, word in zip([None, *leaf.words], leaf.words, strict=False):
        text = f"{word.word}…" if word.is_prefix and not re.match(f"[{UNSPACED}]", word.word) else word.word
        is_pair = before is not None and bool(re.match(f"[{UNSPACED}]", word.word)) and before.word[-1] == word.word[0]
        shown += text[1:] if is_pair and len(word.word) > 1 else f" {text}"
    return shown.strip()
