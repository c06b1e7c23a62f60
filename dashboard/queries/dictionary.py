"""What the file says of itself: tables, columns, questions, topics and methods."""

from __future__ import annotations

import pandas as pd

from dashboard.dataset import Dataset


def tables(dataset: Dataset) -> pd.DataFrame:
    """Return name, comment and rows (estimated) of the dataset's tables."""
    return dataset.sql(
        """SELECT table_name AS name, comment, estimated_size AS rows FROM duckdb_tables()
           WHERE database_name = 'dataset' AND NOT temporary ORDER BY table_oid"""
    )


def columns(dataset: Dataset) -> pd.DataFrame:
    """Return table_name, name, type and comment of every column, in order."""
    return dataset.sql(
        """SELECT table_name, column_name AS name, data_type AS type, comment FROM duckdb_columns()
           WHERE database_name = 'dataset' AND NOT internal ORDER BY table_oid, column_index"""
    )


def questions(dataset: Dataset) -> pd.DataFrame:
    """Return name, parameters (list) and comment of the questions that the file answers."""
    return dataset.sql(
        """SELECT function_name AS name, parameters, comment FROM duckdb_functions()
           WHERE database_name = 'dataset' AND function_type = 'table_macro' AND comment IS NOT NULL ORDER BY function_oid"""
    )


def topics(dataset: Dataset) -> pd.DataFrame:
    """Return topic_id, name, query and articles of the topics, by name."""
    return dataset.sql(
        """SELECT t.topic_id, t.name, t.query, count(article_id) AS articles FROM topics AS t LEFT JOIN article_topics USING (topic_id)
           GROUP BY ALL ORDER BY t.name, t.topic_id"""
    )


def methods(dataset: Dataset) -> pd.DataFrame:
    """Return the cards of the methods: name, version, definition, measured_on, precision, recall, languages, reference."""
    return dataset.sql("FROM methods ORDER BY name, version")
