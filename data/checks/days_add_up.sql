-- Counts of weeks, months and years are the sums of their days, and the days are all dated articles.
SELECT grain, articles, dated FROM (
    SELECT 'day' AS grain, sum(articles) AS articles FROM coverage_over_time(grain := 'day')
    UNION ALL SELECT 'week', sum(articles) FROM coverage_over_time(grain := 'week')
    UNION ALL SELECT 'month', sum(articles) FROM coverage_over_time(grain := 'month')
    UNION ALL SELECT 'year', sum(articles) FROM coverage_over_time(grain := 'year')
), (SELECT count(*) AS dated FROM articles WHERE date_origin <> 'collected')
WHERE  articles <> dated
