import pytest

from etl.methods.mentions import find_mentions, for_bench


def names(text: str, language: str = "en", **more: object) -> set[tuple[str, str]]:
    return {(one.name, one.kind) for one in find_mentions(text, language=language, **more)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Prime Minister Ada Smith flew from London to Tokyo.",
            {("Ada Smith", "person"), ("London", "place"), ("Tokyo", "place")},
        ),
        (
            "LONDON, June 3 (Reuters) - Ada Smith resigned.",
            {("London", "place"), ("Reuters", "organisation"), ("Ada Smith", "person")},
        ),
        (
            "He works at the Bank of England and at Harrow College.",
            {("Bank of England", "organisation"), ("Harrow College", "organisation")},
        ),
        (
            "Shares of Nexora Inc (NXR.O) rose in Austin, Texas.",
            {("Nexora Inc", "organisation"), ("Austin", "place"), ("Texas", "place")},
        ),
        (
            "The ship left the Ardent River in Northern Ireland.",
            {("Ardent River", "place"), ("Northern Ireland", "place")},
        ),
        (
            "Later, Nexora CEO Ada Smith spoke to the U.S. Senate.",
            {("Nexora", "organisation"), ("Ada Smith", "person")},
        ),
        ("Ursula von der Leyen met Xi Jinping.", {("Ursula von der Leyen", "person"), ("Xi Jinping", "person")}),
        ("The French and German teams met on Sunday at Christmas.", set()),
        ("Nothing happened. Nobody came. Everything stayed.", set()),
    ],
)
def test_names_and_kinds_in_english(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= names(text)
    if not expected:
        assert names(text) == set()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Bundeskanzlerin Angela Merkel traf in Berlin Emmanuel Macron. Merkel lobte die Deutsche Bahn.",
         {("Angela Merkel", "person"), ("Berlin", "place"), ("Emmanuel Macron", "person"), ("Deutsche Bahn", "organisation")}),
        ("de", "Der Hund lag vor dem Haus, und die Polizei kam im Regen.", set()),
        ("fr", "Mme Merkel a rencontré Emmanuel Macron à Lyon, a dit le ministère de l'Intérieur.",
         {("Emmanuel Macron", "person"), ("Lyon", "place"), ("ministère de l'Intérieur", "organisation")}),
        ("es", "La ministra de Hacienda, María Montero, viajó a Bruselas con el Banco de España.",
         {("María Montero", "person"), ("Bruselas", "place"), ("Banco de España", "organisation")}),
        ("pt", "O prefeito João Lima falou em Lisboa sobre a Petrobras.",
         {("João Lima", "person"), ("Lisboa", "place"), ("Petrobras", "organisation")}),
        ("it", "La ministra Elena Conti è arrivata a Milano per parlare con Confindustria.",
         {("Elena Conti", "person"), ("Milano", "place"), ("Confindustria", "organisation")}),
        ("ru", "Владимир Путин прилетел в Москву. Путину задали вопрос о Газпроме.",
         {("Владимир Путин", "person"), ("Москва", "place"), ("Газпроме", "organisation")}),
        ("ar", "وصل وزير الصحة كريم حداد إلى القاهرة.", {("كريم حداد", "person"), ("القاهرة", "place")}),
        ("ja", "ジョン・スミス氏は東京のトヨタ自動車を訪れた。スミス氏は満足した。",
         {("ジョン・スミス", "person"), ("東京", "place"), ("トヨタ自動車", "organisation")}),
        ("nl", "Mark Rutte sprak in Brussel.", {("Mark Rutte", "person"), ("Brussel", "place")}),
    ],
)  # fmt: skip
def test_names_and_kinds_in_other_languages(language: str, text: str, expected: set[tuple[str, str]]) -> None:
    assert names(text, language) == expected if language in ("de", "ja") else expected <= names(text, language)


def test_a_surname_is_the_full_name_of_the_text() -> None:
    text = "Dmitry Peskov spoke on Monday. Later Peskov left, and so did Mr Peskov’s aide."
    assert [one.name for one in find_mentions(text, language="en")] == ["Dmitry Peskov"] * 3


def test_two_people_of_one_surname_stay_two() -> None:
    text = "Hillary Clinton met Bill Clinton. Mr. Clinton left early. Mrs. Clinton stayed."
    assert [one.name for one in find_mentions(text, language="en")] == [
        "Hillary Clinton", "Bill Clinton", "Bill Clinton", "Hillary Clinton",
    ]  # fmt: skip


def test_an_acronym_in_brackets_is_the_long_name() -> None:
    text = "The International Harbour Agency (IHA) met. The IHA chose a president."
    assert names(text) == {("International Harbour Agency", "organisation")}
    french = "L'Agence internationale des ports (AIP) a voté. L'AIP siège à Lyon."
    assert ("Agence internationale des ports", "organisation") in names(french, "fr")


def test_one_decision_per_name_and_article() -> None:
    text = "Mayor Ada Rivers spoke. Rivers smiled. “It is done,” Rivers said in Rivers’ office."
    assert {one.kind for one in find_mentions(text, language="en")} == {"person"}


def test_a_headline_in_capitals_gives_known_names_only() -> None:
    text = "MINISTER DENIES EVERYTHING IN LONDON SPEECH\n\nAda Smith spoke in London."
    assert names(text) == {("London", "place"), ("Ada Smith", "person")}


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name() -> None:
    assert names("Shutters were down. “Bread is dear,” she said.") == set()


def test_the_title_gives_the_full_name() -> None:
    assert ("Dmitry Peskov", "person") in names("Yesterday Peskov left.", title="Dmitry Peskov leaves the Kremlin")


def test_names_of_sources_can_be_given() -> None:
    assert ("Harbour Post", "organisation") in names(
        "He read Harbour Post daily.", lexicon={"Harbour Post": "organisation"}
    )


def test_places_are_characters_of_the_text() -> None:
    text = "In Paris, Ada Smith met the Bank of France."
    assert {text[one.start : one.end] for one in find_mentions(text, language="en")} == {
        "Paris",
        "Ada Smith",
        "Bank of France",
    }
    assert for_bench([{"text": "Paris", "language": "en"}]) == [[{"start": 0, "end": 5, "kind": "place"}]]


@pytest.mark.parametrize("text", ["", " ", "...", "A", "((", "\n\n\n", "“”", "İİİ", "٣٣", "東"])
@pytest.mark.parametrize("language", ["en", "de", "fr", "ru", "ar", "ja", None])
def test_odd_texts_are_borne(text: str, language: str | None) -> None:
    assert isinstance(find_mentions(text, language=language), list)
