-- Where coverage stands out of what went before it, and what a peak is made of.

CREATE MACRO bursts(@filters, grain := 'day') AS TABLE
WITH buckets AS (
    SELECT bucket, articles, articles_collected, share, is_partial FROM coverage_over_time(@same, grain := grain) WHERE share IS NOT NULL
),
before AS (
    SELECT now.bucket, count(*) AS buckets_before, median(past.share) AS expected, mad(past.share) AS spread
    FROM   buckets AS now JOIN buckets AS past ON past.bucket < now.bucket AND NOT past.is_partial AND past.bucket >= CASE grain
               WHEN 'day' THEN now.bucket - INTERVAL 28 DAY WHEN 'week' THEN now.bucket - INTERVAL 56 DAY
               ELSE now.bucket - INTERVAL 12 MONTH END
    GROUP  BY now.bucket
)
SELECT bucket, articles, share, CASE WHEN is_enough THEN expected END AS expected, CASE WHEN is_enough THEN (share - expected) / step END AS score,
       CASE WHEN is_enough IS NOT TRUE THEN 'too few' WHEN articles >= 5 AND (share - expected) / step >= 3.5 THEN 'burst' ELSE 'usual' END AS verdict,
       articles_collected, CASE WHEN is_enough THEN greatest(expected - 3.5 * step, 0) END AS usual_low,
       CASE WHEN is_enough THEN least(expected + 3.5 * step, 1) END AS usual_high,
       CASE WHEN is_enough THEN articles - expected * articles_collected END AS excess_articles
FROM   (SELECT *, greatest(1.4826 * spread, 0.1 * expected, 0.001) AS step,
               buckets_before >= CASE grain WHEN 'day' THEN 14 WHEN 'week' THEN 5 ELSE 6 END AS is_enough
        FROM buckets LEFT JOIN before USING (bucket))
ORDER  BY bucket;
COMMENT ON MACRO TABLE bursts IS 'Share of coverage against the 28 days, 8 weeks or 12 months before: expected is their median, score the robust z (distance by 1.4826 times the median absolute deviation, at least a tenth of the expected share). verdict: burst (score 3.5 or more and 5 articles or more), usual, or too few (less than half of the period before was collected). From usual_low to usual_high no score reaches 3.5; excess_articles are articles more than expected.';

CREATE MACRO why(@filters) AS TABLE
WITH here AS MATERIALIZED (
    SELECT article_id, source_id, true AS is_here FROM wanted(@same)
    WHERE  since IS NOT NULL OR error('why: tell the first day of the peak with since := ''2026-08-01''')
),
there AS MATERIALIZED (SELECT article_id, source_id, false AS is_here FROM wanted(@same_before)),
compared AS MATERIALIZED (FROM here UNION ALL FROM there),
sizes AS (SELECT (SELECT count(*) FROM here) AS here_all, (SELECT count(*) FROM there) AS there_all),
told AS (
    SELECT 'story' AS part, any_value(s.title) AS label, story_id AS item_id, count(*) FILTER (is_here) AS articles,
           count(*) FILTER (NOT is_here) AS articles_before, count(DISTINCT a.source_id) FILTER (is_here) AS sources
    FROM   compared JOIN articles AS a USING (article_id) JOIN stories AS s USING (story_id)
    GROUP  BY story_id HAVING count(*) FILTER (is_here) > 0 ORDER BY articles DESC, label LIMIT 20
),
published AS (
    SELECT 'source' AS part, source_id AS label, NULL::INTEGER AS item_id, count(*) FILTER (is_here) AS articles,
           count(*) FILTER (NOT is_here) AS articles_before, 1 AS sources
    FROM   compared GROUP BY source_id HAVING count(*) FILTER (is_here) > 0
),
said AS (
    SELECT 'word' AS part, term AS label, term_id AS item_id, count(*) FILTER (is_here) AS articles,
           count(*) FILTER (NOT is_here) AS articles_before, count(DISTINCT source_id) FILTER (is_here) AS sources
    FROM   (SELECT is_here, source_id, unnest(term_ids) AS term_id FROM compared JOIN lead_words USING (article_id)) JOIN terms USING (term_id)
    WHERE  length(term) > 1 AND NOT regexp_full_match(term, '[0-9]+')
    GROUP  BY term_id, term HAVING count(*) FILTER (is_here) >= 3
),
quoted_speakers AS (
    SELECT 'speaker' AS part, coalesce(any_value(e.name), any_value(q.speaker)) AS label, any_value(q.entity_id) AS item_id,
           count(DISTINCT article_id) FILTER (is_here) AS articles, count(DISTINCT article_id) FILTER (NOT is_here) AS articles_before,
           count(DISTINCT source_id) FILTER (is_here) AS sources
    FROM   compared JOIN quotes AS q USING (article_id) LEFT JOIN entities AS e USING (entity_id)
    WHERE  q.speaker IS NOT NULL GROUP BY coalesce(e.name, q.speaker) HAVING count(*) FILTER (is_here) > 0
),
parts AS (FROM told UNION ALL FROM published UNION ALL FROM said UNION ALL FROM quoted_speakers),
scored AS (
    SELECT *, CASE WHEN least(here_all, there_all) >= 5 THEN log_likelihood(articles, here_all, articles_before, there_all) END AS score FROM parts, sizes
)
SELECT part, label, item_id, articles, articles_before, sources, articles / here_all AS share, articles_before / nullif(there_all, 0) AS share_before,
       score, keyness_verdict(here_all, there_all, score) AS verdict
FROM   scored
QUALIFY row_number() OVER (PARTITION BY part ORDER BY CASE part WHEN 'story' THEN articles ELSE score END DESC NULLS LAST, articles DESC, label) <= 20
ORDER  BY part, CASE part WHEN 'story' THEN articles ELSE score END DESC NULLS LAST, articles DESC, label;
COMMENT ON MACRO TABLE why IS 'What a peak is made of: stories, words (of titles and first 60 words), sources and speakers (part) by which the matching articles from since to until differ from those of the 28 days before. articles and share here, articles_before and share_before there; score is the log-likelihood (Dunning 1993), stories come by size; verdict: apart, by chance, or too few (fewer than 5 articles here or there).';
