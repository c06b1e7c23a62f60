"""Build a dataset of a few thousand invented articles, whose burst, gaps, copies and hostile texts are known.

`python tests/dashboard/press.py FILE` writes one to look at the dashboard with; the tests build their own.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from etl.publish.schema import SCHEMA_VERSION, create_dataset
from etl.publish.word_index import index_articles

FIRST_DAY, LAST_DAY = date(2026, 5, 4), date(2026, 8, 31)
BURST_FIRST, BURST_LAST = date(2026, 8, 10), date(2026, 8, 14)
GAP_SOURCE, GAP_FIRST, GAP_LAST = "harbour-post", date(2026, 6, 15), date(2026, 6, 20)

SOURCES = [  # id, name, country, language, kind, articles a day
    ("harbour-post", "Harbour Post", "GB", "en", "newspaper", 3.0),
    ("northern-wire", "Northern Wire", "GB", "en", "agency", 3.6),
    ("valley-courier", "Valley Courier", "US", "en", "newspaper", 2.4),
    ("lake-tribune", "Lake Tribune", "US", "en", "newspaper", 2.0),
    ("radio-estuary", "Radio Estuary", "IE", "en", "broadcaster", 1.6),
    ("the-lantern", "The Lantern", "CA", "en", "magazine", 0.8),
    ("ditch-notes", "Ditch Notes", "NZ", "en", "blog", 0.5),
    ("stadtbote", "Stadtbote", "DE", "de", "newspaper", 2.2),
    ("alpenfunk", "Alpenfunk", "AT", "de", "broadcaster", 1.4),
    ("le-passeur", "Le Passeur", "FR", "fr", "newspaper", 2.0),
    ("la-gazette-du-port", "La Gazette du port", "FR", "fr", "newspaper", 1.2),
    ("al-manara", "المنارة", "JO", "ar", "newspaper", 1.8),
    ("minato-shimbun", "港新聞", "JP", "ja", "newspaper", 1.8),
    ("kaze-news", "風ニュース", "JP", "ja", "broadcaster", 1.0),
]
TOPICS = [
    ("dam", "Dam and floods", "dam OR flood* OR staudamm OR barrage OR سد OR 洪水"),
    ("budget", "Budget", "budget OR haushalt OR ميزانية OR 予算"),
    ("strike", "Port strike", '"port strike" OR hafenstreik OR "grève du port" OR 港スト'),
    ("election", "Election", "election OR wahl OR élection OR انتخابات OR 選挙"),
    ("drought", "Drought", "drought OR dürre OR sécheresse OR جفاف OR 干ばつ"),
    ("railway", "Railway", "railway OR eisenbahn OR chemin OR قطار OR 鉄道"),
]
SUBJECTS: dict[str, dict[str, tuple[str, str]]] = {
    # topic -> language -> headline and sentence
    "dam": {
        "en": (
            "Dam at {place} holds after night of rain",
            "Engineers said the dam above {place} would hold, though the flood reached the lower streets.",
        ),
        "de": (
            "Staudamm bei {place} hält dem Regen stand",
            "Der Staudamm bei {place} hielt dem Regen der Nacht stand, sagten Ingenieure.",
        ),
        "fr": (
            "Le barrage de {place} tient bon",
            "Le barrage de {place} a tenu malgré une nuit de pluie, selon les ingénieurs.",
        ),
        "ar": ("سد {place} يصمد بعد ليلة ممطرة", "قال المهندسون إن سد {place} صمد أمام الأمطار."),
        "ja": ("{place}のダム、大雨に耐える", "技術者によると、{place}では洪水の恐れがあったがダムは持ちこたえた。"),
    },
    "budget": {
        "en": (
            "Council of {place} passes its budget",
            "The budget of {place} passed by a narrow vote after a long evening.",
        ),
        "de": ("{place} beschließt den Haushalt", "Der Haushalt von {place} wurde knapp beschlossen."),
        "fr": ("{place} adopte son budget", "Le budget de {place} a été adopté de justesse."),
        "ar": ("مجلس {place} يقر الميزانية", "أقر مجلس {place} الميزانية بفارق ضئيل."),
        "ja": ("{place}議会、予算を可決", "{place}議会は予算を僅差で可決した。"),
    },
    "strike": {
        "en": ("Port strike in {place} enters second day", "The port strike in {place} kept forty ships at anchor."),
        "de": ("Hafenstreik in {place} geht weiter", "Der Hafenstreik in {place} hält vierzig Schiffe auf."),
        "fr": ("La grève du port de {place} continue", "La grève du port de {place} retient quarante navires."),
        "ar": ("إضراب الميناء في {place} مستمر", "أبقى الإضراب في {place} أربعين سفينة في الانتظار."),
        "ja": ("{place}の港スト続く", "{place}の港ストで四十隻が足止めされた。"),
    },
    "election": {
        "en": ("{place} prepares for its election", "The election in {place} is expected to be close."),
        "de": ("{place} vor der Wahl", "Die Wahl in {place} dürfte knapp werden."),
        "fr": ("{place} prépare son élection", "L'élection à {place} s'annonce serrée."),
        "ar": ("{place} تستعد للانتخابات", "من المتوقع أن تكون انتخابات {place} متقاربة."),
        "ja": ("{place}、選挙へ", "{place}の選挙は接戦が予想される。"),
    },
    "drought": {
        "en": ("Drought empties the reservoirs of {place}", "The drought has emptied two reservoirs near {place}."),
        "de": ("Dürre leert die Speicher von {place}", "Die Dürre hat zwei Speicher bei {place} geleert."),
        "fr": ("La sécheresse vide les réserves de {place}", "La sécheresse a vidé deux réserves près de {place}."),
        "ar": ("الجفاف يفرغ خزانات {place}", "أفرغ الجفاف خزانين قرب {place}."),
        "ja": ("干ばつで{place}の貯水池が空に", "干ばつで{place}近くの貯水池二つが空になった。"),
    },
    "railway": {
        "en": ("New railway bridge for {place}", "The railway between {place} and the coast gets a bridge."),
        "de": ("Neue Eisenbahnbrücke für {place}", "Die Eisenbahn zwischen {place} und der Küste bekommt eine Brücke."),
        "fr": ("Un pont pour le chemin de fer de {place}", "Le chemin de fer de {place} aura un nouveau pont."),
        "ar": ("جسر جديد للقطار في {place}", "يحصل خط القطار في {place} على جسر جديد."),
        "ja": ("{place}に新しい鉄道橋", "{place}と海岸を結ぶ鉄道に橋が架かる。"),
    },
    "": {
        "en": ("Market day returns to {place}", "Stalls in {place} opened early and sold out of plums by noon."),
        "de": ("Markttag in {place}", "Die Stände in {place} öffneten früh."),
        "fr": ("Jour de marché à {place}", "Les étals de {place} ont ouvert tôt."),
        "ar": ("يوم السوق في {place}", "فتحت الأكشاك في {place} مبكرا."),
        "ja": ("{place}の市の日", "{place}の露店は早くから開いた。"),
    },
}
PLACES = {
    "en": ["Ostrow", "Marlbridge", "Sand Ferry", "Nether Hallow", "Colmouth", "Brackwater"],
    "de": ["Ostrow", "Marlbrück", "Sandfähre", "Hallow", "Colmünde", "Brackwasser"],
    "fr": ["Ostrow", "Marlpont", "Le Bac", "Hallow", "Colmouth", "Eau-Saumâtre"],
    "ar": ["أوسترو", "مارل", "المعبر", "هالو", "كولموث", "براك"],
    "ja": ["オストロ", "マール", "砂渡", "ハロウ", "コルマス", "ブラック"],
}
SPEAKERS = ["Ada Marsh", "Ivo Kestrel", "Minister Orla Venn", "Tomas Reed", "Hanae Sato", "Lina Haddad"]
FILLER = {
    "en": "People in the town spoke of little else, and the mayor promised a report within the week.",
    "de": "In der Stadt sprach man von nichts anderem, und die Bürgermeisterin versprach einen Bericht.",
    "fr": "En ville on ne parlait que de cela, et la maire a promis un rapport.",
    "ar": "لم يتحدث الناس في المدينة عن غير ذلك، ووعدت رئيسة البلدية بتقرير.",
    "ja": "町ではその話で持ちきりで、市長は一週間以内の報告を約束した。",
}
HOSTILE = [  # title, address, text: what a page may say to do harm
    (
        "<script>document.title='owned'</script><b>bold</b> plum fair",
        "javascript:alert(1)",
        "<img src=x onerror=alert(1)> plum fair " * 20,
    ),
    ('=HYPERLINK("http://evil.test","plum fair")', "https://evil.test/=cmd", "@SUM(1+1)*cmd|' /C calc'!A0 plum fair"),
    (
        "\u202eriaf mulp\u202c plum fair \u0007",
        "data:text/html,<script>alert(1)</script>",
        "\u202etxet \u2066plum fair\u2069",
    ),
    ("plum fair " + "x" * 10_000, "https://long.test/" + "a" * 3_000, "plum fair " + "z" * 1_000_000),
]


@dataclass
class Press:
    """The rows of a dataset while it is written."""

    chance: random.Random
    articles: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    stories: list[dict[str, Any]] = field(default_factory=list)
    quotes: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    citations: list[dict[str, Any]] = field(default_factory=list)

    def add_article(self, source: str, language: str, at: datetime, title: str, text: str, **facts: object) -> int:
        number = len(self.articles) + 1
        row = {
            "article_id": number,
            "source_id": source,
            "url": f"https://{source}.test/{at:%Y/%m/%d}/{number}",
            "title": title,
            "authors": [self.chance.choice(SPEAKERS)],
            "published_at": at,
            "published_on": at.date(),
            "date_origin": "json-ld",
            "date_precision": "minute",
            "is_zone_assumed": False,
            "is_date_disputed": False,
            "modified_at": None,
            "collected_at": at + timedelta(minutes=20),
            "language": language,
            "words": len(text.split()),
            "summary": None,
            "section": None,
            "keywords": [],
            "agency": None,
            "is_truncated": False,
            "is_live_blog": False,
            "image_url": None,
            "original_id": None,
            "copy_similarity": None,
            "story_id": None,
            "import_id": None,
        }
        self.articles.append(row | facts)
        self.texts.append({"article_id": number, "text": text})
        return number


def build_press(path: Path, *, seed: int = 7, run_id: str = "20260831T200000Z") -> None:
    """Write the dataset to a new file."""
    press = Press(random.Random(seed))
    _write_days(press)
    _write_hostile(press)
    create_dataset(path)
    with duckdb.connect(str(path)) as connection:
        _save(connection, press, run_id)


def _write_days(press: Press) -> None:
    for day in range((LAST_DAY - FIRST_DAY).days + 1):
        on = FIRST_DAY + timedelta(days=day)
        is_burst = BURST_FIRST <= on <= BURST_LAST
        for topic in press.chance.sample([topic for topic, *_ in TOPICS], k=2) + ["dam"] * (4 if is_burst else 0):
            _write_story(press, topic, on, reach=0.75 if is_burst and topic == "dam" else 0.3)
        for source, _, _, language, _, daily in SOURCES:
            for _ in range(int(daily * press.chance.uniform(0.3, 0.9) + press.chance.random())):
                _write_article(press, source, language, "", _moment(press, on), press.chance.randrange(6), {})


def _moment(press: Press, on: date) -> datetime:
    return datetime(on.year, on.month, on.day, press.chance.randrange(5, 23), press.chance.randrange(60))


def _write_story(press: Press, topic: str, on: date, *, reach: float) -> None:
    place, first = press.chance.randrange(6), _moment(press, on)
    told: list[int] = []
    story = len(press.stories) + 1
    original: int | None = None
    for source, _, _, language, _, _ in SOURCES:
        if press.chance.random() > reach:
            continue
        at = min(first + timedelta(minutes=press.chance.randrange(0, 600)), datetime(on.year, on.month, on.day, 23, 59))
        facts: dict[str, Any] = {"story_id": story}
        if source == "northern-wire":
            original = len(press.articles) + 1
        elif original and language == "en" and press.chance.random() < 0.5:
            facts |= {"original_id": original, "copy_similarity": 0.93, "agency": "Northern Wire"}
        if number := _write_article(press, source, language, topic, at, place, facts):
            told.append(number)
    if told:
        rows = [press.articles[number - 1] for number in told]
        press.stories.append(
            {
                "story_id": story,
                "title": rows[0]["title"],
                "first_at": min(row["published_at"] for row in rows),
                "last_at": max(row["published_at"] for row in rows),
                "articles": len(rows),
                "originals": sum(row["original_id"] is None for row in rows),
                "sources": len({row["source_id"] for row in rows}),
            }
        )


def _write_article(
    press: Press, source: str, language: str, topic: str, at: datetime, place: int, facts: dict[str, Any]
) -> int | None:
    if source == GAP_SOURCE and GAP_FIRST <= at.date() <= GAP_LAST:
        return None
    headline, sentence = SUBJECTS[topic][language]
    name = PLACES[language][place]
    if original := facts.get("original_id"):
        title, text = press.articles[original - 1]["title"], press.texts[original - 1]["text"]
    else:
        title, text = (
            headline.format(place=name),
            _text(press, sentence.format(place=name), language, len(press.articles) + 1),
        )
    return press.add_article(source, language, at, title, text, **facts)


def _text(press: Press, sentence: str, language: str, article: int) -> str:
    """Compose paragraphs, with a quote whose speaker and place are known."""
    paragraphs = [sentence, FILLER[language]]
    if language == "en" and press.chance.random() < 0.7:
        speaker = press.chance.randrange(len(SPEAKERS))
        before = len("\n\n".join(paragraphs)) + 2
        said = "We have prepared for this since spring, and we will answer for it."
        paragraphs.append(f"“{said}” {SPEAKERS[speaker]} said on the bridge.")
        press.quotes.append(
            {
                "quote_id": len(press.quotes) + 1,
                "article_id": article,
                "speaker": SPEAKERS[speaker],
                "entity_id": speaker + 1,
                "text": said,
                "verb": "said",
                "position": before + len(said) + 3,
                "quote_position": before + 1,
                "is_direct": True,
            }
        )
        press.mentions.append(
            {"article_id": article, "entity_id": speaker + 1, "mentions": 1, "first_position": before + len(said) + 3}
        )
        if press.chance.random() < 0.25:
            cited = f"The office denied what Northern Wire had reported from {sentence[-20:-1]}."
            press.citations.append(
                {
                    "article_id": article,
                    "source_id": "northern-wire",
                    "cited_name": "Northern Wire",
                    "cited_article_id": None,
                    "evidence": "name",
                    "sentence": cited,
                    "position": len("\n\n".join(paragraphs)) + 2 + cited.index("Northern"),
                    "is_dispute": True,
                    "disputer": "the office",
                }
            )
            paragraphs.append(cited)
    return "\n\n".join([*paragraphs, FILLER[language]])


def _write_hostile(press: Press) -> None:
    for nth, (title, url, text) in enumerate(HOSTILE):
        press.add_article("ditch-notes", "en", datetime(2026, 8, 20, 9, nth), title, text, url=url)
    press.add_article(
        "ditch-notes",
        "en",
        datetime(2026, 8, 21),
        "A note without a time",
        FILLER["en"],
        date_precision="day",
        is_zone_assumed=True,
    )
    press.add_article(
        "ditch-notes",
        "en",
        datetime(2026, 8, 22),
        "A note without any date",
        FILLER["en"],
        published_at=None,
        date_precision=None,
        date_origin="collected",
    )


def _save(connection: duckdb.DuckDBPyConnection, press: Press, run_id: str) -> None:
    articles = pd.DataFrame(press.articles).sort_values(["published_on", "published_at", "article_id"])
    _insert(connection, "articles", articles)
    for table in ("texts", "stories", "quotes", "mentions", "citations"):
        _insert(connection, "article_texts" if table == "texts" else table, pd.DataFrame(getattr(press, table)))
    for table, rows in _lists().items():
        _insert(connection, table, rows)
    connection.execute(COVERED_DAYS, [GAP_SOURCE, GAP_FIRST, GAP_LAST] * 2 + [FIRST_DAY, LAST_DAY + timedelta(days=1)])
    connection.execute(
        "INSERT INTO failures VALUES ('harbour-post', '2026-06-16', 'discover', 'no answer within 20 seconds', 12)"
    )
    connection.execute(
        "INSERT INTO runs VALUES (?, '2026-08-31 20:00', '2026-08-31 20:02', '{}', '0.1.0', ?)",
        [run_id, SCHEMA_VERSION],
    )
    index_articles(connection)
    for topic, _, query in TOPICS:
        connection.execute(ARTICLE_TOPICS, [topic, query])


def _lists() -> dict[str, pd.DataFrame]:
    """Return what is known before any article: by table."""
    ids = [source for source, *_ in SOURCES]
    sources = [
        {"source_id": source, "name": name, "home_page": f"https://{source}.test/", "country": country, "language": language,
         "time_zone": "UTC", "kind": kind}
        for source, name, country, language, kind, _ in SOURCES
    ]  # fmt: skip
    return {
        "sources": pd.DataFrame(sources),
        "collections": pd.DataFrame(
            {"collection_id": ["coast", "inland"], "name": ["Coast", "Inland"], "origin": ["press.py"] * 2}
        ),
        "source_collections": pd.DataFrame({"source_id": ids, "collection_id": ["coast", "inland"] * 7}),
        "entities": pd.DataFrame({"entity_id": range(1, 7), "name": SPEAKERS, "kind": "person", "country": None}),
        "topics": pd.DataFrame(TOPICS, columns=["topic_id", "name", "query"]),
        "methods": pd.DataFrame([COPIES_CARD]),
    }


COPIES_CARD = {
    "name": "copies", "version": "1", "definition": "Articles whose texts share most of their words.", "measured_on": "400 pairs",
    "precision": 0.97, "recall": 0.94, "languages": "en, de, fr", "reference": "Broder 1997",
}  # fmt: skip
COVERED_DAYS = """
INSERT INTO covered_days SELECT source_id, covered_on::DATE, coalesce(articles, 0), NULL, NULL,
       CASE WHEN source_id = ? AND covered_on BETWEEN ? AND ? THEN 'missing' ELSE 'collected' END,
       CASE WHEN source_id = ? AND covered_on BETWEEN ? AND ? THEN 'its server did not answer' END
FROM   range(?::TIMESTAMP, ?::TIMESTAMP, INTERVAL 1 DAY) AS days (covered_on) CROSS JOIN sources
       LEFT JOIN (SELECT source_id, published_on AS covered_on, count(*) AS articles FROM articles GROUP BY ALL)
       USING (source_id, covered_on)
"""
ARTICLE_TOPICS = """
INSERT INTO article_topics
SELECT ?, article_id, CASE WHEN date_origin <> 'collected' THEN published_on END, source_id, matches, is_in_title
FROM   search(?) JOIN articles USING (article_id) ORDER BY published_on
"""


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    connection.register("rows", rows)
    connection.execute(f"INSERT INTO {table} BY NAME FROM rows")
    connection.unregister("rows")


if __name__ == "__main__":
    build_press(Path(sys.argv[1]))
