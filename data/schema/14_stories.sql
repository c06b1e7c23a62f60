-- Which articles tell of the same event.

CREATE TABLE stories (
    story_id  INTEGER PRIMARY KEY,
    title     VARCHAR NOT NULL,
    first_at  TIMESTAMP NOT NULL,
    last_at   TIMESTAMP NOT NULL,
    articles  INTEGER NOT NULL CHECK (articles > 0),
    originals INTEGER NOT NULL CHECK (originals >= 0),
    sources   INTEGER NOT NULL CHECK (sources > 0)
);
COMMENT ON TABLE  stories           IS 'One row per story: the articles, of any sources, that tell of the same event.';
COMMENT ON COLUMN stories.story_id  IS 'Number of the story: given once, never changed.';
COMMENT ON COLUMN stories.title     IS 'The headline nearest to all others.';
COMMENT ON COLUMN stories.first_at  IS 'Time of its first article, in UTC.';
COMMENT ON COLUMN stories.last_at   IS 'Time of its last article, in UTC.';
COMMENT ON COLUMN stories.articles  IS 'Its articles, copies included.';
COMMENT ON COLUMN stories.originals IS 'Its articles that are no copies.';
COMMENT ON COLUMN stories.sources   IS 'Sources that tell it.';

CREATE TABLE story_merges (
    story_id      INTEGER PRIMARY KEY,
    into_story_id INTEGER NOT NULL,
    merged_at     TIMESTAMP NOT NULL
);
COMMENT ON TABLE  story_merges               IS 'One row per story that proved to be another one, so that its address still leads somewhere.';
COMMENT ON COLUMN story_merges.story_id      IS 'The story that went into another.';
COMMENT ON COLUMN story_merges.into_story_id IS 'The story that has its articles now.';
COMMENT ON COLUMN story_merges.merged_at     IS 'When this was found, in UTC.';

CREATE TABLE copy_ranges (
    article_id        INTEGER NOT NULL,
    position          INTEGER NOT NULL,
    original_position INTEGER NOT NULL,
    words             INTEGER NOT NULL CHECK (words > 0)
);
COMMENT ON TABLE  copy_ranges                   IS 'One row per passage that a copy shares with its original.';
COMMENT ON COLUMN copy_ranges.article_id        IS 'The copy; its original is articles.original_id.';
COMMENT ON COLUMN copy_ranges.position          IS 'Character of the copy''s text at which the passage begins, from 0.';
COMMENT ON COLUMN copy_ranges.original_position IS 'The same in the original''s text.';
COMMENT ON COLUMN copy_ranges.words             IS 'Length of the passage.';

CREATE TABLE story_roles (
    article_id INTEGER PRIMARY KEY,
    story_id   INTEGER NOT NULL,
    role       VARCHAR NOT NULL CHECK (role IN ('reports', 'repeats with credit', 'repeats without credit', 'disputes')),
    sentence   VARCHAR,
    position   INTEGER
);
COMMENT ON TABLE  story_roles            IS 'One row per article: what it does in its story.';
COMMENT ON COLUMN story_roles.article_id IS 'The article.';
COMMENT ON COLUMN story_roles.story_id   IS 'Its story.';
COMMENT ON COLUMN story_roles.role       IS 'reports, repeats with credit, repeats without credit, or disputes.';
COMMENT ON COLUMN story_roles.sentence   IS 'The words that show it: a denial, a credit, what was taken over, or the first sentence. NULL in a publication made without texts.';
COMMENT ON COLUMN story_roles.position   IS 'Character of the text at which the sentence begins, from 0; NULL for a by-line.';
