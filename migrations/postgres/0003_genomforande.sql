-- How a control was carried out, and what is done about what it showed.

-- how a control is carried out by habit; each run copies it, so that a later change does not touch what was judged
create table egenkontroll_mall (
    egenkontroll_id uuid primary key references egenkontroll (id),
    kind text not null,
    kriterier text not null default '',
    kollegie boolean not null default false
);

create table genomforande (
    id uuid primary key,
    -- one run per tillfälle: opened twice, it is the same run
    occurrence_id uuid not null unique references occurrence (id),
    egenkontroll_id uuid not null references egenkontroll (id),
    node_id uuid not null references node (id),
    kind text not null,
    stage text not null default 'pagar',
    kollegie boolean not null default false,
    malvarde double precision,
    -- the draw: with these and the list anybody can repeat it
    population bigint,
    n bigint,
    seed text,
    algorithm text,
    -- the list that was drawn from, in its order; emptied at the gallring
    lista text,
    total_n bigint,
    total_d bigint,
    kvinnor_n bigint,
    kvinnor_d bigint,
    man_n bigint,
    man_d bigint,
    outcome text,
    analys text not null default '',
    brister text not null default '',
    slutsats text not null default '',
    apt boolean not null default false,
    utan_atgard text not null default '',
    begun_by uuid references person (id),
    begun_on date not null,
    closed_by uuid references person (id),
    closed_on date,
    purge_on date,
    purged boolean not null default false,
    -- number of the last change of a cell: screens ask for what came after the one they know
    change bigint not null default 0,
    version bigint not null default 1
);
create index genomforande_purge on genomforande (purged, purge_on);

create table genomforande_kriterium (
    genomforande_id uuid not null references genomforande (id),
    position integer not null,
    label text not null,
    primary key (genomforande_id, position)
);

create table genomforande_arende (
    genomforande_id uuid not null references genomforande (id),
    nr bigint not null,
    -- its row in the list
    row_number bigint not null,
    reference text not null default '',
    primary key (genomforande_id, nr)
);

-- answers, kön, handläggare and comments alike: one row per cell that has been filled in
create table genomforande_cell (
    genomforande_id uuid not null references genomforande (id),
    nr bigint not null,
    field text not null,
    value text not null,
    seq bigint not null,
    person_id uuid references person (id),
    at timestamptz,
    primary key (genomforande_id, nr, field)
);
create index genomforande_cell_seq on genomforande_cell (genomforande_id, seq);

-- the time and the state of an åtgärd are those of its schedules: one for doing it, one for following it up
create table atgard (
    id uuid primary key,
    node_id uuid not null references node (id),
    title text not null,
    why text not null default '',
    -- a typed link: kind and id together
    source_kind text not null default 'egen',
    source_id uuid,
    created_by uuid references person (id),
    created_on date not null,
    version bigint not null default 1
);
create index atgard_node on atgard (node_id);
create index atgard_source on atgard (source_kind, source_id);
