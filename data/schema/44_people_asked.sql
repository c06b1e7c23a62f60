-- Who is named, quoted and cited.

CREATE MACRO top_mentions(of_kind := NULL, @filters, most := 200) AS TABLE
SELECT entity_id, any_value(e.name) AS name, any_value(e.kind) AS kind, count(*) AS articles, sum(m.mentions)::BIGINT AS mentions,
       count(DISTINCT source_id) AS sources
FROM   (SELECT article_id, source_id FROM wanted(@same)) JOIN mentions AS m USING (article_id) JOIN entities AS e USING (entity_id)
WHERE  of_kind IS NULL OR e.kind = of_kind
GROUP  BY entity_id ORDER BY articles DESC, name LIMIT most;
COMMENT ON MACRO TABLE top_mentions IS 'People, organisations and places by the articles that name them.';

CREATE MACRO mentions_over_time(named, @filters, grain := 'day') AS TABLE
WITH buckets AS (
    SELECT bucket FROM collected_buckets(@same, grain := grain) GROUP BY bucket HAVING bool_or(is_collected)
),
totals AS (
    SELECT bucket_of(grain, published_on) AS bucket, count(*) AS articles_collected FROM wanted(@same) GROUP BY bucket
),
meant AS (
    SELECT entity_id FROM entities WHERE lower(name) = lower(named)
    UNION SELECT entity_id FROM entity_aliases WHERE lower(alias) = lower(named)
),
matched AS (
    SELECT bucket_of(grain, published_on) AS bucket, count(DISTINCT article_id) AS articles, sum(m.mentions)::BIGINT AS mentions
    FROM   wanted(@same) JOIN mentions AS m USING (article_id) SEMI JOIN meant USING (entity_id) GROUP BY bucket
)
SELECT bucket, coalesce(articles, 0) AS articles, coalesce(mentions, 0) AS mentions, coalesce(articles_collected, 0) AS articles_collected,
       coalesce(articles, 0) / nullif(articles_collected, 0) AS share
FROM   buckets LEFT JOIN totals USING (bucket) LEFT JOIN matched USING (bucket) ORDER BY bucket;
COMMENT ON MACRO TABLE mentions_over_time IS 'Articles that name a person, organisation or place (by name or alias), and their share of the articles that match, by time.';

CREATE MACRO top_speakers(@filters, most := 200) AS TABLE
SELECT coalesce(e.name, q.speaker) AS speaker, any_value(q.entity_id) AS entity_id, count(*) AS quotes, count(DISTINCT article_id) AS articles,
       count(DISTINCT source_id) AS sources
FROM   (SELECT article_id, source_id FROM wanted(@same)) JOIN quotes AS q USING (article_id) LEFT JOIN entities AS e USING (entity_id)
WHERE  q.speaker IS NOT NULL
GROUP  BY coalesce(e.name, q.speaker) ORDER BY sources DESC, articles DESC, quotes DESC, speaker LIMIT most;
COMMENT ON MACRO TABLE top_speakers IS 'Who is quoted, by how many sources, in how many articles.';

CREATE MACRO quotes_of(said_by, @filters) AS TABLE
SELECT q.quote_id, article_id, source_id, published_on, coalesce(e.name, q.speaker) AS speaker, q.text, q.verb, q.quote_position, q.is_direct
FROM   (SELECT article_id, source_id, published_on FROM wanted(@same)) JOIN quotes AS q USING (article_id) LEFT JOIN entities AS e USING (entity_id)
WHERE  lower(e.name) = lower(said_by) OR lower(q.speaker) = lower(said_by)
       OR entity_id IN (SELECT entity_id FROM entity_aliases WHERE lower(alias) = lower(said_by))
ORDER  BY published_on, article_id, q.quote_position;
COMMENT ON MACRO TABLE quotes_of IS 'The quotes of one speaker, by name or alias, in order of publication.';

CREATE MACRO cited_sources(@filters) AS TABLE
SELECT c.source_id, c.cited_name, count(*) AS citations, count(*) FILTER (c.is_dispute) AS disputes, count(DISTINCT article_id) AS articles,
       count(DISTINCT w.source_id) AS citing_sources
FROM   (SELECT article_id, source_id FROM wanted(@same)) AS w JOIN citations AS c USING (article_id)
GROUP  BY c.source_id, c.cited_name ORDER BY citations DESC, c.cited_name;
COMMENT ON MACRO TABLE cited_sources IS 'Sources by how often others cite their reports, and how many of these citations deny the report.';

CREATE MACRO topic_pairs(@filters) AS TABLE
WITH collected AS (SELECT article_id FROM wanted(@same)),
tagged AS (SELECT topic_id, article_id FROM article_topics SEMI JOIN collected USING (article_id)),
sizes AS (SELECT topic_id, count(*) AS topic_articles FROM tagged GROUP BY topic_id),
pairs AS (
    SELECT a.topic_id AS topic_a, b.topic_id AS topic_b, count(*) AS articles
    FROM   tagged AS a JOIN tagged AS b ON a.article_id = b.article_id AND a.topic_id < b.topic_id GROUP BY ALL
)
SELECT topic_a, topic_b, articles, CASE WHEN articles >= 5 THEN
           articles * (SELECT count(*) FROM collected) / (a.topic_articles * b.topic_articles) END AS lift,
       a.topic_articles AS articles_a, b.topic_articles AS articles_b, CASE WHEN articles >= 5 THEN 'enough' ELSE 'too few' END AS verdict
FROM   pairs JOIN sizes AS a ON a.topic_id = topic_a JOIN sizes AS b ON b.topic_id = topic_b
ORDER  BY articles DESC, topic_a, topic_b;
COMMENT ON MACRO TABLE topic_pairs IS 'Topics that occur in the same articles, among those that pass the filters. lift: how many times as often as if they had nothing to do with each other; it needs 5 articles, fewer are too few (verdict).';
