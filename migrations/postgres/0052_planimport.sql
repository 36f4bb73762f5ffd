-- Tables that were read into a plan as a whole, and what each made or changed: one is undone as a whole too.

create table planimport (
    id uuid primary key,
    plan_id uuid not null references verksamhetsplan (id),
    -- what kind of table it was
    slag text not null,
    person_id uuid references person (id),
    at timestamptz not null,
    rubrik text not null,
    nya bigint not null,
    andrade bigint not null,
    undone_at timestamptz
);
create index planimport_plan on planimport (plan_id, at);

create table planimport_rad (
    import_id uuid not null references planimport (id) on delete cascade,
    -- in the order in which they were written
    ordning bigint not null,
    -- what was made; of an outcome, its indikator
    thing_id uuid not null,
    -- the last month of the period of an outcome; 0 of anything else
    manad bigint not null,
    -- as the import left it
    version bigint not null,
    -- what stood there before, of an outcome that was written over
    fore text,
    primary key (import_id, ordning)
);
