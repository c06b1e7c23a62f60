-- The workshop: what the stages know and have still to do. Only etl.store writes it; readers use the published dataset.
-- No keys are declared: DuckDB's indexes make every change of a row dear, and all writing goes through one process.

CREATE TABLE facts (name VARCHAR NOT NULL, value VARCHAR NOT NULL);  -- schema_version, is_fictional, published

CREATE TABLE sources (
    source_id VARCHAR NOT NULL, name VARCHAR NOT NULL, home_page VARCHAR, country VARCHAR, language VARCHAR, time_zone VARCHAR,
    kind VARCHAR, also_called VARCHAR[], is_listed BOOLEAN NOT NULL  -- false: known only from an import, or taken off the list
);
CREATE TABLE source_domains (source_id VARCHAR NOT NULL, domain VARCHAR NOT NULL, path_prefix VARCHAR NOT NULL, first_on DATE, last_on DATE);
CREATE TABLE collections (collection_id VARCHAR NOT NULL, name VARCHAR NOT NULL, origin VARCHAR);
CREATE TABLE source_collections (source_id VARCHAR NOT NULL, collection_id VARCHAR NOT NULL);
CREATE TABLE topics (topic_id VARCHAR NOT NULL, name VARCHAR NOT NULL, query VARCHAR NOT NULL);

-- From the web.
CREATE SEQUENCE feed_ids;
CREATE TABLE feeds (
    feed_id INTEGER NOT NULL, source_id VARCHAR NOT NULL, url VARCHAR NOT NULL, origin VARCHAR NOT NULL,  -- list, home-page, robots.txt, common-place
    kind VARCHAR, etag VARCHAR, last_modified VARCHAR, asked_at TIMESTAMP, answered_at TIMESTAMP, next_at TIMESTAMP,
    failures INTEGER NOT NULL, reason VARCHAR, oldest_at TIMESTAMP, is_listed BOOLEAN NOT NULL
);
CREATE SEQUENCE link_ids;
CREATE TABLE links (
    link_id INTEGER NOT NULL, source_id VARCHAR NOT NULL, url VARCHAR NOT NULL, key VARCHAR NOT NULL,  -- key: canonical address
    found_at TIMESTAMP NOT NULL, title VARCHAR, published_at TIMESTAMP, language VARCHAR,
    state VARCHAR NOT NULL,  -- waiting, kept, refused, failed
    attempts INTEGER NOT NULL, fetches INTEGER NOT NULL, next_at TIMESTAMP, reason VARCHAR  -- attempts: failed since the last fetch
);
CREATE SEQUENCE page_ids;
CREATE TABLE pages (
    page_id INTEGER NOT NULL, link_id INTEGER, source_id VARCHAR NOT NULL, url VARCHAR NOT NULL, final_url VARCHAR NOT NULL,
    key VARCHAR NOT NULL,  -- canonical form of final_url
    fetched_at TIMESTAMP NOT NULL, status INTEGER NOT NULL, file VARCHAR NOT NULL, start BIGINT NOT NULL, length BIGINT NOT NULL,
    import_id INTEGER, reader_version VARCHAR  -- NULL: not read yet
);

-- What was read.
CREATE SEQUENCE article_ids;
CREATE TABLE articles (
    article_id INTEGER NOT NULL, page_id INTEGER NOT NULL, source_id VARCHAR NOT NULL, url VARCHAR NOT NULL,
    key VARCHAR NOT NULL,  -- canonical form of url: one key is one article
    title VARCHAR, authors VARCHAR[],
    published_at TIMESTAMP, date_origin VARCHAR NOT NULL, date_precision VARCHAR, is_zone_assumed BOOLEAN NOT NULL,
    is_date_disputed BOOLEAN NOT NULL, modified_at TIMESTAMP, collected_at TIMESTAMP NOT NULL, language VARCHAR,
    language_confidence DOUBLE, words INTEGER NOT NULL, summary VARCHAR, section VARCHAR, keywords VARCHAR[], is_truncated BOOLEAN NOT NULL,
    is_live_blog BOOLEAN NOT NULL, image_url VARCHAR, text_origin VARCHAR, digest VARCHAR NOT NULL, import_id INTEGER,
    is_twin BOOLEAN NOT NULL,  -- read from a twin of the page, until the page itself comes
    enricher_version VARCHAR, grouper_version VARCHAR  -- NULL: waits for the stage
);
CREATE TABLE article_texts (article_id INTEGER NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE article_versions (article_id INTEGER NOT NULL, seen_at TIMESTAMP NOT NULL, title VARCHAR, text VARCHAR NOT NULL, digest VARCHAR NOT NULL);
CREATE TABLE hyperlinks (article_id INTEGER NOT NULL, url VARCHAR NOT NULL, key VARCHAR NOT NULL, position INTEGER);
CREATE TABLE failures (stage VARCHAR NOT NULL, source_id VARCHAR NOT NULL, url VARCHAR NOT NULL, failed_at TIMESTAMP NOT NULL, reason VARCHAR NOT NULL);

-- What the methods found.
CREATE TABLE article_topics (article_id INTEGER NOT NULL, topic_id VARCHAR NOT NULL, matches INTEGER NOT NULL, is_in_title BOOLEAN NOT NULL);
CREATE TABLE matched_topics (topic_id VARCHAR NOT NULL, query VARCHAR NOT NULL);  -- as all articles were matched
CREATE TABLE mentions (article_id INTEGER NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, mentions INTEGER NOT NULL, first_position INTEGER NOT NULL);
CREATE TABLE quotes (
    article_id INTEGER NOT NULL, speaker VARCHAR, position INTEGER NOT NULL, quote_position INTEGER NOT NULL, quote_end INTEGER NOT NULL,
    verb VARCHAR, is_direct BOOLEAN NOT NULL
);
CREATE TABLE citations (
    article_id INTEGER NOT NULL, outlet VARCHAR NOT NULL, position INTEGER NOT NULL, sentence_position INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL, is_dispute BOOLEAN NOT NULL, disputer VARCHAR, evidence VARCHAR NOT NULL, url VARCHAR,
    cited_article_id INTEGER  -- found by group
);
CREATE TABLE mentioned_dates (article_id INTEGER NOT NULL, mentioned_on DATE NOT NULL, precision VARCHAR NOT NULL, position INTEGER NOT NULL);
CREATE TABLE agencies (article_id INTEGER NOT NULL, agency VARCHAR NOT NULL);

-- Which articles belong together.
CREATE TABLE groupings (article_id INTEGER NOT NULL, original_id INTEGER, copy_similarity DOUBLE, story_id INTEGER NOT NULL);
CREATE TABLE stories (story_id INTEGER NOT NULL, title VARCHAR NOT NULL);
CREATE TABLE copy_ranges (article_id INTEGER NOT NULL, position INTEGER NOT NULL, original_position INTEGER NOT NULL, words INTEGER NOT NULL);
CREATE TABLE story_roles (article_id INTEGER NOT NULL, role VARCHAR NOT NULL, sentence VARCHAR NOT NULL, position INTEGER);  -- the last step of group
CREATE TABLE story_merges (story_id INTEGER NOT NULL, into_story_id INTEGER NOT NULL, merged_at TIMESTAMP NOT NULL);
CREATE TABLE method_states (part VARCHAR NOT NULL, state BLOB NOT NULL);
CREATE SEQUENCE entity_ids;
CREATE TABLE entities (entity_id INTEGER NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, country VARCHAR);

-- How it came to be.
CREATE SEQUENCE import_ids;
CREATE TABLE imports (
    import_id INTEGER NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, format VARCHAR NOT NULL, rows INTEGER NOT NULL,
    imported INTEGER NOT NULL, known INTEGER NOT NULL, refused INTEGER NOT NULL, imported_at TIMESTAMP NOT NULL,
    next_start BIGINT  -- where reading goes on after an interruption; NULL when the file is done
);
CREATE TABLE import_refusals (import_id INTEGER NOT NULL, row_number BIGINT NOT NULL, subject VARCHAR, reason VARCHAR NOT NULL);
CREATE TABLE tallies (stage VARCHAR NOT NULL, ended_at TIMESTAMP NOT NULL, done INTEGER NOT NULL, failed INTEGER NOT NULL, seconds DOUBLE NOT NULL, notes VARCHAR NOT NULL, run_id VARCHAR);
CREATE TABLE runs (run_id VARCHAR NOT NULL, started_at TIMESTAMP NOT NULL, ended_at TIMESTAMP NOT NULL, tallies VARCHAR NOT NULL, code_version VARCHAR NOT NULL, schema_version INTEGER NOT NULL, is_finished BOOLEAN NOT NULL);
