-- Avvikelser, klagomål and synpunkter: cases, who has opened them, files, the unit's settings and counts from before.

create table avvikelse (
    -- made with the form: sent twice, it is the same report
    id blob primary key,
    node_id blob not null references node (id),
    year bigint not null,
    month bigint not null,
    -- running number among those of the unit and year: how the case is spoken of
    nr bigint not null,
    -- year and number in one: the order of lists, and what the index of words points to
    doc bigint not null,
    reporter_id blob references person (id),
    on_behalf_id blob references person (id),
    created_at text not null,
    inkommen date not null,
    closed_on date,
    lead_days bigint,
    kinds text not null,
    state text not null,
    kategori text not null default '',
    positive boolean not null default false,
    ivo boolean not null default false,
    imy boolean not null default false,
    process text not null default '',
    handelsetyp text not null default '',
    -- the earliest day on which somebody has to do something; none when nothing waits
    frist_on date,
    -- JSON: what came in and what it has come to. Read and written whole, never asked about: what is asked about has a
    -- column above
    akt text not null,
    version bigint not null default 1,
    unique (node_id, doc)
);
create index avvikelse_reporter on avvikelse (reporter_id, doc);
create index avvikelse_on_behalf on avvikelse (on_behalf_id, doc);
create index avvikelse_frist on avvikelse (node_id, frist_on);
create index avvikelse_count on avvikelse (node_id, year, month, kinds, kategori, positive, ivo, imy);
create index avvikelse_process on avvikelse (node_id, year, process);
create index avvikelse_handelsetyp on avvikelse (node_id, year, handelsetyp);
create index avvikelse_lead on avvikelse (node_id, year, lead_days);

-- what filters and search find a case by: codes and folded words. Both databases can search this, each with its own
-- full-text engine they could not with the same words
create table avvikelse_ord (
    node_id blob not null references node (id),
    ord text not null,
    doc bigint not null,
    primary key (node_id, ord, doc)
) without rowid;
create index avvikelse_ord_doc on avvikelse_ord (node_id, doc);

-- those who were asked to handle a case beside the chefer of the unit
create table avvikelse_handlaggare (
    avvikelse_id blob not null references avvikelse (id),
    person_id blob not null references person (id),
    asked_by blob references person (id),
    at text not null,
    primary key (avvikelse_id, person_id)
);
create index avvikelse_handlaggare_person on avvikelse_handlaggare (person_id);

-- every opening of a case
create table avvikelse_oppnad (
    id blob primary key,
    avvikelse_id blob not null references avvikelse (id),
    person_id blob not null references person (id),
    at text not null,
    what text not null
);
create index avvikelse_oppnad_case on avvikelse_oppnad (avvikelse_id, at);

create table avvikelse_bilaga (
    id blob primary key,
    avvikelse_id blob not null references avvikelse (id),
    name text not null,
    media text not null,
    size bigint not null,
    -- encrypted, with its nonce
    sealed blob not null,
    person_id blob references person (id),
    at text not null
);
create index avvikelse_bilaga_case on avvikelse_bilaga (avvikelse_id);

create table avvikelse_installning (
    node_id blob primary key references node (id),
    -- JSON: the unit's own goals where no statute gives a number
    goals text not null,
    -- one on each line
    handelsetyper text not null default '',
    version bigint not null default 1
);

-- counts of years before the cases were here
create table avvikelse_ar (
    node_id blob not null references node (id),
    year bigint not null,
    -- JSON
    counts text not null,
    primary key (node_id, year)
);
