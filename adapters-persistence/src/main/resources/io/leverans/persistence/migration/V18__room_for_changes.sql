-- A delivery and its attempt change several times in a row. As long as no column of an index changes and their page
-- has room, PostgreSQL writes such a change without touching the indexes.
ALTER TABLE delivery SET (fillfactor = 60);
ALTER TABLE attempt SET (fillfactor = 60);

-- True for what is in doubt, nothing for all else: of use to an index that other changes of the state leave alone.
ALTER TABLE delivery ADD COLUMN in_doubt boolean GENERATED ALWAYS AS (nullif(state = 'IN_DOUBT', false)) STORED;
DROP INDEX delivery_in_doubt;
CREATE INDEX delivery_in_doubt ON delivery (team_id, dispatch_id) WHERE in_doubt;
