-- Förbättringsförslag and guldstjärnor.

create table forslag (
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
create index forslag_node on forslag (node_id, changed_on);
