"""Make a publication of the newest one: what is dear to make, texts and their word index, is taken over and added to.

Everything else is written anew from the store, which takes seconds. An article whose title, text, day or source has changed
loses its text and postings, as one that is gone, and is indexed again with the new ones.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl.publish.schema import quoted, schema_sql
from etl.store.database import Database

KEPT = ("article_texts", "terms", "postings", "lead_words")
LARGEST_ADDITION = (
    1 / 3
)  # of the large segment; then all is built anew, since queries slow down with what lies beside it


def can_grow(newest: Path | None) -> bool:
    """Tell whether a publication is declared as a new one would be, has its texts, and was not added to too much."""
    if newest is None:
        return False
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {quoted(newest)} AS newest (READ_ONLY); CREATE SCHEMA fresh; USE fresh;")
        connection.execute(schema_sql())
        if connection.execute(_DECLARED_OTHERWISE).fetchall() != [(0,)]:
            return False
        (articles, texts, added, large) = connection.execute(_SIZES).fetchall()[0]
    return bool(articles == texts and added <= large * LARGEST_ADDITION)


_DECLARED_OTHERWISE = """
WITH declared AS (
    SELECT database_name = 'newest' AS is_newest, function_name AS name, coalesce(macro_definition, '') || parameters::VARCHAR AS definition
    FROM   duckdb_functions() WHERE NOT internal
    UNION ALL
    SELECT database_name = 'newest', table_name || '.' || column_name, data_type || is_nullable || coalesce(comment, '')
    FROM   duckdb_columns() WHERE NOT internal
)
SELECT count(*) FROM (SELECT name FROM declared GROUP BY name, definition HAVING count(DISTINCT is_newest) < 2)
"""
_SIZES = """
SELECT (SELECT count(*) FROM newest.articles), (SELECT count(*) FROM newest.article_texts),
       (SELECT count(*) FROM newest.postings WHERE segment > 0), (SELECT count(*) FROM newest.postings WHERE segment = 0)
"""


def begin_growth(database: Database) -> None:
    """Empty the tables of the attached publication that are written anew, remembering which articles it had."""
    database.execute(_KNOWN_ARTICLES)
    tables = database.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'publication'")
    for (table,) in tables:
        if table not in KEPT:
            database.execute(f"DELETE FROM publication.{table}")
    database.execute("CHECKPOINT publication")  # so that the new rows take the room of the old ones


def forget_changed(database: Database) -> None:
    """Take the articles that changed, or are gone, out of the texts and the word index of the attached publication."""
    database.execute(_CHANGED_ARTICLES)
    if database.value("SELECT count(*) FROM changed_articles"):
        with database.transaction():
            for statement in _FORGET:
                database.execute(statement)
    database.execute("DROP TABLE known_articles; DROP TABLE changed_articles;")


_FACTS = "article_id, source_id, title, text_digest, CASE WHEN date_origin <> 'collected' THEN published_on END AS day"
_KNOWN_ARTICLES = f"CREATE OR REPLACE TEMP TABLE known_articles AS SELECT {_FACTS} FROM publication.articles"
_CHANGED_ARTICLES = f"""
CREATE OR REPLACE TEMP TABLE changed_articles AS
SELECT article_id FROM (FROM known_articles EXCEPT SELECT {_FACTS} FROM publication.articles)
"""
_FORGET = (
    """UPDATE publication.terms SET articles = terms.articles - gone.articles
       FROM (SELECT term_id, count(*) AS articles FROM publication.postings SEMI JOIN changed_articles USING (article_id)
             GROUP BY term_id) AS gone
       WHERE terms.term_id = gone.term_id""",
    """UPDATE publication.terms SET lead_articles = terms.lead_articles - gone.articles
       FROM (SELECT term_id, count(*) AS articles FROM (SELECT unnest(term_ids) AS term_id FROM publication.lead_words
             SEMI JOIN changed_articles USING (article_id)) GROUP BY term_id) AS gone
       WHERE terms.term_id = gone.term_id""",
    "DELETE FROM publication.terms WHERE articles = 0",
    *(
        f"DELETE FROM publication.{table} WHERE article_id IN (SELECT article_id FROM changed_articles)"
        for table in ("postings", "lead_words", "article_texts")
    ),
)
