-- Who publishes, and what of it was collected.

CREATE TABLE sources (
    source_id VARCHAR PRIMARY KEY,
    name      VARCHAR NOT NULL,
    home_page VARCHAR,
    country   VARCHAR CHECK (country IS NULL OR length(country) = 2),
    language  VARCHAR,
    time_zone VARCHAR,
    kind      VARCHAR CHECK (kind IN ('newspaper', 'agency', 'broadcaster', 'magazine', 'blog'))
);
COMMENT ON TABLE  sources           IS 'One row per source: an organisation that publishes news. Facts are NULL for a source known only from an import.';
COMMENT ON COLUMN sources.source_id IS 'Short lasting name in lower case, such as harbour-post.';
COMMENT ON COLUMN sources.name      IS 'Name as the source writes it.';
COMMENT ON COLUMN sources.home_page IS 'Address of its home page.';
COMMENT ON COLUMN sources.country   IS 'ISO 3166-1 alpha-2 code of the country it mainly serves.';
COMMENT ON COLUMN sources.language  IS 'BCP 47 tag of its main language.';
COMMENT ON COLUMN sources.time_zone IS 'IANA time zone in which its times without a zone are read.';
COMMENT ON COLUMN sources.kind      IS 'newspaper, agency, broadcaster, magazine or blog.';

CREATE TABLE source_domains (
    source_id   VARCHAR NOT NULL,
    domain      VARCHAR NOT NULL,
    path_prefix VARCHAR NOT NULL,
    first_on    DATE,
    last_on     DATE
);
COMMENT ON TABLE  source_domains             IS 'One row per domain, or path of a domain, that belongs to a source.';
COMMENT ON COLUMN source_domains.source_id   IS 'The source.';
COMMENT ON COLUMN source_domains.domain      IS 'Host name without www, in lower case.';
COMMENT ON COLUMN source_domains.path_prefix IS 'Beginning of the path that belongs to the source; / for the whole domain.';
COMMENT ON COLUMN source_domains.first_on    IS 'First day on which it belongs to the source; NULL where it always did.';
COMMENT ON COLUMN source_domains.last_on     IS 'Last day on which it belongs to the source; NULL where it still does.';

CREATE TABLE collections (
    collection_id VARCHAR PRIMARY KEY,
    name          VARCHAR NOT NULL,
    origin        VARCHAR
);
COMMENT ON TABLE  collections               IS 'One row per collection: a named set of sources.';
COMMENT ON COLUMN collections.collection_id IS 'Short lasting name in lower case.';
COMMENT ON COLUMN collections.name          IS 'Name for people.';
COMMENT ON COLUMN collections.origin        IS 'Who drew the set up: the file or the import it comes from.';

CREATE TABLE source_collections (
    source_id     VARCHAR NOT NULL,
    collection_id VARCHAR NOT NULL,
    PRIMARY KEY (source_id, collection_id)
);
COMMENT ON TABLE  source_collections               IS 'One row per source in a collection.';
COMMENT ON COLUMN source_collections.source_id     IS 'The source.';
COMMENT ON COLUMN source_collections.collection_id IS 'The collection.';

CREATE TABLE covered_days (
    source_id     VARCHAR NOT NULL,
    covered_on    DATE NOT NULL,
    articles      INTEGER NOT NULL CHECK (articles >= 0),
    expected_low  DOUBLE,
    expected_high DOUBLE,
    state         VARCHAR NOT NULL CHECK (state IN ('collected', 'partly', 'missing', 'imported')),
    reason        VARCHAR
);
COMMENT ON TABLE  covered_days               IS 'One row per source and day of publication that was looked at. A missing day is a gap, not silence: no article of it could be had.';
COMMENT ON COLUMN covered_days.source_id     IS 'The source.';
COMMENT ON COLUMN covered_days.covered_on    IS 'Day of publication, in UTC.';
COMMENT ON COLUMN covered_days.articles      IS 'Articles of that day in the dataset.';
COMMENT ON COLUMN covered_days.expected_low  IS 'Fewest articles to be expected of the source on such a weekday, from the days before and after.';
COMMENT ON COLUMN covered_days.expected_high IS 'Most articles to be expected.';
COMMENT ON COLUMN covered_days.state         IS 'collected; partly (some known articles could not be had, or far fewer than expected); missing; imported (known only from an import, which may hold a part).';
COMMENT ON COLUMN covered_days.reason        IS 'Why the day is partly there or missing, in words.';

CREATE TABLE failures (
    source_id VARCHAR NOT NULL,
    failed_on DATE NOT NULL,
    stage     VARCHAR NOT NULL,
    reason    VARCHAR NOT NULL,
    failures  INTEGER NOT NULL CHECK (failures > 0)
);
COMMENT ON TABLE  failures           IS 'One row per source, day, stage and reason for which feeds, pages or articles could not be had.';
COMMENT ON COLUMN failures.source_id IS 'The source.';
COMMENT ON COLUMN failures.failed_on IS 'Day of the failure, in UTC.';
COMMENT ON COLUMN failures.stage     IS 'discover, fetch or extract.';
COMMENT ON COLUMN failures.reason    IS 'Reason in words.';
COMMENT ON COLUMN failures.failures  IS 'How many addresses failed for it.';
