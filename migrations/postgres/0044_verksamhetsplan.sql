-- The verksamhetsplan of a node and year, with its goals, its chapters and how its goals were met.

create table verksamhetsplan (
    id uuid primary key,
    node_id uuid not null references node (id),
    year bigint not null,
    state text not null default 'utkast',
    benamning text not null default 'enhetsmal',
    -- JSON: the remiss, the revision that is open, and what was decided
    gang text not null,
    version bigint not null default 1,
    unique (node_id, year)
);

-- A goal of the node that has the plan. Those of the nodes above it are read in the plans of the units below.
create table mal (
    id uuid primary key,
    plan_id uuid not null references verksamhetsplan (id),
    under_id uuid references mal (id),
    ordning bigint not null,
    copied_from uuid references mal (id),
    content text not null,
    version bigint not null default 1
);
create index mal_plan on mal (plan_id, ordning);
create index mal_under on mal (under_id);
create index mal_copied on mal (copied_from);

-- How a goal of any level was met at the end of a period: the assessment of the plan's own node, also of a goal that is above it.
create table malbedomning (
    plan_id uuid not null references verksamhetsplan (id),
    mal_id uuid not null references mal (id),
    -- the last month of the period
    manad bigint not null,
    content text not null,
    version bigint not null default 1,
    primary key (plan_id, mal_id, manad)
);
create index malbedomning_mal on malbedomning (mal_id);

create table plankapitel (
    id uuid primary key,
    plan_id uuid not null references verksamhetsplan (id),
    ordning bigint not null,
    content text not null,
    klart boolean not null default false,
    fran_i_fjol boolean not null default false,
    version bigint not null default 1
);
create index plankapitel_plan on plankapitel (plan_id, ordning);
