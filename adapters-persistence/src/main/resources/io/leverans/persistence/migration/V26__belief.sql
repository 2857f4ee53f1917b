-- believed_until: when somebody asks again what may pass, though the lane be closed for longer: its pace may have
-- changed. None until a node of this version notes what it finds.
ALTER TABLE lane ADD COLUMN believed_until timestamptz;
