-- What version 3 of the records adds: to a choice what it leads to, in words; and ways to the sessions of a phase and to corrected sets.
ALTER TABLE choice ADD COLUMN dose TEXT NOT NULL DEFAULT '';
CREATE INDEX set_superseded ON set_done (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX session_by_phase ON session (program, phase, started_ms);
