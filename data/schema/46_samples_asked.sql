-- Samples that anybody can draw again, with another program too: articles in the order of the MD5 sum of "seed-number".

CREATE MACRO sample_articles(n, from_seed, by_strata := 'none', @filters) AS TABLE
WITH drawn AS (
    SELECT article_id, source_id, published_on, md5(from_seed || '-' || article_id) AS place,
           CASE by_strata WHEN 'none' THEN 'all' WHEN 'source' THEN source_id WHEN 'month' THEN strftime(published_on, '%Y-%m')
                WHEN 'language' THEN coalesce(language, 'unknown') ELSE error('by_strata: none, source, month or language, not ' || by_strata) END AS stratum
    FROM   (SELECT article_id FROM wanted(@same)) JOIN articles USING (article_id)
)
SELECT stratum, row_number() OVER (PARTITION BY stratum ORDER BY place) AS draw, article_id, source_id, published_on, title, url,
       count(*) OVER (PARTITION BY stratum) AS stratum_articles
FROM   drawn JOIN articles USING (article_id, source_id, published_on)
QUALIFY draw <= n ORDER BY stratum, draw;
COMMENT ON MACRO TABLE sample_articles IS 'n articles of those that pass the filters, drawn by a seed, or n of each stratum (by_strata: none, source, month or language); stratum_articles is the number among which was drawn, for weighting. The same seed and the same articles give the same sample, in any program: they are taken in the order of md5("seed-article_id").';
