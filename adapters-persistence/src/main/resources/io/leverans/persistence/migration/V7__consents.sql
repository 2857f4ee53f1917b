-- Consents that somebody was asked for and has not given yet. Of tickets, states, browsers and keys
-- only hashes; secrets are sealed for the channel.
CREATE TABLE consent (
  team_id      bigint      NOT NULL,
  ticket_hash  bytea       NOT NULL,
  state_hash   bytea,
  browser_hash bytea,
  key_hash     bytea       NOT NULL,
  channel_id   uuid        NOT NULL,
  aim          text        NOT NULL,
  kind         text        NOT NULL,
  label        text        NOT NULL,
  member_id    uuid,
  settings     jsonb       NOT NULL,
  secrets      text        NOT NULL,
  redirect     text,
  ends_at      timestamptz NOT NULL,
  PRIMARY KEY (team_id, ticket_hash),
  UNIQUE (team_id, state_hash)
);

-- Mail in doubt is looked into again and again: by one node at a time, and not all the time.
ALTER TABLE dispatch ADD COLUMN inquired_at timestamptz;

CREATE INDEX delivery_in_doubt ON delivery (team_id, dispatch_id) WHERE state = 'IN_DOUBT';
