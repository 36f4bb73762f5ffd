-- What is followed of a goal, and how often. Its times of the year are an activity on the wheel, which it owns by arsschema.
create table uppfoljning (
    id uuid primary key,
    mal_id uuid not null references mal (id),
    ordning bigint not null,
    -- the same row of the year before
    copied_from uuid references uppfoljning (id) on delete set null,
    content text not null,
    version bigint not null default 1
);
create index uppfoljning_mal on uppfoljning (mal_id, ordning);
create index uppfoljning_copied on uppfoljning (copied_from);
