-- What is left of a case that has been removed: what is counted, and nothing that leads back to it.
create table avvikelse_gallrad (
    -- by chance: not that of the case
    id blob primary key,
    node_id blob not null references node (id),
    year bigint not null,
    month bigint not null,
    kinds text not null,
    kategori text not null,
    positive boolean not null,
    ivo boolean not null,
    imy boolean not null,
    process text not null,
    handelsetyp text not null,
    lead_days bigint,
    -- codes, with a blank between
    orsaker text not null
) without rowid;
create index avvikelse_gallrad_count on avvikelse_gallrad (node_id, year, month, kinds, kategori, positive, ivo, imy);
-- which cases were closed long ago
create index avvikelse_closed on avvikelse (node_id, closed_on) where closed_on is not null;
