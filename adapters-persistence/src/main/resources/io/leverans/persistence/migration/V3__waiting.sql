-- What a message looks like depends on its channel: when it is moved to another, the bytes that may
-- have been sent through the old one are kept beside the new ones.
ALTER TABLE message_content ADD COLUMN channel_id uuid;

UPDATE message_content c SET channel_id = m.channel_id
  FROM message m
 WHERE m.team_id = c.team_id AND m.id = c.message_id;

ALTER TABLE message_content ALTER COLUMN channel_id SET NOT NULL;
ALTER TABLE message_content DROP CONSTRAINT message_content_pkey;
ALTER TABLE message_content ADD PRIMARY KEY (team_id, message_id, channel_id);

-- Mail whose channel is at fault. Without a due_at it waits until the channel works again.
CREATE INDEX dispatch_waiting ON dispatch (team_id, channel_id, due_at)
 WHERE waiting_since IS NOT NULL;
