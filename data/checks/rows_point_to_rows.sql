-- Every number that points to another row finds it.
SELECT 'articles.source_id' AS pointer, article_id AS row_id FROM articles WHERE source_id NOT IN (SELECT source_id FROM sources)
UNION ALL SELECT 'articles.original_id', article_id FROM articles WHERE original_id IS NOT NULL AND original_id NOT IN (SELECT article_id FROM articles)
UNION ALL SELECT 'articles.story_id', article_id FROM articles WHERE story_id IS NOT NULL AND story_id NOT IN (SELECT story_id FROM stories)
UNION ALL SELECT 'article_topics.topic_id', article_id FROM article_topics WHERE topic_id NOT IN (SELECT topic_id FROM topics)
UNION ALL SELECT 'mentions.entity_id', article_id FROM mentions WHERE entity_id NOT IN (SELECT entity_id FROM entities)
UNION ALL SELECT 'quotes.article_id', article_id FROM quotes WHERE article_id NOT IN (SELECT article_id FROM articles)
UNION ALL SELECT 'citations.cited_article_id', article_id FROM citations
          WHERE cited_article_id IS NOT NULL AND cited_article_id NOT IN (SELECT article_id FROM articles)
