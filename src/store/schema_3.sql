-- What version 3 of the records adds: to a choice what it leads to, in words, and a way to the first and the last sessions of a phase.
ALTER TABLE choice ADD COLUMN dose TEXT NOT NULL DEFAULT '';
CREATE INDEX session_by_phase ON session (program, phase, started_ms);
