-- The sum over sources is the total, and so are the sums over languages and countries.
SELECT part, articles, dated FROM (
    SELECT 'sources' AS part, sum(articles) AS articles FROM coverage_by_source()
    UNION ALL SELECT 'languages', sum(articles) FROM coverage_by_language()
    UNION ALL SELECT 'countries', sum(articles) FROM coverage_by_country()
), (SELECT count(*) AS dated FROM articles WHERE date_origin <> 'collected')
WHERE  articles <> dated
