-- Spreads the tables of Leverans over the machines of a Citus cluster. Read docs/scale.md first: no node may run
-- meanwhile, and there is no way back but a dump. Run it once, on the coordinator, as the owner of the tables:
--
--     psql -v ON_ERROR_STOP=1 -d leverans -f ops/citus.sql
--
-- Each table of the schema is named here once; a test asks the catalogue.

BEGIN;

-- Foreign keys are made on one connection for each machine, in order.
SET LOCAL citus.multi_shard_modify_mode TO 'sequential';

-- A team's rows lie together on one machine: by team_id, each after what its foreign keys point to.
SELECT create_distributed_table('team', 'team_id', colocate_with => 'none');
SELECT create_distributed_table('team_event_counter', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('member', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('api_key', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('channel', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('consent', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('identity', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('identity_verification', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('sender_domain', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('message', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('message_content', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('logged_content', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('content_chunk', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('idempotency', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('dispatch', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('delivery', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('attempt', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('undelivered', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('retry_order', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('erasure', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('erasure_due', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('event', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('report', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('suppression', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('suppression_strike', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('suppression_import', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('suppression_import_line', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('mailbox', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('mailbox_report', 'team_id', colocate_with => 'team');
SELECT create_distributed_table('platform_fault', 'team_id', colocate_with => 'team');

-- A lane's rows lie together on one machine, apart from teams: mail of many teams may share a lane.
SELECT create_distributed_table('lane', 'lane', colocate_with => 'none');
SELECT create_distributed_table('lane_permit', 'lane', colocate_with => 'lane');

-- These stay on the coordinator, with the sequence team_number.
-- local: platform
-- local: data_keyset
-- local: node
-- local: sender_domain_claim
-- local: flyway_schema_history

COMMIT;
