"""A TOML file that can tell where in it a mistake stands, and how to mend it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from etl.errors import ConfigError

HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")

Location: TypeAlias = tuple[int | str, ...]  # as pydantic gives it: ("sources", 2, "feeds", 0)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file's name, its lines and what they say."""

    path: Path
    lines: tuple[str, ...]
    data: dict[str, Any]

    @classmethod
    def load(cls, path: Path) -> TomlFile:
        """Read a file; ConfigError where there is none, or where it is no TOML."""
        try:
            text = path.read_text(encoding="utf-8")
            return cls(path, tuple(text.splitlines()), tomllib.loads(text))
        except FileNotFoundError:
            raise ConfigError(str(path), "", "there is no such file; check its name") from None
        except OSError as error:
            raise ConfigError(str(path), "", f"cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise ConfigError(str(path), "", f"is not UTF-8 (byte {error.start}); save it as UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(str(path), "", f"is not TOML: {error}; mend that line") from error

    def holds(self, location: Location) -> bool:
        """Tell whether the file itself says something at a location."""
        found: Any = self.data
        for part in location:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                return False
        return True

    def mistake(self, location: Location, problem: str) -> ConfigError:
        """Return the error for a problem at a location, with the line and the entry's number and name."""
        line = _line_of(self.lines, location)
        parts = [f"line {line}"] if line else []
        if len(location) > 1 and isinstance(location[1], int):
            parts.append(f"{str(location[0]).removesuffix('s')} {location[1] + 1}{self._name_of(location)}")
        elif len(location) > 1:
            parts.append(f"[{'.'.join(str(part) for part in location[:-1] if isinstance(part, str))}]")
        return ConfigError(str(self.path), ", ".join(parts), problem)

    def _name_of(self, location: Location) -> str:
        entry = self.data[str(location[0])][location[1]]
        name = next((entry[key] for key in entry if key.endswith("_id")), None) if isinstance(entry, dict) else None
        return f" ({name})" if isinstance(name, str) else ""


def first_mistake(file: TomlFile, error: ValidationError, model: type[BaseModel]) -> ConfigError:
    """Turn the first of pydantic's findings into our error."""
    return file.mistake(location_of(error), _problem_of(error.errors()[0], model))


def location_of(error: ValidationError) -> Location:
    """Return where the first of pydantic's findings stands."""
    location = tuple(part for part in error.errors()[0]["loc"] if part != "[key]")  # pydantic's mark for a table's name
    while len(location) > 2 and isinstance(location[-1], int):  # an element of a list stands where the list does
        location = location[:-1]
    return location


def _problem_of(error: ErrorDetails, model: type[BaseModel]) -> str:
    """Say in one sentence what pydantic found, and what to do."""
    key, given = str(error["loc"][-1]), error["input"]
    match error["type"]:
        case "extra_forbidden":
            known = get_close_matches(key, sorted(_keys_of(model)), n=1)
            return f"unknown key {key!r}" + (f"; did you mean {known[0]!r}?" if known else "; take it out")
        case "missing":
            return f"key {key!r} is missing; add it"
        case "literal_error":
            return f"{key} {given!r} is unknown; use {error['ctx']['expected']}"
        case "value_error":
            return f"{_named(error['loc'])} {given!r} {error['ctx']['error']}"
        case _:
            rule = error["msg"].removeprefix("Input ").removeprefix("String ")
            return f"{_named(error['loc'])} {given!r} {rule}; correct it"


def _named(location: Location) -> str:
    """The innermost name of a location: a list's element is known by its list."""
    return next((part for part in reversed(location) if isinstance(part, str) and part != "[key]"), "")


def _keys_of(model: type[BaseModel]) -> set[str]:
    """All keys that may stand in a file of this model, its inner models' included."""
    keys = set(model.model_fields)
    for field in model.model_fields.values():
        for kind in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                keys |= _keys_of(kind)
    return keys


def _line_of(lines: tuple[str, ...], location: Location) -> int | None:
    """The line of a location's key, else of its table; None where neither can be found."""
    names = [part for part in location if isinstance(part, str)]
    if not names:
        return None
    number = next((part for part in location if isinstance(part, int)), 0)
    if len(names) == 1 and not isinstance(location[-1], int):
        return _key_line(lines, 0, names[0]) or _header_line(lines, names[0], number)
    table = names[0] if isinstance(location[1], int) else ".".join(names[:-1])
    header = _header_line(lines, table, number)
    keys = (_key_line(lines, header, name) for name in reversed(names[1:])) if header else ()
    return next(filter(None, keys), header)


def _header_line(lines: tuple[str, ...], table: str, number: int) -> int | None:
    """The line of the table's header, of the number-th (from 0) where it is repeated."""
    found = [
        place
        for place, line in enumerate(lines, start=1)
        if (match := HEADER.match(line)) and match[2].replace('"', "").replace(" ", "") == table
    ]
    return found[number] if number < len(found) else None


def _key_line(lines: tuple[str, ...], header: int, key: str) -> int | None:
    """The line below a header (0: below the top) that begins with the key."""
    begins = re.compile(rf"""^\s*["']?{re.escape(key)}["']?\s*=""")
    for place, line in enumerate(lines[header:], start=header + 1):
        if HEADER.match(line):
            return None
        if begins.match(line):
            return place
    return None
