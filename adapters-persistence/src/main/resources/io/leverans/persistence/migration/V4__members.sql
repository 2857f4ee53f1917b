-- Who is removed can do nothing any more; what they sent stays, and so do their rows.
ALTER TABLE team ADD COLUMN removed_at timestamptz;
ALTER TABLE member ADD COLUMN removed_at timestamptz;

-- last_used_at: the minute.
ALTER TABLE api_key
  ADD COLUMN label        text NOT NULL DEFAULT '',
  ADD COLUMN expires_at   timestamptz,
  ADD COLUMN last_used_at timestamptz,
  ADD COLUMN revoked_at   timestamptz;

-- People tell keys apart by their prefixes, and revoke them by these.
CREATE UNIQUE INDEX api_key_prefix ON api_key (team_id, prefix);
