-- What the methods found in the articles.

CREATE TABLE topics (
    topic_id VARCHAR PRIMARY KEY,
    name     VARCHAR NOT NULL,
    query    VARCHAR NOT NULL
);
COMMENT ON TABLE  topics          IS 'One row per topic: a saved query with a name.';
COMMENT ON COLUMN topics.topic_id IS 'Short lasting name in lower case.';
COMMENT ON COLUMN topics.name     IS 'Name for people.';
COMMENT ON COLUMN topics.query    IS 'The query that an article of the topic answers.';

CREATE TABLE article_topics (
    topic_id     VARCHAR NOT NULL,
    article_id   INTEGER NOT NULL,
    published_on DATE,
    source_id    VARCHAR NOT NULL,
    matches      INTEGER NOT NULL,
    is_in_title  BOOLEAN NOT NULL
);
COMMENT ON TABLE  article_topics              IS 'One row per topic and article, sorted by topic and day.';
COMMENT ON COLUMN article_topics.topic_id     IS 'The topic.';
COMMENT ON COLUMN article_topics.article_id   IS 'The article.';
COMMENT ON COLUMN article_topics.published_on IS 'Day of publication; NULL where only the collection is dated.';
COMMENT ON COLUMN article_topics.source_id    IS 'The source.';
COMMENT ON COLUMN article_topics.matches      IS 'Places at which the topic''s query matches.';
COMMENT ON COLUMN article_topics.is_in_title  IS 'One of them is in the title.';

CREATE TABLE entities (
    entity_id INTEGER PRIMARY KEY,
    name      VARCHAR NOT NULL,
    kind      VARCHAR NOT NULL CHECK (kind IN ('person', 'organisation', 'place')),
    country   VARCHAR
);
COMMENT ON TABLE  entities           IS 'One row per person, organisation or place that articles name.';
COMMENT ON COLUMN entities.entity_id IS 'Number of the name: given once by the store, never reused.';
COMMENT ON COLUMN entities.name      IS 'Its usual, fullest form.';
COMMENT ON COLUMN entities.kind      IS 'person, organisation or place.';
COMMENT ON COLUMN entities.country   IS 'ISO 3166-1 alpha-2 code, for a place that is a country or lies in one.';

CREATE TABLE entity_aliases (
    entity_id INTEGER NOT NULL,
    alias     VARCHAR NOT NULL,
    origin    VARCHAR NOT NULL
);
COMMENT ON TABLE  entity_aliases           IS 'One row per other form of a name.';
COMMENT ON COLUMN entity_aliases.entity_id IS 'The name.';
COMMENT ON COLUMN entity_aliases.alias     IS 'The other form.';
COMMENT ON COLUMN entity_aliases.origin    IS 'Why it leads there: file (the file of aliases), country (its name in another language), surname (of one person only) or spelling.';

CREATE TABLE mentions (
    article_id     INTEGER NOT NULL,
    entity_id      INTEGER NOT NULL,
    mentions       INTEGER NOT NULL CHECK (mentions > 0),
    first_position INTEGER NOT NULL
);
COMMENT ON TABLE  mentions                IS 'One row per name and article.';
COMMENT ON COLUMN mentions.article_id     IS 'The article.';
COMMENT ON COLUMN mentions.entity_id      IS 'The person, organisation or place.';
COMMENT ON COLUMN mentions.mentions       IS 'How often the text names it.';
COMMENT ON COLUMN mentions.first_position IS 'Character of the text at which it is named first, from 0.';

CREATE TABLE quotes (
    quote_id       INTEGER PRIMARY KEY,
    article_id     INTEGER NOT NULL,
    speaker        VARCHAR,
    entity_id      INTEGER,
    text           VARCHAR,
    verb           VARCHAR,
    position       INTEGER NOT NULL,
    quote_position INTEGER NOT NULL,
    is_direct      BOOLEAN NOT NULL
);
COMMENT ON TABLE  quotes                IS 'One row per quote: words in quotation marks and who says them, or reported speech of a named speaker.';
COMMENT ON COLUMN quotes.quote_id       IS 'Number of the quote in this publication.';
COMMENT ON COLUMN quotes.article_id     IS 'The article.';
COMMENT ON COLUMN quotes.speaker        IS 'Who speaks, by the fullest name in the article; NULL if the text does not say.';
COMMENT ON COLUMN quotes.entity_id      IS 'The speaker among the entities.';
COMMENT ON COLUMN quotes.text           IS 'The words; NULL in a publication made without texts.';
COMMENT ON COLUMN quotes.verb           IS 'The verb of saying.';
COMMENT ON COLUMN quotes.position       IS 'Character of the text at which the speaker is named, or the quote begins where no speaker is named, from 0.';
COMMENT ON COLUMN quotes.quote_position IS 'Character of the text at which the quoted words begin, from 0.';
COMMENT ON COLUMN quotes.is_direct      IS 'In quotation marks; false for reported speech.';

CREATE TABLE citations (
    article_id       INTEGER NOT NULL,
    source_id        VARCHAR,
    cited_name       VARCHAR NOT NULL,
    cited_article_id INTEGER,
    evidence         VARCHAR NOT NULL CHECK (evidence IN ('hyperlink', 'name', 'both')),
    sentence         VARCHAR,
    position         INTEGER NOT NULL,
    is_dispute       BOOLEAN NOT NULL,
    disputer         VARCHAR
);
COMMENT ON TABLE  citations                  IS 'One row per citation: an article naming another source as the origin of a report.';
COMMENT ON COLUMN citations.article_id       IS 'The article that cites.';
COMMENT ON COLUMN citations.source_id        IS 'The cited source, if it is one of ours.';
COMMENT ON COLUMN citations.cited_name       IS 'The cited source''s usual name.';
COMMENT ON COLUMN citations.cited_article_id IS 'The cited report, if we have it.';
COMMENT ON COLUMN citations.evidence         IS 'By what the source is cited: hyperlink, name or both.';
COMMENT ON COLUMN citations.sentence         IS 'The sentence; NULL in a publication made without texts.';
COMMENT ON COLUMN citations.position         IS 'Character of the text at which the source is named, from 0.';
COMMENT ON COLUMN citations.is_dispute       IS 'The sentence, or the one beside it, denies the report.';
COMMENT ON COLUMN citations.disputer         IS 'Who denies it, if named.';
