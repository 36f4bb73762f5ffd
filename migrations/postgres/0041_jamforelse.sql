-- What a series is seen beside: another series, or a key figure of Kolada, whose years are fetched by a job and never by a page.
create table jamforelse (
    id uuid primary key,
    serie_id uuid not null references serie (id),
    -- what its line is called; empty is as its series is called
    namn text not null default '',
    -- one of both: a series, or a key figure of a kommun or a group of them
    med_serie_id uuid references serie (id),
    -- a value of its first dimension. It may be taken away there: then there is nothing to show
    med_varde uuid,
    kpi text,
    kommun text,
    -- empty is all
    kon text not null default '',
    hamtad date,
    -- why the last fetch gave nothing; empty where it did
    fel text not null default '',
    -- somebody waits for it
    asked boolean not null default false,
    -- none of what is not fetched
    next_at timestamptz,
    -- when a server took it to fetch it; long ago, that server is gone
    claimed_at timestamptz,
    version bigint not null default 1
);
create index jamforelse_serie on jamforelse (serie_id);
create index jamforelse_med_serie on jamforelse (med_serie_id);
-- what is due is asked for every minute
create index jamforelse_next on jamforelse (next_at) where next_at is not null;

create table jamforelse_varde (
    jamforelse_id uuid not null references jamforelse (id),
    ar bigint not null,
    -- ten-thousandths; none where Kolada has none
    tal bigint,
    -- of how many kommuner it is a mean
    antal bigint,
    status text not null default '',
    primary key (jamforelse_id, ar)
);
