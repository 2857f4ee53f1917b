-- How the two records were seen that a domain does not work without: SEEN, MISSED by one look, or GONE
-- by a second one; and when the first look missed it.
-- Of a domain that never worked, standing_since tells when DNS was first asked.
-- due_at is infinity where DNS is asked only on demand.
-- The defaults are for nodes of the version before, which know no sights.
ALTER TABLE sender_domain
  ADD COLUMN proof_sight     text NOT NULL DEFAULT 'SEEN',
  ADD COLUMN proof_missed_at timestamptz,
  ADD COLUMN key_sight       text NOT NULL DEFAULT 'SEEN',
  ADD COLUMN key_missed_at   timestamptz;
