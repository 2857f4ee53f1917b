-- believed_until: when somebody asks again what may pass, though the lane be closed for longer: its pace may have
-- changed. None where a node of the version before noted last: it says no later time in reopens_at.
ALTER TABLE lane ADD COLUMN believed_until timestamptz;
