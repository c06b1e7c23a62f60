"""Texts that no newspaper prints take time in proportion to their length, and raise nothing."""

from __future__ import annotations

import time
from datetime import date

import pytest

from etl.methods.citations import OutletNames, find_citations
from etl.methods.dates import find_dates
from etl.methods.mentions import find_mentions
from etl.methods.quotes import find_quotes

OUTLETS = OutletNames()
LETTERS = 40_000
MOST_SECONDS = 6.0  # for four methods; one that took time by the square of the length would need ten times as much


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("en", '"'),
        ("en", "“"),
        ("en", "(“"),
        ("en", "“Yes,” said Ada Smith. "),
        ("en", "“Yes,” he said, “no.” "),
        ("en", "Mayor Ada Smith came. “Yes,” the mayor said. "),
        ("en", "“It rained\n\n"),
        ("en", "Bank of "),
        ("en", "Agency "),
        ("en", "Ada, "),
        ("en", "A."),
        ("en", "1 "),
        ("en", "24 February "),
        ("en", "Reuters reported "),
        ("en", "Reuters reported it. He denied the report. "),
        ("de", "„Ja“, sagte Ada Schmidt, "),
        ("fr", "« Oui », dit-elle, "),
        ("ja", "「はい」と田中太郎市長は語った。"),
        ("ja", "「"),
        ("ar", "قال الرئيس «نعم» "),
        (None, "\n\n"),
    ],
)
def test_no_text_takes_long(language: str | None, piece: str) -> None:
    text = piece * (LETTERS // len(piece))
    start = time.process_time()
    names = find_mentions(text, language=language)
    find_quotes(text, language=language, mentions=names)
    find_citations(text, language=language, own_source=None, outlets=OUTLETS)
    find_dates(text, language=language, published_on=date(2022, 9, 14))
    assert time.process_time() - start < MOST_SECONDS
