-- The word index: title and text of every article, folded as data/schema/30_words.sql folds a query.

CREATE TABLE terms (
    term_id       INTEGER NOT NULL,
    term          VARCHAR PRIMARY KEY,
    articles      INTEGER NOT NULL,
    lead_articles INTEGER NOT NULL
);
COMMENT ON TABLE  terms               IS 'One row per word of the index.';
COMMENT ON COLUMN terms.term_id       IS 'Number of the word in this publication.';
COMMENT ON COLUMN terms.term          IS 'The word, folded; two characters or one in scripts without spaces.';
COMMENT ON COLUMN terms.articles      IS 'Articles that have it.';
COMMENT ON COLUMN terms.lead_articles IS 'Articles that have it among their lead words.';

CREATE TABLE postings (
    term_id       INTEGER NOT NULL,
    article_id    INTEGER NOT NULL,
    published_on  DATE,
    source_id     VARCHAR NOT NULL,
    matches       INTEGER NOT NULL,
    title_matches INTEGER NOT NULL,
    positions     INTEGER[],
    segment       UTINYINT NOT NULL
);
COMMENT ON TABLE  postings               IS 'One row per word and article, sorted by word, day and article within each segment, so that one word is one short scan.';
COMMENT ON COLUMN postings.term_id       IS 'The word.';
COMMENT ON COLUMN postings.article_id    IS 'The article.';
COMMENT ON COLUMN postings.published_on  IS 'Day of publication; NULL where only the collection is dated.';
COMMENT ON COLUMN postings.source_id     IS 'The source.';
COMMENT ON COLUMN postings.matches       IS 'How often the word stands in title and text.';
COMMENT ON COLUMN postings.title_matches IS 'How often it stands in the title.';
COMMENT ON COLUMN postings.positions     IS 'Its places: words of the title count from 1, those of the text from 2001. NULL in a publication made without texts.';
COMMENT ON COLUMN postings.segment       IS 'Stretch of sorted rows: 0 is the large one, the others were added by later publications.';

CREATE TABLE lead_words (
    article_id INTEGER NOT NULL,
    term_ids   INTEGER[] NOT NULL
);
COMMENT ON TABLE  lead_words            IS 'One row per article: the words of its title and of the first 60 words of its text, which mostly tell what it is about.';
COMMENT ON COLUMN lead_words.article_id IS 'The article.';
COMMENT ON COLUMN lead_words.term_ids   IS 'The words, each once.';
