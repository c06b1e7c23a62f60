from collections.abc import Mapping

import pytest

from etl.methods.mentions import find_mentions
from etl.methods.quotes import find_quotes, for_bench


def said(text: str, language: str) -> list[tuple[str, str | None]]:
    return [
        (text[quote.start : quote.end], quote.speaker)
        for quote in find_quotes(text, language=language)
        if quote.is_direct
    ]


def retold(text: str, language: str) -> list[tuple[str, str | None]]:
    return [
        (text[quote.start : quote.end], quote.speaker)
        for quote in find_quotes(text, language=language)
        if not quote.is_direct
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We will reopen in May,” said Mayor John Weber.", "John Weber"),
        ("“We will reopen in May,” John Weber told reporters on Monday.", "John Weber"),
        ("John Weber, who has led the town since 2012, said: “We will reopen in May.”", "John Weber"),
        ("“We will reopen,” said John Weber, a baker from Leeds, “in May.”", "John Weber"),
        ("“We will reopen in May,” the mayor, John Weber, said in a statement.", "John Weber"),
        ("According to John Weber, “the bridge will reopen in May.”", "John Weber"),
        ("The bridge “will reopen in May,” according to John Weber.", "John Weber"),
        ("John Weber called the delay “a disgrace to the whole town.”", "John Weber"),
        ("John Weber said the work was late, adding that it was “nobody’s fault at all.”", "John Weber"),
        ("“We will reopen in May.” — John Weber", "John Weber"),
        ("“Will it reopen in May?” asked John Weber.", "John Weber"),
        ("“We will reopen in May,” John Weber thundered from the stage.", "John Weber"),
        ("John Weber hit back at once: “We will reopen in May.”", "John Weber"),
        ("Asked about the work, John Weber said that “the bridge will reopen.”", "John Weber"),
        ("In an interview on Tuesday, John Weber said: “We will reopen in May.”", "John Weber"),
        ("“We will reopen,” a spokesman for John Weber said.", "spokesman for John Weber"),
    ],
)
def test_the_speaker_stands_in_many_places(text: str, speaker: str) -> None:
    assert {name for _, name in said(text, "en")} == {speaker}


@pytest.mark.parametrize(
    ("language", "text", "quotes"),
    [
        (
            "de",
            "„Die Brücke öffnet im Mai“, sagte Bürgermeister Hans Weber. „Es gibt keine Gefahr“, fügte er hinzu.",
            {"Hans Weber": 2},
        ),
        ("de", "Nach den Worten von Anna Schmidt ist der Bericht „an keiner Stelle richtig“.", {"Anna Schmidt": 1}),
        ("de", "Am Montag sagte Anna Schmidt in Berlin: „Das wird teuer für uns alle.“", {"Anna Schmidt": 1}),
        ("de", "„Das wird teuer“, so Anna Schmidt.", {"Anna Schmidt": 1}),
        (
            "fr",
            "« Nous allons rebâtir », a déclaré Claire Dubois, la maire. « Cela prendra dix ans », a-t-elle ajouté.",
            {"Claire Dubois": 2},
        ),
        ("fr", "« Ce texte, explique le député Marc Lenoir, ne changera rien. »", {"Marc Lenoir": 1}),
        ("fr", "Selon Jean Morel, « la grève va durer ».", {"Jean Morel": 1}),
        ("fr", "« La grève va durer », a dit l’adjoint au maire, Pascal Morel.", {"Pascal Morel": 1}),
        ("es", "«No vamos a ceder», dijo el presidente Carlos Medina. «No hay más», añadió.", {"Carlos Medina": 2}),
        ("es", "La ministra de Economía, Ana Ruiz, aseguró que «las cuentas están claras».", {"Ana Ruiz": 1}),
        ("pt", "De acordo com Maria Souza, “o relatório está errado”.", {"Maria Souza": 1}),
        ("pt", '"A ponte será reaberta", disse o prefeito João Lima nesta segunda-feira.', {"João Lima": 1}),
        ("it", "«Il ponte riaprirà a maggio», ha detto il sindaco Marco Bianchi.", {"Marco Bianchi": 1}),
        ("it", "Secondo la ministra Elena Conti, «i conti tornano».", {"Elena Conti": 1}),
        ("ru", "«Мост откроют в мае», — заявил мэр города Иван Петров. «Риска нет», — добавил он.", {"Иван Петров": 2}),
        ("ru", "Пресс-секретарь президента Дмитрий Песков сообщил, что «переговоры идут».", {"Дмитрий Песков": 1}),
        ("ar", "«لا نعرف السبب»، قال أحمد علي لوكالة رويترز. وأضاف: «لن نتوقف».", {"أحمد علي": 2}),
        ("ar", "وأكدت المتحدثة باسم الشركة ليلى منصور أن «المصنع سيفتح في القاهرة».", {"ليلى منصور": 1}),
        (
            "ja",
            "横浜市の田中太郎市長は「橋は5月に開く」と述べた。田中市長は「危険はない」とも強調した。",
            {"田中太郎": 2},
        ),
        (
            "ja",
            "「計画を見直す」とジョン・スミス氏は明らかにした。「これで終わりだ」と同氏は語った。",
            {"ジョン・スミス": 2},
        ),
    ],
)
def test_speakers_of_other_languages(language: str, text: str, quotes: Mapping[str, int]) -> None:
    names = [name for _, name in said(text, language)]
    assert {name: names.count(name) for name in names} == quotes


def test_surnames_pronouns_and_roles_are_the_last_full_name_that_fits() -> None:
    text = (
        "Mayor Ada Smith met John Weber, the owner of the mill, on Monday.\n\n“The mill will close,” Weber said.\n\n"
        "“We were never asked,” she said.\n\n“That is not true,” the owner replied. “She knew it all.”"
    )
    assert [name for _, name in said(text, "en")] == ["John Weber", "Ada Smith", "John Weber", "John Weber"]


def test_a_quote_over_several_paragraphs_has_one_speaker() -> None:
    text = "“It was a long winter,” said Ada Smith. “We had no coal.\n\n“We had no bread either.\n\n“But we had the river.”"
    assert [name for _, name in said(text, "en")] == ["Ada Smith"] * 4


def test_an_interrupted_quote_is_two_parts_of_one_speaker() -> None:
    text = "“The wall broke,” Ada Smith said, “because nobody looked.”"
    assert said(text, "en") == [("The wall broke,", "Ada Smith"), ("because nobody looked.", "Ada Smith")]


def test_he_after_another_mans_name_is_who_the_sentence_is_about() -> None:
    text = "John Weber criticised Paul Hall. “He never came to see us,” he said."
    assert said(text, "en") == [("He never came to see us,", "John Weber")]


@pytest.mark.parametrize(
    "text",
    [
        "She starred in “The Long Road Home” and sang two songs.",
        "He read “War and Peace,” a long book, on the train.",
        "The so-called “expert” came late.",
        "Der Film „Die lange Straße nach Hause“ läuft am Montag.",
        "彼は映画「夏の海」を見た。",
    ],
)
def test_titles_and_scare_quotes_are_nobodys_words(text: str) -> None:
    assert said(text, "ja" if "映画" in text else "de" if "Film" in text else "en") == []


@pytest.mark.parametrize(
    ("language", "text", "clause"),
    [
        ("en", "Ada Smith said on Monday that the bridge had been safe.", ("the bridge had been safe", "Ada Smith")),
        (
            "en",
            "Ada Smith said the bridge had been safe for years.",
            ("the bridge had been safe for years", "Ada Smith"),
        ),
        (
            "en",
            "The bridge had been safe for years, Ada Smith said.",
            ("The bridge had been safe for years", "Ada Smith"),
        ),
        ("en", "According to Ada Smith, the bridge had been safe.", ("the bridge had been safe", "Ada Smith")),
        (
            "de",
            "Anna Schmidt sagte, die Brücke sei immer sicher gewesen.",
            ("die Brücke sei immer sicher gewesen", "Anna Schmidt"),
        ),
        (
            "fr",
            "Paul Vernet a assuré lundi que les stocks étaient suffisants.",
            ("les stocks étaient suffisants", "Paul Vernet"),
        ),
        ("es", "Según Pedro Lima, el puente se abrirá en mayo.", ("el puente se abrirá en mayo", "Pedro Lima")),
        (
            "it",
            "Marco Bianchi ha detto che il ponte riaprirà a maggio.",
            ("il ponte riaprirà a maggio", "Marco Bianchi"),
        ),
        ("pt", "João Lima afirmou que a ponte será reaberta em maio.", ("a ponte será reaberta em maio", "João Lima")),
        ("ru", "Дмитрий Песков сообщил, что переговоры идут по плану.", ("переговоры идут по плану", "Дмитрий Песков")),
        ("ja", "田中太郎市長は、橋は5月に開くと述べた。", ("橋は5月に開く", "田中太郎")),
    ],
)
def test_what_a_named_speaker_says_in_other_words_is_kept_apart(
    language: str, text: str, clause: tuple[str, str]
) -> None:
    assert retold(text, language) == [clause]
    assert said(text, language) == []


def test_nobody_named_says_nothing_in_other_words() -> None:
    assert retold("Officials said that the bridge had been safe.", "en") == []


def test_mentions_that_are_given_are_used() -> None:
    text = "“We will reopen,” Weber said."
    mentions = find_mentions("John Weber came. " + text, language="en")
    moved = [type(one)(one.start - 17, one.end - 17, one.kind, one.name) for one in mentions if one.start >= 17]
    assert find_quotes(text, language="en", mentions=moved)[0].speaker == "John Weber"


def test_the_verb_and_the_place_of_the_speaker_are_told() -> None:
    text = "“We will reopen,” said John Weber."
    (quote,) = find_quotes(text, language="en")
    assert (quote.verb, text[quote.speaker_start : quote.speaker_start + 4]) == ("said", "John")  # type: ignore[operator]


@pytest.mark.parametrize("language", ["nl", None, "zz"])
def test_a_language_without_lists_has_quotes_by_their_marks_at_most(language: str | None) -> None:
    assert find_quotes("“Nobody knows this language, and yet it has marks.”", language=language)[0].speaker is None


@pytest.mark.parametrize("text", ["", "”", "“", "““””", "\n\n", "“ ”", "((((", "— — —"])
def test_odd_texts_have_no_quotes(text: str) -> None:
    assert find_quotes(text, language="en") == []


def test_the_benchmark_asks_for_the_speaker_as_written() -> None:
    text = "Ada Smith left. “We will reopen,” she said."
    assert for_bench([{"text": text, "language": "en"}]) == [
        [{"start": 17, "end": 32, "speaker": "she", "verb": "said"}]
    ]
