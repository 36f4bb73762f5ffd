-- An activity may be at a time of its day: '13:00', or '13:00-15:00'. It is the same each time it recurs, so it stands with the
-- rhythm. Null for what has none, as all that stands.
alter table schedule add column hours text;
