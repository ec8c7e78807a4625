-- What version 3 adds: what a choice leads to, in words; and indexes for the sessions of a phase
-- and for corrected sets.
ALTER TABLE choice ADD COLUMN dose TEXT NOT NULL DEFAULT '';
CREATE INDEX set_superseded ON set_done (supersedes) WHERE supersedes IS NOT NULL;
CREATE INDEX session_by_phase ON session (program, phase, started_ms);
