-- What was published. Articles lie in order of publication.

CREATE TABLE articles (
    article_id        INTEGER PRIMARY KEY,
    source_id         VARCHAR NOT NULL,
    url               VARCHAR NOT NULL,
    title             VARCHAR,
    authors           VARCHAR[],
    published_at      TIMESTAMP,
    published_on      DATE,
    date_origin       VARCHAR NOT NULL CHECK (date_origin IN ('json-ld', 'meta', 'time-tag', 'url', 'feed', 'text', 'collected')),
    date_precision    VARCHAR CHECK (date_precision IN ('minute', 'day')),
    is_zone_assumed   BOOLEAN NOT NULL,
    is_date_disputed  BOOLEAN NOT NULL,
    modified_at       TIMESTAMP,
    collected_at      TIMESTAMP NOT NULL,
    language          VARCHAR,
    words             INTEGER NOT NULL CHECK (words >= 0),
    summary           VARCHAR,
    section           VARCHAR,
    keywords          VARCHAR[],
    agency            VARCHAR,
    is_truncated      BOOLEAN NOT NULL,
    is_live_blog      BOOLEAN NOT NULL,
    image_url         VARCHAR,
    original_id       INTEGER,
    copy_similarity   DOUBLE CHECK (copy_similarity BETWEEN 0 AND 1),
    story_id          INTEGER,
    import_id         INTEGER,
    text_digest       VARCHAR,
    CHECK (original_id <> article_id)
);
COMMENT ON TABLE  articles                   IS 'One row per article: one published text of one source at one canonical address.';
COMMENT ON COLUMN articles.article_id        IS 'Number of the article: given once by the store, never reused.';
COMMENT ON COLUMN articles.source_id         IS 'The source that published it.';
COMMENT ON COLUMN articles.url               IS 'Canonical address.';
COMMENT ON COLUMN articles.title             IS 'Headline, without the name of the source.';
COMMENT ON COLUMN articles.authors           IS 'Authors as named in the by-line.';
COMMENT ON COLUMN articles.published_at      IS 'Time of publication in UTC; NULL if unknown, midnight where only the day is known.';
COMMENT ON COLUMN articles.published_on      IS 'Day of publication in UTC; the day of collection where date_origin is collected.';
COMMENT ON COLUMN articles.date_origin       IS 'Where the date was read: json-ld, meta, time-tag, url, feed, text; collected means that no date was found.';
COMMENT ON COLUMN articles.date_precision    IS 'minute or day; NULL where no date was found.';
COMMENT ON COLUMN articles.is_zone_assumed   IS 'The time was given without a zone and read in the source''s own.';
COMMENT ON COLUMN articles.is_date_disputed  IS 'The page''s own statements of the date differ by more than a day.';
COMMENT ON COLUMN articles.modified_at       IS 'Time of the last change that the page states, in UTC.';
COMMENT ON COLUMN articles.collected_at      IS 'Time at which the page was fetched or captured, in UTC.';
COMMENT ON COLUMN articles.language          IS 'ISO 639-1 code of the text''s language.';
COMMENT ON COLUMN articles.words             IS 'Words of the text; characters where a script has no spaces.';
COMMENT ON COLUMN articles.summary           IS 'Summary as stated by the source.';
COMMENT ON COLUMN articles.section           IS 'Section as stated by the source.';
COMMENT ON COLUMN articles.keywords          IS 'Labels that the source gave the article.';
COMMENT ON COLUMN articles.agency            IS 'News agency credited in by-line or dateline.';
COMMENT ON COLUMN articles.is_truncated      IS 'The text is cut, as by a paywall.';
COMMENT ON COLUMN articles.is_live_blog      IS 'The page is a live blog.';
COMMENT ON COLUMN articles.image_url         IS 'Address of the main picture.';
COMMENT ON COLUMN articles.original_id       IS 'The original, if the article is a copy: the earliest article with nearly the same text.';
COMMENT ON COLUMN articles.copy_similarity   IS 'Share of the shorter text that both have in common, 0 to 1.';
COMMENT ON COLUMN articles.story_id          IS 'The story it tells of.';
COMMENT ON COLUMN articles.import_id         IS 'The import it came from; NULL if collected.';
COMMENT ON COLUMN articles.text_digest       IS 'Checksum of title and text as they were read: the same where nothing changed.';

CREATE TABLE article_texts (
    article_id INTEGER PRIMARY KEY,
    text       VARCHAR NOT NULL
);
COMMENT ON TABLE  article_texts            IS 'One row per article; empty in a publication made without texts.';
COMMENT ON COLUMN article_texts.article_id IS 'The article.';
COMMENT ON COLUMN article_texts.text       IS 'Its text; paragraphs are separated by an empty line.';

CREATE TABLE hyperlinks (
    article_id    INTEGER NOT NULL,
    url           VARCHAR NOT NULL,
    to_article_id INTEGER,
    to_source_id  VARCHAR,
    position      INTEGER
);
COMMENT ON TABLE  hyperlinks               IS 'One row per hyperlink inside an article''s text.';
COMMENT ON COLUMN hyperlinks.article_id    IS 'The article that links.';
COMMENT ON COLUMN hyperlinks.url           IS 'Address linked to.';
COMMENT ON COLUMN hyperlinks.to_article_id IS 'The article linked to, if we have it.';
COMMENT ON COLUMN hyperlinks.to_source_id  IS 'The source linked to, if it is one of ours.';
COMMENT ON COLUMN hyperlinks.position      IS 'Character of the text at which its words begin, from 0.';
