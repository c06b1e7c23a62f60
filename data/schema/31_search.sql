-- The search engine: a query is rewritten, step by step, until it is SQL over the word index, and query() runs it.
--
--     asked   Nato AND (alliance OR “climate summit”) -title:aid*
--     plain   Nato AND (alliance OR "climate summit") -title:aid*
--     clear   ⟨nato⟩ AND ( ⟨alliance⟩ OR ⟨climate summit⟩ ) NOT ⟨title:aid*⟩
--     SQL     ... GROUP BY article_id HAVING bool_or(leaf = 'nato') AND ( bool_or(leaf = 'alliance') OR ...
--
-- No extension is needed. Grammar and errors are those of etl.methods.query, which reads the same queries outside of the dataset.
-- DuckDB reads every branch of an expression before it runs one: what few queries need stands behind a query() of its own.

CREATE MACRO quoted(given) AS '''' || replace(given, '''', '''''') || '''';

-- 1. From plain to clear. A leaf becomes ⟨title:words~distance⟩: folded words, one a place, spaces between. A star ends the
-- beginning of a word; ∎ is a place that the pair of characters before it takes as well. ⟨!⟩ cannot be understood.

CREATE MACRO query_tokens(plain) AS
    regexp_extract_all(plain, '[()]|-+\s*|(?:[A-Za-z_]+:)?"[^"]*"(?:~[0-9]+)?|[^\s()"-][^\s()"]*');

CREATE MACRO leaf_content(token) AS regexp_extract(token, '^(?:[A-Za-z_]+:)?"?([^"]*)', 1);

CREATE MACRO clear_token(token, folded_words) AS CASE
    WHEN token IN ('(', ')', 'AND', 'OR', 'NOT') THEN token
    WHEN token = '-' THEN 'NOT'
    WHEN token[1] = '-' OR regexp_matches(token, '^[^"]*(?:~[0-9.]*|\^[0-9.]+)$') THEN '⟨!⟩'
    WHEN token LIKE 'language:%' OR token LIKE 'canonical_domain:%' THEN '⟨' || lower(regexp_replace(token, '"(~[0-9]+)?', '', 'g')) || '⟩'
    ELSE '⟨' || regexp_extract(token, '^[A-Za-z_]+:') || array_to_string(folded_words, ' ') || regexp_extract(token, '"(~[0-9]+)$', 1) || '⟩' END;

-- A question mark at the end of a word goes; elsewhere it, as a star, is not understood.
CREATE MACRO clear_tokens(plain) AS list_transform(query_tokens(plain), lambda token:
    clear_token(token, regexp_extract_all(lower(leaf_content(token)), '[a-z0-9*?\x{80}-\x{10ffff}]*[a-z0-9*\x{80}-\x{10ffff}]')));

CREATE MACRO clear(plain) AS array_to_string(clear_tokens(plain), ' ');

CREATE MACRO raw_tokens(plain) AS  -- with the space before each, so that their lengths add up
    regexp_extract_all(plain, '\s*(?:[()]|-+\s*|(?:[A-Za-z_]+:)?"[^"]*"(?:~[0-9]+)?|[^\s()"-][^\s()"]*)');

-- Letters beyond ASCII are folded in words, and not understood in the facts language: and canonical_domain:. What folding only
-- makes look like the name of a field is none.
CREATE MACRO folded(plain) AS with_pairs(fold(array_to_string(list_transform(raw_tokens(plain), lambda token: CASE
    WHEN strlen(token) > length(token) AND regexp_matches(token, '^\s*(?:language|canonical_domain):')
    THEN regexp_extract(token, '^[^:]*:') || '!'
    WHEN regexp_matches(token, '^\s*[A-Za-z_]+:') THEN token ELSE replace(token, ':', ';') END), '')));

-- 2. Is it right? Every leaf is understood, and put together they come down to one.

CREATE MACRO leaves_reduced(clear) AS regexp_replace(clear, '⟨(?:(?:title:)?WORD(?: WORD)*(?:~0*[0-9]{1,3}|~0*1000)?|(?:language|canonical_domain):[a-z0-9.-]+)⟩'
    .replace('WORD', '[^ :~*?!⟨⟩]+\*?'), 'W', 'g');

CREATE MACRO is_too_long(clear) AS contains(regexp_replace(clear, ' ∎(?:~[0-9]+)?⟩|[^ ⟨⟩]+', '', 'g'), repeat(' ', 50));

CREATE MACRO is_right(clear) AS length(clear) - length(replace(clear, '⟨', '')) <= 250 AND NOT is_too_long(clear)
    AND regexp_full_match(list_reduce(
        list_prepend(leaves_reduced(clear), string_split(repeat('(', length(clear) - length(replace(clear, '(', ''))), '(')),
        lambda done, pair: regexp_replace(done, '\( (?:NOT )?W(?: (?:AND|OR) (?:NOT )?W)* \)', 'W', 'g')),
        '(?:NOT )?W(?: (?:AND|OR) (?:NOT )?W)*');

-- 3. The articles with one leaf.

CREATE MACRO word_hits(asked_word) AS TABLE
SELECT article_id, published_on, source_id, matches, title_matches, positions, 1 AS span
FROM   postings WHERE term_id = (SELECT term_id FROM terms WHERE term = asked_word);

CREATE MACRO prefix_hits(beginning) AS TABLE
SELECT article_id, any_value(published_on) AS published_on, any_value(source_id) AS source_id, sum(matches)::INTEGER AS matches,
       sum(title_matches)::INTEGER AS title_matches, flatten(list(positions)) AS positions, 1 AS span
FROM   postings WHERE term_id IN (SELECT term_id FROM terms WHERE term >= beginning AND term < beginning || chr(1114111))
GROUP  BY article_id;

-- A fact of the article in place of words.
CREATE MACRO fact_hits(fact) AS TABLE
SELECT article_id, published_on, source_id, 1 AS matches, 0 AS title_matches, []::INTEGER[] AS positions, 0 AS span FROM articles
WHERE  CASE WHEN fact LIKE 'language:%' THEN language = fact[10:]
            ELSE source_id IN (SELECT source_id FROM source_domains WHERE domain = fact[18:]) END;

-- FROM word_hits('climate') AS w1 JOIN prefix_hits('summ') AS w2 USING (article_id)
CREATE MACRO joined_words_sql(asked_words) AS array_to_string(list_transform(string_split(asked_words, ' '), lambda word, nth:
    CASE WHEN word <> '∎' THEN CASE WHEN nth > 1 THEN 'JOIN ' ELSE 'FROM ' END || CASE WHEN word[-1] = '*' THEN 'prefix' ELSE 'word' END
        || '_hits(''' || rtrim(word, '*') || ''') AS w' || nth || CASE WHEN nth > 1 THEN ' USING (article_id)' ELSE '' END END), ' ');

-- Places are asked for only where they were published.
CREATE MACRO are_texts_here() AS (SELECT CASE WHEN EXISTS (FROM article_texts) OR NOT EXISTS (FROM articles) THEN true
    ELSE error('query: this publication was made without texts; words, AND, OR and NOT are exact, phrases and places are not to be had') END);

-- A phrase begins where its first word has each other one at that one's distance.
CREATE MACRO phrase_sql(asked_words) AS 'SELECT article_id, published_on, source_id, len(positions) AS matches, '
    || 'len(list_filter(positions, lambda spot: spot < 2001)) AS title_matches, positions, '
    || 1 + length(asked_words) - length(replace(asked_words, ' ', '')) || ' AS span '
    || 'FROM (SELECT article_id, w1.published_on, w1.source_id, list_filter(w1.positions, lambda spot: true'
    || array_to_string(list_transform(string_split(asked_words, ' '), lambda word, nth: CASE WHEN nth > 1 AND word <> '∎' THEN
           ' AND list_contains(w' || nth || '.positions, spot + ' || nth - 1 || ')' ELSE '' END), '') || ') AS positions '
    || joined_words_sql(asked_words) || ') WHERE len(positions) > 0';

CREATE MACRO phrase_hits(asked_words) AS TABLE FROM query(phrase_sql(asked_words)) WHERE are_texts_here();

-- Words near each other: a stretch of text begins at one of them and holds each as often as it is asked for.
CREATE MACRO near_hits(asked_words, reach) AS TABLE
SELECT article_id, published_on, source_id, len(starts) AS matches, len(list_filter(starts, lambda spot: spot < 2001)) AS title_matches,
       list_filter(found, lambda spot: len(list_filter(starts, lambda start: spot BETWEEN start AND start + reach)) > 0) AS positions, 1 AS span
FROM   query('SELECT article_id, w1.published_on, w1.source_id, list_distinct(flatten(['
           || array_to_string(list_transform(string_split(asked_words, ' '), lambda word, nth: CASE WHEN word <> '∎' THEN
                  'w' || nth || '.positions' END), ', ') || '])) AS found, list_filter(found, lambda start: '
           || array_to_string(list_transform(string_split(asked_words, ' '), lambda word, nth: CASE WHEN word <> '∎' THEN
                  'len(list_filter(w' || nth || '.positions, lambda spot: spot BETWEEN start AND start + ' || reach || ')) >= '
                  || len(list_filter(string_split(asked_words, ' '), lambda other: other = word)) END), ' AND ')
           || ') AS starts ' || joined_words_sql(asked_words))
WHERE  are_texts_here() AND len(starts) > 0;

-- The stretch in which near words stand: their own places and the distance.
CREATE MACRO near_words_hits(leaf) AS TABLE FROM query(list_transform([regexp_extract(leaf, '^(.*?)[ ∎]*~(.*)', ['asked', 'distance'])], lambda near:
    'FROM near_hits(''' || near['asked'] || ''', ' || near['distance']::INTEGER + len(string_split(near['asked'], ' ')) - 1 || ')')[1]);

CREATE MACRO leaf_sql(leaf) AS CASE
    WHEN regexp_matches(leaf, '^[lc][a-z_]*:') THEN 'FROM fact_hits(''' || leaf || ''')'
    WHEN leaf LIKE 'title:%' THEN 'FROM title_hits(''' || leaf[7:] || ''')'
    WHEN regexp_matches(leaf, ' .*~') THEN 'FROM near_words_hits(''' || leaf || ''')'
    WHEN contains(leaf, ' ') THEN 'FROM phrase_hits(''' || leaf || ''')'
    WHEN contains(leaf, '*') THEN 'FROM prefix_hits(''' || split_part(leaf, '*', 1) || ''')'
    ELSE 'FROM word_hits(''' || split_part(leaf, '~', 1) || ''')' END;

CREATE MACRO title_hits(leaf) AS TABLE
SELECT article_id, published_on, source_id, title_matches AS matches, title_matches, list_filter(positions, lambda spot: spot < 2001) AS positions, span
FROM   query(leaf_sql(leaf)) WHERE title_matches > 0;

-- 4. The articles with the whole query.

CREATE MACRO leaves_of(clear) AS list_distinct(regexp_extract_all(clear, '⟨([^⟩]*)⟩', 1));

-- Any expression: one scan for all plain words, a part for every other leaf, and each article's leaves looked at together. Phrases
-- are written out here: a topic has dozens of them, and to read a macro takes four times as long.
CREATE MACRO any_hits(clear, plain) AS TABLE
FROM query('SELECT article_id, any_value(published_on) AS published_on, any_value(source_id) AS source_id, sum(matches) AS matches, '
    || 'sum(title_matches) AS title_matches FROM (SELECT term AS leaf, article_id, published_on, source_id, matches, title_matches '
    || 'FROM postings JOIN terms USING (term_id) WHERE term IN ('''
    || array_to_string(regexp_extract_all(clear, '⟨([^ :~*⟩]*)⟩', 1), ''', ''') || ''')'
    || array_to_string(list_transform(list_distinct(regexp_extract_all(clear, '⟨([^⟩]*[ :~*][^⟩]*)⟩', 1)), lambda leaf:
        ' UNION ALL SELECT ''' || leaf || ''', article_id, published_on, source_id, matches, title_matches FROM ('
        || CASE WHEN regexp_matches(leaf, '^[^:~]* [^:~]*$') THEN phrase_sql(leaf) ELSE leaf_sql(leaf) END || ')'), '')
    || ')' || CASE WHEN contains(regexp_replace(clear, '⟩.*?⟨', '⟩⟨', 'g'), ' ') THEN ' WHERE are_texts_here()' ELSE '' END || ' GROUP BY article_id'
    || CASE WHEN NOT regexp_matches(clear, ' AND |NOT ') THEN ''
            ELSE ' HAVING ' || regexp_replace(clear, '⟨([^⟩]*)⟩', 'bool_or(leaf = ''\1'')', 'g') END
    || CASE WHEN NOT contains(clear, 'NOT ') THEN ''
            ELSE ' UNION ALL FROM only_not_problem(' || quoted(plain) || ') WHERE ' || regexp_replace(clear, '⟨[^⟩]*⟩', 'false', 'g') END);

-- Parts that an article must all have or must not have: joins are three times as fast. The shortest word, mostly the commonest,
-- comes first, since DuckDB keeps the later ones at hand and looks the first one's articles up in them.
CREATE MACRO all_hits(clear) AS TABLE
FROM query('FROM joined_hits(''' || array_to_string(list_transform(list_sort(list_transform(string_split(clear, ' AND '), lambda part:
    {'is_not': part LIKE 'NOT %', 'size': length(part), 'part': part})), lambda sorted: sorted['part']), ' AND ') || ''')');

CREATE MACRO sum_sql(clear, counted) AS array_to_string(list_transform(string_split(clear, ' AND '), lambda part, nth:
    CASE WHEN NOT part LIKE 'NOT %' THEN 'p' || nth || '.' || counted END), ' + ');

CREATE MACRO joined_hits(clear) AS TABLE
FROM query('SELECT article_id, p1.published_on, p1.source_id, ' || sum_sql(clear, 'matches') || ' AS matches, '
    || sum_sql(clear, 'title_matches') || ' AS title_matches'
    || array_to_string(list_transform(string_split(clear, ' AND '), lambda part, nth:
        CASE WHEN nth = 1 THEN ' FROM ' WHEN part LIKE 'NOT %' THEN ' ANTI JOIN ' ELSE ' JOIN ' END || '('
        || CASE WHEN contains(part, '(') THEN 'FROM any_hits(''' || regexp_extract(part, '\( (.*) \)', 1) || ''', '''')'
                ELSE leaf_sql(regexp_extract(part, '⟨(.*)⟩', 1)) END
        || ') AS p' || nth || CASE WHEN nth > 1 THEN ' USING (article_id)' ELSE '' END), ''));

CREATE MACRO clear_hits(clear, plain) AS TABLE FROM query(CASE
    WHEN NOT is_right(clear) OR (length(plain) - length(replace(plain, '"', ''))) % 2 = 1 THEN 'FROM query_problem(' || quoted(plain) || ')'
    WHEN regexp_full_match(clear, '⟨[^⟨]*⟩') THEN leaf_sql(clear[2:-2])
    WHEN regexp_full_match(clear, 'PART(?: AND PART)+'.replace('PART', '(?:NOT )?(?:⟨[^⟩]*⟩|\( ⟨[^⟩]*⟩(?: OR ⟨[^⟩]*⟩)* \))'))
         AND regexp_matches(clear, '(?:^| AND )[⟨(]') AND len(leaves_of(clear)) = length(clear) - length(replace(clear, '⟨', ''))
    THEN 'FROM all_hits(''' || clear || ''')'
    ELSE 'FROM any_hits(''' || clear || ''', ' || quoted(plain) || ')' END);

-- AND where two parts meet, and with title_only every word in the title.
CREATE MACRO spelled_out(clear, title_only) AS regexp_replace(regexp_replace(clear,
    '([⟩)]) ([⟨(]|NOT)', '\1 AND \2', 'g'), '⟨([^:⟩]*)⟩', CASE WHEN title_only THEN '⟨title:\1⟩' ELSE '⟨\1⟩' END, 'g');

CREATE MACRO plain_hits(letters, plain, title_only) AS TABLE
FROM query('FROM clear_hits(' || quoted(spelled_out(clear(letters), title_only)) || ', ' || quoted(plain) || ')');

CREATE MACRO foreign_hits(plain, title_only) AS TABLE
FROM query('FROM plain_hits(' || quoted(folded(plain)) || ', ' || quoted(plain) || ', ' || title_only || ')');

CREATE MACRO all_words_sql(sorted_words) AS 'SELECT article_id, w1.published_on, w1.source_id, '
    || array_to_string(list_transform(sorted_words, lambda word, nth: 'w' || nth || '.matches'), ' + ') || ' AS matches, '
    || array_to_string(list_transform(sorted_words, lambda word, nth: 'w' || nth || '.title_matches'), ' + ') || ' AS title_matches '
    || joined_words_sql(array_to_string(sorted_words, ' '));

-- The simplest queries, which are most of all, need less: one prefix, one phrase, a few words of which all or any must stand.
CREATE MACRO simple_sql(asked, barred) AS CASE
    WHEN contains(asked, '*') THEN 'FROM prefix_hits(''' || rtrim(asked, '*') || ''')'
    WHEN contains(asked, '"') THEN 'FROM phrase_hits(''' || trim(asked, '"') || ''')'
    WHEN regexp_matches(barred, '\b(?:and|or|not)\b') OR len(list_distinct(string_split(barred, '|'))) < len(string_split(barred, '|')) THEN NULL
    WHEN contains(asked, ' or ') THEN 'FROM any_hits(''⟨' || replace(barred, '|', '⟩ OR ⟨') || '⟩'', '''')'
    ELSE all_words_sql(list_transform(list_sort(list_transform(string_split(barred, '|'), lambda word: {'size': length(word), 'word': word})),
        lambda sorted: sorted['word'])) END;

CREATE MACRO simple_hits(asked) AS TABLE FROM query(coalesce(
    simple_sql(lower(asked), replace(replace(lower(asked), CASE WHEN contains(asked, ' OR ') THEN ' or ' ELSE ' and ' END, '|'), ' ', '|')),
    'FROM plain_hits(' || quoted(asked) || ', ' || quoted(asked) || ', false)'));

-- SQL for the articles that match: article_id, published_on, source_id, matches, title_matches.
CREATE MACRO search_sql(asked, title_only) AS CASE
    WHEN regexp_full_match(asked, '[A-Za-z0-9]+') AND NOT title_only AND asked NOT IN ('AND', 'OR', 'NOT')
    THEN 'FROM word_hits(''' || lower(asked) || ''')'
    WHEN NOT title_only AND regexp_full_match(asked, 'WORD[*]|"WORD(?: WORD){1,9}"|WORD(?:(?: AND)? WORD){1,9}|WORD(?: OR WORD){1,9}'.replace('WORD', '[A-Za-z0-9]+'))
    THEN 'FROM simple_hits(''' || asked || ''')'
    WHEN strlen(plain_marks(asked)) = length(asked)
    THEN 'FROM plain_hits(' || quoted(plain_marks(asked)) || ', ' || quoted(plain_marks(asked)) || ', ' || title_only || ')'
    ELSE 'FROM foreign_hits(' || quoted(plain_marks(asked)) || ', ' || title_only || ')' END;

CREATE MACRO search(asked) AS TABLE
SELECT article_id, matches::INTEGER AS matches, title_matches > 0 AS is_in_title FROM query(search_sql(asked, false));
COMMENT ON MACRO TABLE search IS 'Articles that match a query: how many places match, and whether one is in the title.';

-- The leaves that a matching article shows: not those behind a NOT, save behind two. ⟪ ⟫ are those behind one.
CREATE MACRO behind_not(part) AS translate(regexp_extract(part, '\( (.*) \)', 1), '⟨⟩⟪⟫', CASE WHEN part[1] = 'N' THEN '⟪⟫⟨⟩' ELSE '⟨⟩⟪⟫' END);

CREATE MACRO shown_leaves(clear) AS list_distinct(regexp_extract_all(list_reduce(
    list_prepend(regexp_replace(clear, 'NOT ⟨([^⟩]*)⟩', '⟪\1⟫', 'g'), string_split(repeat('(', length(clear) - length(replace(clear, '(', ''))), '(')),
    lambda done, pair: replace(done, regexp_extract(done, '(?:NOT )?\([^()]*\)'), behind_not(regexp_extract(done, '(?:NOT )?\([^()]*\)')))),
    '⟨([^⟩]*)⟩', 1));

-- The places of a query's words in all articles: article_id, word_position, words.
CREATE MACRO clear_places(clear, plain) AS TABLE FROM query(CASE
    WHEN NOT is_right(clear) OR (length(plain) - length(replace(plain, '"', ''))) % 2 = 1
    THEN 'SELECT article_id, matches AS word_position, matches AS words FROM query_problem(' || quoted(plain) || ')'
    ELSE 'SELECT NULL::INTEGER AS article_id, NULL::INTEGER AS word_position, NULL::INTEGER AS words WHERE false'
        || array_to_string(list_transform(shown_leaves(clear), lambda leaf:
            ' UNION ALL SELECT article_id, unnest(positions), span FROM (' || leaf_sql(leaf) || ')'), '') END);

CREATE MACRO letter_places(letters, plain) AS TABLE
FROM query('FROM clear_places(' || quoted(spelled_out(clear(letters), false)) || ', ' || quoted(plain) || ')');

CREATE MACRO query_places(asked) AS TABLE
FROM query('FROM letter_places(' || quoted(folded(plain_marks(asked))) || ', ' || quoted(plain_marks(asked)) || ')') WHERE are_texts_here();

CREATE MACRO match_places(asked, article) AS TABLE
SELECT DISTINCT word_position, words FROM query_places(asked) WHERE article_id = article ORDER BY ALL;
COMMENT ON MACRO TABLE match_places IS 'Where a query''s words stand in one article: number of the first word (the title counts from 1, the text from 2001) and how many words. What stands behind NOT is not among them.';
