-- standing: PENDING, WORKING, LAPSING or LAPSED, since when.
-- secrets: the private keys by selector, sealed, in base64.
-- alias: whether the domain's own return path was last SEEN or NOT_SEEN to lead to the platform.
-- due_at: when DNS is asked again by itself.
-- told_at: when the team's admins were told of the lapse.
CREATE TABLE sender_domain (
  team_id           bigint      NOT NULL,
  id                uuid        NOT NULL,
  name              text        NOT NULL,
  proof_token       text        NOT NULL,
  standing          text        NOT NULL,
  standing_since    timestamptz,
  active_selector   text        NOT NULL,
  active_key        text        NOT NULL,
  next_selector     text,
  next_key          text,
  previous_selector text,
  previous_key      text,
  previous_until    timestamptz,
  alias             text        NOT NULL,
  secrets           text        NOT NULL,
  checked_at        timestamptz,
  due_at            timestamptz NOT NULL,
  told_at           timestamptz,
  PRIMARY KEY (team_id, id),
  UNIQUE (team_id, name)
);

CREATE INDEX sender_domain_due ON sender_domain (team_id, due_at);

CREATE INDEX sender_domain_untold ON sender_domain (team_id, id)
 WHERE standing = 'LAPSING' AND told_at IS NULL;

-- For the whole platform: the team that proved a domain first has it, until that lapses.
CREATE TABLE sender_domain_claim (
  name       text        PRIMARY KEY,
  team_id    bigint      NOT NULL,
  claimed_at timestamptz NOT NULL DEFAULT now()
);
