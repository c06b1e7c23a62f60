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
