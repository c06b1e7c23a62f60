"""Telling languages, over many of them; the sentences are ours, or CLDR's names of months and days."""

from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.language import detect_language, for_bench, normal_code

SENTENCES = {
    "en": "The council agreed on Monday to deepen the harbour, its chair said after the meeting.",
    "de": "Der Rat hat am Montag beschlossen, den Hafen zu vertiefen, sagte die Vorsitzende nach der Sitzung.",
    "fr": "Le conseil a décidé lundi d’approfondir le port, a déclaré sa présidente après la réunion.",
    "es": "El consejo acordó el lunes profundizar el puerto, dijo su presidenta después de la reunión.",
    "it": "Il consiglio ha deciso lunedì di approfondire il porto, ha detto la presidente dopo la riunione.",
    "pt": "O conselho decidiu na segunda-feira aprofundar o porto, disse a presidente depois da reunião.",
    "nl": "De raad besloot maandag de haven uit te diepen, zei de voorzitter na de vergadering.",
    "sv": "Rådet beslutade på måndagen att fördjupa hamnen, sade ordföranden efter mötet.",
    "da": "Rådet besluttede mandag at uddybe havnen, sagde formanden efter mødet, og de får nu penge af staten.",
    "nb": "Rådet vedtok mandag å utdype havnen, sa lederen etter møtet, og nå får de bare penger av staten.",
    "nn": "Rådet vedtok måndag å utdjupe hamna, sa leiaren etter møtet, og no får dei berre pengar frå staten.",
    "fi": "Neuvosto päätti maanantaina syventää satamaa, puheenjohtaja sanoi kokouksen jälkeen.",
    "is": "Ráðið ákvað á mánudag að dýpka höfnina, sagði formaðurinn eftir fundinn.",
    "et": "Nõukogu otsustas esmaspäeval sadamat süvendada, ütles esimees pärast koosolekut.",
    "lv": "Padome pirmdien nolēma padziļināt ostu, pēc sēdes sacīja priekšsēdētāja.",
    "lt": "Taryba pirmadienį nusprendė pagilinti uostą, po posėdžio sakė pirmininkė.",
    "pl": "Rada zdecydowała w poniedziałek o pogłębieniu portu, powiedziała przewodnicząca po posiedzeniu.",
    "cs": "Rada se v pondělí rozhodla prohloubit přístav, řekla předsedkyně po zasedání.",
    "sk": "Rada sa v pondelok rozhodla prehĺbiť prístav, povedala predsedníčka po zasadnutí.",
    "sl": "Svet se je v ponedeljek odločil poglobiti pristanišče, je po seji povedala predsednica.",
    "hr": (
        "Vijeće je u ponedjeljak odlučilo produbiti luku, rekla je predsjednica nakon sjednice u "
        "Zagrebu, tijekom koje se nitko nije protivio."
    ),
    "sr": "Веће је у понедељак одлучило да продуби луку, рекла је председница после седнице.",
    "mk": "Советот во понеделникот одлучи да го продлабочи пристаништето, рече претседателката по седницата.",
    "bg": "Съветът реши в понеделник да задълбочи пристанището, каза председателката след заседанието.",
    "ru": "Совет в понедельник решил углубить гавань, сообщила председатель после заседания, и работы начнутся весной.",
    "uk": "Рада у понеділок вирішила поглибити гавань, повідомила голова після засідання, і роботи почнуться навесні.",
    "be": "Рада ў панядзелак вырашыла паглыбіць гавань, паведаміла старшыня пасля пасяджэння.",
    "el": "Το συμβούλιο αποφάσισε τη Δευτέρα να εκβαθύνει το λιμάνι, είπε η πρόεδρος μετά τη συνεδρίαση.",
    "tr": "Kurul pazartesi günü limanı derinleştirmeye karar verdi, dedi başkan toplantıdan sonra.",
    "hu": "A tanács hétfőn a kikötő mélyítéséről döntött, mondta az elnök az ülés után.",
    "ro": "Consiliul a decis luni să adâncească portul, a spus președinta după ședință.",
    "sq": "Këshilli vendosi të hënën të thellojë portin, tha kryetarja pas mbledhjes.",
    "ca": "El consell va decidir dilluns aprofundir el port, va dir la presidenta després de la reunió.",
    "ga": "Chinn an chomhairle Dé Luain an cuan a dhoimhniú, a dúirt an cathaoirleach tar éis an chruinnithe.",
    "cy": "Penderfynodd y cyngor ddydd Llun ddyfnhau'r harbwr, meddai'r cadeirydd ar ôl y cyfarfod.",
    "id": (
        "Dewan memutuskan pada hari Senin untuk memperdalam pelabuhan karena kapal makin besar, kata ketua usai rapat."
    ),
    "ms": (
        "Majlis itu bersetuju pada hari Isnin untuk mendalamkan pelabuhan kerana kapal semakin "
        "besar, katanya selepas mesyuarat."
    ),
    "vi": "Hội đồng hôm thứ Hai đã quyết định nạo vét cảng, chủ tịch cho biết sau cuộc họp.",
    "tl": "Nagpasya ang konseho noong Lunes na palalimin ang daungan, sabi ng tagapangulo pagkatapos ng pulong.",
    "sw": "Baraza liliamua Jumatatu kuongeza kina cha bandari, alisema mwenyekiti baada ya mkutano.",
    "ar": "قرر المجلس يوم الاثنين تعميق الميناء، وقالت رئيسته بعد الاجتماع إن العمل سيبدأ في الربيع.",
    "fa": "شورا روز دوشنبه تصمیم گرفت بندر را عمیق‌تر کند، رئیس آن پس از جلسه گفت.",
    "ur": "کونسل نے پیر کو بندرگاہ کو گہرا کرنے کا فیصلہ کیا، چیئرپرسن نے اجلاس کے بعد کہا۔",
    "he": "המועצה החליטה ביום שני להעמיק את הנמל, אמרה היושבת ראש לאחר הישיבה.",
    "hi": "परिषद ने सोमवार को बंदरगाह को गहरा करने का फैसला किया, अध्यक्ष ने बैठक के बाद कहा।",
    "bn": "পরিষদ সোমবার বন্দর গভীর করার সিদ্ধান্ত নিয়েছে, সভার পর সভাপতি বলেছেন।",
    "ta": "துறைமுகத்தை ஆழப்படுத்த சபை திங்களன்று முடிவு செய்தது என்று தலைவர் கூறினார்.",
    "th": "สภาตัดสินใจเมื่อวันจันทร์ที่จะขุดท่าเรือให้ลึกขึ้น ประธานกล่าวหลังการประชุม",
    "ka": "საბჭომ ორშაბათს ნავსადგურის გაღრმავება გადაწყვიტა, თქვა თავმჯდომარემ სხდომის შემდეგ.",
    "hy": "Խորհուրդը երկուշաբթի որոշեց խորացնել նավահանգիստը, ասաց նախագահը նիստից հետո։",
    "zh": "委员会星期一决定加深港口，主席在会后表示，工程将于春天开始。",
    "ja": "議会は月曜日に港を深くすることを決めたと、議長が会議の後に述べた。",
    "ko": "의회는 월요일에 항구를 더 깊게 파기로 결정했다고 의장이 회의 후 말했다.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_sentences_of_many_languages(language: str) -> None:
    found, confidence = detect_language(SENTENCES[language])
    assert found == language
    assert 0 < confidence <= 1


def test_more_than_forty_are_tested() -> None:
    assert len(SENTENCES) >= 50


@pytest.mark.parametrize("text", ["", "   ", "12 345", "…!?", "_"])
def test_what_has_no_words_has_no_language(text: str) -> None:
    assert detect_language(text) == (None, 0.0)


def test_most_of_a_mixed_text_decides() -> None:
    mixed = " ".join([SENTENCES["de"]] * 6) + " „" + SENTENCES["en"] + "“ " + " ".join([SENTENCES["de"]] * 6)
    assert detect_language(mixed)[0] == "de"


def test_a_foreign_name_excludes_nothing() -> None:
    assert (
        detect_language(
            SENTENCES["en"] + " Mr. Dvořák and Mrs. Şahin, who were there, agreed with the chair of the council."
        )[0]
        == "en"
    )


def test_a_prior_decides_where_the_text_leaves_a_doubt() -> None:
    assert {detect_language("Hun kommer i dag", prior=prior)[0] for prior in ("da-DK", "nb")} == {"da", "nb"}
    assert detect_language(SENTENCES["fr"], prior="en-US")[0] == "fr"


def test_only_the_languages_in_question_are_found() -> None:
    assert detect_language(SENTENCES["nb"], among=["da", "sv"])[0] in ("da", "sv")
    assert detect_language(SENTENCES["nb"], among=["no", "en"])[0] == "nb"
    assert detect_language(SENTENCES["en"], among=["xx"]) == (None, 0.0)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-BR", "pt"),
        ("no_NO", "nb"),
        ("zh-Hans-CN", "zh"),
        ("iw", "he"),
        ("fil", "tl"),
        ("EN", "en"),
        ("x-default", None),
        ("eng", None),
        ("", None),
        (None, None),
    ],
)
def test_tags_become_codes(tag: str | None, code: str | None) -> None:
    assert normal_code(tag) == code


@pytest.mark.parametrize(
    "language", ["de", "fr", "es", "ru", "uk", "pl", "el", "he", "ar", "th", "ko", "hi", "tr", "hu", "fi", "vi"]
)
def test_names_of_days_and_months(language: str) -> None:
    locale = Locale.parse(language)
    words = [*locale.days["format"]["wide"].values(), *locale.months["format"]["wide"].values()]
    assert detect_language(", ".join(words))[0] == language


@given(st.text(max_size=80), st.none() | st.text(max_size=8))
def test_nothing_raises(text: str, prior: str | None) -> None:
    language, confidence = detect_language(text, prior=prior)
    assert (language is None) == (confidence == 0)
    assert 0 <= confidence <= 1.000001


def test_the_bench_form() -> None:
    assert for_bench([{"text": SENTENCES["it"]}, {"text": ""}]) == ["it", None]
