-- A row says first what means something: a control with an urval or a stickprov of its own says "Genomför", one with a goal asks for
-- its figure. So the lists that are kept in memory read two tables more, whose changes are named as those of the plan.
create function forandring_egenkontroll_update() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.source_id = new.id) k;
    return null;
end;
$$;
create trigger forandring_egenkontroll_update after update of urval, malvarde on egenkontroll
    for each row execute function forandring_egenkontroll_update();

create function forandring_egenkontroll_mall_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.source_id = new.egenkontroll_id) k;
    return null;
end;
$$;
create trigger forandring_egenkontroll_mall_insert after insert on egenkontroll_mall
    for each row execute function forandring_egenkontroll_mall_insert();

create function forandring_egenkontroll_mall_update() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.source_id = new.egenkontroll_id) k;
    return null;
end;
$$;
create trigger forandring_egenkontroll_mall_update after update on egenkontroll_mall
    for each row execute function forandring_egenkontroll_mall_update();

create function forandring_egenkontroll_mall_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.source_id = old.egenkontroll_id) k;
    return null;
end;
$$;
create trigger forandring_egenkontroll_mall_delete after delete on egenkontroll_mall
    for each row execute function forandring_egenkontroll_mall_delete();
