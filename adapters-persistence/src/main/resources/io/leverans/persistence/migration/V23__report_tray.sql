-- Reports are tied to deliveries by more than tokens, lie in a tray while they changed nothing, and are read anew by
-- persons. A node of the version before fills none of these columns in: what is missing follows from link and effect.

-- linked_by, unapplied: what tied it to the delivery, or why it changed nothing.
-- settled: what a person did with it, LINKED or DISMISSED.
-- read_in: the channel whose own mailbox it was read in.
-- hints: what it tells, without proof, of the mail that it is about.
-- fingerprint: of the mail without what is added on its way.
-- corrected_as, corrected_cause: what it says in truth, in a person's reading.
ALTER TABLE report
  ADD COLUMN linked_by       text,
  ADD COLUMN unapplied       text,
  ADD COLUMN settled         text,
  ADD COLUMN settled_by      uuid,
  ADD COLUMN settled_name    text,
  ADD COLUMN settled_at      timestamptz,
  ADD COLUMN read_in         uuid,
  ADD COLUMN hints           jsonb,
  ADD COLUMN fingerprint     bytea,
  ADD COLUMN corrected_as    text,
  ADD COLUMN corrected_cause text,
  ADD COLUMN corrected_by    uuid,
  ADD COLUMN corrected_name  text,
  ADD COLUMN corrected_at    timestamptz;

CREATE INDEX report_tray ON report (team_id, id)
 WHERE effect = 'NONE' AND settled IS NULL
   AND coalesce(unapplied, link) NOT IN ('GENUINE', 'NOTHING_TOLD', 'LOOP');

CREATE INDEX report_corrected ON report (team_id, id) WHERE corrected_as IS NOT NULL;
