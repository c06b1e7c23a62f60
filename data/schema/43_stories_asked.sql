-- Which stories, who told them first, and who tells the same.

CREATE MACRO top_stories(@filters, most := 100) AS TABLE
SELECT story_id, any_value(s.title) AS title, min(a.published_at) AS first_at, max(a.published_at) AS last_at, count(*) AS articles,
       count(*) FILTER (original_id IS NULL) AS originals, count(DISTINCT a.source_id) AS sources,
       date_diff('minute', min(a.published_at), max(a.published_at)) / 60 AS hours,
       count(*) / greatest(date_diff('minute', min(a.published_at), max(a.published_at)) / 60, 1) AS articles_per_hour
FROM   wanted(@same) JOIN articles AS a USING (article_id) JOIN stories AS s USING (story_id)
GROUP  BY story_id ORDER BY articles DESC, first_at, story_id LIMIT most;
COMMENT ON MACRO TABLE top_stories IS 'Stories by size, counting only the articles that match: spread (sources), duration (hours) and speed (articles_per_hour).';

CREATE MACRO story_timeline(story) AS TABLE
SELECT article_id, source_id, title, url, language, published_at, date_precision,
       date_diff('minute', first_value(published_at) OVER (ORDER BY published_at NULLS LAST, article_id), published_at) / 60 AS hours_after_first,
       original_id, copy_similarity, original_id IS NOT NULL AS is_copy
FROM   articles WHERE story_id = story
ORDER  BY published_at NULLS LAST, article_id;
COMMENT ON MACRO TABLE story_timeline IS 'The articles of one story in order of publication, with hours after the first, and whether each is a copy.';

CREATE MACRO first_to_publish(@filters) AS TABLE
WITH told AS (
    SELECT story_id, source_id, min(published_at) FILTER (date_precision = 'minute') AS told_at
    FROM   (SELECT article_id FROM wanted(@same)) JOIN articles USING (article_id)
    WHERE  story_id IS NOT NULL GROUP BY ALL
),
compared AS (
    SELECT story_id, source_id, told_at, min(told_at) OVER story AS first_told_at, count(told_at) OVER story AS precise_sources,
           count(*) OVER story AS story_sources
    FROM   told WINDOW story AS (PARTITION BY story_id)
),
placed AS (
    SELECT source_id, story_id, told_at IS NOT NULL AND precise_sources > 1 AS is_compared, told_at = first_told_at AS is_first,
           count(*) FILTER (told_at = first_told_at) OVER (PARTITION BY story_id) > 1 AS is_tie,
           date_diff('minute', first_told_at, told_at) / 60 AS hours_after_first
    FROM   compared WHERE story_sources > 1
)
SELECT source_id, count(*) FILTER (is_compared) AS stories, count(*) FILTER (is_compared AND is_first) AS stories_first,
       count(*) FILTER (is_compared AND is_first AND is_tie) AS stories_tied,
       CASE WHEN count(*) FILTER (is_compared) >= 5 THEN median(hours_after_first) FILTER (is_compared) END AS median_hours_after_first,
       CASE WHEN count(*) FILTER (is_compared) >= 5 THEN quantile_cont(hours_after_first, 0.25) FILTER (is_compared) END AS lower_quartile_hours,
       CASE WHEN count(*) FILTER (is_compared) >= 5 THEN quantile_cont(hours_after_first, 0.75) FILTER (is_compared) END AS upper_quartile_hours,
       count(*) FILTER (NOT is_compared) / count(*) AS share_left_out,
       CASE WHEN count(*) FILTER (is_compared) >= 5 THEN 'enough' ELSE 'too few' END AS verdict
FROM   placed GROUP BY source_id ORDER BY stories_first DESC, source_id;
COMMENT ON MACRO TABLE first_to_publish IS 'Who was first, among stories that two sources or more told at times precise to the minute: stories_first includes ties (stories_tied); median and quartiles (lag and its spread) need 5 stories, fewer are too few (verdict); share_left_out is the share of the source''s shared stories without such times.';

CREATE MACRO source_overlap(@filters) AS TABLE
WITH told AS (
    SELECT DISTINCT story_id, source_id FROM (SELECT article_id FROM wanted(@same)) JOIN articles USING (article_id) WHERE story_id IS NOT NULL
),
sizes AS (SELECT source_id, count(*) AS told_stories FROM told GROUP BY source_id),
pairs AS (
    SELECT a.source_id AS source_a, b.source_id AS source_b, count(*) AS stories_shared
    FROM   told AS a JOIN told AS b ON a.story_id = b.story_id AND a.source_id < b.source_id GROUP BY ALL
)
SELECT source_a, source_b, stories_shared,
       CASE WHEN least(a.told_stories, b.told_stories) >= 5 THEN stories_shared / (a.told_stories + b.told_stories - stories_shared) END AS similarity,
       CASE WHEN least(a.told_stories, b.told_stories) >= 5 THEN stories_shared / sqrt(a.told_stories * b.told_stories) END AS cosine,
       a.told_stories AS stories_a, b.told_stories AS stories_b,
       CASE WHEN least(a.told_stories, b.told_stories) >= 5 THEN 'enough' ELSE 'too few' END AS verdict
FROM   pairs JOIN sizes AS a ON a.source_id = source_a JOIN sizes AS b ON b.source_id = source_b
ORDER  BY stories_shared DESC, source_a, source_b;
COMMENT ON MACRO TABLE source_overlap IS 'Pairs of sources by the stories that both told: similarity is Jaccard''s (shared by told by either), cosine is shared by the geometric mean of what each told (stories_a, stories_b). Both need 5 stories; fewer are too few (verdict).';

CREATE MACRO blind_spots(set_a, set_b, @filters) AS TABLE
WITH told AS (
    SELECT story_id, source_id, min(published_on) AS told_on
    FROM   (SELECT article_id FROM wanted(@same)) JOIN articles USING (article_id) WHERE story_id IS NOT NULL GROUP BY ALL
),
of_a AS (SELECT source_id FROM source_collections WHERE collection_id = set_a),
of_b AS (SELECT source_id FROM source_collections WHERE collection_id = set_b),
only_a AS (
    SELECT story_id, min(told_on) AS told_on, count(*) AS sources_a FROM told SEMI JOIN of_a USING (source_id)
    WHERE  story_id NOT IN (SELECT story_id FROM told SEMI JOIN of_b USING (source_id)) GROUP BY story_id
),
looked AS (
    SELECT story_id, count(DISTINCT source_id) AS sources_b_collected
    FROM   only_a JOIN covered_days ON covered_on BETWEEN told_on AND told_on + 2 SEMI JOIN of_b USING (source_id)
    WHERE  state IN ('collected', 'partly') GROUP BY story_id
)
SELECT story_id, title, first_at, sources_a, sources_b_collected
FROM   only_a JOIN looked USING (story_id) JOIN stories USING (story_id)
ORDER  BY sources_a DESC, first_at, story_id;
COMMENT ON MACRO TABLE blind_spots IS 'Stories that sources of one collection told and no source of the other, though sources_b_collected of the other were collected on the day or the two days after.';
