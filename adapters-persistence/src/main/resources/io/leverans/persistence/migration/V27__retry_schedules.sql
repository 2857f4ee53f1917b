-- retry_schedule: when mail through the channel is tried again and given up, as its owner set it; none for the kind's.
ALTER TABLE channel ADD COLUMN retry_schedule jsonb;
