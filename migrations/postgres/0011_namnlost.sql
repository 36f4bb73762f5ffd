-- What is in nobody's name says nothing of when it came, but the day. A förslag without a name had an id that held the
-- millisecond, which stood in the page, and a row in the history; and the number of its row told the order. It gets a
-- random id, wherever that stands, and no row in the history: the text and the day are in its own row, and nothing else
-- was there. Who moves it on later does so by name, and that is written as before.

create table forslag_byte (gammal uuid primary key, ny uuid not null);
insert into forslag_byte (gammal, ny) select id, gen_random_uuid() from forslag where person_id is null;

create table forslag_ny (
    id uuid primary key,
    node_id uuid not null references node (id),
    kind text not null,
    text text not null,
    state text not null default 'ny',
    reason text not null default '',
    -- none when it is not to be named: then no other table says who it was either
    person_id uuid references person (id),
    created_on date not null,
    changed_on date not null,
    version bigint not null default 1
);
insert into forslag_ny (id, node_id, kind, text, state, reason, person_id, created_on, changed_on, version)
    select coalesce(b.ny, f.id), f.node_id, f.kind, f.text, f.state, f.reason, f.person_id, f.created_on, f.changed_on,
           f.version
    from forslag f left join forslag_byte b on b.gammal = f.id order by random();
delete from history where area = 'forslag' and person_id is null and thing_id in (select gammal from forslag_byte);
update history set thing_id = (select ny from forslag_byte where gammal = thing_id)
    where area = 'forslag' and thing_id in (select gammal from forslag_byte);
update atgard set source_id = (select ny from forslag_byte where gammal = source_id)
    where source_kind = 'forslag' and source_id in (select gammal from forslag_byte);
drop table forslag;
alter table forslag_ny rename to forslag;
create index forslag_node on forslag (node_id, changed_on);
drop table forslag_byte;

-- How many answers of an enkät persons have entered, in the month that goes on and of those that wait: one row, sealed where
-- the server has a key, always as long, and written anew with each answer. There was a row for each person, month and device:
-- in two copies of it a count had risen, beside an answer that had come. What devices have counted they report again; what
-- forms without script have counted of this month is lost, and months that are over are asked for nowhere.
create table enkat_inmatat (
    enkat_id uuid primary key references enkat (id),
    body bytea not null
);
drop table enkat_antal;
-- the last answers were published although fewer than three may have entered them
alter table enkat add column thin boolean not null default false;
