"""Tests of citations and disputes, on sentences of our own."""

from __future__ import annotations

import pytest

from etl.methods.citations import OutletNames, find_citations
from etl.records import Citation, Hyperlink, Source, SourceDomain

OUTLETS = OutletNames()


def cited(text: str, language: str = "en", own_source: str | None = None) -> list[Citation]:
    """Return the citations of a text, with the outlets of the world."""
    return find_citations(text, language=language, own_source=own_source, outlets=OUTLETS)


@pytest.mark.parametrize(
    ("language", "text", "outlets"),
    [
        ("en", "The minister will resign next week, Reuters reported on Monday.", ["Reuters"]),
        ("en", "According to The Guardian, the bridge had not been inspected for nine years.", ["The Guardian"]),
        ("en", "The contract was first reported by the Financial Times.", ["Financial Times"]),
        ("en", "“We are closing,” the owner said, according to the BBC.", ["BBC"]),
        ("en", "Bloomberg News, citing two people at the firm, said a third of the jobs would go.", ["Bloomberg"]),
        ("en", "A Washington Post investigation found that the tests were never made.", ["Washington Post"]),
        (
            "en",
            "The Associated Press and Reuters reported that the talks had failed.",
            ["Associated Press", "Reuters"],
        ),
        ("en", "Documents obtained by Der Spiegel show that the ministry knew.", ["Der Spiegel"]),
        ("en", "CNN's report on the harbour was read in parliament.", ["CNN"]),
        ("en", "As Le Monde revealed last week, two of the pumps were broken.", ["Le Monde"]),
        ("en", "The mayor has denied a New York Times story about his holidays.", ["New York Times"]),
        ("en", "Citing the Wall Street Journal, the firm put the price at nine billion.", ["Wall Street Journal"]),
        ("de", "Wie der Spiegel am Montag berichtete, soll das Werk geschlossen werden.", ["Der Spiegel"]),
        ("de", "Laut einem Bericht der Süddeutschen Zeitung fehlen drei Millionen Euro.", ["Süddeutsche Zeitung"]),
        ("de", "Nach Informationen der Bild-Zeitung will der Trainer gehen.", ["Bild"]),
        ("fr", "Selon Le Figaro, la ministre quittera le gouvernement lundi.", ["Le Figaro"]),
        ("fr", "L'usine fermera en mai, a révélé Mediapart.", ["Mediapart"]),
        ("es", "Según El País, el puente se abrirá en mayo.", ["El País"]),
        ("es", "El acuerdo está roto, informó la agencia EFE el lunes.", ["EFE"]),
        ("pt", "De acordo com a Folha de S.Paulo, o ministro vai sair.", ["Folha de S.Paulo"]),
        ("it", "Secondo la Repubblica, il ministro lascerà il governo.", ["la Repubblica"]),
        ("ru", "Завод закроют в мае, сообщает Reuters.", ["Reuters"]),
        ("ru", "По данным РБК, министр уйдёт в отставку.", ["RBC"]),
        ("ar", "ذكرت وكالة رويترز أن المصنع سيغلق في مايو.", ["Reuters"]),
        ("ja", "ロイター通信によると、工場は5月に閉鎖される。", ["Reuters"]),
    ],
)
def test_an_outlet_named_as_origin_is_cited(language: str, text: str, outlets: list[str]) -> None:
    assert [one.outlet for one in cited(text, language)] == outlets


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A CNN poll of a thousand adults put her ahead by two points."),
        ("en", "CNN's Jane Miller asked the minister about his holidays."),
        ("en", "A Reuters reporter saw smoke over the harbour."),
        ("en", "“We are closing,” the owner told the BBC."),
        ("en", "Speaking to Fox News, the senator defended the law."),
        ("en", "The senator said in an interview with NBC that he would run again."),
        ("en", "The correspondent for The Guardian was refused a visa."),
        ("en", "LONDON (Reuters) - Three ships lay off the harbour."),
        ("en", "She worked for the Financial Times before she went into politics."),
        ("en", "The New York Times is moving to a new building."),
        ("de", "Der Minister sagte der Bild-Zeitung, er werde bleiben."),
        ("de", "Eine Umfrage des ZDF sieht die Partei vorn."),
        ("fr", "« Nous restons », a-t-elle dit au Monde."),
        ("es", "“Nos quedamos”, dijo la ministra a El País."),
        ("ja", "首相は朝日新聞の記者に手を振った。"),
    ],
)
def test_polls_employees_and_interviews_are_no_citations(language: str, text: str) -> None:
    assert cited(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "disputer"),
    [
        ("en", "Reuters reported that the harbour was sold, but the ministry denied it.", "ministry"),
        (
            "en",
            (
                "Reuters reported that the ministry had sold the harbour. "
                "Anna Weber, the minister, called the report a fabrication."
            ),
            "Anna Weber",
        ),
        (
            "en",
            (
                "According to the BBC, the tests were falsified. "
                "“That is completely untrue,” said Peter Hall, who runs the laboratory."
            ),
            "Peter Hall",
        ),
        (
            "de",
            "Der Spiegel berichtete, das Werk werde geschlossen. Sprecher Hans Weber wies den Bericht zurück.",
            "Hans Weber",
        ),
        (
            "de",
            "Der Spiegel berichtete, das Werk werde geschlossen. „Das ist frei erfunden“, sagte Anna Weber.",
            "Anna Weber",
        ),
        (
            "fr",
            "Mediapart a révélé que l'usine fermerait. Le maire, Paul Morel, dément ces informations.",
            "Paul Morel",
        ),
        (
            "fr",
            "Selon Le Monde, l'usine fermera. « C'est entièrement faux », a déclaré Claire Dubois.",
            "Claire Dubois",
        ),
        (
            "es",
            "El País informó de que la fábrica cerrará. La ministra Ana Ruiz desmintió la noticia.",
            "Ana Ruiz",
        ),
        ("pt", "A Folha revelou que a fábrica vai fechar. O prefeito João Lima negou a informação.", "João Lima"),
        (
            "it",
            "Secondo la Repubblica la fabbrica chiuderà. Il sindaco Marco Bianchi ha smentito la notizia.",
            "Marco Bianchi",
        ),
        ("ru", "Завод закроют, сообщает Reuters. Дмитрий Орлов опроверг эту информацию.", "Дмитрий Орлов"),
        ("ar", "ذكرت وكالة رويترز أن المصنع سيغلق. ونفى الوزير كريم حداد هذا الخبر.", "كريم حداد"),
        ("ja", "ロイター通信によると、工場は閉鎖される。田中太郎市長は報道を否定した。", "田中太郎"),
    ],
)
def test_a_denial_in_the_sentence_or_beside_it_is_a_dispute(language: str, text: str, disputer: str | None) -> None:
    (citation,) = cited(text, language)
    assert (citation.is_dispute, citation.disputer) == (True, disputer)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Guardian reported on Monday that Iran had denied the charges."),
        ("en", "The company denied it would close the plant, Reuters reported."),
        ("en", "The BBC reported that the tests were falsified. The laboratory declined to comment."),
        ("en", "The BBC reported that the tests were falsified. The police did not deny the report."),
        ("de", "Laut Bild wird der Trainer entlassen. Der Verein äußerte sich nicht."),
        ("es", "Según El Mundo, la fábrica cerrará. El alcalde no quiso hacer declaraciones."),
    ],
)
def test_a_denial_that_is_reported_or_missing_is_no_dispute(language: str, text: str) -> None:
    (citation,) = cited(text, language)
    assert not citation.is_dispute


def test_a_source_does_not_cite_itself() -> None:
    text = "The Guardian reported on Monday that it had sold its building. Reuters reported the price."
    assert [one.outlet for one in cited(text, own_source="The Guardian")] == ["Reuters"]
    by_id = OutletNames([Source("guardian", "The Guardian")])
    found = find_citations(text, language="en", own_source="guardian", outlets=by_id)
    assert [one.outlet for one in found] == ["Reuters"]


def test_places_are_characters_of_the_text() -> None:
    text = "It rained. The dam broke, Reuters reported. Nobody was hurt."
    (citation,) = cited(text)
    assert text[citation.start : citation.end] == "Reuters"
    assert text[citation.sentence_start : citation.sentence_end] == "The dam broke, Reuters reported."


def test_the_newspaper_is_the_outlet_named_before() -> None:
    text = "The dam broke, The Guardian reported. The newspaper reported that two pumps had failed."
    assert [(one.outlet, text[one.start : one.end].lower()) for one in cited(text)] == [
        ("The Guardian", "the guardian"),
        ("The Guardian", "newspaper"),
    ]


def linked(text: str, words: str, url: str) -> list[Citation]:
    """Return the citations of a text by a source of ours, with a hyperlink on some of its words."""
    ledger = Source("ledger", "The Northern Ledger", domains=(SourceDomain("ledger.example"),))
    link = Hyperlink(url, words, text.index(words))
    return find_citations(text, language="en", own_source="other", outlets=OutletNames([ledger]), hyperlinks=[link])


def test_a_hyperlink_in_the_sentence_strengthens_a_citation() -> None:
    url = "https://www.ledger.example/2024/05/02/the-dam-that-broke"
    (citation,) = linked("The dam broke, the Northern Ledger reported last week.", "the Northern Ledger reported", url)
    assert (citation.outlet, citation.evidence, citation.url) == ("The Northern Ledger", "both", url)


def test_a_hyperlink_alone_cites_where_the_sentence_speaks_of_a_report() -> None:
    url = "https://www.ledger.example/2024/05/02/the-dam-that-broke"
    (citation,) = linked("The dam broke, a local report said.", "a local report", url)
    assert (citation.outlet, citation.evidence, citation.url) == ("The Northern Ledger", "hyperlink", url)
    assert linked("The dam broke last week.", "last week", url) == []


def test_a_hyperlink_to_a_section_cites_nothing() -> None:
    assert linked("The dam broke, a local report said.", "a local report", "https://ledger.example/world") == []


@pytest.mark.parametrize("text", ["", " ", "Reuters", "…", "(Reuters)", "Reuters " * 50])
def test_texts_without_a_sentence_cite_nothing(text: str) -> None:
    for language in ("en", "ja", "nl", None):
        assert find_citations(text, language=language, own_source=None, outlets=OUTLETS) == []
