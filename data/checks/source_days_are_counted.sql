-- What a source-day says of its articles is what is there: shares are taken of these counts.
SELECT source_id, covered_on, c.articles, coalesce(counted, 0) AS counted
FROM   covered_days AS c LEFT JOIN (SELECT source_id, published_on AS covered_on, count(*) AS counted FROM articles
                                    WHERE date_origin <> 'collected' GROUP BY ALL) USING (source_id, covered_on)
WHERE  c.articles <> coalesce(counted, 0)
UNION ALL
SELECT source_id, covered_on, count(*), NULL FROM covered_days GROUP BY ALL HAVING count(*) > 1
