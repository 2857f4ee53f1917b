-- Mailboxes that reports are read in, as the owners of their channels chose. A row is made when one is first taken
-- on. A node of the version before knows nothing of them and reads none.

-- mark: how far it was read, as its provider writes it.
-- read_at: when that was last noted.
-- lease, leased_until: who reads it now, another for each visit.
-- fault, faulty_since, faults: what keeps it from being read, since when, and how often in a row.
-- told: the cause that the team was told of.
-- pruned_at: when mailbox_report was last rid of what is too old to come again.
CREATE TABLE mailbox (
  team_id      bigint      NOT NULL,
  channel_id   uuid        NOT NULL,
  mark         text,
  read_at      timestamptz,
  due_at       timestamptz NOT NULL DEFAULT now(),
  lease        uuid,
  leased_until timestamptz,
  fault        jsonb,
  faulty_since timestamptz,
  faults       integer     NOT NULL DEFAULT 0,
  told         text,
  pruned_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, channel_id),
  FOREIGN KEY (team_id, channel_id) REFERENCES channel
);

-- The mails of a mailbox that were taken in, so that one that is read again is not taken in again.
CREATE TABLE mailbox_report (
  team_id    bigint      NOT NULL,
  channel_id uuid        NOT NULL,
  key        text        NOT NULL,
  taken_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, channel_id, key),
  FOREIGN KEY (team_id, channel_id) REFERENCES channel
);

-- The few channels among all that such a mailbox belongs to.
CREATE INDEX channel_with_mailbox ON channel (team_id, id)
 WHERE settings ->> 'bounces' = 'mailbox' AND removed_at IS NULL;
