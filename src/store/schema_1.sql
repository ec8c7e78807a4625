-- The records, version 1 of the tables. Rows are only ever added; a correction is a new row that
-- names the one it supersedes. Each time has two columns: the text with the time zone where the
-- patient was, and the milliseconds since 1970 (UTC) to sort by.
CREATE TABLE text (
    hash TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    program TEXT NOT NULL,
    title TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES text (hash),
    phase INTEGER NOT NULL CHECK (phase >= 0),
    short INTEGER NOT NULL CHECK (short IN (0, 1)),
    sets INTEGER NOT NULL CHECK (sets >= 0),
    started TEXT NOT NULL,
    started_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_program ON session (program, started_ms);
CREATE INDEX session_by_start ON session (started_ms);

CREATE TABLE resumption (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES session (id),
    hash TEXT NOT NULL REFERENCES text (hash),
    at TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE set_done (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES session (id),
    exercise TEXT NOT NULL,
    name TEXT NOT NULL,
    set_number INTEGER NOT NULL CHECK (set_number >= 1),
    side TEXT NOT NULL CHECK (side IN ('both', 'left', 'right')),
    prescribed_reps INTEGER,
    prescribed_ms INTEGER,
    done_reps INTEGER,
    done_ms INTEGER,
    load TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'partial', 'skipped')),
    reason TEXT CHECK (reason IN ('pain', 'too-hard', 'no-time', 'no-equipment', 'other', 'stopped')),
    entry TEXT NOT NULL CHECK (entry IN ('timed', 'by-hand')),
    at TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    supersedes TEXT
) STRICT;
CREATE INDEX set_by_session ON set_done (session);

CREATE TABLE symptom (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES session (id),
    kind TEXT NOT NULL CHECK (kind IN ('pain', 'exertion')),
    moment TEXT NOT NULL CHECK (moment IN ('before', 'each', 'after', 'next-morning')),
    exercise TEXT,
    value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10),
    at TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    supersedes TEXT
) STRICT;
CREATE INDEX symptom_by_session ON symptom (session);

CREATE TABLE note (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES session (id),
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    supersedes TEXT
) STRICT;
CREATE INDEX note_by_session ON note (session);

CREATE TABLE session_end (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES session (id),
    kind TEXT NOT NULL CHECK (kind IN ('finished', 'ended-early', 'discarded')),
    at TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX end_by_session ON session_end (session);
