-- replies: where answers go when a channel shows another address than the identity's.
ALTER TABLE identity ADD COLUMN replies text NOT NULL DEFAULT 'TO_SHOWN_ADDRESS';
ALTER TABLE identity ALTER COLUMN replies DROP DEFAULT;

-- in_reply_to: the Message-ID of the message answered, which may be one of ours.
ALTER TABLE message ADD COLUMN in_reply_to text;

CREATE INDEX message_by_internet_id ON message (team_id, internet_id);

-- return_path_host: of the sender domain that these bytes are signed for, where they are.
ALTER TABLE message_content ADD COLUMN return_path_host text;
