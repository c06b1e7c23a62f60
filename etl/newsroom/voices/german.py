"""German."""

from __future__ import annotations

from datetime import date
from random import Random

from etl.newsroom.voices.voice import DatePhrase, RoleForms, Voice, day_gap
from etl.newsroom.world import Person


class German(Voice):
    """German."""

    language = "de"
    months = (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    )  # fmt: skip
    weekdays = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
    small_numbers = ("zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
    currencies = {  # noqa: RUF012
        "eur": "Euro", "gbp": "Pfund", "usd": "Dollar", "cad": "kanadische Dollar", "chf": "Franken",
        "mxn": "mexikanische Pesos", "jpy": "Yen", "egp": "ägyptische Pfund",
    }  # fmt: skip
    thousands = "."
    point = ","

    def money(self, millions: float, currency: str) -> str:
        """Say a sum given in millions."""
        scaled = self._in_millions(millions, currency)
        if scaled >= 1000:
            return f"{self.decimal(round(scaled / 1000, 1))} Milliarden {self.currencies[currency]}"
        return f"{self.decimal(scaled)} Millionen {self.currencies[currency]}"

    def sum(self, value: int, currency: str) -> str:
        """Say a small sum."""
        return f"{self.digits(int(self._in_millions(value, currency)))} {self.currencies[currency]}"

    def percent(self, value: float) -> str:
        """Say a percentage."""
        return f"{self.decimal(value)} Prozent"

    def clock(self, hour: float) -> str:
        """Say a time of day."""
        return f"{int(hour)}.{int(hour % 1 * 12) * 5:02} Uhr"

    def day(self, day: date, today: date) -> DatePhrase:
        """Say a day: by its weekday within the week, else by its date."""
        gap = day_gap(day, today)
        if 0 <= gap <= 5:
            return DatePhrase("am ", self.weekdays[day.weekday()])
        return DatePhrase("am ", f"{day.day}. {self.months[day.month - 1]}")

    def month(self, year: int, month: int) -> DatePhrase:
        """Say a month of a year."""
        return DatePhrase("im ", f"{self.months[month - 1]} {year}")

    def introduce(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person for the first time."""
        if not forms.later and rng.random() < 0.6:
            return f"{forms.title} {name} ({person.age})"
        return f"{forms.title} {name}"

    def again(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person again."""
        return forms.later if forms.later and rng.random() < 0.25 else name

    def pronoun(self, person: Person) -> str:
        """Return sie or er."""
        return "sie" if person.is_woman else "er"
