-- A story's size is that of its articles, and every article's story is there.
SELECT story_id, s.articles, s.sources FROM stories AS s
       LEFT JOIN (SELECT story_id, count(*) AS articles, count(DISTINCT source_id) AS sources FROM articles GROUP BY story_id) AS counted USING (story_id)
WHERE  s.articles IS DISTINCT FROM counted.articles OR s.sources IS DISTINCT FROM counted.sources
