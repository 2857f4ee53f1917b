-- For the whole database: the keyset that seals the channels' secrets, encrypted; and the nodes that
-- have to know it before it is used.

CREATE TABLE data_keyset (
  id        integer     PRIMARY KEY CHECK (id = 1),
  version   bigint      NOT NULL,
  encrypted text        NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE node (
  id             uuid        PRIMARY KEY,
  name           text        NOT NULL,
  keyset_version bigint      NOT NULL,
  seen_at        timestamptz NOT NULL
);
