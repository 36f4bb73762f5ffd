-- What has changed, for what is kept in memory: each row names a part of the data, and what is kept of that part and of no
-- other is read again. Triggers write it and not the program, so that nothing that writes can forget it: the command line,
-- another server, a hand at the database. Which parts there are stands in server/store/src/kept/part.rs, with the tables
-- that make them up; a test compares the two.
--
-- It says no more than the rows themselves do: no moment, and nothing of sessions, of what anybody has seen or of answers to
-- enkäter, whose order would tell who was at work when.
create table forandring (
    -- the transaction: whoever has looked before knows by its snapshot which ones it has not seen
    txid xid8 not null default pg_current_xact_id(),
    slag text not null,
    -- hexadecimal, or empty where the part is one
    nyckel text not null,
    primary key (txid, slag, nyckel)
);

create function forandrat(slag text, id uuid) returns void language sql as $$
    insert into forandring (slag, nyckel) values ($1, coalesce(replace(cast($2 as text), '-', ''), ''))
    on conflict do nothing;
$$;

create function forandring_node_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('trad', null);
    return null;
end;
$$;
create trigger forandring_node_insert after insert on node
    for each row execute function forandring_node_insert();

create function forandring_node_update() returns trigger language plpgsql as $$
begin
    perform forandrat('trad', null);
    return null;
end;
$$;
create trigger forandring_node_update after update of name, active, parent_id, kind on node
    for each row execute function forandring_node_update();

create function forandring_node_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('trad', null);
    return null;
end;
$$;
create trigger forandring_node_delete after delete on node
    for each row execute function forandring_node_delete();

create function forandring_person_update() returns trigger language plpgsql as $$
begin
    perform forandrat('person', new.id);
    perform forandrat('person', old.id) where old.id <> new.id;
    return null;
end;
$$;
create trigger forandring_person_update after update of name, active, session_epoch on person
    for each row execute function forandring_person_update();

create function forandring_person_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('person', old.id);
    return null;
end;
$$;
create trigger forandring_person_delete after delete on person
    for each row execute function forandring_person_delete();

create function forandring_person_update_namn() returns trigger language plpgsql as $$
begin
    perform forandrat('namn', null);
    return null;
end;
$$;
create trigger forandring_person_update_namn after update of name on person
    for each row execute function forandring_person_update_namn();

create function forandring_person_delete_namn() returns trigger language plpgsql as $$
begin
    perform forandrat('namn', null);
    return null;
end;
$$;
create trigger forandring_person_delete_namn after delete on person
    for each row execute function forandring_person_delete_namn();

create function forandring_grupp_update() returns trigger language plpgsql as $$
begin
    perform forandrat('namn', null);
    return null;
end;
$$;
create trigger forandring_grupp_update after update of name on grupp
    for each row execute function forandring_grupp_update();

create function forandring_grupp_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('namn', null);
    return null;
end;
$$;
create trigger forandring_grupp_delete after delete on grupp
    for each row execute function forandring_grupp_delete();

create function forandring_role_grant_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('person', new.person_id);
    return null;
end;
$$;
create trigger forandring_role_grant_insert after insert on role_grant
    for each row execute function forandring_role_grant_insert();

create function forandring_role_grant_update() returns trigger language plpgsql as $$
begin
    perform forandrat('person', new.person_id);
    perform forandrat('person', old.person_id) where old.person_id <> new.person_id;
    return null;
end;
$$;
create trigger forandring_role_grant_update after update on role_grant
    for each row execute function forandring_role_grant_update();

create function forandring_role_grant_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('person', old.person_id);
    return null;
end;
$$;
create trigger forandring_role_grant_delete after delete on role_grant
    for each row execute function forandring_role_grant_delete();

create function forandring_grupp_member_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('person', new.person_id);
    return null;
end;
$$;
create trigger forandring_grupp_member_insert after insert on grupp_member
    for each row execute function forandring_grupp_member_insert();

create function forandring_grupp_member_update() returns trigger language plpgsql as $$
begin
    perform forandrat('person', new.person_id);
    perform forandrat('person', old.person_id) where old.person_id <> new.person_id;
    return null;
end;
$$;
create trigger forandring_grupp_member_update after update on grupp_member
    for each row execute function forandring_grupp_member_update();

create function forandring_grupp_member_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('person', old.person_id);
    return null;
end;
$$;
create trigger forandring_grupp_member_delete after delete on grupp_member
    for each row execute function forandring_grupp_member_delete();

create function forandring_schedule_update() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from occurrence o where o.schedule_id = new.id) k;
    return null;
end;
$$;
create trigger forandring_schedule_update after update on schedule
    for each row execute function forandring_schedule_update();

create function forandring_schedule_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from occurrence o where o.schedule_id = old.id) k;
    return null;
end;
$$;
create trigger forandring_schedule_delete after delete on schedule
    for each row execute function forandring_schedule_delete();

create function forandring_occurrence_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', new.node_id);
    return null;
end;
$$;
create trigger forandring_occurrence_insert after insert on occurrence
    for each row execute function forandring_occurrence_insert();

create function forandring_occurrence_update() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', new.node_id);
    perform forandrat('plan', old.node_id) where old.node_id <> new.node_id;
    return null;
end;
$$;
create trigger forandring_occurrence_update after update on occurrence
    for each row execute function forandring_occurrence_update();

create function forandring_occurrence_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', old.node_id);
    return null;
end;
$$;
create trigger forandring_occurrence_delete after delete on occurrence
    for each row execute function forandring_occurrence_delete();

create function forandring_apt_mote_update() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.closed_mote = new.id) k;
    return null;
end;
$$;
create trigger forandring_apt_mote_update after update of node_id, kind, chair_id, secretary_id on apt_mote
    for each row execute function forandring_apt_mote_update();

create function forandring_figure_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from occurrence o where o.id = new.occurrence_id) k;
    return null;
end;
$$;
create trigger forandring_figure_insert after insert on figure
    for each row execute function forandring_figure_insert();

create function forandring_figure_update() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from occurrence o where o.id = new.occurrence_id) k;
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from occurrence o where o.id = old.occurrence_id) k;
    return null;
end;
$$;
create trigger forandring_figure_update after update on figure
    for each row execute function forandring_figure_update();

create function forandring_figure_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('plan', k.id) from (select distinct o.node_id as id from occurrence o where o.id = old.occurrence_id) k;
    return null;
end;
$$;
create trigger forandring_figure_delete after delete on figure
    for each row execute function forandring_figure_delete();

create function forandring_avvikelse_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', new.node_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_insert after insert on avvikelse
    for each row execute function forandring_avvikelse_insert();

create function forandring_avvikelse_update() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', new.node_id);
    perform forandrat('fall', old.node_id) where old.node_id <> new.node_id;
    return null;
end;
$$;
create trigger forandring_avvikelse_update after update on avvikelse
    for each row execute function forandring_avvikelse_update();

create function forandring_avvikelse_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', old.node_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_delete after delete on avvikelse
    for each row execute function forandring_avvikelse_delete();

create function forandring_avvikelse_gallrad_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', new.node_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_gallrad_insert after insert on avvikelse_gallrad
    for each row execute function forandring_avvikelse_gallrad_insert();

create function forandring_avvikelse_gallrad_update() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', new.node_id);
    perform forandrat('fall', old.node_id) where old.node_id <> new.node_id;
    return null;
end;
$$;
create trigger forandring_avvikelse_gallrad_update after update on avvikelse_gallrad
    for each row execute function forandring_avvikelse_gallrad_update();

create function forandring_avvikelse_gallrad_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', old.node_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_gallrad_delete after delete on avvikelse_gallrad
    for each row execute function forandring_avvikelse_gallrad_delete();

create function forandring_avvikelse_installning_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', new.node_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_installning_insert after insert on avvikelse_installning
    for each row execute function forandring_avvikelse_installning_insert();

create function forandring_avvikelse_installning_update() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', new.node_id);
    perform forandrat('fall', old.node_id) where old.node_id <> new.node_id;
    return null;
end;
$$;
create trigger forandring_avvikelse_installning_update after update on avvikelse_installning
    for each row execute function forandring_avvikelse_installning_update();

create function forandring_avvikelse_installning_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', old.node_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_installning_delete after delete on avvikelse_installning
    for each row execute function forandring_avvikelse_installning_delete();

create function forandring_avvikelse_handlaggare_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', k.id) from (select distinct a.node_id as id from avvikelse a where a.id = new.avvikelse_id) k;
    perform forandrat('person', new.person_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_handlaggare_insert after insert on avvikelse_handlaggare
    for each row execute function forandring_avvikelse_handlaggare_insert();

create function forandring_avvikelse_handlaggare_update() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', k.id) from (select distinct a.node_id as id from avvikelse a where a.id = new.avvikelse_id) k;
    perform forandrat('fall', k.id) from (select distinct a.node_id as id from avvikelse a where a.id = old.avvikelse_id) k;
    perform forandrat('person', new.person_id);
    perform forandrat('person', old.person_id) where old.person_id <> new.person_id;
    return null;
end;
$$;
create trigger forandring_avvikelse_handlaggare_update after update on avvikelse_handlaggare
    for each row execute function forandring_avvikelse_handlaggare_update();

create function forandring_avvikelse_handlaggare_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('fall', k.id) from (select distinct a.node_id as id from avvikelse a where a.id = old.avvikelse_id) k;
    perform forandrat('person', old.person_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_handlaggare_delete after delete on avvikelse_handlaggare
    for each row execute function forandring_avvikelse_handlaggare_delete();

create function forandring_avvikelse_frislappt_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('redovisat', new.node_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_frislappt_insert after insert on avvikelse_frislappt
    for each row execute function forandring_avvikelse_frislappt_insert();

create function forandring_avvikelse_frislappt_update() returns trigger language plpgsql as $$
begin
    perform forandrat('redovisat', new.node_id);
    perform forandrat('redovisat', old.node_id) where old.node_id <> new.node_id;
    return null;
end;
$$;
create trigger forandring_avvikelse_frislappt_update after update on avvikelse_frislappt
    for each row execute function forandring_avvikelse_frislappt_update();

create function forandring_avvikelse_frislappt_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('redovisat', old.node_id);
    return null;
end;
$$;
create trigger forandring_avvikelse_frislappt_delete after delete on avvikelse_frislappt
    for each row execute function forandring_avvikelse_frislappt_delete();

-- What is open is asked for by unit, and is a small part of all that a unit has had.
create index occurrence_open on occurrence (node_id, due_on) where state in ('planerad', 'pagar');
-- A meeting of those who lead is run by somebody else: who sees what it has decided.
create index schedule_closed_mote on schedule (closed_mote) where closed_mote is not null;
