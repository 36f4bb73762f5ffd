-- What a plan has once copied from that of the year before: what is removed in it afterwards is not copied again.
create table kopierat (
    plan_id blob not null references verksamhetsplan (id) on delete cascade,
    -- what was copied, of the year before: a goal, a row, an indikator, a chapter. It may be gone since
    source_id blob not null,
    -- what it is in the plan; it may be gone since
    copy_id blob not null,
    primary key (plan_id, source_id)
);

insert into kopierat (plan_id, source_id, copy_id)
select m.plan_id, m.copied_from, m.id from mal m where m.copied_from is not null
on conflict (plan_id, source_id) do nothing;

insert into kopierat (plan_id, source_id, copy_id)
select i.plan_id, i.copied_from, i.id from indikator i where i.copied_from is not null
on conflict (plan_id, source_id) do nothing;

insert into kopierat (plan_id, source_id, copy_id)
select m.plan_id, f.copied_from, f.id from forvantat f join mal m on m.id = f.mal_id where f.copied_from is not null
on conflict (plan_id, source_id) do nothing;

insert into kopierat (plan_id, source_id, copy_id)
select m.plan_id, u.copied_from, u.id from uppfoljning u join mal m on m.id = u.mal_id where u.copied_from is not null
on conflict (plan_id, source_id) do nothing;
