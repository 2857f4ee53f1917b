-- Every table that holds a team's data has team_id first in its keys, so that the same schema can be
-- spread over machines by team. Times are this database's own. Team 0 stands for the platform.

-- Whole database --------------------------------------------------------------------------------

CREATE TABLE platform (
  id      integer     PRIMARY KEY CHECK (id = 1),
  mode    text        NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);

CREATE SEQUENCE team_number;

-- Teams, members, keys --------------------------------------------------------------------------

CREATE TABLE team (
  team_id    bigint      PRIMARY KEY,
  name       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Apart from team: the numberer locks its row for as long as it numbers.
CREATE TABLE team_event_counter (
  team_id     bigint PRIMARY KEY REFERENCES team,
  last_number bigint NOT NULL DEFAULT 0
);

CREATE TABLE member (
  team_id    bigint      NOT NULL REFERENCES team,
  id         uuid        NOT NULL,
  name       text        NOT NULL,
  role       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, id)
);

CREATE TABLE api_key (
  team_id    bigint      NOT NULL,
  hash       bytea       NOT NULL,
  prefix     text        NOT NULL,
  member_id  uuid        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, hash),
  FOREIGN KEY (team_id, member_id) REFERENCES member
);

-- Channels and identities -----------------------------------------------------------------------

-- A channel of team 0 is the platform's; one without a member is its whole team's.
CREATE TABLE channel (
  team_id      bigint      NOT NULL,
  id           uuid        NOT NULL,
  member_id    uuid,
  kind         text        NOT NULL,
  label        text        NOT NULL,
  settings     jsonb       NOT NULL,
  connected_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, id)
);

CREATE UNIQUE INDEX channel_of_platform ON channel (team_id, kind) WHERE team_id = 0;

CREATE TABLE identity (
  team_id     bigint      NOT NULL,
  id          uuid        NOT NULL,
  member_id   uuid        NOT NULL,
  name        text,
  address     text        NOT NULL,
  mailbox_key text        NOT NULL,  -- equal for addresses that nobody but their server tells apart
  signature   text,
  standing    text        NOT NULL,
  channel_id  uuid        NOT NULL,
  verified_at timestamptz,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, id),
  FOREIGN KEY (team_id, member_id) REFERENCES member
);

CREATE UNIQUE INDEX identity_mailbox ON identity (team_id, member_id, mailbox_key);
CREATE UNIQUE INDEX identity_default ON identity (team_id, member_id) WHERE standing = 'DEFAULT';

CREATE TABLE identity_verification (
  team_id     bigint      NOT NULL,
  identity_id uuid        NOT NULL,
  code_hash   bytea       NOT NULL,
  expires_at  timestamptz NOT NULL,
  PRIMARY KEY (team_id, identity_id),
  UNIQUE (team_id, code_hash),
  FOREIGN KEY (team_id, identity_id) REFERENCES identity
);

-- Messages --------------------------------------------------------------------------------------

-- folder: the gravest of the deliveries', kept right by every transaction that moves one; null for
-- mail of the system, which lies in none.
CREATE TABLE message (
  team_id      bigint      NOT NULL,
  id           uuid        NOT NULL,
  purpose      text        NOT NULL,
  identity_id  uuid,
  channel_id   uuid        NOT NULL,
  from_name    text,
  from_address text        NOT NULL,
  subject      text        NOT NULL,
  metadata     jsonb       NOT NULL,
  internet_id  text        NOT NULL,
  size         bigint      NOT NULL,
  folder       text,
  accepted_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, id)
);

CREATE INDEX message_in_folder ON message (team_id, folder, id DESC) WHERE folder IS NOT NULL;

-- Uncompressed: most of a large message is base64 of what is compressed already.
CREATE TABLE message_content (
  team_id    bigint NOT NULL,
  message_id uuid   NOT NULL,
  bytes      bytea  NOT NULL,
  PRIMARY KEY (team_id, message_id),
  FOREIGN KEY (team_id, message_id) REFERENCES message
);

ALTER TABLE message_content ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE idempotency (
  team_id     bigint      NOT NULL,
  key         text        NOT NULL,
  fingerprint text        NOT NULL,
  message_id  uuid        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, key)
);

-- The queue -------------------------------------------------------------------------------------

-- due_at: when someone has to look at it next. To try it; or, while a lease is held, to take it back
-- when the lease has run out. Null once nothing of it is to be tried.
CREATE TABLE dispatch (
  team_id       bigint      NOT NULL,
  id            uuid        NOT NULL,
  message_id    uuid        NOT NULL,
  channel_id    uuid        NOT NULL,
  lane          text        NOT NULL,
  due_at        timestamptz,
  attempt       integer     NOT NULL DEFAULT 0,  -- of the latest claim; fences all earlier ones
  lease_holder  uuid,
  deferrals     integer     NOT NULL DEFAULT 0,  -- in a row: pauses grow by them
  tried_since   timestamptz NOT NULL DEFAULT now(),  -- moved on by the time spent waiting
  waiting_since timestamptz,                         -- while its channel is at fault
  PRIMARY KEY (team_id, id),
  FOREIGN KEY (team_id, message_id) REFERENCES message
);

CREATE INDEX dispatch_due ON dispatch (team_id, due_at) WHERE due_at IS NOT NULL;

-- Room on each page, so that a change of state needs no new index entries.
CREATE TABLE delivery (
  team_id     bigint  NOT NULL,
  id          uuid    NOT NULL,
  message_id  uuid    NOT NULL,
  dispatch_id uuid    NOT NULL,
  position    integer NOT NULL,
  role        text    NOT NULL,
  name        text,
  address     text    NOT NULL,
  state       text    NOT NULL,
  attempt     integer NOT NULL DEFAULT 0,  -- the latest that it was aboard
  evidence    text,
  failure     jsonb,
  PRIMARY KEY (team_id, id),
  FOREIGN KEY (team_id, dispatch_id) REFERENCES dispatch
) WITH (fillfactor = 80);

CREATE INDEX delivery_of_message ON delivery (team_id, message_id, dispatch_id);

CREATE TABLE attempt (
  team_id        bigint      NOT NULL,
  delivery_id    uuid        NOT NULL,
  number         integer     NOT NULL,
  started_at     timestamptz NOT NULL,
  handed_over_at timestamptz,
  ended_at       timestamptz,
  fact           text,
  failure        jsonb,
  reference      text,
  next_hop       jsonb,
  transcript     text[]      NOT NULL DEFAULT '{}',
  PRIMARY KEY (team_id, delivery_id, number),
  FOREIGN KEY (team_id, delivery_id) REFERENCES delivery
) WITH (fillfactor = 80);

-- What is told ----------------------------------------------------------------------------------

-- number: given after the commit, without gaps; null until then.
CREATE TABLE event (
  team_id bigint      NOT NULL,
  id      bigint      GENERATED ALWAYS AS IDENTITY,
  number  bigint,
  at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  kind    text        NOT NULL,
  data    jsonb       NOT NULL,
  PRIMARY KEY (team_id, id)
);

CREATE UNIQUE INDEX event_number ON event (team_id, number) WHERE number IS NOT NULL;
CREATE INDEX event_unnumbered ON event (team_id, id) WHERE number IS NULL;

-- A report that is linked to no team's mail lies under team 0.
CREATE TABLE report (
  team_id            bigint      NOT NULL,
  id                 uuid        NOT NULL,
  received_at        timestamptz NOT NULL DEFAULT now(),
  source             text        NOT NULL,
  envelope_recipient text        NOT NULL,
  link               text        NOT NULL,
  delivery_id        uuid,
  message_id         uuid,
  kind               text        NOT NULL,
  subject            text,
  statements         jsonb       NOT NULL,
  effect             text        NOT NULL,
  later_word         text,
  failure            jsonb,
  raw                bytea       NOT NULL,
  PRIMARY KEY (team_id, id)
);

ALTER TABLE report ALTER COLUMN raw SET STORAGE EXTERNAL;

CREATE INDEX report_of_message ON report (team_id, message_id) WHERE message_id IS NOT NULL;
