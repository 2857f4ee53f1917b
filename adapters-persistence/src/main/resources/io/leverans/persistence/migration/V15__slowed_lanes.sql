-- What attempts showed of a lane. An impediment, where it does not flow freely: by what, how often more than
-- not, the latest failure, and since when.
-- raised_at: when trouble was met last. What began before shares it.
-- opens_at, gap: when one dispatch may be tried, and after how many milliseconds the next one.
-- The defaults are for nodes of the version before, which know no impediments.
ALTER TABLE lane
  ADD COLUMN impediment    text,
  ADD COLUMN level         integer     NOT NULL DEFAULT 0,
  ADD COLUMN failure       jsonb,
  ADD COLUMN impeded_since timestamptz,
  ADD COLUMN raised_at     timestamptz NOT NULL DEFAULT '-infinity',
  ADD COLUMN opens_at      timestamptz NOT NULL DEFAULT '-infinity',
  ADD COLUMN gap           bigint      NOT NULL DEFAULT 0;

CREATE INDEX lane_impeded ON lane (lane) WHERE impediment IS NOT NULL;
