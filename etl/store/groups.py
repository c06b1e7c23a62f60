"""Which articles belong together: copies, stories and their merges, cited reports, and what the methods remember."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from etl.records import Citation, CopyRange
from etl.store.database import Database


@dataclass(frozen=True, slots=True)
class Grouping:
    """Where group put one article."""

    article_id: int
    story_id: int
    original_id: int | None = None
    copy_similarity: float | None = None
    copy_ranges: tuple[CopyRange, ...] = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """What group found about a batch of articles, and what its methods remember after it."""

    article_ids: Sequence[int]  # of the batch, those that were grouped before included
    groupings: Sequence[Grouping]
    merges: Sequence[tuple[int, int]] = ()  # a story, and the one that it went into
    titles: Mapping[int, str] = field(default_factory=dict)  # of stories
    states: Mapping[str, bytes] = field(default_factory=dict)  # by part; empty ones are forgotten


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, the article that cites, and one that it may speak of."""

    article_id: int
    citation: Citation
    candidate_id: int


@dataclass(frozen=True, slots=True)
class Told:
    """An article in its story, as its role is judged: sources by name."""

    article_id: int
    source: str
    authors: tuple[str, ...]
    text: str
    citations: tuple[Citation, ...]
    told_before: tuple[str, ...]  # who told the story earlier
    original_source: str | None = None  # of a copy
    copy_ranges: tuple[CopyRange, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleRow:
    """What an article does in its story, with the sentence that shows it."""

    article_id: int
    role: str
    sentence: str
    position: int | None


class GroupsTable:
    """What group saves and asks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, groups: Groups, version: str, now: datetime) -> None:
        """Save what was found about a batch, all at once."""
        database = self._database
        with database.transaction():
            database.insert("groupings", [_grouping_row(one) for one in groups.groupings])
            database.insert("copy_ranges", [row for one in groups.groupings for row in _range_rows(one)])
            for story_id, into_story_id in groups.merges:
                database.execute(
                    "UPDATE story_merges SET into_story_id = ? WHERE into_story_id = ?", into_story_id, story_id
                )
                database.execute("INSERT INTO story_merges VALUES (?, ?, ?)", story_id, into_story_id, now)
            self._save_titles(groups.titles)
            for part, state in groups.states.items():
                database.execute("DELETE FROM method_states WHERE part = ?", part)
                if state:
                    database.execute("INSERT INTO method_states VALUES (?, ?)", part, state)
            database.execute(
                "UPDATE articles SET grouper_version = ? WHERE list_contains(?::INTEGER[], article_id)",
                version, list(groups.article_ids),
            )  # fmt: skip

    def _save_titles(self, titles: Mapping[int, str]) -> None:
        self._database.execute("DELETE FROM stories WHERE list_contains(?::INTEGER[], story_id)", list(titles))
        self._database.insert("stories", [{"story_id": one, "title": title} for one, title in titles.items()])

    def states(self) -> dict[str, bytes]:
        """Return what methods remembered after the last batch, in their parts."""
        return {name: bytes(state) for name, state in self._database.rows("SELECT part, state FROM method_states")}

    def stories_of(self, article_ids: Sequence[int]) -> dict[int, int]:
        """Return the story of each article that has one."""
        return dict(self._database.rows(f"SELECT article_id, story_id FROM ({_GROUPED})", list(article_ids)))

    def headlines(self, story_ids: Sequence[int]) -> dict[int, list[str]]:
        """Return the headlines of some stories, in order of publication."""
        return dict(self._database.rows(_HEADLINES, list(story_ids)))

    def unmatched_citations(self, article_ids: Sequence[int]) -> list[Cited]:
        """Return the citations without a report, each with what it may speak of, where either is among some articles."""
        return [
            Cited(article_id, Citation(at, at, outlet, at, at, url=url), candidate_id)
            for article_id, at, outlet, url, candidate_id in self._database.rows(_UNMATCHED, list(article_ids))
        ]

    def names_of(self, article_ids: Sequence[int]) -> dict[int, frozenset[str]]:
        """Return the names that some articles mention."""
        rows = self._database.rows(
            "SELECT article_id, list(name) FROM mentions WHERE list_contains(?::INTEGER[], article_id) GROUP BY ALL",
            list(article_ids),
        )
        return {article_id: frozenset(names) for article_id, names in rows}

    def without_role(self) -> list[int]:
        """Return the articles that are grouped but have no role yet: group's last steps are still to do for them."""
        sql = "SELECT article_id FROM groupings ANTI JOIN story_roles USING (article_id) ORDER BY article_id"
        return [row[0] for row in self._database.rows(sql)]

    def told(self, article_ids: Sequence[int]) -> list[Told]:
        """Return some articles in their stories."""
        return [
            Told(
                row["article_id"], row["source"], tuple(row["authors"] or ()), row["text"],
                tuple(
                    Citation(start, start, outlet, sentence_start, sentence_end, is_dispute=is_dispute)
                    for start, outlet, sentence_start, sentence_end, is_dispute in row["citations"] or ()
                ),
                tuple(row["told_before"] or ()), row["original_source"],
                tuple(CopyRange(*part) for part in row["ranges"] or ()),
            )
            for row in self._database.records(_TOLD, list(article_ids))
        ]  # fmt: skip

    def save_roles(self, roles: Sequence[RoleRow]) -> None:
        """Save what some articles do in their stories."""
        with self._database.transaction():
            self._database.insert("story_roles", [asdict(role) for role in roles])

    def save_cited(self, found: Mapping[tuple[int, int], int]) -> None:
        """Save the reports that citations speak of, by article and position of the citation."""
        rows = [{"article_id": one, "position": at, "cited": cited} for (one, at), cited in found.items()]
        if rows:
            with self._database.transaction(), self._database.batch("found", rows):
                self._database.execute(
                    "UPDATE citations SET cited_article_id = cited FROM found "
                    "WHERE citations.article_id = found.article_id AND citations.position = found.position"
                )


def _grouping_row(one: Grouping) -> dict[str, object]:
    return {"article_id": one.article_id, "original_id": one.original_id, "copy_similarity": one.copy_similarity,
            "story_id": one.story_id}  # fmt: skip


def _range_rows(one: Grouping) -> list[dict[str, object]]:
    return [
        {"article_id": one.article_id, "position": part.position, "original_position": part.original_position, "words": part.words}
        for part in one.copy_ranges
    ]  # fmt: skip


_NOW = "SELECT article_id, coalesce(into_story_id, story_id) AS story_id FROM groupings LEFT JOIN story_merges USING (story_id)"
_GROUPED = f"{_NOW} WHERE list_contains(?::INTEGER[], article_id)"
_HEADLINES = f"""
SELECT story_id, list(title ORDER BY coalesce(published_at, collected_at), key)
FROM   ({_NOW}) JOIN articles USING (article_id)
WHERE  title IS NOT NULL AND list_contains(?::INTEGER[], story_id) GROUP BY story_id
"""
_UNMATCHED = f"""
WITH grouped AS ({_NOW}),
     unmatched AS (SELECT c.article_id, position, outlet, url, story_id FROM citations AS c JOIN grouped USING (article_id)
                   WHERE cited_article_id IS NULL),
     candidates AS (
         SELECT u.article_id, position, outlet, u.url, a.article_id AS candidate_id
         FROM   unmatched AS u JOIN grouped AS g USING (story_id) JOIN articles AS a ON a.article_id = g.article_id
                JOIN sources AS s ON s.source_id = a.source_id AND s.name = u.outlet
         UNION
         SELECT u.article_id, u.position, outlet, u.url, a.article_id
         FROM   unmatched AS u JOIN hyperlinks AS h ON h.article_id = u.article_id AND h.url = u.url JOIN articles AS a USING (key))
SELECT * FROM candidates
WHERE  article_id <> candidate_id AND (list_contains($1::INTEGER[], article_id) OR list_contains($1::INTEGER[], candidate_id))
ORDER  BY ALL
"""
_TOLD = f"""
WITH asked AS (SELECT unnest($1::INTEGER[]) AS article_id),
     grouped AS ({_NOW}),
     timed AS (SELECT g.article_id, story_id, s.name AS source, coalesce(published_at, collected_at) AS told_at
               FROM grouped AS g JOIN articles USING (article_id) JOIN sources AS s USING (source_id)),
     earlier AS (SELECT t.article_id, list(DISTINCT o.source) AS told_before
                 FROM asked JOIN timed AS t USING (article_id) JOIN timed AS o ON o.story_id = t.story_id AND o.told_at < t.told_at
                 GROUP BY t.article_id),
     cited AS (SELECT article_id, list((position, outlet, sentence_position, sentence_end, is_dispute) ORDER BY position) AS citations
               FROM citations SEMI JOIN asked USING (article_id) GROUP BY article_id),
     copied AS (SELECT article_id, list((position, original_position, words) ORDER BY position) AS ranges
                FROM copy_ranges SEMI JOIN asked USING (article_id) GROUP BY article_id)
SELECT t.article_id, t.source, authors, text, citations, told_before, o.source AS original_source, ranges
FROM   asked JOIN timed AS t USING (article_id) JOIN articles USING (article_id) JOIN article_texts USING (article_id)
       LEFT JOIN groupings AS g USING (article_id) LEFT JOIN timed AS o ON o.article_id = g.original_id
       LEFT JOIN earlier USING (article_id) LEFT JOIN cited USING (article_id) LEFT JOIN copied USING (article_id)
ORDER  BY t.article_id
"""
