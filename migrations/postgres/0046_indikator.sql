-- The indikatorer of a plan with their outcomes, and the periods of it that are closed.

-- rises with each outcome that is written: what is new to a screen is what has a higher number
alter table verksamhetsplan add column utfall_nr bigint not null default 0;

create table indikator (
    id uuid primary key,
    plan_id uuid not null references verksamhetsplan (id),
    -- of the plan's own node, or of one above it
    mal_id uuid not null references mal (id),
    ordning bigint not null,
    -- the same the year before
    copied_from uuid references indikator (id),
    content text not null,
    version bigint not null default 1
);
create index indikator_plan on indikator (plan_id, ordning);
create index indikator_mal on indikator (mal_id);
create index indikator_copied on indikator (copied_from);

-- What an indikator came to in a period of its plan's year. A change after its period was closed is a revision; one of them holds.
create table utfall (
    indikator_id uuid not null references indikator (id),
    -- the last month of the period
    manad bigint not null,
    revision bigint not null,
    gallande boolean not null,
    content text not null,
    -- why it was changed; empty where nobody has to say
    skal text not null default '',
    at timestamptz not null,
    -- the number of the plan when it was written
    nr bigint not null,
    -- which writing of the outcome it is, through its revisions
    version bigint not null,
    -- it stood in a closed period: a change is a revision, also after the period was opened again
    rapporterat boolean not null,
    primary key (indikator_id, manad, revision)
);
create unique index utfall_gallande on utfall (indikator_id, manad) where gallande;

create table stangd_period (
    plan_id uuid not null references verksamhetsplan (id),
    -- the last month of the period
    manad bigint not null,
    stangd_on date not null,
    primary key (plan_id, manad)
);
