"""Arabic, written from right to left."""

from __future__ import annotations

from datetime import date
from random import Random

from etl.newsroom.voices.voice import DatePhrase, RoleForms, Voice, day_gap
from etl.newsroom.world import Person

# A noun after two, after three to ten, after eleven to ninety-nine, and after hundreds.
_NOUNS = {
    "شخص": ("شخصين", "أشخاص", "شخصا", "شخص"),
    "منزل": ("منزلين", "منازل", "منزلا", "منزل"),
    "عام": ("عامين", "أعوام", "عاما", "عام"),
    "يوم": ("يومين", "أيام", "يوما", "يوم"),
    "ساعة": ("ساعتين", "ساعات", "ساعة", "ساعة"),
    "دقيقة": ("دقيقتين", "دقائق", "دقيقة", "دقيقة"),
    "جندي": ("جنديين", "جنود", "جنديا", "جندي"),
    "سفينة": ("سفينتين", "سفن", "سفينة", "سفينة"),
    "قطعة": ("قطعتين", "قطع", "قطعة", "قطعة"),
    "متر": ("مترين", "أمتار", "مترا", "متر"),
    "هدف": ("هدفين", "أهداف", "هدفا", "هدف"),
    "شاهد": ("شاهدين", "شهود", "شاهدا", "شاهد"),
    "زعيم": ("زعيمين", "زعماء", "زعيما", "زعيم"),
    "مدرسة": ("مدرستين", "مدارس", "مدرسة", "مدرسة"),
    "طالب": ("طالبين", "طلاب", "طالبا", "طالب"),
    "صوت": ("صوتين", "أصوات", "صوتا", "صوت"),
    "عمل": ("عملين", "أعمال", "عملا", "عمل"),
    "شهر": ("شهرين", "أشهر", "شهرا", "شهر"),
    "راكب": ("راكبين", "ركاب", "راكبا", "راكب"),
    "صفارة": ("صفارتين", "صفارات", "صفارة", "صفارة"),
    "حاوية": ("حاويتين", "حاويات", "حاوية", "حاوية"),
    "صفحة": ("صفحتين", "صفحات", "صفحة", "صفحة"),
    "حالة": ("حالتين", "حالات", "حالة", "حالة"),
    "مسيرة": ("مسيرتين", "مسيرات", "مسيرة", "مسيرة"),
    "شاحنة": ("شاحنتين", "شاحنات", "شاحنة", "شاحنة"),
    "لقاء": ("لقاءين", "لقاءات", "لقاء", "لقاء"),
    "متفرج": ("متفرجين", "متفرجين", "متفرجا", "متفرج"),
    "وظيفة": ("وظيفتين", "وظائف", "وظيفة", "وظيفة"),
    "شجرة": ("شجرتين", "شجرات", "شجرة", "شجرة"),
    "سيارة": ("سيارتين", "سيارات", "سيارة", "سيارة"),
    "أسبوع": ("أسبوعين", "أسابيع", "أسبوعا", "أسبوع"),
    "عربة": ("عربتين", "عربات", "عربة", "عربة"),
    "قاعة": ("قاعتين", "قاعات", "قاعة", "قاعة"),
    "تلميذ": ("تلميذين", "تلاميذ", "تلميذا", "تلميذ"),
    "ضيف": ("ضيفين", "ضيوف", "ضيفا", "ضيف"),
    "لواء": ("لواءين", "ألوية", "لواء", "لواء"),
    "ضابط": ("ضابطين", "ضباط", "ضابطا", "ضابط"),
    "طن": ("طنين", "أطنان", "طنا", "طن"),
    "مليمتر": ("مليمترين", "مليمترات", "مليمترا", "مليمتر"),
    "كيلومتر": ("كيلومترين", "كيلومترات", "كيلومترا", "كيلومتر"),
    "مرة": ("مرتين", "مرات", "مرة", "مرة"),
    "طائرة": ("طائرتين", "طائرات", "طائرة", "طائرة"),
    "مسبح": ("مسبحين", "مسابح", "مسبحا", "مسبح"),
    "جنيه": ("جنيهين", "جنيهات", "جنيها", "جنيه"),
    "دولار": ("دولارين", "دولارات", "دولارا", "دولار"),
    "درجة": ("درجتين", "درجات", "درجة", "درجة"),
    "بلاغ": ("بلاغين", "بلاغات", "بلاغا", "بلاغ"),
}


class Arabic(Voice):
    """Arabic."""

    language = "ar"
    months = (
        "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
        "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
    )  # fmt: skip
    weekdays = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
    currencies = {  # noqa: RUF012
        "eur": "يورو", "gbp": "جنيه إسترليني", "usd": "دولار", "cad": "دولار كندي", "chf": "فرنك سويسري",
        "mxn": "بيزو", "jpy": "ين", "egp": "جنيه",
    }  # fmt: skip

    def digits(self, value: int) -> str:
        """Write a whole number; four digits stand together."""
        return str(value) if value < 10_000 else super().digits(value)

    def counted(self, value: int, noun: str) -> str:
        """Say a count and a noun in the form that the count asks for."""
        two, few, many, hundreds = _NOUNS[noun]
        if value == 2:
            return two
        rest = value % 100
        form = few if 3 <= rest <= 10 else many if rest >= 11 else hundreds
        return f"{self.digits(value)} {form}"

    def money(self, millions: float, currency: str) -> str:
        """Say a sum given in millions."""
        scaled = self._in_millions(millions, currency)
        name = self.currencies[currency]
        if scaled >= 1000:
            return f"{round(scaled / 1000, 1):g} مليار {name}"
        return f"{scaled:g} {'ملايين' if 3 <= scaled <= 10 else 'مليون'} {name}"

    def sum(self, value: int, currency: str) -> str:
        """Say a small sum."""
        whole, name = int(self._in_millions(value, currency)), self.currencies[currency]
        return self.counted(whole, name) if name in _NOUNS else f"{self.digits(whole)} {name}"

    def percent(self, value: float) -> str:
        """Say a percentage."""
        return f"{self.decimal(value)} في المئة"

    def clock(self, hour: float) -> str:
        """Say a time of day."""
        return f"{(int(hour) - 1) % 12 + 1}:{int(hour % 1 * 12) * 5:02} {'صباحا' if hour < 12 else 'مساء'}"

    def day(self, day: date, today: date) -> DatePhrase:
        """Say a day: by its weekday within the week, else by its date."""
        gap = day_gap(day, today)
        if 0 <= gap <= 5:
            return DatePhrase("يوم ", self.weekdays[day.weekday()])
        if 6 <= gap <= 8 and day.day % 2:
            return DatePhrase("يوم ", f"{self.weekdays[day.weekday()]} الماضي")
        return DatePhrase("في ", f"{day.day} {self.months[day.month - 1]}")

    def month(self, year: int, month: int) -> DatePhrase:
        """Say a month of a year."""
        return DatePhrase("في ", f"{self.months[month - 1]} {year}")

    def introduce(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person for the first time."""
        if not forms.later and rng.random() < 0.4:
            return f"{forms.title} {name} ({person.age} عاما)" if person.age % 100 > 10 else f"{forms.title} {name}"
        return f"{forms.title} {name}"

    def again(self, person: Person, forms: RoleForms, *, name: str, rng: Random) -> str:
        """Name a person again."""
        return forms.later if forms.later and rng.random() < 0.35 else name

    def pronoun(self, person: Person) -> str:
        """Return the pronoun that stands for a person."""
        return "هي" if person.is_woman else "هو"
