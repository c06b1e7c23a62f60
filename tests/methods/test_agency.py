"""Agencies are found where articles credit them, in many languages, and not where sentences cite them."""

from __future__ import annotations

import pytest

from etl.methods.agency import CARD, find_agency

BODY = "The bridge was closed at noon.\n\nNobody was hurt, the mayor said."


@pytest.mark.parametrize(
    ("authors", "agency"),
    [
        (("Reuters",), "Reuters"),
        (("Reuters Staff",), "Reuters"),
        (("The Associated Press",), "Associated Press"),
        (("Ada Smith, Associated Press",), "Associated Press"),
        (("Ada Smith", "AP"), "Associated Press"),
        (("Redaktion mit dpa",), "dpa"),
        (("AFP / Reuters",), "Agence France-Presse"),
        (("Agencia EFE",), "EFE"),
        (("ТАСС",), "TASS"),
        (("رويترز",), "Reuters"),
        (("共同通信",), "Kyodo"),
        (("Ada Smith",), None),
        (("Ansaldo Reuter",), None),
        (("Apa Sherpa", "Sid Meyer"), None),
        ((), None),
    ],
)
def test_the_byline_credits(authors: tuple[str, ...], agency: str | None) -> None:
    assert find_agency(authors, BODY) == agency


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("HAVEN, Sept. 26 (Reuters) - Rain fell.", "Reuters"),
        ("HAVEN (AP) — Rain fell.", "Associated Press"),
        ("(Reuters) - Rain fell.", "Reuters"),
        ("Hafenstadt (dpa/tmn) - Es regnete.", "dpa"),
        ("Hafenstadt, 3. Mai (AFP) – Es regnete.", "Agence France-Presse"),
        ("Hafenstadt/dpa. Es regnete.", "dpa"),
        ("PORT-NEUF, 4 mai (Reuters) – Il a plu.", "Reuters"),
        ("Puerto, 3 may (EFE).- Llovió.", "EFE"),
        ("(ANSA) - PORTO, 3 MAG - Ha piovuto.", "ANSA"),
        ("Porto, 3 mai 2031 (Lusa) – Choveu.", "Lusa"),
        ("МОСКВА, 3 мая. /ТАСС/. Шёл дождь.", "TASS"),
        ("МОСКВА, 3 мая — РИА Новости. Шёл дождь.", "RIA Novosti"),
        ("المرفأ (رويترز) - هطل المطر.", "Reuters"),
        ("المرفأ - رويترز: هطل المطر.", "Reuters"),
        ("【北京共同】雨が降った。", "Kyodo"),
        ("［東京 ３日 ロイター］ - 雨が降った。", "Reuters"),
        ("新华社北京5月3日电 下雨了。", "Xinhua"),
        ("Rain falls in Haven.\n\nHAVEN (AP) — Rain fell.", "Associated Press"),
        ("HAVEN, PA — Rain fell.", None),
        ("Rain fell, Reuters reported on Monday.", None),
        ("Reuters: rain fell in Haven.", None),
        ("The Airline Association (AA) is older than its airline.", None),
        ("Rain fell again in the old town. Then (AP) - or so they say - it stopped.", None),
    ],
)
def test_the_dateline_credits(opening: str, agency: str | None) -> None:
    assert find_agency((), f"{opening}\n\n{BODY}") == agency


@pytest.mark.parametrize(
    ("closing", "agency"),
    [
        ("— With files from The Canadian Press", "Canadian Press"),
        ("The Associated Press contributed to this report.", "Associated Press"),
        ("Contributing: Associated Press", "Associated Press"),
        ("Associated Press", "Associated Press"),
        ("© 2031 The Associated Press. All rights reserved.", "Associated Press"),
        ("(Reporting by Ada Smith; Editing by Bo Jones)", "Reuters"),
        ("(dpa)", "dpa"),
        ("Der Regen hörte auf. (dpa)", "dpa"),
        ("HP/dpa", "dpa"),
        ("ap/dpa/afp", "dpa"),
        ("Mit Material von dpa", "dpa"),
        ("Quelle: APA", "APA"),
        ("(avec AFP)", "Agence France-Presse"),
        ("Con información de EFE", "EFE"),
        ("Com informações da Agência Lusa", "Lusa"),
        ("Fonte: ANSA", "ANSA"),
        ("По материалам ТАСС", "TASS"),
        ("المصدر: رويترز", "Reuters"),
        ("雨はやんだ。（共同）", "Kyodo"),
        ("Rain fell, according to The Associated Press.", None),
        ("Sie sagte der dpa, der Regen habe aufgehört.", None),
        ("He flew with the Airline Association (AA).", None),
        ("She left the room (the AP was there).", None),
    ],
)
def test_the_closing_line_credits(closing: str, agency: str | None) -> None:
    assert find_agency((), f"{BODY}\n\n{closing}") == agency


def test_the_byline_goes_before_the_dateline_and_that_before_the_closing_line() -> None:
    text = f"HAVEN (AP) — Rain.\n\n{BODY}\n\n(dpa)"
    assert find_agency(("Reuters",), text) == "Reuters"
    assert find_agency((), text) == "Associated Press"


@pytest.mark.parametrize(
    ("authors", "opening"),
    [
        (("Meridian Wire",), "Rain fell."),
        ((), "HAVEN (Meridian) — Rain fell."),
        ((), "HAVEN, 4 May (Meridian Wire) – Rain fell."),
    ],
)
def test_agencies_among_the_sources_are_known(authors: tuple[str, ...], opening: str) -> None:
    assert find_agency(authors, opening, known=["Meridian Wire"]) == "Meridian Wire"
    assert find_agency(authors, opening) is None


@pytest.mark.parametrize("text", ["", "\n\n", "(", "(AP" * 5_000, "— " * 20_000, "AP " * 20_000, "\u0301（"])
def test_odd_texts_credit_nobody(text: str) -> None:
    assert find_agency((), text) is None


def test_the_card_was_measured() -> None:
    assert CARD["precision"]
    assert CARD["recall"]
