"""How each language says numbers, dates and people."""

from __future__ import annotations

from etl.newsroom.voices.arabic import Arabic
from etl.newsroom.voices.english import English
from etl.newsroom.voices.french import French
from etl.newsroom.voices.german import German
from etl.newsroom.voices.japanese import Japanese
from etl.newsroom.voices.spanish import Spanish
from etl.newsroom.voices.voice import Manner, Voice
from etl.newsroom.world import Language

_VOICES: dict[Language, type[Voice]] = {
    "en": English,
    "de": German,
    "fr": French,
    "es": Spanish,
    "ja": Japanese,
    "ar": Arabic,
}


def voice_of(language: Language, manner: Manner) -> Voice:
    """Return the voice of a language in a source's manner."""
    return _VOICES[language](manner)


__all__ = ["Manner", "Voice", "voice_of"]
