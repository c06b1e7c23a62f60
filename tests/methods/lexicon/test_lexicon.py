import pytest

from etl.methods.lexicon import LANGUAGES, load_lexicon
from etl.methods.lexicon.gazetteer import case_forms, given_names, place_names, stem, world_outlets
from etl.methods.lexicon.grammar import load_grammar
from etl.methods.lexicon.index import NameIndex

NEEDED = (
    "speech.strong",
    "people.roles",
    "organisations.known",
    "places.variants",
    "citations.deny",
    "citations.false",
    "citations.back",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", NEEDED)
def test_every_language_has_the_lists_that_methods_need(language: str, key: str) -> None:
    assert load_lexicon(language).phrases(key), f"{language}.toml lacks {key}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_is_a_phrase_cut_into_words(language: str) -> None:
    lists = load_lexicon(language).lists
    assert not [key for key, words in lists.items() if any(word != word.strip() or not word for word in words)]


def test_a_language_without_a_file_has_empty_lists() -> None:
    assert load_lexicon("nl").phrases("speech.strong") == ()
    assert load_lexicon(None).words("speech.strong", "speech.weak") == frozenset()
    assert load_lexicon("de-AT").language == "de"


def test_a_word_of_several_lists_has_the_stronger_letter() -> None:
    letters = load_grammar("en").letters
    assert (letters["said"], letters["called"], letters["of"], letters["in"], letters["she"]) == (
        "V",
        "W",
        "J",
        "J",
        "P",
    )


def test_places_have_names_in_their_language_and_its_cases() -> None:
    assert place_names("ru")["москве"].name == "Москва"
    assert place_names("de")["deutschlands"].country == "DE"
    assert place_names("fr")["états-unis"].is_country
    assert place_names("nl")["frankrijk"].country == "FR"  # from CLDR alone
    assert not place_names("en")["boston"].is_country
    assert "european union" not in place_names("en")


def test_an_unknown_language_has_the_english_places() -> None:
    assert place_names("zz-unknown")["france"].country == "FR"


def test_given_names_tell_a_gender_with_and_without_accents() -> None:
    names = given_names()
    assert (names["maría"], names["maria"], names["john"], names["leslie"], names["анны"]) == ("f", "f", "m", "", "f")


def test_names_change_by_case_and_keep_a_stem() -> None:
    assert {"Киева", "Киеву"} <= set(case_forms("Киев", "ru"))
    assert stem("пескова", "ru") == stem("песков", "ru") == "песков"
    assert stem("Smith", "en") == "Smith"


def test_outlets_are_named_once() -> None:
    names = [outlet.name for outlet in world_outlets()]
    assert len(names) == len(set(names)) > 300


def test_an_index_finds_the_longest_name_first() -> None:
    index: NameIndex[str] = NameIndex()
    index.add(("new", "york"), "city")
    index.add(("new", "york", "times"), "paper")
    assert list(index.at(("the", "new", "york", "times"), 1)) == [(3, "paper"), (2, "city")]
    assert list(index.at(("new", "york"), 0)) == [(2, "city")]
    assert "new" in index
    assert "york" not in index
