-- A report deadline is known by a key and not by what a unit calls it: renamed, it was laid a second time the next hour.
-- What the program laid gets the key of the name it was laid with, which stands in its history; of two that the fault made,
-- the first, which the unit has renamed. What is called as a report and was laid by somebody else counts as that report.
alter table schedule add column report_key text;

update schedule set report_key = (
    select max(k.code) from (
        select 'verksamhetsberattelse' as code, 'Verksamhetsberättelse för året som gått' as title
        union all select 'tertialrapport_1', 'Tertialrapport 1'
        union all select 'tertialrapport_2', 'Tertialrapport 2'
        union all select 'verksamhetsplan', 'Verksamhetsplan för nästa år') k
    where (schedule.category = 'rapport' and schedule.title = k.title)
       or exists (select 1 from history h
                  where h.thing_id = schedule.id and h.what = 'Tillagd' and h.person_id is null
                    and h.changes like '%"' || k.title || '"%'))
where area = 'aktivitet';

update schedule set report_key = null
where report_key is not null and exists (
    select 1 from schedule o
    where o.node_id = schedule.node_id and o.year = schedule.year and o.report_key = schedule.report_key
      and o.id < schedule.id);

create unique index schedule_report on schedule (node_id, year, report_key);
