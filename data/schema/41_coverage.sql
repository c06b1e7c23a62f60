-- How much was written: over time, by topic, source, language and country.

CREATE MACRO coverage_over_time(@filters, grain := 'day') AS TABLE
WITH days AS (
    SELECT covered_on, bool_or(state <> 'missing') AS is_there, count(*) FILTER (state = 'missing') AS missing,
           bool_or(state IN ('collected', 'imported')) AS is_whole
    FROM   covered(@same) GROUP BY covered_on
),
period AS (
    SELECT coalesce(since::DATE, min(covered_on)) AS first_day, coalesce(until::DATE, max(covered_on)) AS last_day FROM days
),
buckets AS (
    SELECT bucket_of(grain, covered_on) AS bucket, sum(missing)::BIGINT AS missing_days,
           bucket < any_value(first_day) OR last_day_of(grain, bucket) > any_value(last_day)
           OR NOT bool_and(is_there) OR NOT bool_or(is_whole) AS is_partial
    FROM   days, period GROUP BY bucket HAVING bool_or(is_there)
),
matched AS MATERIALIZED (
    SELECT article_id, source_id, bucket_of(grain, published_on) AS bucket FROM wanted(@same)
),
by_source AS (
    SELECT bucket, sum(articles) AS articles, sum(articles_collected) AS articles_collected, count(*) FILTER (is_collected) AS sources,
           avg(CASE WHEN articles_collected > 0 THEN coalesce(articles, 0) / articles_collected END) AS mean_share
    FROM   collected_buckets(@same, grain := grain)
           LEFT JOIN (SELECT bucket, source_id, count(*) AS articles FROM matched GROUP BY ALL) USING (bucket, source_id)
    GROUP  BY bucket
),
stories_told AS (
    SELECT bucket_of(grain, published_on) AS bucket, count(DISTINCT story) AS stories FROM wanted_stories(@others) GROUP BY bucket
),
stories_matched AS (
    SELECT bucket, count(DISTINCT coalesce(story_id, -article_id)) AS stories FROM matched JOIN articles USING (article_id) GROUP BY bucket
)
SELECT bucket, coalesce(articles, 0)::BIGINT AS articles, coalesce(articles_collected, 0)::BIGINT AS articles_collected,
       coalesce(articles, 0) / nullif(articles_collected, 0) AS share, mean_share,
       CASE WHEN told.stories > 0 THEN coalesce(found.stories, 0) / told.stories END AS story_share, sources, missing_days, is_partial
FROM   buckets LEFT JOIN by_source USING (bucket) LEFT JOIN stories_told AS told USING (bucket)
       LEFT JOIN stories_matched AS found USING (bucket)
ORDER  BY bucket;
COMMENT ON MACRO TABLE coverage_over_time IS 'Articles that match, and their share, by time: a row for every bucket in which something was collected. articles_collected: all articles of the same filters without query and topics; share: articles by articles_collected; mean_share: each source''s share, averaged; story_share: stories with a matching article by all stories; sources: sources collected; missing_days: source-days missing; is_partial: cut by the period or by days on which nothing was collected.';

CREATE MACRO undated(@filters) AS TABLE
SELECT source_id, count(*) AS articles
FROM   wanted(asked := asked, in_topics := in_topics, in_sources := in_sources, in_collections := in_collections,
              in_countries := in_countries, in_languages := in_languages, with_copies := with_copies, least_matches := least_matches,
              title_only := title_only, with_undated := true)
       JOIN articles USING (article_id, source_id)
WHERE  date_origin = 'collected'
GROUP  BY source_id ORDER BY articles DESC, source_id;
COMMENT ON MACRO TABLE undated IS 'Articles that are left out because only their collection is dated, by source; whatever since and until say.';

CREATE MACRO topic_coverage(@filters, grain := 'day') AS TABLE
WITH totals AS (
    SELECT bucket, sum(articles_collected)::BIGINT AS articles_collected FROM collected_buckets(@same, grain := grain)
    GROUP  BY bucket HAVING bool_or(is_collected)
),
matched AS (
    SELECT bucket_of(grain, published_on) AS bucket, topic_id, sum(day_articles)::BIGINT AS articles
    FROM   query('SELECT topic_id, published_on, count(*) AS day_articles FROM ' || CASE
               WHEN asked IS NULL AND NOT needs_articles_too(in_languages, with_copies, with_undated)
               THEN 'article_topics WHERE published_on IS NOT NULL' || topics_sql(in_topics, asked, least_matches, title_only)
                   || sources_sql(in_sources, in_collections, in_countries, since, until, balanced) || days_sql('published_on', since, until)
               ELSE '(SELECT article_id, published_on ' || wanted_sql(true, @same) || ') JOIN (SELECT topic_id, article_id FROM article_topics WHERE true'
                   || topics_sql(in_topics, asked, least_matches, title_only) || ') USING (article_id)' END || ' GROUP BY ALL')
    GROUP  BY ALL
)
SELECT bucket, topic_id, coalesce(articles, 0) AS articles, coalesce(articles_collected, 0) AS articles_collected,
       coalesce(articles, 0) / nullif(articles_collected, 0) AS share
FROM   totals CROSS JOIN (SELECT topic_id FROM topics WHERE in_topics IS NULL OR list_contains(in_topics, topic_id))
       LEFT JOIN matched USING (bucket, topic_id)
ORDER  BY bucket, topic_id;
COMMENT ON MACRO TABLE topic_coverage IS 'Articles of each topic and their share of all articles, by time.';

CREATE MACRO coverage_by_source(@filters) AS TABLE
WITH totals AS (
    SELECT source_id, sum(articles_collected)::BIGINT AS articles_collected FROM query(collected_days_sql(@same))
    GROUP  BY source_id HAVING sum(articles_collected) > 0
),
matched AS MATERIALIZED (FROM wanted(@same)),
counted AS (SELECT source_id, count(*) AS articles, min(published_on) AS first_on FROM matched GROUP BY source_id),
first_days AS (SELECT article_id FROM matched JOIN counted ON counted.source_id = matched.source_id AND first_on = published_on),
first_times AS (SELECT source_id, min(published_at) AS first_at FROM articles SEMI JOIN first_days USING (article_id) GROUP BY source_id)
SELECT source_id, coalesce(articles, 0) AS articles, articles_collected, coalesce(articles, 0) / articles_collected AS share, first_at
FROM   totals LEFT JOIN counted USING (source_id) LEFT JOIN first_times USING (source_id)
ORDER  BY articles DESC, source_id;
COMMENT ON MACRO TABLE coverage_by_source IS 'Articles that match and their share of the source''s articles, by source; first_at is the time of the first of them.';

CREATE MACRO coverage_by_language(@filters) AS TABLE
WITH totals AS (
    SELECT language, count(*) AS articles_collected FROM wanted(@others) JOIN articles USING (article_id) GROUP BY language
),
matched AS (
    SELECT language, count(*) AS articles, min(published_at) AS first_at
    FROM   wanted(@same) JOIN articles USING (article_id) GROUP BY language
)
SELECT totals.language, coalesce(articles, 0) AS articles, articles_collected, coalesce(articles, 0) / articles_collected AS share, first_at
FROM   totals LEFT JOIN matched ON totals.language IS NOT DISTINCT FROM matched.language
ORDER  BY articles DESC, totals.language;
COMMENT ON MACRO TABLE coverage_by_language IS 'Articles that match and their share, by language of the article.';

CREATE MACRO coverage_by_country(@filters) AS TABLE
SELECT country, sum(articles)::BIGINT AS articles, sum(articles_collected)::BIGINT AS articles_collected,
       sum(articles) / sum(articles_collected) AS share, min(first_at) AS first_at
FROM   coverage_by_source(@same) JOIN sources USING (source_id)
GROUP  BY country ORDER BY articles DESC, country;
COMMENT ON MACRO TABLE coverage_by_country IS 'Articles that match and their share, by country of the source.';

CREATE MACRO source_heatmap(@filters, grain := 'day') AS TABLE
SELECT bucket, source_id, coalesce(articles, 0) AS articles, articles_collected, coalesce(articles, 0) / nullif(articles_collected, 0) AS share
FROM   collected_buckets(@same, grain := grain)
       LEFT JOIN (SELECT bucket_of(grain, published_on) AS bucket, source_id, count(*) AS articles FROM wanted(@same) GROUP BY ALL)
       USING (bucket, source_id)
WHERE  is_collected ORDER BY bucket, source_id;
COMMENT ON MACRO TABLE source_heatmap IS 'Articles that match and their share, by time and source: no row where the source was not collected.';

CREATE MACRO collection_gaps(@filters) AS TABLE
SELECT source_id, min(covered_on) AS first_on, max(covered_on) AS last_on, count(*) AS days, any_value(reason) AS reason
FROM   (SELECT source_id, covered_on, reason, covered_on - row_number() OVER (PARTITION BY source_id, reason ORDER BY covered_on)::INTEGER AS island
        FROM covered(@same) WHERE state = 'missing')
GROUP  BY source_id, island ORDER BY first_on, source_id;
COMMENT ON MACRO TABLE collection_gaps IS 'Stretches of days of which nothing of a source could be had, with the reason.';
