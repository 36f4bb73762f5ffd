-- The organisation changes: a unit has days, and predecessors whose years are apart from its own. A group that was merged into
-- another stays as a row, so that its history is found.
alter table node add column from_on date;
-- the last day
alter table node add column to_on date;

create table foregangare (
    node_id uuid not null references node (id),
    predecessor_id uuid not null references node (id),
    -- the day from which the one follows the other
    on_day date not null,
    primary key (node_id, predecessor_id)
);
create index foregangare_predecessor on foregangare (predecessor_id);

alter table grupp add column merged_into uuid references grupp (id);

-- the tree that is kept in memory knows the days and the predecessors
drop trigger forandring_node_update on node;
create trigger forandring_node_update after update of name, active, parent_id, kind, from_on, to_on on node
    for each row execute function forandring_node_update();

create function forandring_foregangare() returns trigger language plpgsql as $$
begin
    perform forandrat('trad', null);
    return null;
end;
$$;
create trigger forandring_foregangare_insert after insert on foregangare
    for each row execute function forandring_foregangare();
create trigger forandring_foregangare_update after update on foregangare
    for each row execute function forandring_foregangare();
create trigger forandring_foregangare_delete after delete on foregangare
    for each row execute function forandring_foregangare();
