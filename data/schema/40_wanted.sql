-- The articles that pass the filters: what every question is asked of.
-- In these files @filters stands for the common parameters with their defaults, @same for handing all of them on, and @others for
-- handing on all but those that say what is looked for (query, topics, matches): the articles of which a share is taken.

CREATE MACRO listed(given) AS  -- without a lambda, which takes longer to read
    '(NULL, ''' || replace(replace(array_to_string(given, chr(31)), '''', ''''''), chr(31), ''', ''') || ''')';

-- Sources that were collected on every day of the period.
CREATE MACRO balanced_sources(from_day, to_day) AS TABLE
WITH period AS (
    SELECT coalesce(from_day::DATE, earliest) AS first_day, coalesce(to_day::DATE, latest) AS last_day
    FROM   (SELECT min(covered_on) AS earliest, max(covered_on) AS latest FROM covered_days)
)
SELECT source_id FROM (
    SELECT source_id, count(*) AS collected_days, any_value(1 + date_diff('day', first_day, last_day)) AS period_days
    FROM   covered_days, period
    WHERE  covered_on BETWEEN first_day AND last_day AND state IN ('collected', 'partly')
    GROUP  BY source_id
) WHERE collected_days = period_days;

-- The filters that say whose articles: also those of source-days, which have neither language nor text.
CREATE MACRO sources_sql(in_sources, in_collections, in_countries, since, until, balanced) AS
    CASE WHEN in_sources IS NULL THEN '' ELSE ' AND source_id IN ' || listed(in_sources) END
    || CASE WHEN in_collections IS NULL THEN '' ELSE
           ' AND source_id IN (SELECT source_id FROM source_collections WHERE collection_id IN ' || listed(in_collections) || ')' END
    || CASE WHEN in_countries IS NULL THEN '' ELSE
           ' AND source_id IN (SELECT source_id FROM sources WHERE country IN ' || listed(in_countries) || ')' END
    || CASE WHEN balanced THEN ' AND source_id IN (FROM balanced_sources(' || coalesce(quoted(since::VARCHAR), 'NULL') || ', '
           || coalesce(quoted(until::VARCHAR), 'NULL') || '))' ELSE '' END;

CREATE MACRO days_sql(day_column, since, until) AS
    CASE WHEN since IS NULL THEN '' ELSE ' AND ' || day_column || ' >= DATE ' || quoted(since::DATE::VARCHAR) END
    || CASE WHEN until IS NULL THEN '' ELSE ' AND ' || day_column || ' <= DATE ' || quoted(until::DATE::VARCHAR) END;

CREATE MACRO found_sql(asked, title_only, needs_articles) AS CASE
    WHEN asked IS NULL THEN '(SELECT *, 0 AS matches, 0 AS title_matches FROM articles)'
    ELSE CASE WHEN needs_articles THEN '(SELECT article_id, a.source_id, a.published_on, language, original_id, story_id, date_origin, matches, '
                  || 'title_matches FROM articles AS a JOIN ' ELSE '' END
        || '(' || search_sql(asked, title_only) || ')' || CASE WHEN needs_articles THEN ' USING (article_id))' ELSE '' END END;

-- Topics' articles; least_matches and title_only are about the topic where no query is asked.
CREATE MACRO topics_sql(in_topics, asked, least_matches, title_only) AS CASE WHEN in_topics IS NULL THEN '' ELSE ' AND topic_id IN ' || listed(in_topics) END
    || CASE WHEN asked IS NULL AND least_matches > 1 THEN ' AND matches >= ' || least_matches ELSE '' END
    || CASE WHEN asked IS NULL AND title_only THEN ' AND is_in_title' ELSE '' END;

CREATE MACRO needs_articles_too(in_languages, with_copies, with_undated) AS in_languages IS NOT NULL OR NOT with_copies OR with_undated;

-- FROM ... WHERE ... for the articles that pass; with needs_articles their own columns can be named as well. The articles of topics
-- alone are not looked up: their source and day stand beside them.
CREATE MACRO wanted_sql(needs_articles, @filters) AS
    CASE WHEN asked IS NULL AND in_topics IS NOT NULL AND NOT needs_articles AND NOT needs_articles_too(in_languages, with_copies, with_undated)
         THEN 'FROM (SELECT ' || CASE WHEN len(in_topics) > 1 THEN 'DISTINCT ' ELSE '' END || 'article_id, source_id, published_on, 0 AS matches, '
             || '0 AS title_matches FROM article_topics WHERE published_on IS NOT NULL' || topics_sql(in_topics, asked, least_matches, title_only)
             || ') WHERE true'
         ELSE 'FROM ' || found_sql(asked, title_only, needs_articles OR needs_articles_too(in_languages, with_copies, with_undated))
             || ' WHERE ' || CASE WHEN with_undated THEN 'true'
                                  WHEN asked IS NULL OR needs_articles OR needs_articles_too(in_languages, with_copies, with_undated)
                                  THEN 'date_origin <> ''collected''' ELSE 'published_on IS NOT NULL' END
             || CASE WHEN in_topics IS NULL THEN '' ELSE
                    ' AND article_id IN (SELECT article_id FROM article_topics WHERE true' || topics_sql(in_topics, asked, least_matches, title_only) || ')' END END
    || sources_sql(in_sources, in_collections, in_countries, since, until, balanced) || days_sql('published_on', since, until)
    || CASE WHEN in_languages IS NULL THEN '' ELSE ' AND language IN ' || listed(in_languages) END
    || CASE WHEN with_copies THEN '' ELSE ' AND original_id IS NULL' END
    || CASE WHEN asked IS NULL OR least_matches <= 1 THEN '' ELSE ' AND matches >= ' || least_matches END;

CREATE MACRO wanted(@filters) AS TABLE
SELECT article_id, source_id, published_on, matches::INTEGER AS matches, title_matches > 0 AS is_in_title FROM query(wanted_sql(false, @same));
COMMENT ON MACRO TABLE wanted IS 'Articles that pass the filters, which are the same in every question.';

-- The stories that the articles tell; an article without one counts as a story of its own.
CREATE MACRO wanted_stories(@filters) AS TABLE
SELECT article_id, published_on, coalesce(story_id, -article_id) AS story FROM query(wanted_sql(true, @same));

-- Source-days that were looked at, with the filters that say whose.
CREATE MACRO covered(@filters) AS TABLE
SELECT source_id, covered_on, articles, state, reason FROM query('FROM covered_days WHERE true'
    || sources_sql(in_sources, in_collections, in_countries, since, until, balanced) || days_sql('covered_on', since, until));
COMMENT ON MACRO TABLE covered IS 'Source-days that were looked at, of the sources and days chosen.';

-- The same with the articles of which a share is taken: those of all filters but query, topics and matches. covered_days has
-- the counts of all dated articles; for languages, without copies or with undated ones they are counted anew.
CREATE MACRO are_counted(in_languages, with_copies, with_undated) AS in_languages IS NULL AND with_copies AND NOT with_undated;

CREATE MACRO collected_days_sql(@filters) AS 'SELECT source_id, covered_on, state, '
    || CASE WHEN are_counted(in_languages, with_copies, with_undated) THEN 'articles' ELSE 'coalesce(counted, 0)' END
    || ' AS articles_collected FROM (FROM covered_days WHERE true'
    || sources_sql(in_sources, in_collections, in_countries, since, until, balanced) || days_sql('covered_on', since, until) || ')'
    || CASE WHEN are_counted(in_languages, with_copies, with_undated) THEN '' ELSE
           ' FULL JOIN (SELECT source_id, published_on AS covered_on, count(*) AS counted ' || wanted_sql(true, @others)
           || ' GROUP BY ALL) USING (source_id, covered_on)' END;

CREATE MACRO bucket_of(grain, day) AS CASE
    WHEN grain = 'day' THEN day WHEN grain IN ('week', 'month', 'year') THEN date_trunc(grain, day)::DATE
    ELSE error('grain: day, week, month or year, not ' || grain) END;

CREATE MACRO last_day_of(grain, bucket) AS (bucket + CASE grain
    WHEN 'week' THEN INTERVAL 7 DAY WHEN 'month' THEN INTERVAL 1 MONTH WHEN 'year' THEN INTERVAL 1 YEAR ELSE INTERVAL 1 DAY END
    - INTERVAL 1 DAY)::DATE;

-- By time and source; a source-day is a bucket already.
CREATE MACRO collected_buckets(@filters, grain := 'day') AS TABLE
SELECT bucket, source_id, articles_collected, is_collected FROM query('SELECT source_id, '
    || CASE grain WHEN 'day' THEN 'covered_on AS bucket, articles_collected, coalesce(state <> ''missing'', false) AS is_collected'
                  ELSE 'bucket_of(' || quoted(grain) || ', covered_on) AS bucket, sum(articles_collected)::BIGINT AS articles_collected, '
                       || 'bool_or(coalesce(state <> ''missing'', false)) AS is_collected' END
    || ' FROM (' || collected_days_sql(@same) || ')' || CASE grain WHEN 'day' THEN '' ELSE ' GROUP BY ALL' END);
