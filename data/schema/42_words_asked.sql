-- What the articles say: words that set them apart, and words in context.

CREATE MACRO x_ln_x(x) AS x * ln(greatest(x, 1));

-- Log-likelihood of two counts against their totals (Dunning 1993, G2 over the four cells), below zero where the first is the rarer.
CREATE MACRO log_likelihood(here, here_all, there, there_all) AS 2 * (
    x_ln_x(here) + x_ln_x(here_all - here) + x_ln_x(there) + x_ln_x(there_all - there) + x_ln_x(here_all + there_all)
    - x_ln_x(here + there) - x_ln_x(here_all + there_all - here - there) - x_ln_x(here_all) - x_ln_x(there_all)
) * CASE WHEN here::DOUBLE * there_all < there::DOUBLE * here_all THEN -1 ELSE 1 END;

CREATE MACRO top_words(@filters) AS TABLE
WITH matched AS MATERIALIZED (FROM wanted(@same)),
collected AS MATERIALIZED (FROM wanted(@others)),
sizes AS (
    SELECT (SELECT count(*) FROM matched) AS here_all, (SELECT count(*) FROM collected) - (SELECT count(*) FROM matched) AS there_all
),
here AS MATERIALIZED (
    SELECT term_id, count(*) AS here FROM postings SEMI JOIN matched USING (article_id) GROUP BY term_id HAVING count(*) >= 5
),
everywhere AS (
    SELECT term_id, count(*) AS everywhere FROM postings SEMI JOIN collected USING (article_id) GROUP BY term_id
)
SELECT term AS word, here AS articles, here / here_all AS share, (everywhere - here) / there_all AS background_share,
       log_likelihood(here, here_all, everywhere - here, there_all) AS log_likelihood
FROM   here JOIN everywhere USING (term_id) JOIN terms USING (term_id), sizes
WHERE  there_all > 0 AND length(term) > 1 AND NOT regexp_full_match(term, '[0-9]+')
ORDER  BY log_likelihood DESC, word LIMIT 200;
COMMENT ON MACRO TABLE top_words IS 'The 200 words that most set the matching articles apart from all others of the same filters: articles with the word, share of articles here and there (background_share), and log-likelihood over articles (Dunning 1993). A word needs 5 articles.';

CREATE MACRO words_in_context(@filters, width := 8, most := 200) AS TABLE
WITH matched AS (
    SELECT article_id, source_id, published_on FROM wanted(@same)
),
places AS (
    SELECT article_id, word_position, any_value(words) AS words FROM query(leaf_places_sql(asked)) WHERE are_texts_here() GROUP BY ALL
),
chosen AS (
    SELECT article_id, source_id, published_on, word_position, words,
           word_position > 2000 AS is_in_text, CASE WHEN word_position > 2000 THEN word_position - 2000 ELSE word_position END AS nth
    FROM   places JOIN matched USING (article_id) ORDER BY published_on, article_id, word_position LIMIT most
),
cut AS (
    SELECT *, text_units(CASE WHEN is_in_text THEN text ELSE title END) AS units
    FROM   chosen JOIN articles USING (article_id, source_id, published_on) JOIN article_texts USING (article_id)
)
SELECT article_id, source_id, published_on, NOT is_in_text AS is_in_title,
       ltrim(array_to_string(units[greatest(nth - width, 1):nth - 1], '')) AS before,
       ltrim(array_to_string(units[nth:nth + words - 1], '')) AS match,
       ltrim(array_to_string(units[nth + words:nth + words + width - 1], '')) AS after
FROM   cut ORDER BY published_on, article_id, is_in_text, nth;
COMMENT ON MACRO TABLE words_in_context IS 'Each match with the words around it: width words before and after, in the order of publication; the first 200 matches unless most says otherwise.';
