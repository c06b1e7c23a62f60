"""What every language's voice can say."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from etl.newsroom.marks import MARK
from etl.newsroom.world import Language, Person, roles

TITLE = "\ue003"  # stands before a person's title, where an article may melt into the preposition before it
_BEGINNING = re.compile(f'^((?:{MARK}|[\\s“‘„«»¿¡"(]|{TITLE})*)(\\w)')
_BLANKS = re.compile(r" +(?=[,.]| |$)")
_SUPERFLUOUS = ("  ", " ,", " .")  # hardly any sentence holds one, and looking is cheaper than matching
_DOUBLE_COMMA = re.compile(f",(?=(?:{MARK})*\\s*(?:{MARK})*[,.;:!?)])")


@dataclass(frozen=True, slots=True)
class Manner:
    """A source's way of writing: marks and customs."""

    quotes: tuple[str, str]
    apostrophe: str = "’"
    percent: str = "%"
    is_month_first: bool = False
    has_title_case: bool = False
    has_honorifics: bool = False
    has_decimal_point: bool = False  # matters to Spanish, which is written either way


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date in words: what stands before it, and the date itself."""

    before: str
    text: str


@dataclass(frozen=True, slots=True)
class RoleForms:
    """A role as it stands before a name, after it, and instead of it later on."""

    title: str
    after: str
    later: str


class Voice(ABC):
    """One language, in one source's manner."""

    language: Language
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    small_numbers: tuple[str, ...] = ()  # two to nine, where newspapers spell them
    currencies: dict[str, str]
    joiner = " "
    thousands = ","
    point = "."

    def __init__(self, manner: Manner) -> None:
        self.manner = manner

    def number(self, value: int) -> str:
        """Say a count."""
        if self.small_numbers and 2 <= value <= 9:
            return self.small_numbers[value - 2]
        return self.digits(value)

    def digits(self, value: int) -> str:
        """Write a whole number with its separators."""
        return f"{value:,}".replace(",", self.thousands)

    def decimal(self, value: float) -> str:
        """Write a number with its decimals."""
        return f"{value:g}".replace(".", self.point)

    def counted(self, value: int, noun: str) -> str:
        """Say a count and a noun in the form that the count asks for."""
        return f"{self.number(value)} {noun}"

    @abstractmethod
    def money(self, millions: float, currency: str) -> str:
        """Say a sum given in millions."""

    @abstractmethod
    def sum(self, value: int, currency: str) -> str:
        """Say a small sum."""

    @abstractmethod
    def percent(self, value: float) -> str:
        """Say a percentage."""

    @abstractmethod
    def clock(self, hour: float) -> str:
        """Say a time of day."""

    @abstractmethod
    def day(self, day: date, today: date) -> DatePhrase:
        """Say a day as a newspaper of today would."""

    @abstractmethod
    def month(self, year: int, month: int) -> DatePhrase:
        """Say a month of a year."""

    @abstractmethod
    def introduce(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person for the first time: name is the full name, marked."""

    @abstractmethod
    def again(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person again: name is the surname, marked."""

    @abstractmethod
    def pronoun(self, person: Person) -> str:
        """Return the pronoun that stands for a person as a subject."""

    def place(self, name: str, country: str, *, is_foreign: bool) -> str:
        """Name a town for the first time, with its country if that is not the reader's."""
        return f"{name} ({country})" if is_foreign else name

    def forms(self, person: Person, names: Mapping[str, str]) -> RoleForms:
        """Return the forms of a person's role; names are what its slots stand for, marked."""
        forms = _role_parts(person.role, self.language, person.is_woman)
        return RoleForms(*(form.format_map(names) if "{" in form else form for form in forms))

    def title(self, raw: str) -> str:
        """Finish a headline."""
        return self.finish(raw)

    def finish(self, raw: str) -> str:
        """Make a sentence right: articles, commas, the capital at its beginning, marks and apostrophes."""
        said = _DOUBLE_COMMA.sub("", self.contract(raw)).replace(TITLE, "")
        if any(pair in said for pair in _SUPERFLUOUS):
            said = _BLANKS.sub("", said)
        said = said.strip().replace("..", ".")
        said = _BEGINNING.sub(lambda found: found[1] + found[2].upper(), said, count=1)
        return self.dress(said)

    def contract(self, raw: str) -> str:
        """Melt what melts together in this language."""
        return raw

    def dress(self, said: str) -> str:
        """Put this source's quotation marks and apostrophes."""
        manner = self.manner
        said = said.replace("’", "'") if manner.apostrophe == "'" else said.replace("'", manner.apostrophe)
        if "‹" in said:
            said = said.translate(_INNER[manner.quotes[0][0]])
        said = said.replace("“", manner.quotes[0]).replace("”", manner.quotes[1])
        return said.replace("\ue004", "“").replace("\ue005", "”")

    def _in_millions(self, millions: float, currency: str) -> float:
        scale = {"jpy": 100, "mxn": 20, "egp": 40}.get(currency, 1)
        return millions * scale


# What stands around a quote inside a quote, by the mark of the outer one; “ and ” stand for themselves until dressed.
_INNER = {
    outer: str.maketrans("‹›", inner)
    for outer, inner in {
        "“": "‘’", "‘": "\ue004\ue005", '"': "''", "„": "‚‘", "»": "›‹", "«": "\ue004\ue005", "「": "『』",
    }.items()
}  # fmt: skip


def day_gap(day: date, today: date) -> int:
    """Return how many days ago a day was; negative for days to come."""
    return (today - day).days


@cache
def _role_parts(role: str, language: Language, is_woman: bool) -> tuple[str, str, str]:
    parts = [part.strip() for part in roles()[role][language].split("|")]
    if len(parts) == 2:
        parts.insert(1, "")
    man_woman = [part.partition(" / ")[::2] for part in parts]
    title, after, later = ((woman or man) if is_woman else man for man, woman in man_woman)
    return title, after, later
