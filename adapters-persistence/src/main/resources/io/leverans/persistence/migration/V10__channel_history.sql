-- What passed a channel: of a team with many channels only what went through the one asked about is
-- looked at, and of that only what is young enough, since ids of messages grow with time.
CREATE INDEX dispatch_of_channel ON dispatch (team_id, channel_id, message_id);
