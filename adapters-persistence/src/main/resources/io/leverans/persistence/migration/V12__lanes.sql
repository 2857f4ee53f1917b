-- ready_at: since when a dispatch is to be sent and nothing but its turn holds it up. It has no due_at
-- then: that is the time at which somebody has to look at it, to make it ready or to take it back.
-- Ready mail of one sender waits in a line on its lane, bulk mail apart. The system's has a sender of
-- its own.
-- The defaults are for nodes of the version before, which know no lines: what they accept is due.
ALTER TABLE dispatch
  ADD COLUMN ready_at timestamptz,
  ADD COLUMN sender   uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001',
  ADD COLUMN urgency  text NOT NULL DEFAULT 'PERSONAL';

CREATE INDEX dispatch_ready ON dispatch (team_id, lane, urgency, sender, id)
 WHERE ready_at IS NOT NULL;

-- Keyed by lane, which mail of many teams may share.
-- room, reopens_at: what was found when something last passed: how many more might, or when one may again.
-- No room where nothing is known, as after a change of the pace.
-- memory: for how many milliseconds permits have to be remembered: the longest window there ever was.
CREATE TABLE lane (
  lane       text        PRIMARY KEY,
  room       integer,
  reopens_at timestamptz NOT NULL DEFAULT '-infinity',
  memory     bigint      NOT NULL DEFAULT 0
);

-- counts_at: when it passed; as long as that is not known, until when it is valid.
CREATE TABLE lane_permit (
  lane       text        NOT NULL,
  number     bigint      GENERATED ALWAYS AS IDENTITY,
  counts_at  timestamptz NOT NULL,
  messages   integer     NOT NULL,
  recipients integer     NOT NULL,
  PRIMARY KEY (lane, number)
);

CREATE INDEX lane_permit_counts ON lane_permit (lane, counts_at);

-- pace: as the owner set it, in place of the kind's.
ALTER TABLE channel ADD COLUMN pace jsonb;
