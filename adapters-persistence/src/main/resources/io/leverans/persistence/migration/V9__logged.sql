-- Logged mail: sent by others than us, so that it has no channel and its deliveries no dispatch.
-- sent_at: when its author sent it.
ALTER TABLE message ADD COLUMN sent_at timestamptz;
ALTER TABLE message ALTER COLUMN channel_id DROP NOT NULL;
ALTER TABLE message
  ADD CONSTRAINT message_channel CHECK ((purpose = 'LOGGED') = (channel_id IS NULL));
ALTER TABLE delivery ALTER COLUMN dispatch_id DROP NOT NULL;
ALTER TABLE delivery
  ADD CONSTRAINT delivery_dispatch CHECK ((state = 'LOGGED') = (dispatch_id IS NULL));

-- However often a mailbox is synchronised, each of its mails is here once.
CREATE UNIQUE INDEX message_logged_once ON message (team_id, identity_id, internet_id)
 WHERE purpose = 'LOGGED';

-- As it was sent; what we compose is in message_content, by channel.
CREATE TABLE logged_content (
  team_id    bigint NOT NULL,
  message_id uuid   NOT NULL,
  bytes      bytea  NOT NULL,
  PRIMARY KEY (team_id, message_id),
  FOREIGN KEY (team_id, message_id) REFERENCES message
);

ALTER TABLE logged_content ALTER COLUMN bytes SET STORAGE EXTERNAL;
