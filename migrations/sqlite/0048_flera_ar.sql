-- What lives longer than a year: the thing holds when it is, and each year has a schedule of its own, made once of it. Which that is
-- stands here, so that two servers make one.
create table arsschema (
    source_id blob not null,
    year bigint not null,
    schedule_id blob not null references schedule (id),
    primary key (source_id, year)
);
create index arsschema_schedule on arsschema (schedule_id);

-- the thing goes on in a later year: this part of it is not late when its year has ended
alter table schedule add column goes_on boolean not null default false;
-- the part of another year stands for it in lists of what is to be done
alter table schedule add column unlisted boolean not null default false;

-- What is done to reach the goals of a verksamhetsplan: one row, however many years it lasts.
create table planaktivitet (
    id blob primary key,
    node_id blob not null references node (id),
    -- the plan that it was written in
    plan_id blob not null references verksamhetsplan (id),
    -- the goal that it is for, as the content has it: it is not removed while something is done for it
    mal_id blob references mal (id),
    content text not null,
    lage text not null,
    version bigint not null default 1
);
create index planaktivitet_node on planaktivitet (node_id);
create index planaktivitet_plan on planaktivitet (plan_id);
create index planaktivitet_mal on planaktivitet (mal_id);
