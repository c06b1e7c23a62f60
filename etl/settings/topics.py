"""The topics file: saved queries with a name."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pydantic import ValidationError

from etl.records import Topic
from etl.settings.fields import Id, Table, Text
from etl.settings.toml import TomlFile, first_mistake


class TopicEntry(Table):
    """One [[topics]] of the file."""

    topic_id: Id
    name: Text
    query: Text


class TopicsFile(Table):
    """The whole file."""

    topics: tuple[TopicEntry, ...] = ()


def load_topics(path: Path) -> tuple[Topic, ...]:
    """Read the topics file; ConfigError names what cannot be meant. Queries are checked where they are read."""
    file = TomlFile.load(path)
    try:
        entries = TopicsFile.model_validate(file.data).topics
    except ValidationError as error:
        raise first_mistake(file, error, TopicsFile) from error
    counted = Counter(entry.topic_id for entry in entries)
    for number, entry in enumerate(entries):
        if counted[entry.topic_id] > 1:
            raise file.mistake(("topics", number, "topic_id"), f"topic_id {entry.topic_id!r} is used twice; rename one")
    return tuple(Topic(entry.topic_id, entry.name, entry.query) for entry in entries)
