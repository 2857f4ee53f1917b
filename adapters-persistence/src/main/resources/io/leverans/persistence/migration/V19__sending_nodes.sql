-- Whether a node takes its part in sending: those that do share the connections that a server grants. A node of the
-- version before doesn't say, and counts.
ALTER TABLE node ADD COLUMN sends boolean NOT NULL DEFAULT true;
