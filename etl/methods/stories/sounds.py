"""How names sound, roughly and alike in every alphabet: the bridge between articles in different languages.

A name becomes the classes of its consonants, of which there are six, as in Soundex (Russell 1918) but over scripts: lips,
tongue, palate, hissing, nose, and the two liquids that Japanese does not tell apart. Santovar, Сантовар, サントバル
and سانتوفار are all `sntbr`. Known errors: scripts that the table lacks have no key; Arabic and Japanese drop or add sounds,
and an Arabic name that begins like an attached word loses its beginning.
"""

from __future__ import annotations

import re
import unicodedata

_CLASSES = {
    "b": "bpfvбпвфبپفβπφバビブベボパピプペポフヴ",
    "k": "kgqcxгкґقكگغخκγχξカキクケコガギグゲゴ",
    "t": "dtдтتطدضثذظτδθタチツテトダヂヅデド",
    "s": "szjсзшщчцжسصزشجژچσςζサシスセソザジズゼゾ",
    "n": "mnмнمنμνナニヌネノマミムメモン",
    "r": "lrлрلرλρラリルレロ",
}
_TABLE = {ord(letter): sound for sound, letters in _CLASSES.items() for letter in letters}
_HISSING = re.compile("sch|sh|ch(?=[aeiou])|c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_ATTACHED = re.compile("^[وفبلك]?(?:ال)?")  # and, so, in, for, as; the
_SHORT = 4  # letters: of a shorter Arabic word, they may be the word itself


def sound_of(name: str) -> str:
    """Return the classes of a name's consonants in order, doubled ones once; empty if its script is not known."""
    letters = _bare(name.lower())
    if letters.isascii():
        letters = _HISSING.sub("s", letters)
    elif len(letters) > _SHORT and _ARABIC.match(letters):
        letters = _ARABIC_ATTACHED.sub("", letters)
    return _DOUBLED.sub(r"\1", "".join(_TABLE.get(ord(letter), "") for letter in letters))


def _bare(word: str) -> str:
    """Strip accents, of Latin letters only: the voicing marks of Japanese are sounds."""
    if word.isascii() or "ァ" <= word[0] <= "ヿ":
        return word
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
