"""Lead every name that articles have to one entity, whose number lasts."""

from __future__ import annotations

from collections.abc import Iterable

from etl.methods.mentions.aliases import Aliases, EntityAlias, find_aliases
from etl.records import MentionKind
from etl.store.database import Database

Name = tuple[str, MentionKind]


def name_entities(database: Database) -> None:
    """Make the table entity_names (name, kind, entity_id, origin); new entities get their number here."""
    known = resolve_names(database.rows(_COUNTS), Aliases())
    rows = [
        {"name": name, "kind": kind, "entity": alias.name, "origin": alias.origin}
        for (name, kind), alias in known.items()
    ]
    database.execute(
        "CREATE OR REPLACE TEMP TABLE aliases (name VARCHAR, kind VARCHAR, entity VARCHAR, origin VARCHAR)"
    )
    database.insert("aliases", rows)
    with database.transaction():
        database.execute(_LEAD)
        database.execute(_NUMBER)
    database.execute(_ENTITY_NAMES)


def resolve_names(
    counts: Iterable[tuple[str, MentionKind, str | None, int]], aliases: Aliases
) -> dict[Name, EntityAlias]:
    """Return which names are others, of rows of name, kind, language and articles.

    What a name is known to be in a language goes before what all articles together show.
    """
    known: dict[Name, EntityAlias] = {}
    totals: dict[Name, int] = {}
    for name, kind, language, articles in counts:
        totals[name, kind] = totals.get((name, kind), 0) + articles
        alias = aliases.resolve(name, kind, language=language)
        if alias:
            known.setdefault((name, kind), alias)
    found = {(alias.alias, alias.kind): alias for alias in find_aliases(totals, aliases)}
    return found | known


_COUNTS = """
SELECT name, kind, language, count(*)::INTEGER FROM mentions JOIN articles USING (article_id)
GROUP  BY ALL ORDER BY name, kind, count(*) DESC, language
"""
_LEAD = """
CREATE OR REPLACE TEMP TABLE led AS
SELECT DISTINCT m.name, m.kind, coalesce(a.entity, m.name) AS entity, origin FROM mentions AS m LEFT JOIN aliases AS a USING (name, kind)
"""
_NUMBER = """
INSERT INTO entities BY NAME
SELECT nextval('entity_ids') AS entity_id, name, kind
FROM   (SELECT DISTINCT entity AS name, kind FROM led ORDER BY ALL) ANTI JOIN entities USING (name, kind)
"""
_ENTITY_NAMES = """
CREATE OR REPLACE TEMP TABLE entity_names AS
SELECT led.name, led.kind, entity_id, CASE WHEN led.name <> entity THEN origin END AS origin
FROM   led JOIN entities AS e ON e.name = led.entity AND e.kind = led.kind
"""
