-- Orders to erase what a team has of a recipient. A node of the version before carries none out, keeps late reports
-- on what was erased, and shows an erased message as one without a subject.

-- erased_at: since when nothing is told of it any more but ids, states and times.
ALTER TABLE message ADD COLUMN erased_at timestamptz;

-- address: whose; null once all has been gone through.
-- stage: what is gone through now; LEFT while only messages are left that are still to be sent, then DONE.
-- reached: how far that has come, by the key of its last row.
-- events_to: up to where events were gone through; of what is erased later only newer ones are looked at.
CREATE TABLE erasure (
  team_id        bigint      NOT NULL,
  id             uuid        NOT NULL,
  ordered_by     uuid        NOT NULL,
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

CREATE INDEX erasure_open ON erasure (team_id, id) WHERE ended_at IS NULL;

-- Deliveries that are to be erased with their messages, as soon as nothing of these is to be sent.
-- erasure_id: null if it was found when it was to be sent, after its order had gone through all.
CREATE TABLE erasure_due (
  team_id     bigint      NOT NULL,
  delivery_id uuid        NOT NULL,
  message_id  uuid        NOT NULL,
  erasure_id  uuid,
  due_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (team_id, delivery_id)
);
