-- Figures are exact decimals: ten-thousandths, as an integer. What was kept as a float was never shown with more than four decimals.

alter table figure add column exact bigint not null default 0;
update figure set exact = cast(round(value * 10000) as integer);
alter table figure drop column value;
alter table figure rename column exact to value;

-- a trigger that names a column is made anew with it
drop trigger forandring_egenkontroll_update;
alter table egenkontroll add column exact bigint;
update egenkontroll set exact = cast(round(malvarde * 10000) as integer);
alter table egenkontroll drop column malvarde;
alter table egenkontroll rename column exact to malvarde;
create trigger forandring_egenkontroll_update after update of urval, malvarde on egenkontroll begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.source_id = new.id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

alter table genomforande add column exact bigint;
update genomforande set exact = cast(round(malvarde * 10000) as integer);
alter table genomforande drop column malvarde;
alter table genomforande rename column exact to malvarde;
