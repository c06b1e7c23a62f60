"""Lists of addresses as people have them: each trap of real files in a few lines."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from etl.errors import CoverageError
from etl.intake import describe_file
from etl.intake.tables import NoList, recognise_table

if TYPE_CHECKING:
    from tests.intake.conftest import Office

Write = Callable[..., Path]

ONE, TWO = (
    "https://harbour-post.example/2026/09/ferry-strike-ends",
    "https://inland-echo.example/politik/haushalt-2027-beraten",
)
MEDIA_CLOUD = "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
GKG = (
    "20260901061500-{n},20260901061500,{kind},inland-echo.example,{url}"
    + "," * 21
    + ",<PAGE_TITLE>{title}</PAGE_TITLE>"
)


def gkg(number: int, url: str, *, kind: str = "1", title: str = "Harbour reopens") -> str:
    return GKG.format(n=number, kind=kind, url=url, title=title).replace(",", "\t")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a mere list", f"{ONE}\n{TWO}\n"),
        ("a list with remarks and empty lines", f"# from the ferry project\n\n{ONE}\n\n  {TWO}  \n"),
        ("a list under a heading", f"url\n{ONE}\n{TWO}\n"),
        ("a last line without an end", f"{ONE}\r\n{TWO}"),
        ("the first column without a header", f"{ONE},12,en\n{TWO},13,de\n"),
        ("the last column by its header", f"collect_date,stories_id,media_id,url\n2026-09-01,1,7,{ONE}\n2026-09-01,2,8,{TWO}\n"),
        ("a column under a name of their own", f"no,Fundstelle,Notiz\n1,{ONE},ja\n2,{TWO},nein\n"),
        ("semicolons, as Excel writes them", f"Titel;Link\nFähre;{ONE}\nHaushalt;{TWO}\n"),
        ("tabs", f"title\tURL\nFerry, at last\t{ONE}\nBudget\t{TWO}\n"),
        ("commas and ends of lines in quotes", f'title,url\n"Ferry,\nat ""last""",{ONE}\n"Budget",{TWO}\n'),
        ("the list of a web archive", f"timestamp,original\n20260901061500,{ONE}\n20260902061500,{TWO}\n"),
        ("GDELT's list of articles", f"URL,MobileURL,Date,Title\n{ONE},,2026-09-01 06:15:00,Ferry\n{TWO},,2026-09-01 06:15:00,H\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_addresses_are_found_however_the_list_is_written(
    office: Office, write: Write, name: str, content: str, encoding: str
) -> None:
    tally = office.take_in(write("list.txt", content.encode(encoding)))
    assert (tally.done, tally.failed, office.links) == (2, 0, [ONE, TWO]), name


def test_a_story_list_of_media_cloud_brings_titles_days_and_languages(office: Office, write: Write) -> None:
    row = f'ab12,2026-09-02 03:04:05,de,inland-echo.example,inland-echo.example,2026-09-01,"Haushalt, Teil 2",{TWO}\n'
    office.take_in(write("stories.csv", MEDIA_CLOUD + row))
    assert office.rows("SELECT source_id, title, published_at, language, state FROM links") == [
        ("inland-echo-example", "Haushalt, Teil 2", datetime(2026, 9, 1, tzinfo=UTC), "de", "waiting")
    ]
    assert office.rows("SELECT name, is_listed FROM sources WHERE source_id = 'inland-echo-example'") == [
        ("inland-echo.example", False)
    ]


def test_the_time_at_which_gdelt_saw_a_page_is_not_its_publication(office: Office, write: Write) -> None:
    office.take_in(write("list.csv", f'URL,MobileURL,Date,Title\n{ONE},,2026-09-01 06:15:00,"Ferry , at last"\n'))
    assert office.rows("SELECT title, published_at FROM links") == [("Ferry , at last", None)]


def test_a_list_of_topic_links_has_two_addresses_a_row_and_a_header_without_a_comma(
    office: Office, write: Write
) -> None:
    header = "source_stories_id,source_title,source_url,ref_stories_id,ref_title,ref_url,ref_outlink_countmedia_pub_country\n"
    office.take_in(write("links.csv", header + f"1,Ferry,{ONE},2,Haushalt,{TWO},0\n"))
    assert office.links == [ONE, TWO]
    assert office.imports == [("addresses", 2, 2, 0, 0)]


def test_a_knowledge_graph_file_of_gdelt(office: Office, write: Write) -> None:
    lines = [gkg(1, ONE), gkg(2, "BBC Monitoring", kind="2"), gkg(3, TWO, title="Haushalt \xff")]
    path = write("20260901061500.gkg.csv", "\n".join(lines).encode("latin-1"))
    tally = office.take_in(path)
    assert office.rows("SELECT url, title FROM links") == [(ONE, "Harbour reopens"), (TWO, "Haushalt ÿ")]
    assert office.refusals == [(2, "a document of GDELT's that is not on the web")]
    assert tally.notes["links of GDELT's Global Knowledge Graph 2"] == 2


def test_letters_that_cannot_be_read_are_counted(office: Office, write: Write) -> None:
    filler = "".join(gkg(nth, f"{TWO}-{nth}") + "\n" for nth in range(60))
    content = filler.encode() + gkg(99, ONE, title="Gr\xfc\xdfe").encode("latin-1")
    tally = office.take_in(write("day.gkg.csv", content))
    assert tally.notes["rows with unreadable letters"] == 1
    assert office.rows(f"SELECT title FROM links WHERE url = '{ONE}'") == [("Gr\ufffd\ufffde",)]


@pytest.mark.parametrize(("columns", "place"), [(61, 60), (58, 57), (16, 5)])
def test_events_and_mentions_of_gdelt(office: Office, write: Write, columns: int, place: int) -> None:
    cells = ["1290000001", *["1"] * (columns - 1)]
    cells[place] = ONE
    office.take_in(write("events.CSV", "\t".join(cells) + "\n"))
    assert office.links == [ONE]


def test_a_packed_list_is_read_like_a_plain_one(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "stories.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stories.csv", f"title,url\nFerry,{ONE}\n")
    office.take_in(path)
    assert office.links == [ONE]


def test_every_row_that_is_not_taken_in_has_its_line_and_reason(office: Office, write: Write) -> None:
    bad = [
        ("", "the row has no address"),
        ("ftp://harbour-post.example/a", "is no web address"),
        ("not an address", "is no web address"),
        ("https://harbour-post.example/", "a home page"),
        ("https://harbour-post.example/ferry.jpg", "a media file"),
        (
            "https://news.google.com/rss/articles/CBMiX2h0",
            "a redirect of Google News, which does not tell where it leads",
        ),
        ("http://[::1/a", "is no web address: Invalid IPv6 URL"),
    ]
    lines = [f"ferry,{address}" for address, _ in bad]
    office.take_in(write("list.csv", "\n".join(["title,url", f"ferry,{ONE}", *lines])))
    assert office.refusals == [(number, reason) for number, (_, reason) in enumerate(bad, 3)]
    assert office.imports == [("addresses", len(bad) + 1, 1, 0, len(bad))]


def test_a_quote_that_is_never_closed_costs_a_row_not_the_run(
    office: Office, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.intake.tables.LONGEST_CELL", 2_000)
    rest = "".join(f"b,{TWO}-{nth}\n" for nth in range(100))
    office.take_in(write("list.csv", f'title,url\na,{ONE}\n"never closed,{TWO}\n' + rest))
    assert ONE in office.links
    assert len(office.links) > 40  # what follows the broken row is read
    assert [reason.split(":")[0] for _, reason in office.refusals] == ["the row cannot be read"]


def test_an_address_and_its_twins_are_one(office: Office, write: Write) -> None:
    twins = f"{ONE}\n{ONE}?utm_source=rss\n{ONE.replace('https://', 'http://www.')}\n"
    office.take_in(write("list.txt", twins))
    assert office.imports == [("addresses", 3, 1, 2, 0)]


def test_the_same_file_under_another_name_changes_nothing_and_a_longer_one_adds_what_is_new(
    office: Office, write: Write
) -> None:
    office.take_in(write("a.txt", f"{ONE}\n"))
    assert office.take_in(write("b.txt", f"{ONE}\n")).notes == {"known already": 1}
    tally = office.take_in(write("c.txt", f"{ONE}\n{TWO}\n"))
    assert (tally.done, tally.notes["known already"]) == (1, 1)
    assert office.links == [ONE, TWO]


@pytest.mark.parametrize(
    "header",
    [
        *("date,count,total_count,ratio", "Date,Series,Value", "term,term_count,term_ratio,doc_count"),
        *("language,count,ratio", "source,count,ratio"),
    ],
)
def test_tables_of_counts_are_refused_by_name(write: Write, header: str) -> None:
    with pytest.raises(CoverageError, match="a table of counts"):
        describe_file(write("counts.csv", header + "\n1,2,3,4\n"))
    with pytest.raises(NoList):
        recognise_table(header)


def test_a_text_in_which_addresses_occur_is_no_list() -> None:
    text = f"Ferry strike ends\nOn Monday, said {ONE}, the strike ended.\nMore, of course, tomorrow.\n"
    assert recognise_table(text) is None


def test_the_real_story_lists(office: Office, shared: Path) -> None:
    office.take_in(shared / "data" / "pages_mediacloud" / "random-stories.csv")
    ((kind, rows, imported, known, refused),) = office.imports
    assert (kind, rows, imported + known, refused) == ("addresses", 815, 806, 9)
    assert office.rows("SELECT count(*) FROM links WHERE title IS NULL OR published_at IS NULL")[0][0] < 0.05 * rows
