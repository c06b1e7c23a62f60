-- How much was written: over time, by topic, source, language and country.

CREATE MACRO bucket_of(grain, day) AS CASE
    WHEN grain = 'day' THEN day WHEN grain IN ('week', 'month', 'year') THEN date_trunc(grain, day)::DATE
    ELSE error('grain: day, week, month or year, not ' || grain) END;

CREATE MACRO last_day_of(grain, bucket) AS (bucket + CASE grain
    WHEN 'week' THEN INTERVAL 7 DAY WHEN 'month' THEN INTERVAL 1 MONTH WHEN 'year' THEN INTERVAL 1 YEAR ELSE INTERVAL 1 DAY END
    - INTERVAL 1 DAY)::DATE;

CREATE MACRO coverage_over_time(@filters, grain := 'day') AS TABLE
WITH days AS (
    SELECT bucket_of(grain, covered_on) AS bucket, covered_on, source_id, state FROM covered(@same)
),
period AS (
    SELECT coalesce(since::DATE, earliest) AS first_day, coalesce(until::DATE, latest) AS last_day
    FROM   (SELECT min(covered_on) AS earliest, max(covered_on) AS latest FROM days)
),
buckets AS (
    SELECT bucket, count(DISTINCT source_id) FILTER (state <> 'missing') AS sources,
           count(*) FILTER (state = 'missing') AS missing_days,
           bucket < any_value(first_day) OR last_day_of(grain, bucket) > any_value(last_day)
           OR count(DISTINCT covered_on) FILTER (state <> 'missing') < count(DISTINCT covered_on) AS is_partial
    FROM   days, period GROUP BY bucket HAVING sources > 0
),
matched AS (
    SELECT bucket_of(grain, published_on) AS bucket, count(*) AS articles FROM wanted(@same) GROUP BY bucket
),
totals AS (
    SELECT bucket_of(grain, published_on) AS bucket, count(*) AS articles_collected FROM wanted(@others) GROUP BY bucket
),
mean_shares AS (
    SELECT bucket, avg(coalesce(matched_articles, 0) / source_articles) AS mean_share
    FROM   (SELECT bucket_of(grain, published_on) AS bucket, source_id, count(*) AS source_articles
            FROM wanted(@others) GROUP BY ALL)
           LEFT JOIN (SELECT bucket_of(grain, published_on) AS bucket, source_id, count(*) AS matched_articles
                      FROM wanted(@same) GROUP BY ALL) USING (bucket, source_id)
    GROUP  BY bucket
),
story_shares AS (
    SELECT bucket, count(DISTINCT story) FILTER (is_matched) / count(DISTINCT story) AS story_share
    FROM   (SELECT bucket_of(grain, w.published_on) AS bucket, coalesce(story_id, -article_id) AS story, m.article_id IS NOT NULL AS is_matched
            FROM wanted(@others) AS w JOIN articles USING (article_id) LEFT JOIN wanted(@same) AS m USING (article_id))
    GROUP  BY bucket
)
SELECT bucket, coalesce(articles, 0) AS articles, coalesce(articles_collected, 0) AS articles_collected,
       coalesce(articles, 0) / nullif(articles_collected, 0) AS share, mean_share, story_share, sources, missing_days, is_partial
FROM   buckets LEFT JOIN totals USING (bucket) LEFT JOIN matched USING (bucket) LEFT JOIN mean_shares USING (bucket)
       LEFT JOIN story_shares USING (bucket)
ORDER  BY bucket;
