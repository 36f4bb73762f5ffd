-- The counts of cases that everybody reads are released once and never move. A case is counted in the month in which the
-- server took it in: the day of the event is typed, and with it one could reach into a month that is over.

alter table avvikelse add column registrerad_ar bigint not null default 0;
alter table avvikelse add column registrerad_manad bigint not null default 0;
update avvikelse set registrerad_ar = cast(extract(year from created_at at time zone 'Europe/Stockholm') as bigint),
                     registrerad_manad = cast(extract(month from created_at at time zone 'Europe/Stockholm') as bigint);
create index avvikelse_registrerad on avvikelse (node_id, registrerad_ar, registrerad_manad);

-- of those that are gone only the day of the event is left
alter table avvikelse_gallrad add column registrerad_ar bigint not null default 0;
alter table avvikelse_gallrad add column registrerad_manad bigint not null default 0;
update avvikelse_gallrad set registrerad_ar = year, registrerad_manad = month;
create index avvikelse_gallrad_registrerad on avvikelse_gallrad (node_id, registrerad_ar, registrerad_manad);

create table avvikelse_frislappt (
    node_id uuid not null references node (id),
    -- manader, del or ar
    slag text not null,
    -- the first month, as months since the year 0; of a year from before its year. Two servers that release the same write
    -- the same row: the second leaves it
    forsta bigint not null,
    -- JSON: what is shown, and nothing of what is hidden
    figurer text not null,
    slappt date not null,
    -- a year from before that has been taken away is kept: what is typed in its place is compared with it
    visas boolean not null default true,
    primary key (node_id, slag, forsta)
);

-- The running number tells who reports how many there are. Reporters know their cases by the end of its id, which is by
-- chance; those who handle cases find them by it.
insert into avvikelse_ord (node_id, ord, doc)
select node_id, '#ref:' || right(cast(id as text), 6), doc from avvikelse where true
on conflict (node_id, ord, doc) do nothing;

-- The history of a unit, which the administrator reads too, told how many were removed and how many there were in a year.
update history set what = 'Avslutade ärenden gallrade' where area = 'avvikelse' and what like '%gallra%';
update history set changes = '[]' where area = 'avvikelse' and what = 'Årssiffror för avvikelser ändrade';
