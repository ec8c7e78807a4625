-- What version 2 adds: struck sessions, and what a patient chose of phases and progression. The
-- last strike row of a session counts; struck sessions keep all their rows.
CREATE TABLE strike (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES session (id),
    struck INTEGER NOT NULL CHECK (struck IN (0, 1)),
    at TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX strike_by_session ON strike (session, at_ms);

CREATE TABLE choice (
    id TEXT PRIMARY KEY,
    program TEXT NOT NULL,
    phase INTEGER NOT NULL CHECK (phase >= 0),
    exercise TEXT,
    step INTEGER NOT NULL CHECK (step >= 0),
    taken INTEGER NOT NULL CHECK (taken IN (0, 1)),
    evidence TEXT NOT NULL,
    at TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX choice_by_program ON choice (program, at_ms);
