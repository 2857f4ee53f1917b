-- Orders to erase what a team has of a recipient. A node of the version before carries none out, keeps late reports
-- on what was erased, and shows an erased message as one without a subject.

-- erased_at: since when nothing is told of it any more but ids, states and times.
ALTER TABLE message ADD COLUMN erased_at timestamptz;

-- ordered_by: null where mail turned up that was on its way to the queue while an order was carried out.
-- address: whose; null once nothing is left.
-- stage: what is gone through now.
-- reached: how far that has come, by the key of its last row.
-- events_to: the last event that was gone through.
-- ended_at: since when nothing is left that was found.
CREATE TABLE erasure (
  team_id        bigint      NOT NULL,
  id             uuid        NOT NULL,
  ordered_by     uuid,
  address        text,
  stage          text        NOT NULL,
  reached        text,
  events_to      bigint      NOT NULL DEFAULT 0,
  messages       bigint      NOT NULL DEFAULT 0,
  attempts       bigint      NOT NULL DEFAULT 0,
  reports        bigint      NOT NULL DEFAULT 0,
  events         bigint      NOT NULL DEFAULT 0,
  imported_lines bigint      NOT NULL DEFAULT 0,
  ordered_at     timestamptz NOT NULL DEFAULT now(),
  ended_at       timestamptz,
  PRIMARY KEY (team_id, id)
);

CREATE INDEX erasure_open ON erasure (team_id, id) WHERE stage <> 'DONE';

-- Deliveries that are to be erased with their messages, as soon as nothing of these is to be sent.
CREATE TABLE erasure_due (
  team_id     bigint      NOT NULL,
  delivery_id uuid        NOT NULL,
  message_id  uuid        NOT NULL,
  erasure_id  uuid        NOT NULL,
  due_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, delivery_id)
);

CREATE INDEX erasure_due_at ON erasure_due (team_id, due_at);
CREATE INDEX erasure_due_of_order ON erasure_due (team_id, erasure_id);
