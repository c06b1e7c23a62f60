-- A topic's articles stand under their own source and day: they are counted by these.
SELECT topic_id, article_id FROM article_topics AS t JOIN articles AS a USING (article_id)
WHERE  t.source_id <> a.source_id OR t.published_on IS DISTINCT FROM CASE WHEN a.date_origin <> 'collected' THEN a.published_on END
UNION ALL
SELECT topic_id, article_id FROM article_topics GROUP BY ALL HAVING count(*) > 1
