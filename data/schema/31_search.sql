-- The search engine: a query becomes SQL over the word index, and query() runs it. No extension is needed.
-- Grammar and errors are those of etl.methods.query, which reads the same queries outside of the dataset.
-- DuckDB reads every branch of an expression before it runs one, and lambdas within lambdas slowly. So what most queries do not
-- need stands behind a further query(): a word costs one such step, a phrase two, a query that needs care three.

-- 1. The articles with one word, one beginning of words, one phrase, or words near each other.

CREATE MACRO word_hits(asked_word) AS TABLE
SELECT article_id, published_on, source_id, matches, title_matches, positions, 1 AS span
FROM   postings WHERE term_id = (SELECT term_id FROM terms WHERE term = asked_word);

CREATE MACRO prefix_hits(beginning) AS TABLE
SELECT article_id, any_value(published_on) AS published_on, any_value(source_id) AS source_id, sum(matches)::INTEGER AS matches,
       sum(title_matches)::INTEGER AS title_matches, flatten(list(positions)) AS positions, 1 AS span
FROM   postings WHERE term_id IN (SELECT term_id FROM terms WHERE term >= beginning AND term < beginning || chr(1114111))
GROUP  BY article_id;

-- Words come one a place with spaces between: a star at the end of a beginning, an underscore where a place is free.
CREATE MACRO joined_sql(asked_words) AS array_to_string(list_transform(string_split(asked_words, ' '), lambda asked_word, nth: CASE
    WHEN asked_word <> '_' THEN CASE WHEN nth > 1 THEN 'JOIN ' ELSE 'FROM ' END
        || CASE WHEN asked_word[-1] = '*' THEN 'prefix_hits(''' ELSE 'word_hits(''' END || rtrim(asked_word, '*')
        || ''') AS w' || nth || CASE WHEN nth > 1 THEN ' USING (article_id)' ELSE '' END END), ' ');

-- A phrase begins where all of its words agree, each one's own place in the phrase taken off.
CREATE MACRO phrase_hits(asked_words) AS TABLE
SELECT article_id, published_on, source_id, len(positions) AS matches,
       len(list_filter(positions, lambda spot: spot < 2001)) AS title_matches, positions, len(string_split(asked_words, ' ')) AS span
FROM   query('SELECT article_id, w1.published_on, w1.source_id, '
           || repeat('list_intersect(', len(regexp_extract_all(asked_words, ' [^_]')))
           || array_to_string(list_transform(string_split(asked_words, ' '), lambda asked_word, nth: CASE
                  WHEN nth = 1 THEN 'w1.positions' WHEN asked_word <> '_'
                  THEN 'list_transform(w' || nth || '.positions, lambda spot: spot - ' || nth - 1 || '))' END), ', ')
           || ' AS positions ' || joined_sql(asked_words))
WHERE  len(positions) > 0;

-- Words near each other: a stretch of text begins at one of them and holds each of them as often as it is asked for.
CREATE MACRO near_hits(asked_words, distance) AS TABLE
SELECT article_id, published_on, source_id, len(starts) AS matches,
       len(list_filter(starts, lambda spot: spot < 2001)) AS title_matches,
       list_filter(found, lambda spot: len(list_filter(starts, lambda start:
           spot BETWEEN start AND start + distance + len(string_split(asked_words, ' ')) - 1)) > 0) AS positions, 1 AS span
FROM   query('SELECT *, list_filter(found, lambda start: '
           || array_to_string(list_transform(string_split(asked_words, ' '), lambda asked_word, nth: CASE WHEN asked_word <> '_' THEN
                  'len(list_filter(positions_' || nth || ', lambda spot: spot BETWEEN start AND start + '
                  || distance + len(string_split(asked_words, ' ')) - 1 || ')) >= '
                  || len(list_filter(string_split(asked_words, ' '), lambda other: other = asked_word)) END), ' AND ')
           || ') AS starts FROM (SELECT article_id, w1.published_on, w1.source_id, list_distinct(flatten(['
           || array_to_string(list_transform(string_split(asked_words, ' '), lambda asked_word, nth:
                  CASE WHEN asked_word <> '_' THEN 'w' || nth || '.positions' END), ', ') || '])) AS found, '
           || array_to_string(list_transform(string_split(asked_words, ' '), lambda asked_word, nth:
                  CASE WHEN asked_word <> '_' THEN 'w' || nth || '.positions AS positions_' || nth END), ', ')
           || ' ' || joined_sql(asked_words) || ')')
WHERE  len(starts) > 0;

-- 2. A leaf of a query: a word, phrase or fact with its field.

CREATE MACRO quoted(given) AS '''' || replace(given, '''', '''''') || '''';

-- Words one a place; in a script without spaces a pair of characters begins at each character but the last.
CREATE MACRO placed_words(units) AS array_to_string(list_transform(units, lambda unit, nth: CASE
    WHEN NOT is_unspaced(ltrim(unit)) THEN ltrim(unit)
    WHEN is_unspaced(units[nth + 1]) THEN ltrim(unit) || units[nth + 1][1]
    WHEN nth = 1 OR unit[1] = ' ' OR NOT is_unspaced(ltrim(units[nth - 1])) THEN ltrim(unit)[1] || '*'
    ELSE '_' END), ' ');

CREATE MACRO words_hits(asked_words, distance) AS TABLE FROM query(CASE
    WHEN distance IS NOT NULL AND contains(asked_words, ' ')
    THEN 'FROM near_hits(' || quoted(rtrim(asked_words, ' _')) || ', ' || distance || ')'
    WHEN contains(asked_words, ' ') THEN 'FROM phrase_hits(' || quoted(asked_words) || ')'
    WHEN asked_words[-1] = '*' THEN 'FROM prefix_hits(' || quoted(rtrim(asked_words, '*')) || ')'
    ELSE 'FROM word_hits(' || quoted(asked_words) || ')' END);

CREATE MACRO leaf_hits(leaf) AS TABLE FROM query(CASE
    WHEN regexp_matches(leaf, '^(?:language|canonical_domain):')
    THEN 'SELECT article_id, published_on, source_id, 1 AS matches, 0 AS title_matches, []::INTEGER[] AS positions, 0 AS span '
      || 'FROM articles WHERE ' || CASE WHEN leaf[1] = 'l' THEN 'language = ' ELSE 'source_id IN (SELECT source_id FROM '
      || 'source_domains WHERE domain = ' END || quoted(lower(trim(regexp_extract(leaf, ':(.*)', 1), '"')))
      || CASE WHEN leaf[1] = 'l' THEN '' ELSE ')' END
    ELSE CASE WHEN leaf LIKE 'title:%' THEN 'SELECT article_id, published_on, source_id, title_matches AS matches, title_matches, '
           || 'list_filter(positions, lambda spot: spot < 2001) AS positions, span ' ELSE '' END
      || 'FROM words_hits(' || quoted(placed_words(regexp_extract_all(
             replace(words_apart(regexp_extract(leaf, '(?s)^(?:title:)?"?([^"]*)', 1)), '?', ' '), single_letters_or_words())))
      || ', ' || coalesce(nullif(regexp_extract(leaf, '"~([0-9]+)$', 1), ''), 'NULL') || ')'
      || CASE WHEN leaf LIKE 'title:%' THEN ' WHERE title_matches > 0' ELSE '' END END);

CREATE MACRO hits_sql(leaf, title_only) AS CASE
    WHEN title_only AND NOT regexp_matches(leaf, '^(?:title|language|canonical_domain):')
    THEN 'FROM leaf_hits(' || quoted('title:' || leaf) || ')'
    WHEN regexp_full_match(leaf, '[A-Za-z0-9]+') THEN 'FROM word_hits(''' || lower(leaf) || ''')'
    WHEN regexp_full_match(leaf, '"[A-Za-z0-9]+(?: [A-Za-z0-9]+)+"') THEN 'FROM phrase_hits(''' || lower(trim(leaf, '"')) || ''')'
    ELSE 'FROM leaf_hits(' || quoted(leaf) || ')' END;

-- 3. A whole query.

CREATE MACRO query_tokens(plain) AS
    regexp_extract_all(plain, '[()]|-+|(?:[A-Za-z_]+:)?"[^"]*"(?:~[0-9]+)?|[^\s()"-][^\s()"]*');

CREATE MACRO leaves_of(tokens) AS
    list_distinct(list_filter(tokens, lambda token: token NOT IN ('(', ')', 'AND', 'OR', 'NOT') AND token[1] <> '-'));

-- The boolean expression with each leaf's number between marks; AND where two parts meet without a word between them.
CREATE MACRO marked_expression(tokens, leaves) AS regexp_replace(array_to_string(list_transform(tokens, lambda token: CASE
    WHEN token IN ('(', ')', 'AND', 'OR', 'NOT') THEN token WHEN token = '-' THEN 'NOT'
    ELSE chr(1) || list_position(leaves, token) || chr(2) END), ' '), '([\x02)]) ([\x01(]|NOT)', '\1 AND \2', 'g');

CREATE MACRO is_plain_word(leaf) AS regexp_full_match(leaf, '[A-Za-z0-9]+');

-- Plain words share one scan of the postings; every other leaf is a part of its own.
CREATE MACRO plain_words_sql(leaves, title_only) AS 'SELECT leaf, article_id, published_on, source_id, '
    || CASE WHEN title_only THEN 'title_matches AS ' ELSE '' END || 'matches, title_matches FROM postings JOIN (SELECT term_id, leaf '
    || 'FROM terms JOIN (SELECT unnest(['
    || array_to_string(list_transform(leaves, lambda leaf: CASE WHEN is_plain_word(leaf) THEN quoted(lower(leaf)) END), ', ')
    || ']) AS term, unnest(['
    || array_to_string(list_transform(leaves, lambda leaf, nth: CASE WHEN is_plain_word(leaf) THEN nth END), ', ')
    || ']) AS leaf) USING (term)) USING (term_id)' || CASE WHEN title_only THEN ' WHERE title_matches > 0' ELSE '' END;

CREATE MACRO leaf_parts_sql(leaves, title_only) AS list_transform(leaves, lambda leaf, nth: CASE WHEN NOT is_plain_word(leaf)
    THEN 'SELECT ' || nth || ' AS leaf, article_id, published_on, source_id, matches, title_matches FROM ('
        || hits_sql(leaf, title_only) || ')' END);

CREATE MACRO expression_hits(marked, leaves, title_only, not_place) AS TABLE FROM query(
    'SELECT article_id, any_value(published_on) AS published_on, any_value(source_id) AS source_id, '
    || 'sum(matches) AS matches, sum(title_matches) AS title_matches FROM ('
    || array_to_string(CASE WHEN len(list_filter(leaves, lambda leaf: is_plain_word(leaf))) > 0
           THEN list_prepend(plain_words_sql(leaves, title_only), leaf_parts_sql(leaves, title_only))
           ELSE leaf_parts_sql(leaves, title_only) END, ' UNION ALL ')
    || ') GROUP BY article_id'
    || CASE WHEN NOT regexp_matches(marked, ' AND |NOT') THEN ''
            ELSE ' HAVING ' || regexp_replace(marked, '\x01([0-9]+)\x02', 'bool_or(leaf = \1)', 'g') END
    || CASE WHEN contains(marked, 'NOT') THEN ' UNION ALL SELECT error(''query: asks for articles without any of its words; '
        || 'add a word that they must have (at character ' || not_place || ')'')::INTEGER, NULL, NULL, NULL, NULL WHERE '
        || regexp_replace(marked, '\x01[0-9]+\x02', 'false', 'g') ELSE '' END);

CREATE MACRO raw_tokens(plain) AS  -- with the space before each, so that their lengths add up
    regexp_extract_all(plain, '\s*(?:[()]|-+|(?:[A-Za-z_]+:)?"[^"]*"(?:~[0-9]+)?|[^\s()"-][^\s()"]*)');

CREATE MACRO token_place(plain, tokens, nth) AS length(array_to_string(raw_tokens(plain)[:nth], '')) - length(tokens[nth]) + 1;

CREATE MACRO expression_sql(plain, tokens, leaves, title_only) AS
    'FROM expression_hits(' || quoted(marked_expression(tokens, leaves)) || ', ['
    || array_to_string(list_transform(leaves, lambda leaf: quoted(leaf)), ', ') || '], ' || title_only || ', '
    || coalesce(token_place(plain, tokens, least(nullif(list_position(tokens, 'NOT'), 0), nullif(list_position(tokens, '-'), 0))), 0)
    || ')';

CREATE MACRO without_pairs(given) AS regexp_replace(given, '\([^()]*\)', ' ', 'g');

-- A look that most queries pass: words and phrases in usual letters, operators between them, parentheses in pairs.
CREATE MACRO is_surely_right(plain) AS
    regexp_full_match(plain, '[\s(]*-?[(]*LEAF(?:[\s()]+-?[(]*LEAF)*[\s)]*'.replace('LEAF',
        '(?:title:)?(?:[0-9A-Za-z'']*LETTER+\*?|"[0-9A-Za-z'' ]*LETTER[LETTERS'' ]*"(?:~[0-9]{1,2})?)')
        .replace('LETTERS', '0-9A-Za-zÀ-ÖØ-öø-ɏЀ-ҁҊ-ӿ一-鿿ぁ-ゖァ-ヺー가-힣')
        .replace('LETTER', '[0-9A-Za-zÀ-ÖØ-öø-ɏЀ-ҁҊ-ӿ一-鿿ぁ-ゖァ-ヺー가-힣]'))
    AND NOT regexp_matches('(' || plain || ')', '\(\s*(?:AND|OR|\))|(?:^|[\s()-])(?:AND|OR|NOT)\s*\)|(?:^|[\s()-])(?:AND|OR|NOT)\s+(?:AND|OR)[\s()]|-(?:AND|OR|NOT)[\s()]|(?:^|[\s(])NOT\s+(?:NOT[\s()]|-)')
    AND NOT regexp_matches(without_pairs(without_pairs(without_pairs(without_pairs(regexp_replace(plain, '"[^"]*"', '', 'g'))))), '[()]')
    AND length(plain) < 500 AND length(plain) - length(replace(plain, ' ', '')) < 50;

CREATE MACRO right_hits(plain, title_only) AS TABLE FROM query(CASE
    WHEN len(query_tokens(plain)) = 1 THEN hits_sql(query_tokens(plain)[1], title_only)
    ELSE expression_sql(plain, query_tokens(plain), leaves_of(query_tokens(plain)), title_only) END);

-- What is wrong with a query, with its place; NULL where nothing is.

CREATE MACRO token_kinds(tokens) AS array_to_string(list_transform(tokens, lambda token: CASE  -- A for AND and OR, N for NOT, W for a leaf
    WHEN token IN ('(', ')') THEN token WHEN token IN ('AND', 'OR') THEN 'A' WHEN token = 'NOT' OR token[1] = '-' THEN 'N' ELSE 'W' END), '');

CREATE MACRO open_parentheses(kinds) AS list_transform(range(1, length(kinds) + 1), lambda nth:
    length(replace(kinds[:nth], ')', '')) - length(replace(kinds[:nth], '(', '')));

CREATE MACRO token_problem(plain, tokens, nth, problem) AS
    CASE WHEN nth IS NOT NULL THEN problem || ' (at character ' || token_place(plain, tokens, nth) || ')' END;

CREATE MACRO dash_problem(plain, tokens) AS token_problem(plain, tokens, list_filter(range(1, len(tokens) + 1), lambda nth:
    tokens[nth][1] = '-' AND (length(tokens[nth]) > 1 OR nth = len(tokens) OR regexp_matches(raw_tokens(plain)[nth + 1], '^\s')))[1],
    'a dash by itself; write -word without a space, or put it in quotation marks');

CREATE MACRO parenthesis_problem(plain, tokens, kinds) AS CASE WHEN NOT regexp_matches(kinds, '[()]') THEN NULL ELSE
    list_transform([open_parentheses(kinds)], lambda depths: CASE
        WHEN list_contains(depths, -1) THEN token_problem(plain, tokens, list_position(depths, -1), 'this parenthesis closes nothing')
        ELSE token_problem(plain, tokens, list_filter(range(1, len(tokens) + 1), lambda nth:
            kinds[nth] = '(' AND list_aggregate(depths[nth:], 'min') >= depths[nth])[-1], 'this parenthesis is not closed') END)[1] END;

CREATE MACRO order_problem(plain, tokens, kinds) AS CASE regexp_extract('^' || kinds || '$', '[\^(AN]A|A[)$]|NN|N[)$]|\(\)|\^\$')
    WHEN '' THEN NULL WHEN '^$' THEN 'the query is empty (at character 1)'
    WHEN '()' THEN token_problem(plain, tokens, strpos(kinds, '()'), 'nothing stands between these parentheses')
    WHEN 'NN' THEN token_problem(plain, tokens, strpos(kinds, 'NN') + 1, 'NOT stands twice')
    WHEN 'N)' THEN token_problem(plain, tokens, strpos(kinds, 'N)'), 'NOT needs something to exclude')
    WHEN 'N$' THEN token_problem(plain, tokens, len(tokens), 'NOT needs something to exclude')
    ELSE list_transform([regexp_extract('^' || kinds || '$', '^(.*?)([\^(AN]A|A[)$])', ['before', 'pair'])], lambda found:
        token_problem(plain, tokens, length(found['before']) + (found['pair'][2] = 'A')::INTEGER,
            'AND and OR need something on both sides'))[1] END;

CREATE MACRO words_problem(spaced, distance) AS CASE
    WHEN regexp_matches(spaced, '[^ *?]\?[^ *?]') OR regexp_matches(replace(spaced, '?', ' '), '(?:^|[ *])\*|\*[^ ]')
    THEN '* stands only at the end of a word, and ? is no wildcard'
    WHEN trim(replace(spaced, '?', ' ')) = '' THEN 'nothing to search for: no letter and no digit'
    WHEN len(regexp_extract_all(replace(spaced, '?', ' '), single_letters_or_words())) > 50 THEN 'a phrase of more than 50 words'
    WHEN length(ltrim(distance, '0')) > 4 OR distance <> '' AND distance::BIGINT > 1000 THEN 'a distance of more than 1000 words' END;

CREATE MACRO leaf_problem(leaf) AS CASE
    WHEN regexp_matches(leaf, '^(?:language|canonical_domain):') THEN CASE
        WHEN NOT regexp_full_match(leaf, '[a-z_]+:(?:[A-Za-z0-9.-]+|"[A-Za-z0-9.-]+"(?:~[0-9]+)?)')
        THEN regexp_extract(leaf, '^[a-z_]+:') || ' needs a value, such as ' || CASE WHEN leaf[1] = 'l' THEN 'language:en'
             ELSE 'canonical_domain:example.org' END END
    WHEN regexp_matches(leaf, '^[A-Za-z_]+:') AND NOT leaf LIKE 'title:%'
    THEN regexp_extract(leaf, '^[A-Za-z_]+:')
         || ' is no field (title:, language: and canonical_domain: are); words with a colon need quotation marks'
    WHEN NOT contains(leaf, '"') AND regexp_matches(leaf, '~[0-9.]*$|\^[0-9.]+$')
    THEN 'similar spellings (~) and weights (^) are not offered; * at the end of a word finds its forms'
    ELSE words_problem(words_apart(regexp_extract(leaf, '(?s)^(?:title:)?"?([^"]*)', 1)), regexp_extract(leaf, '"~([0-9]+)$', 1)) END;

CREATE MACRO leaves_problem(plain, tokens, kinds) AS list_transform([list_filter(range(1, len(tokens) + 1), lambda nth:
    kinds[nth] = 'W' AND leaf_problem(tokens[nth]) IS NOT NULL)[1]], lambda nth:
    token_problem(plain, tokens, nth, leaf_problem(tokens[nth])))[1];

CREATE MACRO length_problem(plain, tokens, kinds) AS CASE WHEN length(replace(kinds, 'W', 'WW')) - length(kinds) > 250 THEN
    token_problem(plain, tokens, length(regexp_extract(kinds, '^(?:[^W]*W){251}')), 'more than 250 words and phrases') END;

CREATE MACRO query_problem(plain, tokens, kinds) AS CASE
    WHEN length(replace(plain, '"', '')) % 2 <> length(plain) % 2
    THEN 'this quotation mark has no partner (at character ' || length(plain) - strpos(reverse(plain), '"') + 1 || ')'
    ELSE coalesce(length_problem(plain, tokens, kinds), dash_problem(plain, tokens),
        parenthesis_problem(plain, tokens, kinds), order_problem(plain, tokens, kinds),
        leaves_problem(plain, tokens, kinds)) END;

CREATE MACRO checked_hits(plain, title_only) AS TABLE FROM query(
    'SELECT * FROM (FROM ' || CASE WHEN query_problem(plain, query_tokens(plain), token_kinds(query_tokens(plain))) IS NULL
        THEN 'right_hits(' || quoted(plain) || ', ' || title_only || ')'
        ELSE error('query: ' || query_problem(plain, query_tokens(plain), token_kinds(query_tokens(plain)))) END || ')');

CREATE MACRO plain_hits(plain, title_only) AS TABLE FROM query(
    CASE WHEN is_surely_right(plain) THEN 'FROM right_hits(' ELSE 'FROM checked_hits(' END || quoted(plain) || ', ' || title_only || ')');

-- SQL for the articles that match: article_id, published_on, source_id, matches, title_matches.
CREATE MACRO search_sql(asked, title_only) AS CASE
    WHEN regexp_full_match(asked, '[A-Za-z0-9]+') AND NOT title_only AND asked NOT IN ('AND', 'OR', 'NOT')
    THEN 'FROM word_hits(''' || lower(asked) || ''')'
    ELSE 'FROM plain_hits(' || quoted(plain_marks(asked)) || ', ' || title_only || ')' END;

CREATE MACRO search(asked) AS TABLE
SELECT article_id, matches::INTEGER AS matches, title_matches > 0 AS is_in_title FROM query(search_sql(asked, false));
COMMENT ON MACRO TABLE search IS 'Articles that match a query: how many places match, and whether one is in the title.';

-- SQL for the places of a query's words in all articles: article_id, word_position, words.
CREATE MACRO leaf_places_sql(asked) AS
    'SELECT article_id, article_id AS word_position, article_id AS words FROM (' || search_sql(asked, false) || ') WHERE false'
    || array_to_string(list_transform(leaves_of(query_tokens(plain_marks(asked))), lambda leaf:
        ' UNION ALL SELECT article_id, unnest(positions), span FROM (' || hits_sql(leaf, false) || ')'), '');

CREATE MACRO match_places(asked, article) AS TABLE
SELECT DISTINCT word_position, words FROM query(leaf_places_sql(asked)) WHERE article_id = article ORDER BY ALL;
COMMENT ON MACRO TABLE match_places IS 'Where a query''s words stand in one article: number of the first word (the title counts from 1, the text from 2001) and how many words.';
