-- What did not arrive as it should, with all that people ask about it in one narrow row: written and taken away in the
-- transaction that moves its delivery, so that mail that arrives costs nothing. Mail of the system is not among it.
-- A node of the version before knows nothing of it: what ends there is missing here, and what is tried again from there
-- stays until it ends anew.
CREATE TABLE undelivered (
  team_id       bigint      NOT NULL,
  delivery_id   uuid        NOT NULL,
  message_id    uuid        NOT NULL,
  identity_id   uuid        NOT NULL,
  channel_id    uuid        NOT NULL,
  state         text        NOT NULL,
  cause         text        NOT NULL,
  domain        text        NOT NULL,  -- the recipient's
  sender_domain text        NOT NULL,
  ended_at      timestamptz NOT NULL,
  PRIMARY KEY (team_id, delivery_id)
);

INSERT INTO undelivered (team_id, delivery_id, message_id, identity_id, channel_id, state, cause, domain, sender_domain,
                         ended_at)
SELECT d.team_id, d.id, d.message_id, m.identity_id, p.channel_id, d.state,
       coalesce(d.failure ->> 'cause', 'UNDETERMINED'), lower(substring(d.address FROM '[^@]*$')),
       lower(substring(m.from_address FROM '[^@]*$')),
       greatest(m.accepted_at, a.ended_at, r.received_at)
  FROM delivery d
  JOIN message m ON m.team_id = d.team_id AND m.id = d.message_id
  JOIN dispatch p ON p.team_id = d.team_id AND p.id = d.dispatch_id
  LEFT JOIN attempt a ON a.team_id = d.team_id AND a.delivery_id = d.id AND a.number = d.attempt
  LEFT JOIN LATERAL (
         SELECT max(received_at) AS received_at FROM report
          WHERE team_id = d.team_id AND message_id = d.message_id AND delivery_id = d.id
            AND effect = 'MOVED') r ON true
 WHERE d.state IN ('FAILED', 'BOUNCED', 'COMPLAINED', 'IN_DOUBT') AND m.identity_id IS NOT NULL;

-- What can be tried again: of a team, the longest failed first; and of one author.
CREATE INDEX undelivered_failed ON undelivered (team_id, ended_at, delivery_id)
 WHERE state IN ('FAILED', 'BOUNCED');
CREATE INDEX undelivered_failed_of_author ON undelivered (team_id, identity_id, ended_at, delivery_id)
 WHERE state IN ('FAILED', 'BOUNCED');
-- What is told apart.
CREATE INDEX undelivered_apart ON undelivered (team_id, ended_at) WHERE state IN ('IN_DOUBT', 'COMPLAINED');

-- Orders to try again what failed. reached_at, reached_id: the last that was decided on; null at the start.
-- lease_until: until when nobody but the holder carries it on; null while nobody does.
CREATE TABLE retry_order (
  team_id          bigint      NOT NULL,
  id               uuid        NOT NULL,
  ordered_by       uuid        NOT NULL,
  of_member        uuid,                    -- whose mail only; null for the whole team's
  since            timestamptz NOT NULL,
  until            timestamptz NOT NULL,
  cause            text,
  domain           text,
  channel_id       uuid,
  identity_id      uuid,
  total            bigint      NOT NULL,
  retried          bigint      NOT NULL DEFAULT 0,
  content_purged   bigint      NOT NULL DEFAULT 0,
  suppressed       bigint      NOT NULL DEFAULT 0,
  no_longer_failed bigint      NOT NULL DEFAULT 0,
  reached_at       timestamptz,
  reached_id       uuid,
  lease_holder     uuid,
  lease_until      timestamptz,
  ordered_at       timestamptz NOT NULL DEFAULT now(),
  ended_at         timestamptz,
  PRIMARY KEY (team_id, id)
);

CREATE INDEX retry_order_open ON retry_order (team_id, id) WHERE ended_at IS NULL;

-- Faults of the platform, over all teams, added up as they are met. They are told to the operator's team, and lie with
-- what is that team's.
CREATE TABLE platform_fault (
  team_id       bigint      NOT NULL,
  cause         text        NOT NULL,
  place         text        NOT NULL,
  since         timestamptz NOT NULL,
  last_at       timestamptz NOT NULL,
  refusals      bigint      NOT NULL,
  failure       jsonb       NOT NULL,
  told_at       timestamptz,
  told_refusals bigint,
  PRIMARY KEY (team_id, cause, place)
);

-- Last, since it keeps others from writing to the table of deliveries until the end; and without a look at the rows, which
-- were taken from there just now.
ALTER TABLE undelivered
  ADD FOREIGN KEY (team_id, delivery_id) REFERENCES delivery ON DELETE CASCADE NOT VALID;
