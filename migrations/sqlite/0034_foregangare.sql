-- The organisation changes: a unit has days, and predecessors whose years are apart from its own. A group that was merged into
-- another stays as a row, so that its history is found.
alter table node add column from_on date;
-- the last day
alter table node add column to_on date;

create table foregangare (
    node_id blob not null references node (id),
    predecessor_id blob not null references node (id),
    -- the day from which the one follows the other
    on_day date not null,
    primary key (node_id, predecessor_id)
);
create index foregangare_predecessor on foregangare (predecessor_id);

alter table grupp add column merged_into blob references grupp (id);

-- the tree that is kept in memory knows the days and the predecessors
drop trigger forandring_node_update;
create trigger forandring_node_update after update of name, active, parent_id, kind, from_on, to_on on node begin
    insert into forandring values ('trad', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_foregangare_insert after insert on foregangare begin
    insert into forandring values ('trad', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_foregangare_update after update on foregangare begin
    insert into forandring values ('trad', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_foregangare_delete after delete on foregangare begin
    insert into forandring values ('trad', '', (select coalesce(max(nr), 0) + 1 from forandring))
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;
