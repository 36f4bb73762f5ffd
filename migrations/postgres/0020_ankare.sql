-- 0019 counted a rhythm that stood from the first of all its tillfällen: also from one that was done before the start was moved or
-- while the rhythm was another, whose week or month the rhythm has not. What shows the rhythm that stands is what it has still to
-- do: those that nobody has touched were made for it, since every change of a schedule takes the others away.
update schedule set anchor_on = (
    select min(o.slot_due) from occurrence o
    where o.schedule_id = schedule.id and o.state = 'planerad' and o.moved_from is null
      and (schedule.start_on is null or o.slot_due >= schedule.start_on))
where (recurrence = 'varannan_vecka' or recurrence like 'var_n_manad:%')
  and exists (
    select 1 from occurrence o
    where o.schedule_id = schedule.id and o.state = 'planerad' and o.moved_from is null
      and (schedule.start_on is null or o.slot_due >= schedule.start_on));

-- Where nothing is left to do, those from the start on show it if they agree with one another. Where they do not, nothing shows it
-- and it stays. Only what 0019 wrote is changed: the day of a tillfälle before the start.
update schedule set anchor_on = (
    select min(o.slot_due) from occurrence o where o.schedule_id = schedule.id and o.slot_due >= schedule.start_on)
where (recurrence = 'varannan_vecka' or recurrence like 'var_n_manad:%')
  and anchor_on < start_on
  and exists (select 1 from occurrence o where o.schedule_id = schedule.id and o.slot_due = schedule.anchor_on)
  and exists (select 1 from occurrence o where o.schedule_id = schedule.id and o.slot_due >= schedule.start_on)
  and not exists (
    select 1 from occurrence o
    where o.schedule_id = schedule.id and o.state = 'planerad' and o.moved_from is null
      and o.slot_due >= schedule.start_on)
  and not exists (
    select 1 from occurrence a join occurrence b on b.schedule_id = a.schedule_id
    where a.schedule_id = schedule.id and a.slot_due >= schedule.start_on and b.slot_due > a.slot_due
      and case when schedule.recurrence = 'varannan_vecka'
          then (b.slot_due - a.slot_due) % 14
          else cast((extract(year from b.slot_due) - extract(year from a.slot_due)) * 12
                + extract(month from b.slot_due) - extract(month from a.slot_due) as integer)
               % cast(substr(schedule.recurrence, 13) as integer)
          end <> 0);
