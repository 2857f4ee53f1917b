-- secrets: sealed, in base64; empty if there are none.
-- health: CONNECTED, or with a fault: DOUBTED or NEEDS_ATTENTION.
-- told_at: when the owner was told of the fault.
-- removed_at: the row stays, without settings and secrets, so that its mail can be explained.
ALTER TABLE channel
  ADD COLUMN secrets      text NOT NULL DEFAULT '',
  ADD COLUMN health       text NOT NULL DEFAULT 'CONNECTED',
  ADD COLUMN fault        jsonb,
  ADD COLUMN faulty_since timestamptz,
  ADD COLUMN faulty_until timestamptz,
  ADD COLUMN told_at      timestamptz,
  ADD COLUMN removed_at   timestamptz;

CREATE INDEX channel_untold ON channel (team_id, id)
 WHERE health = 'NEEDS_ATTENTION' AND told_at IS NULL;

-- Until now there was nothing but the platform's channel.
ALTER TABLE identity ADD COLUMN choice_reason text NOT NULL DEFAULT 'PLATFORM';
ALTER TABLE identity ALTER COLUMN choice_reason DROP DEFAULT;
