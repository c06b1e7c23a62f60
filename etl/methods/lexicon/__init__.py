"""Word lists by language, one TOML file each, written by hand; a language without a file has empty lists.

A key is `section.name`. Words stand apart by spaces in one string; phrases of several words are lists of strings.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "pt", "ru")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of one language."""

    language: str | None
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def words(self, *keys: str) -> frozenset[str]:
        """Return the words and phrases of some lists together; an absent list is empty."""
        return frozenset(word for key in keys for word in self.lists.get(key, ()))

    def phrases(self, key: str) -> tuple[str, ...]:
        """Return one list in its order."""
        return self.lists.get(key, ())


@lru_cache(maxsize=32)
def load_lexicon(language: str | None) -> Lexicon:
    """Load the lists of a language (ISO 639-1, a region is ignored)."""
    code = (language or "").lower().partition("-")[0]
    if code not in LANGUAGES:
        return Lexicon(code or None)
    return Lexicon(code, read_lists(FOLDER / f"{code}.toml"))


def read_lists(path: Path) -> dict[str, tuple[str, ...]]:
    """Read one file of lists, by `section.name`."""
    sections = tomllib.loads(path.read_text(encoding="utf8"))
    return {
        f"{section}.{name}": tuple(words.split() if isinstance(words, str) else words)
        for section, lists in sections.items()
        for name, words in lists.items()
    }
