"""A scene: an event as one article tells it. It turns slots into words and remembers who was named already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from etl.newsroom.events import Amount, Day, Event, Fact, Month, Option
from etl.newsroom.marks import Cited, Dated, Linked, Marks, Named, Said
from etl.newsroom.patterns import Nodes, Slot, expand
from etl.newsroom.period import dice
from etl.newsroom.sources import NewsSource
from etl.newsroom.voices import Voice
from etl.newsroom.voices.voice import TITLE, RoleForms
from etl.newsroom.wordbook import KindWords, frames, kind_words, twins
from etl.newsroom.world import Entity, Language, Person, Town, countries, fixed, known_for

HOUSE_WORDS = 0.5  # share of the words with a twin that a writer says in the other way


@dataclass(frozen=True, slots=True)
class Report:
    """An earlier article of another source that an article speaks of."""

    source: NewsSource
    address: str
    published_on: date


class Scene:
    """One event, one language, one source, one article."""

    def __init__(self, event: Event, source: NewsSource, language: Language, *, today: date, rng: Random) -> None:
        self.event, self.source, self.language, self.today, self.rng = event, source, language, today, rng
        self.voice: Voice = source.voice(language)
        self.words: KindWords = kind_words(language)[event.kind.kind_id]
        self.marks = Marks()
        self.report: Report | None = None
        self.has_hyperlink = False
        self.earlier_address: str | None = None  # the source's own earlier article, which a date may link to
        self.speaker: Person | None = None
        self.said: dict[str, str] = {}  # the parts of the quote that is being told; c is indirect speech
        self.is_brief = False  # in headlines and quotes nobody is introduced
        self._introduced: set[str] = set()

    def say(self, nodes: Nodes) -> str:
        """Turn a pattern into marked text."""
        return expand(nodes, self.resolve, self.rng)

    def say_freely(self, nodes: Nodes, share: float = HOUSE_WORDS) -> str:
        """Turn a pattern into marked text, with a share of its words changed for others of the same meaning."""
        return self.reworded(self.say(nodes), share)

    def reworded(self, raw: str, share: float) -> str:
        """Change a share of the words that have a twin."""
        pattern, twin = twins(self.language)
        return pattern.sub(lambda found: twin[found[1]] if self.rng.random() < share else found[1], raw)

    def resolve(self, slot: Slot) -> str:
        """Turn a slot into marked text; KeyError names the slot that an event lacks."""
        if slot.name in self.said:
            return self._quoted(slot)
        if slot.name in {"S", "N", "he"}:
            assert self.speaker is not None
            return self.person(self.speaker, {"S": slot.form, "N": "name", "he": "he"}[slot.name], slot)
        if slot.name in SPECIAL:
            return SPECIAL[slot.name](self, slot)
        if slot.name in fixed():
            return self.named(fixed()[slot.name])
        return self._fact(self.event.facts[slot.name], slot)

    def person(self, person: Person, form: str, slot: Slot) -> str:
        """Name a person as this place in the article asks for."""
        if slot.by_gender:
            return slot.by_gender[person.is_woman]
        if form == "he":
            return self.voice.pronoun(person)
        forms = self.voice.forms(person, {"place": self.named(self.event.town), "house": self.named(fixed()["house"])})
        if form == "role":
            return forms.later
        if form == "full":
            self._introduced.add(person.entity_id)
            return self.named(person, is_introduction=True)
        if form == "last":
            return self.named(person, person.last[self.language])
        if self.is_brief:
            return self.named(person)
        if form == "name":
            return self._bare_name(person)
        return self._in_full(person, forms)

    def named(self, entity: Entity, text: str | None = None, *, is_introduction: bool = False) -> str:
        """Write an entity's name with its mark."""
        return self.marks.wrap(Named(entity, is_introduction), text or entity.name(self.language))

    def introduces(self, person: Person) -> bool:
        """Say whether the person was not named yet."""
        return person.entity_id not in self._introduced

    def _quoted(self, slot: Slot) -> str:
        assert self.speaker is not None
        words = self.said[slot.name]
        if slot.form:
            words = words.rstrip(".。")
        if slot.form == "," and words[-1:] not in {"?", "!"}:
            words += ","
        return self.marks.wrap(Said(self.speaker, is_direct=slot.name != "c"), words)

    def _bare_name(self, person: Person) -> str:
        if self.introduces(person):
            self._introduced.add(person.entity_id)
            return self.named(person, is_introduction=True)
        return self.named(person, person.last[self.language])

    def _in_full(self, person: Person, forms: RoleForms) -> str:
        if self.introduces(person):
            self._introduced.add(person.entity_id)
            name = self.named(person, is_introduction=True)
            return self.voice.introduce(person, forms, name=name, rng=self.rng)
        name = self.named(person, person.last[self.language])
        return self.voice.again(person, forms, name=name, rng=self.rng)

    def _fact(self, fact: Fact, slot: Slot) -> str:
        if isinstance(fact, Person):
            return self.person(fact, slot.form, slot)
        if isinstance(fact, Town):
            return self._town(fact, slot)
        if isinstance(fact, Entity):
            return self.named(fact)
        if isinstance(fact, Option):
            return self.words.words[slot.name][fact.name][int(slot.form or 1) - 1]
        if isinstance(fact, Amount):
            return self._amount(fact, slot.form)
        return self._moment(fact, slot.form)

    def _town(self, town: Town, slot: Slot) -> str:
        name = self.named(town)
        is_known = town is not self.event.town or town.entity_id in self._introduced
        if self.is_brief or slot.form == "bare" or is_known:
            return name
        self._introduced.add(town.entity_id)
        country = countries()[town.country].place
        is_foreign = town.country != self.source.country
        return self.voice.place(name, self.named(country), is_foreign=True) if is_foreign else name

    def _amount(self, amount: Amount, form: str) -> str:
        value, voice = amount.value, self.voice
        if form and form not in {"d", "s"}:
            return voice.counted(int(value), form)
        if form == "s":
            return voice.sum(int(value), amount.currency)
        match amount.unit:
            case "count":
                return voice.digits(int(value)) if form == "d" else voice.number(int(value))
            case "money":
                return voice.money(value, amount.currency)
            case "percent":
                return voice.percent(value)
            case "clock":
                return voice.clock(value)
            case "year":
                return self.marks.wrap(Dated(date(int(value), 1, 1), "year"), str(int(value)))
            case _:
                return voice.decimal(value)

    def _moment(self, fact: Day | Month, form: str) -> str:
        if isinstance(fact, Month):
            phrase = self.voice.month(fact.year, fact.month)
            marked = self.marks.wrap(Dated(date(fact.year, fact.month, 1), "month"), phrase.text)
        else:
            phrase = self.voice.day(fact.day, self.today)
            marked = self.marks.wrap(Dated(fact.day, "day"), phrase.text)
            if self.earlier_address and fact.day == self.event.happened_at.date():
                marked = self.marks.wrap(Linked(self.earlier_address), marked)
                self.earlier_address = None
        return marked if form == "bare" else phrase.before + marked

    def cited(self, slot: Slot) -> str:
        """Name the source of the report that this article speaks of."""
        assert self.report is not None
        source, disputer = self.report.source, self.event.facts.get(self.event.kind.disputer)
        name = source.entity.name(self.language)
        mark = Cited(
            source.source_id,
            name,
            self.report.address,
            has_hyperlink=self.has_hyperlink,
            is_dispute=slot.form in {"denied", "false"},
            disputer=disputer if slot.form == "denied" and isinstance(disputer, Person) else None,
        )
        marked = self.marks.wrap(mark, self.named(source.entity))
        if self.has_hyperlink:
            self.has_hyperlink = False  # a page links a report once
            marked = self.marks.wrap(Linked(self.report.address), marked)
        return self._with_article(marked, source)

    def own_name(self, _slot: Slot) -> str:
        """Name the source that this article appears in."""
        return self._with_article(self.named(self.source.entity), self.source)

    def _with_article(self, name: str, source: NewsSource) -> str:
        is_with_article = self.language == "en" and source.source.kind == "newspaper" and source.language == "en"
        return f"the {name}" if is_with_article else name


def _outlet(scene: Scene, _slot: Slot) -> str:
    assert scene.report is not None
    lines = frames(scene.language)["outlets"][scene.report.source.source.kind or "newspaper"]
    return scene.say(lines[0].nodes)


def _reported_day(scene: Scene, _slot: Slot) -> str:
    assert scene.report is not None
    return scene._moment(Day(scene.report.published_on), "")


def _clause(scene: Scene, _slot: Slot) -> str:
    lines = scene.words.clauses
    return scene.say(lines[dice(scene.event.event_id, "clause").randrange(len(lines))].nodes)


def _inside(scene: Scene, _slot: Slot) -> str:
    country = countries()[scene.event.town.country]
    name = country.place.name(scene.language)
    return country.inside.get(scene.language, name).replace(name, scene.named(country.place), 1)


def _country(scene: Scene, slot: Slot) -> str:
    country = countries()[scene.event.town.country]
    name = country.place.name(scene.language)
    said = name if scene.is_brief or slot.form == "bare" else country.said[scene.language]
    article = said.removesuffix(name)
    return (TITLE if article else "") + article + scene.named(country.place)


SPECIAL: dict[str, Callable[[Scene, Slot], str]] = {
    "country": _country,
    "reporter": Scene.cited,
    "outlet": _outlet,
    "reported": _reported_day,
    "clause": _clause,
    "incountry": _inside,
    "self": Scene.own_name,
    "known": lambda scene, _slot: known_for()[scene.event.town.known_for][scene.language],
}
