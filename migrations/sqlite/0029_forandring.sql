-- What has changed, for what is kept in memory: each row names a part of the data, and what is kept of that part and of no
-- other is read again. Triggers write it and not the program, so that nothing that writes can forget it: the command line,
-- another server, a hand at the database. Which parts there are stands in server/store/src/kept/part.rs, with the tables
-- that make them up; a test compares the two.
--
-- It says no more than the rows themselves do: no moment, and nothing of sessions, of what anybody has seen or of answers to
-- enkäter, whose order would tell who was at work when.
create table forandring (
    slag text not null,
    -- hexadecimal, or empty where the part is one
    nyckel text not null,
    -- rises with every change; there is one writer
    nr bigint not null,
    primary key (slag, nyckel)
) without rowid;
create unique index forandring_nr on forandring (nr);

create trigger forandring_node_insert after insert on node begin
    insert into forandring values ('trad', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_node_update after update of name, active, parent_id, kind on node begin
    insert into forandring values ('trad', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_node_delete after delete on node begin
    insert into forandring values ('trad', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_person_update after update of name, active, session_epoch on person begin
    insert into forandring select 'person', lower(hex(new.id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'person', lower(hex(old.id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.id <> new.id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_person_delete after delete on person begin
    insert into forandring select 'person', lower(hex(old.id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_person_update_namn after update of name on person begin
    insert into forandring values ('namn', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_person_delete_namn after delete on person begin
    insert into forandring values ('namn', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_grupp_update after update of name on grupp begin
    insert into forandring values ('namn', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_grupp_delete after delete on grupp begin
    insert into forandring values ('namn', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_role_grant_insert after insert on role_grant begin
    insert into forandring select 'person', lower(hex(new.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_role_grant_update after update on role_grant begin
    insert into forandring select 'person', lower(hex(new.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'person', lower(hex(old.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.person_id <> new.person_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_role_grant_delete after delete on role_grant begin
    insert into forandring select 'person', lower(hex(old.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_grupp_member_insert after insert on grupp_member begin
    insert into forandring select 'person', lower(hex(new.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_grupp_member_update after update on grupp_member begin
    insert into forandring select 'person', lower(hex(new.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'person', lower(hex(old.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.person_id <> new.person_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_grupp_member_delete after delete on grupp_member begin
    insert into forandring select 'person', lower(hex(old.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_schedule_update after update on schedule begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from occurrence o where o.schedule_id = new.id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_schedule_delete after delete on schedule begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from occurrence o where o.schedule_id = old.id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_occurrence_insert after insert on occurrence begin
    insert into forandring select 'plan', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_occurrence_update after update on occurrence begin
    insert into forandring select 'plan', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'plan', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.node_id <> new.node_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_occurrence_delete after delete on occurrence begin
    insert into forandring select 'plan', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_apt_mote_update after update of node_id, kind, chair_id, secretary_id on apt_mote begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from schedule s join occurrence o on o.schedule_id = s.id where s.closed_mote = new.id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_figure_insert after insert on figure begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from occurrence o where o.id = new.occurrence_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_figure_update after update on figure begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from occurrence o where o.id = new.occurrence_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from occurrence o where o.id = old.occurrence_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_figure_delete after delete on figure begin
    insert into forandring
        select 'plan', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct o.node_id as id from occurrence o where o.id = old.occurrence_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_insert after insert on avvikelse begin
    insert into forandring select 'fall', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_update after update on avvikelse begin
    insert into forandring select 'fall', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'fall', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.node_id <> new.node_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_delete after delete on avvikelse begin
    insert into forandring select 'fall', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_gallrad_insert after insert on avvikelse_gallrad begin
    insert into forandring select 'fall', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_gallrad_update after update on avvikelse_gallrad begin
    insert into forandring select 'fall', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'fall', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.node_id <> new.node_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_gallrad_delete after delete on avvikelse_gallrad begin
    insert into forandring select 'fall', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_installning_insert after insert on avvikelse_installning begin
    insert into forandring select 'fall', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_installning_update after update on avvikelse_installning begin
    insert into forandring select 'fall', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'fall', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.node_id <> new.node_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_installning_delete after delete on avvikelse_installning begin
    insert into forandring select 'fall', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_handlaggare_insert after insert on avvikelse_handlaggare begin
    insert into forandring
        select 'fall', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct a.node_id as id from avvikelse a where a.id = new.avvikelse_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'person', lower(hex(new.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_handlaggare_update after update on avvikelse_handlaggare begin
    insert into forandring
        select 'fall', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct a.node_id as id from avvikelse a where a.id = new.avvikelse_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring
        select 'fall', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct a.node_id as id from avvikelse a where a.id = old.avvikelse_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'person', lower(hex(new.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'person', lower(hex(old.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.person_id <> new.person_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_handlaggare_delete after delete on avvikelse_handlaggare begin
    insert into forandring
        select 'fall', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select distinct a.node_id as id from avvikelse a where a.id = old.avvikelse_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'person', lower(hex(old.person_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_frislappt_insert after insert on avvikelse_frislappt begin
    insert into forandring select 'redovisat', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_frislappt_update after update on avvikelse_frislappt begin
    insert into forandring select 'redovisat', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'redovisat', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.node_id <> new.node_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_avvikelse_frislappt_delete after delete on avvikelse_frislappt begin
    insert into forandring select 'redovisat', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

-- What is open is asked for by unit, and is a small part of all that a unit has had.
create index occurrence_open on occurrence (node_id, due_on) where state in ('planerad', 'pagar');
-- A meeting of those who lead is run by somebody else: who sees what it has decided.
create index schedule_closed_mote on schedule (closed_mote) where closed_mote is not null;
