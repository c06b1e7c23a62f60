"""Spanish, of Spain and Mexico."""

from __future__ import annotations

import re
from datetime import date
from random import Random

from etl.newsroom.marks import MARK
from etl.newsroom.voices.voice import TITLE, DatePhrase, Manner, RoleForms, Voice, day_gap
from etl.newsroom.world import Person

NBSP = "\u00a0"
_MARKS = f"(?:{MARK}|{TITLE})*"
_MELTING = re.compile(rf"\b([dD]e|[aA]) {TITLE}el ")
_BEFORE_I = re.compile(rf"\by(?= {_MARKS}(?:[IiÍí](?![eao])|[Hh]i(?![eao])))")
_BEFORE_O = re.compile(rf"\bo(?= {_MARKS}(?:[OoÓó]|[Hh]o))")


class Spanish(Voice):
    """Spanish."""

    language = "es"
    months = (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    )  # fmt: skip
    weekdays = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
    small_numbers = ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve")
    currencies = {  # noqa: RUF012
        "eur": "euros", "gbp": "libras", "usd": "dólares", "cad": "dólares canadienses", "chf": "francos suizos",
        "mxn": "pesos", "jpy": "yenes", "egp": "libras egipcias",
    }  # fmt: skip

    def __init__(self, manner: Manner) -> None:
        super().__init__(manner)
        self.thousands, self.point = (",", ".") if manner.has_decimal_point else (".", ",")

    def digits(self, value: int) -> str:
        """Write a whole number; four digits stand together."""
        return str(value) if value < 10_000 else super().digits(value)

    def money(self, millions: float, currency: str) -> str:
        """Say a sum given in millions; Spanish counts thousands of millions."""
        scaled = self._in_millions(millions, currency)
        amount = self.digits(int(scaled)) if scaled >= 1000 else self.decimal(scaled)
        return f"{amount} millones de {self.currencies[currency]}"

    def sum(self, value: int, currency: str) -> str:
        """Say a small sum."""
        return f"{self.digits(int(self._in_millions(value, currency)))} {self.currencies[currency]}"

    def percent(self, value: float) -> str:
        """Say a percentage."""
        return f"{self.decimal(value)}{NBSP}%" if not self.manner.has_decimal_point else f"{self.decimal(value)}%"

    def clock(self, hour: float) -> str:
        """Say a time of day."""
        return f"{int(hour)}:{int(hour % 1 * 12) * 5:02} horas"

    def day(self, day: date, today: date) -> DatePhrase:
        """Say a day: by its weekday within the week, else by its date."""
        gap = day_gap(day, today)
        if 0 <= gap <= 5:
            weekday = self.weekdays[day.weekday()]
            return DatePhrase("este " if self.manner.has_decimal_point and gap < 2 else "el ", weekday)
        if 6 <= gap <= 8 and day.day % 2:
            return DatePhrase("el ", f"pasado {self.weekdays[day.weekday()]}")
        return DatePhrase("el ", f"{day.day} de {self.months[day.month - 1]}")

    def month(self, year: int, month: int) -> DatePhrase:
        """Say a month of a year."""
        return DatePhrase("en ", f"{self.months[month - 1]} de {year}")

    def introduce(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person for the first time."""
        if forms.title.startswith(("un ", "una ")):
            ways = [f"{name}, {forms.after},", f"{name}, de {person.age} años,", f"{forms.title}, {name},"]
            return rng.choice(ways)
        is_short = len(forms.title.split()) <= 2
        ahead = f"{TITLE}{forms.title} {name}" if is_short else f"{TITLE}{forms.title}, {name},"
        return rng.choice([ahead, ahead, f"{name}, {forms.after},"])

    def again(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person again."""
        return TITLE + forms.later if forms.later and rng.random() < 0.3 else name

    def pronoun(self, person: Person) -> str:
        """Return ella or él."""
        return "ella" if person.is_woman else "él"

    def contract(self, raw: str) -> str:
        """Melt de el into del and a el into al; y becomes e before i, o becomes u before o."""
        said = _MELTING.sub(lambda found: TITLE + _MELTED[found[1]] + " ", raw)
        return _BEFORE_O.sub("u", _BEFORE_I.sub("e", said))


_MELTED = {"de": "del", "De": "Del", "a": "al", "A": "Al"}
