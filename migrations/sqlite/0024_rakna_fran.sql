-- A plan that comes into use in November began with everything that should have been done since January, all of it late. Who lays
-- it chooses from when its times are counted: what had passed on that day is not there. None where the whole year counts, as in
-- all that stands.
alter table schedule add column counted_from date;
