-- suppression_salt: goes into the digests by which addresses are found on the team's list.
-- suppression_policy: what the team decided on, by cause: AT_ONCE, NEVER, or AFTER with how many and within how long.
ALTER TABLE team
  ADD COLUMN suppression_salt   bytea NOT NULL
             DEFAULT decode(replace(gen_random_uuid()::text, '-', ''), 'hex'),
  ADD COLUMN suppression_policy jsonb NOT NULL DEFAULT '{}';

-- Addresses that a team does not write to. They are found by digest, since of an erased one nothing else is kept.
CREATE TABLE suppression (
  team_id      bigint      NOT NULL,
  address_hash bytea       NOT NULL,
  id           uuid        NOT NULL,
  address      text,
  reason       text        NOT NULL,
  since        timestamptz NOT NULL DEFAULT now(),
  until        timestamptz,
  note         text,
  message_id   uuid,                                   -- the mail that brought it here, where mail did
  delivery_id  uuid,
  failure      jsonb,
  replaced     jsonb,                                  -- the entry in whose place a report put this one
  PRIMARY KEY (team_id, address_hash)
);

-- Of all rows; the condition, which statements that need the index name, keeps the planner from taking it to look for a
-- digest, which would read all of a team's.
CREATE UNIQUE INDEX suppression_newest ON suppression (team_id, id) WHERE reason <> '';

-- Failures that count against an address, until there are as many as the team's policy asks for.
CREATE TABLE suppression_strike (
  team_id      bigint      NOT NULL,
  address_hash bytea       NOT NULL,
  delivery_id  uuid        NOT NULL,
  cause        text        NOT NULL,
  at           timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, address_hash, delivery_id)
);

-- Lists that were brought along. done_to: the number of the last line that was dealt with.
CREATE TABLE suppression_import (
  team_id     bigint      NOT NULL,
  id          uuid        NOT NULL,
  member_id   uuid        NOT NULL,
  started_at  timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  forgotten   boolean     NOT NULL DEFAULT false,
  lines       integer     NOT NULL,
  done        integer     NOT NULL DEFAULT 0,
  done_to     integer     NOT NULL DEFAULT 0,
  added       integer     NOT NULL DEFAULT 0,
  known       integer     NOT NULL DEFAULT 0,
  bad         integer     NOT NULL DEFAULT 0,
  PRIMARY KEY (team_id, id)
);

CREATE INDEX suppression_import_open ON suppression_import (team_id, id) WHERE finished_at IS NULL;
CREATE INDEX suppression_import_kept ON suppression_import (team_id, finished_at) WHERE NOT forgotten;

CREATE TABLE suppression_import_line (
  team_id   bigint      NOT NULL,
  import_id uuid        NOT NULL,
  number    integer     NOT NULL,
  text      text        NOT NULL,
  address   text,
  until     timestamptz,
  note      text,
  outcome   text        NOT NULL,
  words     text,
  PRIMARY KEY (team_id, import_id, number),
  FOREIGN KEY (team_id, import_id) REFERENCES suppression_import
) WITH (fillfactor = 80);
