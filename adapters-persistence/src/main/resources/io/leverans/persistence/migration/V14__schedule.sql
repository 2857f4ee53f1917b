-- send_at: not before this time; of what was ordered to be sent now, when that was. Null for what was accepted to be sent at once.
-- expires_at: not from this time on.
-- Nodes of the version before go by due_at, which is send_at while a dispatch is scheduled, and know no end.
ALTER TABLE dispatch
  ADD COLUMN send_at    timestamptz,
  ADD COLUMN expires_at timestamptz;

-- What has an end, and something left to be tried.
CREATE INDEX dispatch_expires ON dispatch (team_id, expires_at)
 WHERE expires_at IS NOT NULL
   AND (ready_at IS NOT NULL OR due_at IS NOT NULL OR waiting_since IS NOT NULL);

-- Mail that is sent long after it was accepted: ids grow with acceptance.
CREATE INDEX dispatch_sent_later ON dispatch (team_id, channel_id, send_at) WHERE send_at IS NOT NULL;
