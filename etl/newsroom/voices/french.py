"""French, of France and Switzerland."""

from __future__ import annotations

import re
from datetime import date
from random import Random

from etl.newsroom.marks import OPEN, SHUT
from etl.newsroom.voices.voice import TITLE, DatePhrase, RoleForms, Voice, day_gap
from etl.newsroom.world import Person

NBSP = "\u00a0"
_VOWEL = f"(?=(?:{OPEN}\\d+{SHUT}|{TITLE})*(?!onze|oui\\b)(?:[AEIOUÉÈÊÎaeiouéèêîœ]|[Hh](?:abit|eure|omme|ôpit|orlog)))"
_ELIDED = re.compile(rf"\b([dD]|[qQ]u|lorsqu|puisqu|jusqu)e {_VOWEL}")
_HIGH_SIGN = re.compile(" (?=[?!;:])")


class French(Voice):
    """French."""

    language = "fr"
    months = (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    )  # fmt: skip
    weekdays = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
    small_numbers = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
    currencies = {  # noqa: RUF012
        "eur": "d’euros", "gbp": "de livres", "usd": "de dollars", "cad": "de dollars canadiens",
        "chf": "de francs suisses", "mxn": "de pesos", "jpy": "de yens", "egp": "de livres égyptiennes",
    }  # fmt: skip
    thousands = NBSP
    point = ","

    def money(self, millions: float, currency: str) -> str:
        """Say a sum given in millions."""
        scaled = self._in_millions(millions, currency)
        if scaled >= 1000:
            return f"{self.decimal(round(scaled / 1000, 1))} milliards {self.currencies[currency]}"
        return f"{self.decimal(scaled)} millions {self.currencies[currency]}"

    def sum(self, value: int, currency: str) -> str:
        """Say a small sum."""
        unit = re.sub(r"^(de |d’)", "", self.currencies[currency])
        return f"{self.digits(int(self._in_millions(value, currency)))} {unit}"

    def percent(self, value: float) -> str:
        """Say a percentage."""
        return f"{self.decimal(value)}{NBSP}%"

    def clock(self, hour: float) -> str:
        """Say a time of day."""
        minutes = int(hour % 1 * 12) * 5
        return f"{int(hour)}{NBSP}h{NBSP}{minutes:02}" if minutes else f"{int(hour)}{NBSP}heures"

    def day(self, day: date, today: date) -> DatePhrase:
        """Say a day: by its weekday within the week, else by its date."""
        gap = day_gap(day, today)
        if 0 <= gap <= 5:
            return DatePhrase("", self.weekdays[day.weekday()])
        number = "1er" if day.day == 1 else str(day.day)
        return DatePhrase("le ", f"{number} {self.months[day.month - 1]}")

    def month(self, year: int, month: int) -> DatePhrase:
        """Say a month of a year."""
        return DatePhrase("en ", f"{self.months[month - 1]} {year}")

    def introduce(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person for the first time."""
        if forms.title.startswith(("un ", "une ")):
            ways = [f"{name}, {forms.after},", f"{name}, {person.age} ans,", f"{forms.title}, {name},"]
            return rng.choice(ways)
        is_short = len(forms.title.split()) <= 2
        ahead = f"{TITLE}{forms.title} {name}" if is_short else f"{TITLE}{forms.title}, {name},"
        return rng.choice([ahead, ahead, f"{name}, {forms.after},"])

    def again(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person again."""
        if forms.later and rng.random() < 0.3:
            return TITLE + forms.later
        courtesy = f"M{'me' if person.is_woman else '.'}{NBSP}" if self.manner.has_honorifics else ""
        return courtesy + name

    def pronoun(self, person: Person) -> str:
        """Return elle or il."""
        return "elle" if person.is_woman else "il"

    def contract(self, raw: str) -> str:
        """Melt de le into du, à le into au, and shorten before vowels."""
        said = raw.replace(f"de {TITLE}le ", f"{TITLE}du ").replace(f"à {TITLE}le ", f"{TITLE}au ")
        said = said.replace(f"de {TITLE}les ", "des ")
        return _ELIDED.sub(lambda found: f"{found[1]}’", said)

    def dress(self, said: str) -> str:
        """Put this source's marks, and the spaces that French puts before high signs."""
        return super().dress(_HIGH_SIGN.sub(NBSP, said))
