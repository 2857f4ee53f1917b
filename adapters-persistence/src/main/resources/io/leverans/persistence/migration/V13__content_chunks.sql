-- A content of more than 256 KiB lies in pieces, so that nobody has to hold all of it at once. Its row
-- has the size and no bytes: a node of the version before takes the bytes for the whole mail, and fails
-- where there are none, which is better than sending a part. Rows of that version have bytes and no
-- size, however large.
ALTER TABLE message_content ADD COLUMN size bigint, ALTER COLUMN bytes DROP NOT NULL;
ALTER TABLE logged_content ADD COLUMN size bigint, ALTER COLUMN bytes DROP NOT NULL;

-- Of logged mail, which has no channel, channel_id is nil.
CREATE TABLE content_chunk (
  team_id    bigint NOT NULL,
  message_id uuid   NOT NULL,
  channel_id uuid   NOT NULL,
  position   int    NOT NULL,
  bytes      bytea  NOT NULL,
  PRIMARY KEY (team_id, message_id, channel_id, position),
  FOREIGN KEY (team_id, message_id) REFERENCES message
);

ALTER TABLE content_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
