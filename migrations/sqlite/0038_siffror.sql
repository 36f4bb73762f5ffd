-- What the unit counts in time: series, what they are divided by, and their values. A value that is replaced stays to be read: the
-- figure that was told in March is not unsaid by that of May.
create table dimension (
    id blob primary key,
    node_id blob not null references node (id),
    namn text not null,
    ordning bigint not null,
    version bigint not null default 1
);
create index dimension_node on dimension (node_id);

create table dimensionsvarde (
    id blob primary key,
    dimension_id blob not null references dimension (id),
    namn text not null,
    -- that of the source; may be empty
    kod text not null default '',
    ordning bigint not null,
    -- the value that it is a part of
    grupp blob references dimensionsvarde (id),
    -- the first and the last day of use
    fran date,
    till date,
    ersatt_av blob references dimensionsvarde (id),
    -- JSON: how files call it, as somebody has answered
    kallas text not null default '[]'
);
create index dimensionsvarde_dimension on dimensionsvarde (dimension_id, ordning);

create table serie (
    id blob primary key,
    node_id blob not null references node (id),
    -- JSON with its version: read as a whole, and never asked about field by field
    content text not null,
    -- JSON: how its table was read last, so that next month's is recognised
    layout text,
    closed_on date,
    version bigint not null default 1,
    -- how many times values of it have been written
    skrivningar bigint not null default 0
);
create index serie_node on serie (node_id);

-- what stands in the content too, so that a dimension that is in use is kept
create table serie_dimension (
    serie_id blob not null references serie (id),
    dimension_id blob not null references dimension (id),
    ordning bigint not null,
    primary key (serie_id, dimension_id)
);
create index serie_dimension_dimension on serie_dimension (dimension_id);

create table siffra_import (
    id blob primary key,
    serie_id blob not null references serie (id),
    person_id blob references person (id),
    at text not null,
    -- the name of the file, or that it was pasted
    rubrik text not null,
    nya bigint not null,
    andrade bigint not null,
    oforandrade bigint not null,
    undone_at text
);
create index siffra_import_serie on siffra_import (serie_id, at);

create table siffra (
    serie_id blob not null references serie (id),
    -- 2022-03, 2022-Q1, 2022: texts of one series sort in time
    period text not null,
    -- ids of dimensionsvarde with commas between; empty for the total
    plats text not null,
    revision bigint not null,
    -- the write that it came with: rises with each of the series, for a day says nothing of what was seen between two of them
    skrivning bigint not null,
    -- one of a place at most: the last that was not undone
    gallande boolean not null,
    -- ten-thousandths; none where it is known to be missing
    tal bigint,
    taljare bigint,
    namnare bigint,
    mark text not null,
    anm text not null default '',
    sedd date not null,
    ursprung text not null,
    import_id blob references siffra_import (id),
    person_id blob references person (id),
    primary key (serie_id, period, plats, revision)
    -- they lie in the order in which they are read
) without rowid;
-- two values that hold for one place cannot be; and the values of a series are read in order
create unique index siffra_gallande on siffra (serie_id, period, plats) where gallande;
-- what was replaced is a few among many
create index siffra_reviderad on siffra (serie_id, sedd) where revision > 1;
create index siffra_av_import on siffra (import_id) where import_id is not null;
