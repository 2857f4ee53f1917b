-- What ended is purged from the front of these.
CREATE INDEX suppression_ended ON suppression (team_id, until) WHERE until IS NOT NULL;
CREATE INDEX suppression_strike_old ON suppression_strike (team_id, at);
CREATE INDEX retry_order_ended ON retry_order (team_id, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX suppression_import_ended ON suppression_import (team_id, finished_at) WHERE forgotten;
