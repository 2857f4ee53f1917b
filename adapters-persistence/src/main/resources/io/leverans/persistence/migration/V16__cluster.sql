-- What the owner of a channel chose for mail that nobody can find out about. A node of the version before knows
-- nothing of it and holds all such mail, as it did.
ALTER TABLE channel ADD COLUMN when_in_doubt text NOT NULL DEFAULT 'HOLD';

-- How often a delivery was sent again because of that choice.
ALTER TABLE delivery ADD COLUMN chosen_resends int NOT NULL DEFAULT 0;
