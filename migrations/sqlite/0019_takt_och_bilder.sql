-- A rhythm that is counted (every second week, every n months) goes on over New Year, so it has to be known what it is
-- counted from: a day in a week, or a month, of any year. Null for every other rhythm. What stands keeps the weeks and
-- months that its tillfällen were made for.
alter table schedule add column anchor_on date;

update schedule set anchor_on = (select min(o.slot_due) from occurrence o where o.schedule_id = schedule.id)
where recurrence = 'varannan_vecka' or recurrence like 'var_n_manad:%';

-- What was taken out of a picture before it was sealed, as codes with commas between: the page says so for as long as the
-- file stands, since whoever attached it may have looked away. Empty where nothing was.
alter table avvikelse_bilaga add column removed text not null default '';
