from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.records import Collection, Source, SourceDomain, SourceList
from etl.settings import load_sources

DOMAINS = '["tidende.test/news", { domain = "old-tidende.test", first_on = 2001-01-01, last_on = 2019-12-31 }]'
GOOD = """
fictional = true

[collections.islands]
name = "Papers of the islands"

[[sources]]
source_id = "harbour-post"
name = "Harbour Post"
home_page = "http://www.harbour-post.test/"
country = "IE"
language = "en"
time_zone = "Europe/Dublin"
kind = "newspaper"
collections = ["islands"]
feeds = ["http://harbour-post.test/feed.xml"]

[[sources]]
source_id = "tidende"
name = "Tidende"
feeds = ["https://feeds.example/tidende"]
domains = @
""".replace("@", DOMAINS)


def load(tmp_path: Path, text: str) -> SourceList:
    path = tmp_path / "sources.toml"
    path.write_text(text)
    return load_sources(path)


def test_a_list_of_sources(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD) == SourceList(
        sources=(
            Source(
                "harbour-post",
                "Harbour Post",
                "http://www.harbour-post.test/",
                "IE",
                "en",
                "Europe/Dublin",
                "newspaper",
                (SourceDomain("harbour-post.test"),),
                ("http://harbour-post.test/feed.xml",),
                ("islands",),
            ),
            Source(
                "tidende",
                "Tidende",
                domains=(
                    SourceDomain("tidende.test", "/news/"),
                    SourceDomain("old-tidende.test", "/", date(2001, 1, 1), date(2019, 12, 31)),
                ),
                feeds=("https://feeds.example/tidende",),
            ),
        ),
        collections=(Collection("islands", "Papers of the islands"),),
        is_fictional=True,
    )


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    assert load(tmp_path, "# nothing yet\n") == SourceList(())


@pytest.mark.parametrize("language", ["en", "pt-BR", "zh-Hant", "sr-Latn-RS", "es-419"])
def test_languages(tmp_path: Path, language: str) -> None:
    assert load(tmp_path, GOOD.replace('"en"', f'"{language}"')).sources[0].language == language


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("feeds = ", "fedds = ", "line 16, source 1 (harbour-post): unknown key 'fedds'; did you mean 'feeds'?"),
        ('name = "Tidende"', "", "line 18, source 2 (tidende): key 'name' is missing; add it"),
        ('name = "Tidende"', 'name = " "', "line 20, source 2 (tidende): name ' ' says nothing"),
        ('name = "Tidende"', "name = 7", "line 20, source 2 (tidende): name 7 should be a valid string"),
        (
            'source_id = "tidende"',
            'source_id = "harbour-post"',
            "line 19, source 2 (harbour-post): source_id 'harbour-post' is that of source 1 too; rename one",
        ),
        ('"tidende"', '"Tidende!"', "source_id 'Tidende!' is no id; write lower-case letters, digits and hyphens"),
        (
            'feeds = ["https://feeds.example/tidende"]',
            "",
            "line 18, source 2 (tidende): the source has neither feeds nor a home_page to find them from; add one",
        ),
        (
            f"domains = {DOMAINS}",
            "",
            "line 18, source 2 (tidende): the source has neither a home_page nor domains",
        ),
        (
            "https://feeds.example/tidende",
            "tidende.rss",
            "line 21, source 2 (tidende): feeds 'tidende.rss' is no address",
        ),
        ("https://feeds.example/tidende", "ftp://feeds.example/", "'ftp://feeds.example/' is no address"),
        ("https://feeds.example/tidende", "https://feeds/", "'https://feeds/' is no address"),
        ("https://feeds.example/tidende", "https://exa mple.org/", "is no address"),
        ("http://www.harbour-post.test/", "www.harbour-post.test", "line 10, source 1 (harbour-post): home_page"),
        ('"IE"', '"UK"', "line 11, source 1 (harbour-post): country 'UK' is no country; write its two letters"),
        ('"IE"', '"Ireland"', "country 'Ireland' is no country"),
        ('"en"', '"english"', "line 12, source 1 (harbour-post): language 'english' is no language"),
        ('"en"', '"xx"', "language 'xx' is no language"),
        ("Europe/Dublin", "GMT+1", "line 13, source 1 (harbour-post): time_zone 'GMT+1' is no time zone"),
        ('"newspaper"', '"paper"', "kind 'paper' is unknown; use 'newspaper', 'agency', 'broadcaster', 'magazine' or"),
        ('["islands"]', '["island"]', "line 15, source 1 (harbour-post): collection 'island' is not declared; add a"),
        ("[collections.islands]", "[collections.Islands]", "'Islands' is no id"),
        (
            "tidende.test/news",
            "https://tidende.test/",
            "line 22, source 2 (tidende): domain 'https://tidende.test/' is no domain",
        ),
        (
            "tidende.test/news",
            "harbour-post.test",
            "line 22, source 2 (tidende): harbour-post.test/ is 'harbour-post''s already",
        ),
        ("fictional = true", "fictional = 'maybe'", "line 2: fictional 'maybe' should be a valid boolean"),
        ("[[sources]]", "[[source]]", "unknown key 'source'; did you mean 'sources'?"),
        ("fictional = true", "fictional = ", "is not TOML"),
    ],
)
def test_a_mistake_is_told_with_file_place_and_remedy(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in GOOD
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, GOOD.replace(old, new))
    assert str(caught.value).startswith(f"{tmp_path / 'sources.toml'}: ")
    assert sentence in str(caught.value)


def test_a_domain_may_pass_from_one_source_to_another(tmp_path: Path) -> None:
    heir = """
[[sources]]
source_id = "heir"
name = "Heir"
home_page = "http://heir.test/"
domains = ["heir.test", { domain = "old-tidende.test", first_on = %s }]
"""
    assert len(load(tmp_path, GOOD + heir % "2020-01-01").sources) == 3
    with pytest.raises(ConfigError, match=r"old-tidende\.test/ is 'tidende''s already"):
        load(tmp_path, GOOD + heir % "2019-12-31")
