from pathlib import Path

from etl.methods.mentions.aliases import Aliases, EntityAlias, find_aliases
from etl.records import MentionKind


def found(*names: tuple[str, MentionKind, int], language: str | None = "en") -> dict[str, tuple[str, str]]:
    counts = {(name, kind): articles for name, kind, articles in names}
    return {one.alias: (one.name, one.origin) for one in find_aliases(counts, Aliases(), language=language)}


def test_a_surname_leads_to_the_only_full_name() -> None:
    assert found(("Quillane", "person", 3), ("Cordelia Quillane", "person", 5)) == {
        "Quillane": ("Cordelia Quillane", "surname")
    }


def test_two_people_of_one_surname_are_never_merged() -> None:
    assert found(("Clinton", "person", 9), ("Bill Clinton", "person", 2), ("Hillary Clinton", "person", 2)) == {}


def test_a_name_in_another_script_is_the_same_person() -> None:
    aliases = found(
        ("Песков", "person", 1), ("Дмитрий Песков", "person", 2), ("Dmitry Peskov", "person", 2), language="ru"
    )
    assert aliases["Дмитрий Песков"] == ("Dmitry Peskov", "file")
    assert aliases["Песков"] == ("Dmitry Peskov", "surname")


def test_countries_are_one_in_all_languages() -> None:
    assert found(("США", "place", 1), language="ru") == {"США": ("United States", "country")}
    assert found(("U.S.", "place", 1), ("United States", "place", 1)) == {"U.S.": ("United States", "country")}
    assert found(("Deutschland", "place", 1), language="de") == {"Deutschland": ("Germany", "country")}


def test_spellings_with_and_without_accents_and_initials_are_one() -> None:
    assert found(("Ada F. Smith", "person", 1), ("Ada Smith", "person", 4)) == {
        "Ada F. Smith": ("Ada Smith", "spelling")
    }
    assert found(("Kraków", "place", 5), ("Krakow", "place", 1)) == {"Krakow": ("Kraków", "spelling")}


def test_different_initials_are_different_people() -> None:
    assert (
        found(("George W. Bush", "person", 2), ("George H. W. Bush", "person", 2), ("George Bush", "person", 2)) == {}
    )
    assert found(("J. Smith", "person", 1), ("A. Smith", "person", 1)) == {}


def test_kinds_are_kept_apart() -> None:
    assert found(("Washington", "person", 2), ("Washington", "place", 5)) == {}


def test_users_add_their_own(tmp_path: Path) -> None:
    own = tmp_path / "aliases.toml"
    own.write_text('[person]\n"Ada Smith" = ["The Iron Baker"]\n', encoding="utf8")
    aliases = Aliases(own)
    assert aliases.resolve("the iron baker", "person") == EntityAlias("the iron baker", "Ada Smith", "person", "file")
    assert aliases.resolve("Ada Smith", "person") is None
    assert aliases.resolve("Kiew", "place") == EntityAlias("Kiew", "Kyiv", "place", "file")
