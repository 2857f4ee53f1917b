-- What is kept of mail is purged once it is old and settled. A node of the version before knows nothing of it: it
-- would queue again what has no content any more, if a person ordered it.

-- content_purged_at: since when there is no content. Nothing of the message is queued any more.
-- transcripts_due_at: when somebody has to look at the transcripts of its attempts apart from the walk: they were
-- not to be purged when that came by, or there was another attempt since.
ALTER TABLE message
  ADD COLUMN content_purged_at  timestamptz,
  ADD COLUMN transcripts_due_at timestamptz;

CREATE INDEX message_transcripts_due ON message (team_id, transcripts_due_at)
 WHERE transcripts_due_at IS NOT NULL;

-- How far the walk has come, by the ids of messages, which grow with time.
ALTER TABLE team ADD COLUMN transcripts_purged_to uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';

ALTER TABLE report ALTER COLUMN raw DROP NOT NULL;
ALTER TABLE report ADD COLUMN raw_purged_at timestamptz;

CREATE INDEX report_kept ON report (team_id, id) WHERE raw IS NOT NULL;
