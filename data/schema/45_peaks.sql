-- Where coverage stands out of what went before it, and what a peak is made of.

CREATE MACRO bursts(@filters, grain := 'day') AS TABLE
WITH buckets AS (
    SELECT bucket, articles, share, is_partial FROM coverage_over_time(@same, grain := grain) WHERE share IS NOT NULL
),
before AS (
    SELECT now.bucket, count(*) AS buckets_before, median(past.share) AS expected, mad(past.share) AS spread
    FROM   buckets AS now JOIN buckets AS past ON past.bucket < now.bucket AND NOT past.is_partial AND past.bucket >= CASE grain
               WHEN 'day' THEN now.bucket - INTERVAL 28 DAY WHEN 'week' THEN now.bucket - INTERVAL 56 DAY
               ELSE now.bucket - INTERVAL 12 MONTH END
    GROUP  BY now.bucket
)
SELECT bucket, articles, share, CASE WHEN is_enough THEN expected END AS expected,
       CASE WHEN is_enough THEN (share - expected) / greatest(1.4826 * spread, 0.1 * expected, 0.001) END AS score,
       CASE WHEN NOT is_enough OR is_enough IS NULL THEN 'too few' WHEN articles >= 5
            AND (share - expected) / greatest(1.4826 * spread, 0.1 * expected, 0.001) >= 3.5 THEN 'burst' ELSE 'usual' END AS verdict
FROM   (SELECT *, buckets_before >= CASE grain WHEN 'day' THEN 14 WHEN 'week' THEN 5 ELSE 6 END AS is_enough
        FROM buckets LEFT JOIN before USING (bucket))
ORDER  BY bucket;
COMMENT ON MACRO TABLE bursts IS 'Share of coverage against the 28 days, 8 weeks or 12 months before: expected is their median, score the robust z (distance by 1.4826 times the median absolute deviation, at least a tenth of the expected share). verdict: burst (score 3.5 or more and 5 articles or more), usual, or too few (less than half of the period before was collected).';

CREATE MACRO why(@filters) AS TABLE
WITH here AS MATERIALIZED (FROM wanted(@same)),
there AS MATERIALIZED (FROM wanted(@same_before)),
sizes AS (SELECT (SELECT count(*) FROM here) AS here_all, (SELECT count(*) FROM there) AS there_all),
told AS (
    SELECT 'story' AS part, any_value(s.title) AS label, story_id AS item_id, count(*) FILTER (is_here) AS articles,
           count(*) FILTER (NOT is_here) AS articles_before, count(DISTINCT a.source_id) FILTER (is_here) AS sources
    FROM   (SELECT article_id, true AS is_here FROM here UNION ALL SELECT article_id, false FROM there)
           JOIN articles AS a USING (article_id) JOIN stories AS s USING (story_id)
    GROUP  BY story_id HAVING count(*) FILTER (is_here) > 0 ORDER BY articles DESC, label LIMIT 20
),
published AS (
    SELECT 'source' AS part, source_id AS label, NULL::INTEGER AS item_id, count(*) FILTER (is_here) AS articles,
           count(*) FILTER (NOT is_here) AS articles_before, 1 AS sources
    FROM   (SELECT source_id, true AS is_here FROM here UNION ALL SELECT source_id, false FROM there)
    GROUP  BY source_id HAVING count(*) FILTER (is_here) > 0
),
said AS (
    SELECT 'word' AS part, term AS label, term_id AS item_id, count(*) FILTER (is_here) AS articles,
           count(*) FILTER (NOT is_here) AS articles_before, count(DISTINCT source_id) FILTER (is_here) AS sources
    FROM   (SELECT article_id, true AS is_here FROM here UNION ALL SELECT article_id, false FROM there)
           JOIN postings USING (article_id) JOIN terms USING (term_id)
    WHERE  length(term) > 1 AND NOT regexp_full_match(term, '[0-9]+')
    GROUP  BY term_id, term HAVING count(*) FILTER (is_here) >= 3
),
quoted_speakers AS (
    SELECT 'speaker' AS part, coalesce(any_value(e.name), any_value(q.speaker)) AS label, any_value(q.entity_id) AS item_id,
           count(DISTINCT article_id) FILTER (is_here) AS articles, count(DISTINCT article_id) FILTER (NOT is_here) AS articles_before,
           count(DISTINCT source_id) FILTER (is_here) AS sources
    FROM   (SELECT article_id, source_id, true AS is_here FROM here UNION ALL SELECT article_id, source_id, false FROM there)
           JOIN quotes AS q USING (article_id) LEFT JOIN entities AS e USING (entity_id)
    WHERE  q.speaker IS NOT NULL GROUP BY coalesce(e.name, q.speaker) HAVING count(*) FILTER (is_here) > 0
),
parts AS (FROM told UNION ALL FROM published UNION ALL FROM said UNION ALL FROM quoted_speakers)
SELECT part, label, item_id, articles, articles_before, sources, articles / here_all AS share, articles_before / nullif(there_all, 0) AS share_before,
       log_likelihood(articles, here_all, articles_before, greatest(there_all, 1)) AS score
FROM   parts, sizes
QUALIFY row_number() OVER (PARTITION BY part ORDER BY CASE part WHEN 'story' THEN articles ELSE score END DESC, articles DESC, label) <= 20
ORDER  BY part, CASE part WHEN 'story' THEN articles ELSE score END DESC, articles DESC, label;
COMMENT ON MACRO TABLE why IS 'What a peak is made of: stories, words, sources and speakers (part) by which the matching articles from since to until differ from those of the 28 days before. articles and share here, articles_before and share_before there; score is the log-likelihood (Dunning 1993), stories come by size.';
