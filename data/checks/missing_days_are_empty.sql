-- A missing day has no articles, and every source-day with articles was looked at.
SELECT source_id, covered_on, 'has articles' AS breach FROM covered_days WHERE state = 'missing' AND articles > 0
UNION ALL
SELECT source_id, published_on, 'was not looked at' FROM (SELECT DISTINCT source_id, published_on FROM articles WHERE date_origin <> 'collected')
       ANTI JOIN (SELECT source_id, covered_on AS published_on FROM covered_days) USING (source_id, published_on)
