"""English, British and American."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from random import Random

from etl.newsroom.marks import MARK
from etl.newsroom.voices.voice import DatePhrase, RoleForms, Voice, day_gap
from etl.newsroom.world import Person

_SMALL = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "over", "per", "the",
    "to", "up", "via", "with",
})  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_WORD = re.compile(f"((?:{MARK})*)([A-Za-z][\\w’'-]*)")


class English(Voice):
    """English."""

    language = "en"
    months = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    small_numbers = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
    currencies = {  # noqa: RUF012
        "eur": "€", "gbp": "£", "usd": "$", "cad": "C$", "chf": "CHF ", "mxn": "MXN ", "jpy": "¥", "egp": "EGP ",
    }  # fmt: skip

    def counted(self, value: int, noun: str) -> str:
        """Say a count and a noun; "th" makes it the place in an order."""
        if noun != "th":
            return super().counted(value, noun)
        if 1 <= value <= 9:
            return _ORDINALS[value - 1]
        ending = "th" if value % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        return f"{value}{ending}"

    def money(self, millions: float, currency: str) -> str:
        """Say a sum given in millions."""
        scaled = self._in_millions(millions, currency)
        sign = self.currencies[currency]
        if scaled >= 1000:
            return f"{sign}{scaled / 1000:.2g} billion" if scaled < 10000 else f"{sign}{scaled / 1000:.0f} billion"
        return f"{sign}{scaled:g} million"

    def sum(self, value: int, currency: str) -> str:
        """Say a small sum."""
        return f"{self.currencies[currency]}{self.digits(int(self._in_millions(value, currency)))}"

    def percent(self, value: float) -> str:
        """Say a percentage."""
        return f"{self.decimal(value)}{self.manner.percent}"

    def clock(self, hour: float) -> str:
        """Say a time of day."""
        minutes = int(hour % 1 * 12) * 5
        half = "a.m." if self.manner.is_month_first else "am"
        return f"{(int(hour) - 1) % 12 + 1}:{minutes:02} {half if hour < 12 else half.replace('a', 'p', 1)}"

    def day(self, day: date, today: date) -> DatePhrase:
        """Say a day: by its weekday within the week, else by its date."""
        gap = day_gap(day, today)
        if 0 <= gap <= 5:
            return DatePhrase("on ", self.weekdays[day.weekday()])
        if 6 <= gap <= 8 and day.day % 2:
            return DatePhrase("", f"last {self.weekdays[day.weekday()]}")
        month = self.months[day.month - 1]
        return DatePhrase("on ", f"{month} {day.day}" if self.manner.is_month_first else f"{day.day} {month}")

    def month(self, year: int, month: int) -> DatePhrase:
        """Say a month of a year."""
        return DatePhrase("in ", f"{self.months[month - 1]} {year}")

    def place(self, name: str, country: str, *, is_foreign: bool) -> str:
        """Name a town for the first time."""
        return f"{name}, {country}," if is_foreign else name

    def forms(self, person: Person, names: Mapping[str, str]) -> RoleForms:
        """Return the forms of a role; American ministers are secretaries."""
        forms = super().forms(person, names)
        if person.home != "us":
            return forms
        return RoleForms(*(_as_american(form) for form in (forms.title, forms.after, forms.later)))

    def introduce(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person for the first time."""
        ways = []
        if forms.title:
            ways += [f"{forms.title} {name}"] * 2
        if forms.after:
            ways.append(f"{name}, {forms.after},")
        if not forms.later or forms.title in {"shopkeeper", "farmer", "passenger"}:
            ways.append(f"{name}, {person.age},")
        return rng.choice(ways)

    def again(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person again."""
        if forms.later and rng.random() < 0.25:
            return forms.later
        if self.manner.has_honorifics:
            courtesy = "Ms" if person.is_woman else "Mr"
            return f"{'Dr' if forms.title == 'Dr' else courtesy} {name}"
        return name

    def pronoun(self, person: Person) -> str:
        """Return she or he."""
        return "she" if person.is_woman else "he"

    def title(self, raw: str) -> str:
        """Finish a headline, with capitals where the source writes them."""
        said = self.finish(raw)
        if not self.manner.has_title_case:
            return said
        return _WORD.sub(lambda found: found[1] + _capital(found[2]), said)


def _capital(word: str) -> str:
    return word if word in _SMALL else word[0].upper() + word[1:]


def _as_american(form: str) -> str:
    return form.replace("Minister", "Secretary").replace("minister", "secretary")
