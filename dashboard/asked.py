"""This file is a question as asked: what stands behind a chart or a list, to be taken along as SQL, Python or CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import quote

from dashboard.dataset import question_sql, written_out
from dashboard.filters import Choices, Filter, to_address


@dataclass(frozen=True)
class Asked:
    """A question of the dataset with all that it was asked with.

    Attributes:
        question: Name of the macro.
        wanted: The filters.
        leading: What it asks for first, such as a story.
        arguments: Its own named parameters, such as grain.
    """

    question: str
    wanted: Filter | None = None
    leading: tuple[Any, ...] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def sql(self) -> str:
        """Return the SQL that gives the same answer in any DuckDB shell."""
        return written_out(*question_sql(self.question, self.wanted, self.leading, self.arguments))

    def python(self) -> str:
        """Return the call that gives the same answer in Python."""
        named = [f"{name}={value!r}" for name, value in self.arguments.items() if value is not None]
        given = [repr(self.question), _filter_written(self.wanted), *(repr(value) for value in self.leading), *named]
        return f"Dataset().ask({', '.join(given)})"

    def address(self) -> str:
        """Return the address of the same answer as CSV."""
        pairs = [("question", self.question), *(("of", str(value)) for value in self.leading)]
        pairs += [(name, str(value)) for name, value in self.arguments.items() if value is not None]
        filters = to_address(Choices(filter=self.wanted or Filter())).lstrip("?")
        told = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
        return "/answer.csv?" + (f"{told}&{filters}" if filters else told)


def python_written(asked: Sequence[Asked]) -> str:
    """Return Python that asks questions, with what it must import."""
    has_filter = any(each.wanted not in (None, Filter()) for each in asked)
    imports = ["from dashboard.dataset import Dataset"] + ["from dashboard.filters import Filter"] * has_filter
    return "\n".join([*imports, "", *(each.python() for each in asked)])


def _filter_written(wanted: Filter | None) -> str:
    if wanted is None or wanted == Filter():
        return "None"
    given = []
    for part in fields(wanted):
        value = getattr(wanted, part.name)
        if value != part.default:
            written = value.isoformat() if part.name in ("since", "until") else value
            given.append(f"{part.name}={written!r}")
    return f"Filter({', '.join(given)})"
