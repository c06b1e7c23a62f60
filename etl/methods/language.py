"""Tell the language of a text.

What is counted: the language in which most of a text is written, as ISO 639-1, with a confidence from 0 to 1.

How: py3langid (Naive Bayes over byte sequences) on up to three passages of the text, so that a long quotation does
not decide; restricted to languages with a two-letter code, since nearly all of its errors on large languages are
dialects next to them; excluded are languages that lack a letter which the text has (no Ukrainian text has "ы"); kinds
of languages that it confuses are told apart by their commonest words; Maori, which it does not know, by its
syllables. What the page or the feed states is a prior.

Known errors: bs, hr and sr in Latin letters are one language to a sentence (a third of bs is read as hr); ms is read
as id in one sentence of four; nb and da in headlines of three words; Setswana and Tsonga, which py3langid does not
know.

Reference: Lui and Baldwin 2012, langid.py: an off-the-shelf language identification tool. ACL 2012, system
demonstrations.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

CARD: dict[str, str | float] = {
    "name": "language",
    "version": "1",
    "definition": "The language in which most of a text is written, ISO 639-1.",
    "measured_on": "7,503 single sentences of 75 languages (lingua)",
    "precision": 0.938,
    "recall": 0.938,
    "languages": "about a hundred; on eleven large ones 0.990 or more each",
    "reference": "Lui and Baldwin 2012, langid.py, ACL; py3langid",
}

_PASSAGE = 200  # characters of a text that are looked at, at its start, middle and end
_PRIOR = 4.0  # how many times as likely the stated language is, all else alike
_WORD = re.compile(r"[^\W\d_]+")
_SAME = {"no": "nb", "iw": "he", "in": "id", "ji": "yi", "fil": "tl", "sh": "hr", "cmn": "zh"}

HIRAGANA_AND_KATAKANA = "".join(map(chr, [*range(0x3041, 0x3097), *range(0x30A1, 0x30FB), 0x30FC]))

# letters that only these languages use, among those that share the script
_LETTERS = {
    "ы": "ru be kk ky mn tt ba tg",
    "э": "ru be kk ky mn tt ba tg",
    "іїєґ": "uk be kk",
    "їєґ": "uk",
    "ў": "be uz",
    "ђћ": "sr bs",
    "ѓќѕ": "mk",
    "љњџј": "sr mk bs",
    "әғқұһ": "kk tt ba ug",
    "өү": "mn kk ky tt ba",
    "ßẞ": "de lb",
    "ñ": "es gl eu qu gn tl ht br wo ast an",
    "ő": "hu",
    "ű": "hu",
    "ř": "cs",
    "ľĺŕô": "sk fr pt vi cy",
    "ğ": "tr az tt ku",
    "ə": "az",
    "ăș": "ro vi",
    "ãõ": "pt vi et gn",
    "ơư": "vi",
    "پچگژ": "fa ur ku ps ug",
    "ٹڈڑےں": "ur pa",
    HIRAGANA_AND_KATAKANA: "ja",
}
_ASCII = frozenset(map(chr, range(128)))
_FOREIGN = 0.02  # share of a text's letters below which one may come from a foreign name

# the commonest words that one language of a group has and the others have not
_WORDS: tuple[Mapping[str, str], ...] = (
    {
        "id": (
            "karena bisa bahwa saat tersebut namun rp anda jika hingga seorang sejumlah melalui serta polisi "
            "perusahaan pemerintah uang mobil rapat yakni usai provinsi kabupaten kamu nggak tak"
        ),
        "ms": (
            "kerana boleh ialah bahawa daripada katanya rm kereta mahu sahaja manakala tiada sekiranya wang "
            "mesyuarat polis hospital syarikat menerusi pelbagai kerajaan isu kementerian datuk awak encik cuma "
            "ketua negara"
        ),
    },
    {
        "bs": (
            "također takođe općina kahva sahat historija hiljada nije sedmica sedmice uopće sretan entitet bih "
            "bosne hercegovine bosni sarajevo sarajevu federacije islamske prema"
        ),
        "hr": "također tko što tijekom tjedan tjedna tisuća uopće općina kazalište povijest hrvatske hrvatski "
        "hrvatska hrvatskoj zagreb zagrebu siječnja veljače ožujka travnja svibnja lipnja srpnja "
        "kolovoza rujna listopada studenoga prosinca glede sveučilište nogomet tvrtka tvrtke osobito "
        "suradnje vlak zrak sukladno priopćenju",
        "sr": "takođe takodje ko šta tokom nedelja nedelje hiljada uopšte opština pozorište istorija srbije srpski "
        "srbija srbiji beograd beogradu gde ovde uvek pre posle vreme mesto deo uspeh januara "
        "februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra kompanija",
    },
    {
        "da": (
            "af til hvad meget kun nogle efter blev også mellem noget være havde jeg ikke mig dig fået nogen hun "
            "sagde fordi deres"
        ),
        "nb": "av til hva mye bare noen etter ble også mellom noe være hadde jeg ikke meg deg fått hun sa fordi deres",
        "nn": (
            "av til kva mykje berre nokon etter vart også mellom noko vere hadde eg ikkje meg deg fått ho sa "
            "fordi deira eit ein dei frå"
        ),
        "sv": (
            "av till vad mycket bara några efter blev också mellan något vara hade jag inte mig dig fått hon "
            "sade eftersom deras"
        ),
    },
)
_LARGE = frozenset(("en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "zh", "ja", "ar", "tr"))
_LARGE_PRIOR = 3.0  # most news is written in these
_CERTAIN = 0.95  # from here on, only languages that are known to be confused are looked at again
_GROUPS = tuple({language: frozenset(words.split()) for language, words in group.items()} for group in _WORDS)
_CONFUSED = frozenset(language for group in _GROUPS for language in group) | {"no"}
_MAORI = re.compile(r"(?:(?:wh|ng|[hkmnprtw])?[aeiouāēīōū])+")
_MAORI_SIGN = re.compile(r"\b(?:te|ki|ko|ka|kua|ngā|nga)\b")
_MAORI_LIST = """te nga ngā ki ko he ka kua hoki tenei tēnei ia ratou rātou ma me mo mō nei ana ai ranei tona tōna
    ahau koe whakaaro atu mai"""
_MAORI_WORDS = frozenset(_MAORI_LIST.split())


def detect_language(
    text: str, *, prior: str | None = None, among: Iterable[str] | None = None
) -> tuple[str | None, float]:
    """Return a text's language (ISO 639-1) and how sure that is, (None, 0) where the text has no words.

    Args:
        text: A text, or a title and a text.
        prior: The language that the page or feed states (BCP 47); it decides where the text leaves a doubt.
        among: The only languages that come into question.
    """
    passages = [passage for passage in _passages(text) if _WORD.search(passage)]
    if not passages:
        return None, 0.0
    allowed = frozenset(filter(None, map(normal_code, among))) if among is not None else None
    total: dict[str, float] = {}
    for passage in passages:
        for code, probability in _probabilities(passage, allowed).items():
            total[code] = total.get(code, 0.0) + probability
    stated = normal_code(prior)
    if stated is not None and stated in total:
        total[stated] *= _PRIOR
    language = max(total, key=lambda code: total[code], default=None)
    return (language, total[language] / max(sum(total.values()), len(passages))) if language else (None, 0.0)


def normal_code(code: str | None) -> str | None:
    """Return the ISO 639-1 code that a language tag begins with ("pt-BR", "no_NO"), None where it has none."""
    name = (code or "").strip().lower().replace("_", "-").split("-")[0]
    name = _SAME.get(name, name)
    return name if len(name) == 2 and name.isascii() and name.isalpha() else None


def for_bench(articles: list[dict[str, str]]) -> list[str | None]:
    """Answer the labelled set of sentences: one code each."""
    return [detect_language(article["text"])[0] for article in articles]


def _passages(text: str) -> list[str]:
    """Return what is looked at of a text: all of a short one, three passages of a long one."""
    if len(text) <= 2 * _PASSAGE:
        return [text]
    middle = len(text) // 2
    return [text[:_PASSAGE], text[middle : middle + _PASSAGE], text[-_PASSAGE:]]


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=32)
def _identifier(allowed: frozenset[str] | None) -> LanguageIdentifier:
    """Return the model, restricted to two-letter codes or to the languages allowed."""
    identifier = copy(_model())
    known = {label for label in identifier.labels if len(label) == 2}
    wanted = known & {{"nb": "no"}.get(code, code) for code in allowed} if allowed is not None else known
    identifier.set_languages(wanted or known)
    return identifier


def _probabilities(passage: str, allowed: frozenset[str] | None) -> dict[str, float]:
    """Return how likely languages are, for one passage: one alone where there is no doubt."""
    identifier = _identifier(allowed)
    best, probability = identifier.classify(passage)
    if probability > _CERTAIN and best not in _CONFUSED and _by_letters({best: 1.0, "": 0.0}, passage).get(best):
        return {best: probability} if allowed is None or best in allowed else {}
    likely = {_SAME.get(label, label): probability for label, probability in identifier.rank(passage)[:12]}
    likely = {label: value * (_LARGE_PRIOR if label in _LARGE else 1) for label, value in likely.items()}
    likely = _by_syllables(_by_words(_by_letters(likely, passage), passage), passage)
    likely = {label: value for label, value in likely.items() if allowed is None or label in allowed}
    total = sum(likely.values())
    return {label: value / total for label, value in likely.items()} if total else {}


def _by_letters(likely: dict[str, float], passage: str) -> dict[str, float]:
    """Exclude the languages that lack a letter which the passage has more than once in a while."""
    if passage.isascii():
        return likely
    low = passage.lower()
    used = frozenset(low) - _ASCII
    for marks, languages in _LETTER_SETS:
        if marks & used and sum(map(low.count, marks)) > _FOREIGN * len(low):
            kept = {label: value for label, value in likely.items() if label in languages}
            likely = kept or likely
    return likely


_LETTER_SETS = tuple((frozenset(marks), frozenset(languages.split())) for marks, languages in _LETTERS.items())


def _by_words(likely: dict[str, float], passage: str) -> dict[str, float]:
    """Tell apart the languages of a group by the words that only one of them has."""
    best = max(likely, key=lambda label: likely[label], default="")
    group = next((group for group in _GROUPS if best in group), None)
    if group is None:
        return likely
    shared = Counter(word for language in group.values() for word in language)
    words = _WORD.findall(passage.lower())
    hits = {
        language: sum(word in own and shared[word] < len(group) for word in words) for language, own in group.items()
    }
    weights = {language: likely.get(language, 0.0) * math.exp(1.5 * hits[language]) for language in group}
    return likely | weights


def _by_syllables(likely: dict[str, float], passage: str) -> dict[str, float]:
    """Recognise Maori: every word is made of its open syllables, and its commonest words are there."""
    words = _WORD.findall(passage.lower()) if _MAORI_SIGN.search(passage) else []
    if len(words) < 3:
        return likely
    made = sum(_MAORI.fullmatch(word) is not None for word in words)
    common = sum(word in _MAORI_WORDS for word in words)
    return {"mi": 1.0} if made > 0.85 * len(words) and common >= 0.15 * len(words) and common > 1 else likely
