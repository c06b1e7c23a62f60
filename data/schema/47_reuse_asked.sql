-- Who took from whom: copies, citations, denials.

CREATE MACRO copied_sources(@filters) AS TABLE
WITH copied AS (
    SELECT c.source_id, o.source_id AS original_source_id, c.copy_similarity, role,
           date_diff('minute', o.published_at, c.published_at) / 60 AS hours_after_original
    FROM   (SELECT article_id FROM wanted(@same)) JOIN articles AS c USING (article_id) JOIN articles AS o ON o.article_id = c.original_id
           LEFT JOIN story_roles AS r ON r.article_id = c.article_id
)
SELECT source_id, original_source_id, count(*) AS copies, count(*) FILTER (role = 'repeats without credit') AS copies_without_credit,
       avg(copy_similarity) AS mean_similarity, median(hours_after_original) AS median_hours_after
FROM   copied GROUP BY ALL ORDER BY copies DESC, source_id, original_source_id;
COMMENT ON MACRO TABLE copied_sources IS 'Who copies whom: articles that are copies of another source''s, how alike they are, and how many hours after the original they came.';

CREATE MACRO reuse_by_source(@filters) AS TABLE
WITH acted AS (SELECT source_id, role FROM wanted(@same) JOIN story_roles USING (article_id))
SELECT source_id, count(*) AS articles, count(*) FILTER (role = 'reports') AS reports,
       count(*) FILTER (role = 'repeats with credit') AS repeats_with_credit,
       count(*) FILTER (role = 'repeats without credit') AS repeats_without_credit, count(*) FILTER (role = 'disputes') AS disputes,
       count(*) FILTER (role = 'repeats without credit') / nullif(count(*) FILTER (role LIKE 'repeats%'), 0) AS share_without_credit
FROM   acted GROUP BY source_id ORDER BY repeats_without_credit DESC, source_id;
COMMENT ON MACRO TABLE reuse_by_source IS 'What the articles of each source do in their stories; share_without_credit is the share of its repeats that name neither agency nor source.';

CREATE MACRO citing_sources(@filters) AS TABLE
SELECT w.source_id, c.source_id AS cited_source_id, cited_name, count(*) AS citations, count(DISTINCT article_id) AS articles,
       count(*) FILTER (is_dispute) AS disputes
FROM   (SELECT article_id, source_id FROM wanted(@same)) AS w JOIN citations AS c USING (article_id)
GROUP  BY ALL ORDER BY citations DESC, w.source_id, cited_name;
COMMENT ON MACRO TABLE citing_sources IS 'Who cites whom, and who disputes whom: the sources as rows and the sources that they name as origin of a report.';

-- Each denial, with the report that it denies: the one that is cited, else the story's first article of the cited source.
CREATE MACRO denials(@filters) AS TABLE
WITH denied AS (
    SELECT article_id, w.source_id, story_id, published_at, c.source_id AS cited_source_id, cited_name, cited_article_id, disputer, sentence
    FROM   (SELECT article_id, source_id FROM wanted(@same)) AS w JOIN articles AS a USING (article_id) JOIN citations AS c USING (article_id)
    WHERE  is_dispute
),
reports AS (
    SELECT d.article_id, d.cited_name, coalesce(min(d.cited_article_id), arg_min(o.article_id, o.published_at)) AS report_id
    FROM   denied AS d LEFT JOIN articles AS o ON o.story_id = d.story_id AND o.source_id = d.cited_source_id AND o.published_at < d.published_at
    GROUP  BY ALL
)
SELECT DISTINCT d.story_id, article_id, d.source_id, disputer, cited_source_id, d.cited_name, report_id,
       date_diff('minute', o.published_at, d.published_at) / 60 AS hours_until_denial, d.published_at, sentence
FROM   denied AS d JOIN reports AS r USING (article_id, cited_name) LEFT JOIN articles AS o ON o.article_id = report_id
ORDER  BY d.published_at, article_id, d.cited_name;
COMMENT ON MACRO TABLE denials IS 'Denials of reports in order of publication: who denies whose report, the disputer if named, and the hours from the report to its denial.';

CREATE MACRO carried_without_denial(@filters) AS TABLE
WITH first_denials AS (
    SELECT story_id, min(published_at) AS denied_at FROM denials(@same) WHERE story_id IS NOT NULL GROUP BY story_id
),
told AS (
    SELECT story_id, a.article_id, denied_at, a.published_at >= denied_at AS is_after,
           EXISTS (FROM citations AS c WHERE c.article_id = a.article_id AND is_dispute) AS has_denial
    FROM   first_denials JOIN articles AS a USING (story_id) WHERE a.published_at IS NOT NULL
)
SELECT story_id, title, denied_at, count(*) FILTER (NOT is_after) AS articles_before, count(*) FILTER (is_after) AS articles_after,
       count(*) FILTER (is_after AND NOT has_denial) AS articles_after_without_denial,
       count(*) FILTER (is_after AND NOT has_denial) / nullif(count(*) FILTER (is_after), 0) AS share_without_denial
FROM   told JOIN stories USING (story_id) GROUP BY ALL ORDER BY articles_after DESC, story_id;
COMMENT ON MACRO TABLE carried_without_denial IS 'Stories with a denial: how many articles came before it, how many after it, and how many of the later ones leave it out.';
