-- A row says first what means something: a control with an urval or a stickprov of its own says "Genomför", one with a goal asks for
-- its figure. So the lists that are kept in memory read two tables more, whose changes are named as those of the plan.
create trigger forandring_egenkontroll_update after update of urval, malvarde on egenkontroll begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.source_id = new.id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_egenkontroll_mall_insert after insert on egenkontroll_mall begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.source_id = new.egenkontroll_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_egenkontroll_mall_update after update on egenkontroll_mall begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.source_id = new.egenkontroll_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_egenkontroll_mall_delete after delete on egenkontroll_mall begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.source_id = old.egenkontroll_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;
