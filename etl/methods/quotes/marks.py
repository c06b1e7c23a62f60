"""Find what stands between quotation marks, in every style of marks that news uses.

A mark that can both open and close (`"`, `''`, `”` in Swedish, `»` in German books) is told by what stands beside it.
A quote ends with its paragraph: one that goes on opens again there. Quotes within quotes are part of the outer one.
Single marks count only in texts without double ones, since there they are apostrophes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_PAIRS = {
    "“": "”",
    "„": "“”‟",
    "«": "»",
    "»": "«",
    "”": "”",
    "「": "」",
    "『": "』",
    '"': '"',
    "''": "''",
    "``": "''",
    "‘": "’",
    "‹": "›",
    "'": "'",
}
_DOUBLE = re.compile(r"[“”„«»「」『』\"‟]|''|``")
_SINGLE = re.compile(r"[‘’]|(?<!\w)'(?=\w)|(?<=[\w.,!?])'(?!\w)")
_PLURAL_POSSESSIVE = re.compile(r"s['’] [a-z]")
_END_OF_SINGLE = re.compile(r"[\w.,!?…]['’](?!\w)|[\s(][‘'](?=\w)")
_OPENS_AFTER = " \t\n\xa0([{—–-/:>"  # what stands before a mark that opens


@dataclass(frozen=True, slots=True)
class Span:
    """A quote between marks: outer edges with the marks, inner edges without."""

    outer_start: int
    start: int
    end: int
    outer_end: int
    is_closed: bool = True


def find_spans(text: str) -> list[Span]:
    """Return the outermost quotes of a text, in order."""
    pattern = _DOUBLE if _DOUBLE.search(text) else _SINGLE
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        spans += _spans_of_paragraph(text, start, end, pattern)
        start = end + 1
    return [span for span in (_trimmed(text, span) for span in spans) if span.end > span.start]


def _spans_of_paragraph(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[Span]:
    spans: list[Span] = []
    open_marks: list[re.Match[str]] = []
    for mark in pattern.finditer(text, start, end):
        if open_marks and _closes(text, open_marks, mark):
            opener = open_marks.pop()
            if not open_marks:
                spans.append(Span(opener.start(), opener.end(), mark.start(), mark.end()))
        elif _opens(text, mark, end):
            if open_marks and mark.group() == open_marks[0].group() == '"' and _is_new_quote(text, mark):
                spans.append(
                    Span(open_marks[0].start(), open_marks[0].end(), mark.start(), mark.start(), is_closed=False)
                )
                open_marks.clear()
            open_marks.append(mark)
    if open_marks and _is_worth_keeping(text, open_marks[0], end):
        spans.append(Span(open_marks[0].start(), open_marks[0].end(), end, end, is_closed=False))
    return spans


def _closes(text: str, open_marks: list[re.Match[str]], mark: re.Match[str]) -> bool:
    opener, closer = open_marks[-1].group(), mark.group()
    before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
    if closer in "'’" and (after.isalnum() or _is_possessive(text, mark)):
        return False
    if closer in _PAIRS[opener]:
        return not (opener == closer and before.isspace() and after.isalnum())
    # “ closed by a straight mark, and the other way round
    mixed = {opener, closer} <= {"“", "”", '"', "„"}
    return mixed and not before.isspace() and not after.isalnum()


def _is_possessive(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a single mark is rather an apostrophe, as in "the workers' rights": a true end follows before another beginning."""
    if not _PLURAL_POSSESSIVE.search(text, max(0, mark.start() - 2), mark.end() + 2):
        return False
    following = _END_OF_SINGLE.search(text, mark.end())
    return following is not None and following.group()[-1] in "'’" and "\n" not in text[mark.end() : following.start()]


def _opens(text: str, mark: re.Match[str], end: int) -> bool:
    sign = mark.group()
    if sign not in _PAIRS or mark.end() >= end:
        return False
    if sign == "«":  # French puts a space within
        return True
    if text[mark.end()].isspace():
        return False
    if sign in ("“", "„", "「", "『", "``", "‹"):
        return True
    before = text[mark.start() - 1] if mark.start() else " "
    return before in _OPENS_AFTER or (sign == '"' and not before.isalnum() and before not in ".,!?")


def _is_new_quote(text: str, mark: re.Match[str]) -> bool:
    return (
        text[mark.start() - 1].isspace()
        and text[mark.end() : mark.end() + 1].isupper()
        and text[mark.start() - 2] in ".,!?"
    )


def _is_worth_keeping(text: str, opener: re.Match[str], end: int) -> bool:
    # an opening mark that is never closed: a quote that goes on in the next paragraph, or whose end the writer forgot
    return opener.group() != "'" and end - opener.end() > 2


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return replace(span, start=start, end=end)
