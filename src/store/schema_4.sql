-- What version 4 adds: stop signs that a patient reported, and that they were cleared up with the
-- therapist. A sign refers to the program's text by its hash; a changed text is the therapist's
-- answer to it.
CREATE TABLE stop_sign (
    id TEXT PRIMARY KEY,
    program TEXT NOT NULL,
    hash TEXT NOT NULL,
    session TEXT,
    exercise TEXT,
    words TEXT NOT NULL,
    at TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE clearance (
    id TEXT PRIMARY KEY,
    sign TEXT NOT NULL REFERENCES stop_sign (id),
    at TEXT NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;

-- Whether a session was ended because of pain.
ALTER TABLE session_end ADD COLUMN for_pain INTEGER NOT NULL DEFAULT 0 CHECK (for_pain IN (0, 1));
