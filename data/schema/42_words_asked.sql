-- What the articles say: words that set them apart, and words in context.

CREATE MACRO x_ln_x(x) AS x * ln(greatest(x, 1));

-- Log-likelihood of two counts against their totals (Dunning 1993, G2 over the four cells), below zero where the first is the rarer.
CREATE MACRO log_likelihood(here, here_all, there, there_all) AS 2 * (
    x_ln_x(here) + x_ln_x(here_all - here) + x_ln_x(there) + x_ln_x(there_all - there) + x_ln_x(here_all + there_all)
    - x_ln_x(here + there) - x_ln_x(here_all + there_all - here - there) - x_ln_x(here_all) - x_ln_x(there_all)
) * CASE WHEN here::DOUBLE * there_all < there::DOUBLE * here_all THEN -1 ELSE 1 END;

-- With one degree of freedom a log-likelihood of 10.83 comes by chance once in a thousand times.
CREATE MACRO keyness_verdict(here_all, there_all, score) AS
    CASE WHEN least(here_all, there_all) < 5 THEN 'too few' WHEN abs(score) >= 10.83 THEN 'apart' ELSE 'by chance' END;

-- Where there are more articles than are read, always the same ones are drawn (Knuth's multiplicative hash of their numbers).
CREATE MACRO drawn_order(number) AS number::BIGINT * 2654435761 % 4294967296;

CREATE MACRO top_words(@filters) AS TABLE
WITH matched AS MATERIALIZED (SELECT article_id FROM wanted(@same)),
here AS MATERIALIZED (SELECT article_id, true AS is_here FROM matched ORDER BY drawn_order(article_id) LIMIT 5000),
there AS MATERIALIZED (
    SELECT article_id, false AS is_here FROM wanted(@others) ANTI JOIN matched USING (article_id) ORDER BY drawn_order(article_id) LIMIT 10000
),
sizes AS (SELECT (SELECT count(*) FROM here) AS articles_read, (SELECT count(*) FROM there) AS background_read),
counted AS (
    SELECT term_id, count(*) FILTER (is_here) AS articles, count(*) FILTER (NOT is_here) AS background_articles
    FROM   (SELECT is_here, unnest(term_ids) AS term_id FROM (FROM here UNION ALL FROM there) JOIN lead_words USING (article_id))
    GROUP  BY term_id HAVING articles >= (SELECT greatest(least(articles_read, 5), 1) FROM sizes)
),
scored AS (  -- before words are looked up: of a thousand, enough are neither numbers nor single letters
    SELECT term_id, counted.articles, counted.articles / articles_read AS share, background_articles / nullif(background_read, 0) AS background_share,
           CASE WHEN least(articles_read, background_read) >= 5
                THEN log_likelihood(counted.articles, articles_read, background_articles, background_read) END AS log_likelihood,
           articles_read, background_read
    FROM   counted, sizes ORDER BY log_likelihood DESC NULLS LAST, counted.articles DESC, term_id LIMIT 1000
)
SELECT term AS word, scored.articles, share, background_share, log_likelihood, keyness_verdict(articles_read, background_read, log_likelihood) AS verdict,
       articles_read, background_read
FROM   scored JOIN terms USING (term_id) WHERE length(term) > 1 AND NOT regexp_full_match(term, '[0-9]+')
ORDER  BY log_likelihood DESC NULLS LAST, scored.articles DESC, word LIMIT 200;
COMMENT ON MACRO TABLE top_words IS 'The 200 words that most set the matching articles apart from all others of the same filters, by titles and first 60 words: articles with the word, share of articles here and there (background_share), and log-likelihood over articles (Dunning 1993). A word needs 5 articles; verdict: apart (10.83 or more, one chance in a thousand), by chance, or too few (fewer than 5 articles match, or do not). Of more than 5,000 matching articles and 10,000 others so many are read (articles_read, background_read), always the same ones.';

CREATE MACRO words_in_context(@filters, width := 8, most := 200) AS TABLE
WITH matched AS (
    SELECT article_id, source_id, published_on FROM wanted(@same)
),
places AS (
    SELECT article_id, word_position, any_value(words) AS words FROM query_places(asked) GROUP BY ALL
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

-- The query microscope: what each part of a query does.

CREATE MACRO query_clauses(plain, letters) AS list_filter(list_zip(query_tokens(plain), clear_tokens(letters)), lambda pair: pair[2][1] = '⟨');

CREATE MACRO clause_hits(plain, letters) AS TABLE
FROM query('SELECT NULL AS clause_number, NULL AS clause, NULL AS article_id, NULL AS matches WHERE false'
    || array_to_string(list_transform(query_clauses(plain, letters), lambda pair, nth: ' UNION ALL SELECT ' || nth || ' AS clause_number, ' || quoted(pair[1]) || ' AS clause, article_id, matches FROM (SELECT NULL) LEFT JOIN ('
    || leaf_sql(pair[2][2:-2]) || ') ON true'), ''));

CREATE MACRO clause_matches(@filters) AS TABLE
WITH matched AS MATERIALIZED (SELECT article_id, true AS is_matched FROM wanted(@same)),
hits AS MATERIALIZED (
    SELECT clause_number, clause, c.article_id, matches, is_matched,
           is_matched AND count(DISTINCT clause_number) OVER (PARTITION BY article_id) = 1 AS is_alone
    FROM   query('FROM clause_hits(' || quoted(plain_marks(asked)) || ', ' || quoted(folded(plain_marks(asked))) || ')')
           LEFT JOIN (SELECT article_id FROM wanted(@others)) AS c USING (article_id) LEFT JOIN matched USING (article_id)
)
SELECT clause_number, any_value(clause) AS clause, count(article_id) AS articles,
       coalesce(sum(matches) FILTER (article_id IS NOT NULL), 0)::BIGINT AS matches,
       count(*) FILTER (is_matched) AS articles_matched, count(*) FILTER (is_alone) AS articles_alone
FROM   hits GROUP BY clause_number ORDER BY clause_number;
COMMENT ON MACRO TABLE clause_matches IS 'What each word, phrase or fact of a query finds by itself: articles and matches; of these articles_matched match the whole query, and articles_alone have none of the other clauses.';

CREATE MACRO query_words(asked) AS list_distinct(list_filter(flatten(list_transform(leaves_of(clear(folded(plain_marks(asked)))), lambda leaf:
    CASE WHEN regexp_matches(leaf, '^[lc][a-z_]*:') THEN [] ELSE string_split(regexp_replace(regexp_replace(leaf, '^title:', ''), '~[0-9]+$', ''), ' ') END)),
    lambda word: word NOT IN ('', '∎', '!')));

CREATE MACRO widening_words(@filters) AS TABLE
WITH own AS (SELECT unnest(query_words(asked)) AS own_word),
words AS MATERIALIZED (
    FROM   top_words(@same) WHERE verdict = 'apart' AND log_likelihood > 0
           AND NOT EXISTS (FROM own WHERE word = rtrim(own_word, '*') OR own_word LIKE '%*' AND starts_with(word, rtrim(own_word, '*')))
    ORDER  BY log_likelihood DESC LIMIT 50
),
others AS MATERIALIZED (SELECT article_id FROM wanted(@others) ANTI JOIN wanted(@same) USING (article_id)),
added AS (
    SELECT term AS word, count(*) AS articles_more FROM postings JOIN terms USING (term_id) SEMI JOIN others USING (article_id)
    WHERE  term IN (SELECT word FROM words) GROUP BY term
)
SELECT word, articles, share, background_share, log_likelihood, coalesce(articles_more, 0) AS articles_more
FROM   words LEFT JOIN added USING (word) ORDER BY log_likelihood DESC, word;
COMMENT ON MACRO TABLE widening_words IS 'Words that would widen a query: those of top_words that the query does not have itself, and how many articles with the word, anywhere in title or text, do not match yet (articles_more).';

-- A text cut after each sentence, or where a line ends.
CREATE MACRO sentences_of(given) AS string_split(regexp_replace(given, '([.!?…]+["”’»)]*)\s+|([。！？]+[」』”]*)|\n+', '\1\2∎', 'g'), '∎');

CREATE MACRO repeated_sentences(@filters, most := 50) AS TABLE
WITH matched AS MATERIALIZED (SELECT article_id, source_id FROM wanted(@same) ORDER BY drawn_order(article_id) LIMIT 1000),
cut AS MATERIALIZED (SELECT article_id, source_id, sentences_of(text) AS sentences FROM matched JOIN article_texts USING (article_id)),
repeated AS (
    SELECT trim(sentence) AS sentence, count(DISTINCT article_id) AS articles, count(DISTINCT source_id) AS sources,
           min(article_id) AS first_id, arg_min(sentence_number, article_id) AS sentence_number
    FROM   (SELECT article_id, source_id, unnest(sentences) AS sentence, generate_subscripts(sentences, 1) AS sentence_number FROM cut)
    WHERE  sentence <> '' GROUP BY ALL HAVING count(DISTINCT article_id) > 1 ORDER BY articles DESC, sources DESC, sentence LIMIT 300
),
placed AS (
    SELECT r.*, len(text_units(array_to_string(sentences[:r.sentence_number - 1], ' '))) AS words_before, len(text_units(sentence)) AS words
    FROM   repeated AS r JOIN cut ON article_id = first_id
),
places AS MATERIALIZED (SELECT article_id AS first_id, word_position - 2000 AS nth FROM query_places(asked) WHERE article_id IN (SELECT first_id FROM repeated))
SELECT sentence, articles, sources, articles / (SELECT count(*) FROM matched) AS share
FROM   placed WHERE EXISTS (FROM places WHERE places.first_id = placed.first_id AND nth - words_before BETWEEN 1 AND words)
ORDER  BY articles DESC, sources DESC, sentence LIMIT most;
COMMENT ON MACRO TABLE repeated_sentences IS 'Sentences that match in more than one article, the most frequent first: the alarm for boilerplate. Of more than 1,000 matching articles so many are read, always the same ones (share is of these), and of their sentences the 300 most often repeated.';

CREATE MACRO unmatched_words(asked) AS TABLE
WITH own AS (SELECT unnest(query_words(asked)) AS word),
missed AS MATERIALIZED (
    SELECT word FROM own WHERE NOT EXISTS (FROM terms WHERE term = word)
           AND (word NOT LIKE '%*' OR NOT EXISTS (FROM terms WHERE starts_with(term, rtrim(word, '*'))))
),
near AS (
    SELECT word, term, articles FROM missed JOIN terms ON left(term, 1) = left(word, 1) AND abs(length(term) - length(rtrim(word, '*'))) <= 1
    WHERE  length(word) > 3 AND damerau_levenshtein(term, rtrim(word, '*')) <= 1 + (length(word) > 7)::INTEGER
    QUALIFY row_number() OVER (PARTITION BY word ORDER BY articles DESC, term) <= 5
)
SELECT word, coalesce(list(term ORDER BY articles DESC, term) FILTER (term IS NOT NULL), []) AS similar_words
FROM   missed LEFT JOIN near USING (word) GROUP BY word ORDER BY word;
COMMENT ON MACRO TABLE unmatched_words IS 'Words of a query that no article has, with up to five of the index that differ by a letter or two but not in the first, the most frequent first.';
