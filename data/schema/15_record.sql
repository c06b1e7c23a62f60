-- How the dataset came to be.

CREATE TABLE methods (
    name        VARCHAR NOT NULL,
    version     VARCHAR NOT NULL,
    definition  VARCHAR NOT NULL,
    measured_on VARCHAR,
    precision   DOUBLE,
    recall      DOUBLE,
    languages   VARCHAR,
    reference   VARCHAR,
    PRIMARY KEY (name, version)
);
COMMENT ON TABLE  methods             IS 'One row per method and version: the method''s card.';
COMMENT ON COLUMN methods.name        IS 'Name of the method.';
COMMENT ON COLUMN methods.version     IS 'Version with which this publication was made.';
COMMENT ON COLUMN methods.definition  IS 'What it counts, and how.';
COMMENT ON COLUMN methods.measured_on IS 'Labelled data on which it was measured.';
COMMENT ON COLUMN methods.precision   IS 'Share of its findings that are right, 0 to 1.';
COMMENT ON COLUMN methods.recall      IS 'Share of what is there that it finds, 0 to 1.';
COMMENT ON COLUMN methods.languages   IS 'Languages for which it was measured; others are unmeasured.';
COMMENT ON COLUMN methods.reference   IS 'Literature or standard.';

CREATE TABLE imports (
    import_id   INTEGER PRIMARY KEY,
    file        VARCHAR NOT NULL,
    sha256      VARCHAR NOT NULL,
    format      VARCHAR NOT NULL,
    rows        INTEGER NOT NULL,
    imported    INTEGER NOT NULL,
    known       INTEGER NOT NULL,
    refused     INTEGER NOT NULL,
    imported_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE  imports             IS 'One row per file taken in.';
COMMENT ON COLUMN imports.import_id   IS 'Number of the import.';
COMMENT ON COLUMN imports.file        IS 'Name of the file, without its folders.';
COMMENT ON COLUMN imports.sha256      IS 'Checksum of the file.';
COMMENT ON COLUMN imports.format      IS 'What the file was taken for, by its content.';
COMMENT ON COLUMN imports.rows        IS 'Rows or records read.';
COMMENT ON COLUMN imports.imported    IS 'Of these, taken in.';
COMMENT ON COLUMN imports.known       IS 'Of these, known before.';
COMMENT ON COLUMN imports.refused     IS 'Of these, refused with a reason.';
COMMENT ON COLUMN imports.imported_at IS 'When, in UTC.';

CREATE TABLE runs (
    run_id         VARCHAR PRIMARY KEY,
    started_at     TIMESTAMP NOT NULL,
    ended_at       TIMESTAMP NOT NULL,
    tallies        VARCHAR NOT NULL,
    code_version   VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL
);
COMMENT ON TABLE  runs                IS 'One row per publication up to this one; the last names the publication at hand.';
COMMENT ON COLUMN runs.run_id         IS 'Name of the publication: coverage-<run_id>.duckdb.';
COMMENT ON COLUMN runs.started_at     IS 'When it was begun, in UTC.';
COMMENT ON COLUMN runs.ended_at       IS 'When its rows were complete, in UTC.';
COMMENT ON COLUMN runs.tallies        IS 'What each stage did since the publication before, as JSON.';
COMMENT ON COLUMN runs.code_version   IS 'Version of the code.';
COMMENT ON COLUMN runs.schema_version IS 'Version of these tables and questions.';
