"""Japanese, written without spaces."""

from __future__ import annotations

from datetime import date
from random import Random

from etl.newsroom.voices.voice import DatePhrase, RoleForms, Voice, day_gap
from etl.newsroom.world import Person


class Japanese(Voice):
    """Japanese."""

    language = "ja"
    months = tuple(f"{month}月" for month in range(1, 13))
    weekdays = tuple(f"{day}曜日" for day in "月火水木金土日")
    currencies = {  # noqa: RUF012
        "eur": "ユーロ", "gbp": "ポンド", "usd": "ドル", "cad": "カナダドル", "chf": "スイスフラン",
        "mxn": "ペソ", "jpy": "円", "egp": "エジプトポンド",
    }  # fmt: skip
    joiner = ""

    def digits(self, value: int) -> str:
        """Write a whole number, in ten thousands from 10,000 on."""
        if value < 10_000:
            return str(value)
        high, low = divmod(value, 10_000)
        return f"{high}万{low or ''}"

    def counted(self, value: int, noun: str) -> str:
        """Say a count and its counter."""
        return self.digits(value) + noun

    def money(self, millions: float, currency: str) -> str:
        """Say a sum given in millions; Japanese counts in ten thousands and hundred millions."""
        tens = round(self._in_millions(millions, currency) * 100)  # in ten thousands
        high, low = divmod(tens, 10_000)
        amount = (f"{high}億" if high else "") + (f"{low}万" if low else "")
        return amount + self.currencies[currency]

    def sum(self, value: int, currency: str) -> str:
        """Say a small sum."""
        return self.digits(int(self._in_millions(value, currency))) + self.currencies[currency]

    def percent(self, value: float) -> str:
        """Say a percentage."""
        return f"{self.decimal(value)}%"

    def clock(self, hour: float) -> str:
        """Say a time of day."""
        minutes = int(hour % 1 * 12) * 5
        half = "午前" if hour < 12 else "午後"
        return f"{half}{int(hour) % 12}時{f'{minutes}分' if minutes else ''}"

    def day(self, day: date, today: date) -> DatePhrase:
        """Say a day: by its number within the month, else with the month."""
        if day.month == today.month and 0 <= day_gap(day, today) <= 14:
            return DatePhrase("", f"{day.day}日")
        return DatePhrase("", f"{day.month}月{day.day}日")

    def month(self, year: int, month: int) -> DatePhrase:
        """Say a month of a year."""
        return DatePhrase("", f"{year}年{month}月")

    def place(self, name: str, country: str, *, is_foreign: bool) -> str:
        """Name a town for the first time."""
        return f"{country}の{name}" if is_foreign else name

    def introduce(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person for the first time."""
        age = f"({person.age})" if not forms.later and rng.random() < 0.7 else ""
        return f"{forms.title}{name}{forms.after}{age}"

    def again(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person again."""
        return forms.later if forms.later and rng.random() < 0.4 else name + forms.after

    def pronoun(self, person: Person) -> str:
        """Return what stands for a person; Japanese newspapers hardly use pronouns."""
        return "同氏"
