from __future__ import annotations

from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.records import Topic
from etl.settings import load_topics

GOOD = """
[[topics]]
topic_id = "floods"
name = "Floods"
query = "flood* OR \\"high water\\""

[[topics]]
topic_id = "harbour"
name = "The harbour"
query = "harbour"
"""


def test_topics(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(GOOD)
    assert load_topics(path) == (
        Topic("floods", "Floods", 'flood* OR "high water"'),
        Topic("harbour", "The harbour", "harbour"),
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('query = "harbour"', 'query = ""', "line 10, topic 2 (harbour): query '' says nothing; fill it in"),
        ('query = "harbour"', "", "line 7, topic 2 (harbour): key 'query' is missing; add it"),
        ('"harbour"\nname', '"floods"\nname', "topic_id 'floods' is used twice; rename one"),
        ('"harbour"\nname', '"The Harbour"\nname', "topic_id 'The Harbour' is no id"),
    ],
)
def test_a_mistake_is_told_with_file_place_and_remedy(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = tmp_path / "topics.toml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        load_topics(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert sentence in str(caught.value)
