-- A predecessor can be written without a merge. What a merge wrote is the merge's: it is taken back as a whole, or stands.
-- All that stood here before came of merges.
alter table foregangare add column sammanslagen boolean not null default true;
