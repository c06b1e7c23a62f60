-- What is wrong with a query, told with its place: read only where a query is not right.

CREATE MACRO token_place(plain, nth) AS
    length(array_to_string(raw_tokens(plain)[:nth], '')) - length(regexp_extract(raw_tokens(plain)[nth], '\S.*')) + 1;

CREATE MACRO token_problem(nth, problem) AS CASE WHEN nth > 0 THEN {'nth': nth, 'problem': problem} END;

-- One letter a token: A for AND and OR, N for NOT and the dash, W for a leaf.
CREATE MACRO token_kinds(tokens) AS array_to_string(list_transform(tokens, lambda token: CASE
    WHEN token IN ('(', ')') THEN token WHEN token IN ('AND', 'OR') THEN 'A' WHEN token = 'NOT' OR token[1] = '-' THEN 'N' ELSE 'W' END), '');

CREATE MACRO length_problem(kinds) AS
    token_problem(nullif(length(regexp_extract(kinds, '^(?:[^W]*W){251}')), 0), 'more than 250 words and phrases');

CREATE MACRO dash_problem(tokens) AS
    token_problem(list_position(list_transform(tokens, lambda token, nth: token[1] = '-' AND (token <> '-' OR nth = len(tokens))), true),
        'a dash by itself; write -word without a space, or put it in quotation marks');

-- What is left when pairs of parentheses are taken out, square brackets in their places.
CREATE MACRO unpaired(kinds) AS list_reduce(list_prepend(kinds, string_split(kinds, '(')), lambda done, pair:
    regexp_replace(done, '\(([^()]*)\)', '[\1]', 'g'));

CREATE MACRO parenthesis_problem(kinds) AS CASE
    WHEN contains(unpaired(kinds), ')') THEN token_problem(strpos(unpaired(kinds), ')'), 'this parenthesis closes nothing')
    WHEN contains(unpaired(kinds), '(') THEN token_problem(length(regexp_extract(unpaired(kinds), '.*\(')), 'this parenthesis is not closed') END;

CREATE MACRO order_problem(kinds) AS CASE regexp_extract('^' || kinds || '$', '[\^(AN]A|A[)$]|NN|N[)$]|\(\)|\^\$')
    WHEN '' THEN NULL
    WHEN '()' THEN token_problem(strpos(kinds, '()'), 'nothing stands between these parentheses')
    WHEN 'NN' THEN token_problem(strpos(kinds, 'NN') + 1, 'NOT stands twice')
    WHEN 'N)' THEN token_problem(strpos(kinds, 'N)'), 'NOT needs something to exclude')
    WHEN 'N$' THEN token_problem(length(kinds), 'NOT needs something to exclude')
    ELSE token_problem(length(regexp_extract('^' || kinds || '$', '^(.*?)(?:[\^(AN]A|A[)$])', 1))
        + length(regexp_extract('^' || kinds || '$', '^.*?(?:[\^(AN](A)|A[)$])', 1)), 'AND and OR need something on both sides') END;

CREATE MACRO leaf_problem(token, clear) AS CASE
    WHEN token LIKE 'language:%' THEN 'language: needs a value, such as language:en'
    WHEN token LIKE 'canonical_domain:%' THEN 'canonical_domain: needs a value, such as canonical_domain:example.org'
    WHEN regexp_matches(token, '^[A-Za-z_]+:') AND NOT token LIKE 'title:%' THEN regexp_extract(token, '^[A-Za-z_]+:')
        || ' is no field (title:, language: and canonical_domain: are); words with a colon need quotation marks'
    WHEN regexp_matches(token, '^[^"]*(?:~[0-9.]*|\^[0-9.]+)$')
    THEN 'similar spellings (~) and weights (^) are not offered; * at the end of a word finds its forms'
    WHEN regexp_matches(clear, '\?|(?:^⟨(?:title:)?|[ *])\*|\*[^ ~⟩]') THEN '* stands only at the end of a word, and ? is no wildcard'
    WHEN regexp_matches(clear, '^⟨(?:title:)?[~⟩]') THEN 'nothing to search for: no letter and no digit'
    WHEN regexp_matches(clear, '~[0-9]+⟩') AND NOT is_too_long(clear) THEN 'a distance of more than 1000 words'
    ELSE 'a phrase of more than 50 words' END;

CREATE MACRO leaves_problem(tokens, kinds, clears) AS list_transform([list_position(list_transform(clears, lambda clear, nth:
        kinds[nth] = 'W' AND (leaves_reduced(clear) <> 'W' OR is_too_long(clear))), true)], lambda nth:
    token_problem(nth, leaf_problem(tokens[nth], clears[nth])))[1];

CREATE MACRO told_problem(plain, kinds) AS TABLE
SELECT told::INTEGER AS article_id, told::DATE AS published_on, told AS source_id, told::INTEGER AS matches, told::INTEGER AS title_matches
FROM   (SELECT error('query: ' || CASE
    WHEN (length(plain) - length(replace(plain, '"', ''))) % 2 = 1
    THEN 'this quotation mark has no partner (at character ' || length(plain) - strpos(reverse(plain), '"') + 1 || ')'
    WHEN kinds = '' THEN 'the query is empty (at character 1)'
    ELSE list_transform([coalesce(length_problem(kinds), dash_problem(query_tokens(plain)), parenthesis_problem(kinds), order_problem(kinds),
            leaves_problem(query_tokens(plain), kinds, clear_tokens(folded(plain))))],
        lambda found: found['problem'] || ' (at character ' || token_place(plain, found['nth']) || ')')[1] END)::VARCHAR AS told)
WHERE  told IS NULL;

CREATE MACRO query_problem(plain) AS TABLE
FROM query('FROM told_problem(' || quoted(plain) || ', ' || quoted(token_kinds(query_tokens(plain))) || ')');

CREATE MACRO only_not_problem(plain) AS TABLE
SELECT told::INTEGER AS article_id, told::DATE AS published_on, told AS source_id, told::INTEGER AS matches, told::INTEGER AS title_matches
FROM   (SELECT error('query: asks for articles without any of its words; add a word that they must have (at character '
           || token_place(plain, strpos(token_kinds(query_tokens(plain)), 'N')) || ')')::VARCHAR AS told)
WHERE  told IS NULL;
