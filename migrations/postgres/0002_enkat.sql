-- Brukarenkäter. The tables of answers are made so that nobody who has the file can tell who gave or entered one:
-- no person, no session, no day, random ids, and rows that are written together in batches and in random order.
-- docs/anonymitet.md says how, and a test tries to join them.

create table enkat (
    id uuid primary key,
    node_id uuid not null references node (id),
    title text not null,
    intro text not null default '',
    kanal text not null,
    grain text not null,
    first_on date not null,
    last_on date not null,
    target bigint,
    state text not null default 'utkast',
    copied_from uuid references enkat (id),
    -- the last period that is closed, and so are all before it: their answers have been published, and are shown by kön
    closed_through text not null default '',
    -- rises when waiting answers are published: the row is then locked, so that two processes do not do it at once
    sweeps bigint not null default 0,
    version bigint not null default 1
);
create index enkat_node on enkat (node_id);

create table enkat_version (
    id uuid primary key,
    enkat_id uuid not null references enkat (id),
    number bigint not null,
    -- it has taken answers, or may: its questions are frozen from the first one
    in_use boolean not null default false,
    -- JSON of domain::enkat::Questions
    questions text not null,
    version bigint not null default 1,
    unique (enkat_id, number)
);

-- the ids that devices gave their answers: a resend is known by it. An answer loses this id when it is published
create table enkat_kvitto (
    id uuid primary key
);

-- answers that wait to be published: at most nine of a period that goes on
create table enkat_inkorg (
    id uuid primary key,
    version_id uuid not null references enkat_version (id),
    period text not null,
    kon text not null default '',
    -- JSON: key of the question to value
    svar text not null
);
create index enkat_inkorg_version on enkat_inkorg (version_id, period);

-- answers that are published, without their free texts
create table enkat_svar (
    id uuid primary key,
    version_id uuid not null references enkat_version (id),
    period text not null,
    kon text not null default '',
    svar text not null
);
create index enkat_svar_version on enkat_svar (version_id, period);

create table enkat_fritext (
    id uuid primary key,
    version_id uuid not null references enkat_version (id),
    fraga integer not null,
    period text not null,
    body text not null,
    -- whether it may be shown on APT
    apt boolean not null default false
);
create index enkat_fritext_version on enkat_fritext (version_id, fraga);

-- how many published answers of a period chose what; value −1 is none. All figures are read from here
create table enkat_rakning (
    version_id uuid not null references enkat_version (id),
    fraga integer not null,
    period text not null,
    -- 0 for what was published until the period was closed; then a number for each publication of what came late
    wave integer not null,
    kon text not null,
    value integer not null,
    n bigint not null,
    primary key (version_id, fraga, period, wave, kon, value)
);

-- how many published answers chose what in two questions at once: what importance is reckoned from
create table enkat_par (
    version_id uuid not null references enkat_version (id),
    fraga integer not null,
    value integer not null,
    overall_value integer not null,
    n bigint not null,
    primary key (version_id, fraga, value, overall_value)
);

-- how many answers of a period and kön are published
create table enkat_publicerat (
    version_id uuid not null references enkat_version (id),
    period text not null,
    kon text not null,
    n bigint not null,
    primary key (version_id, period, kon)
);

-- how many answers a person has entered in a month, as each of the person's devices says. Written in batches, all rows
-- of the month at once, apart from the answers
create table enkat_antal (
    enkat_id uuid not null references enkat (id),
    month text not null,
    person_id uuid not null references person (id),
    device uuid not null,
    n bigint not null,
    -- of two reports of a device the one with the higher number holds
    report bigint not null,
    primary key (enkat_id, month, person_id, device)
);

-- what a device knows a person by: unsent answers there hold no name
create table enkat_konto (
    person_id uuid primary key references person (id),
    device_key uuid not null unique
);

-- how many were handed out in a period: what svarsfrekvens is a share of
create table enkat_utdelade (
    enkat_id uuid not null references enkat (id),
    period text not null,
    n bigint not null,
    primary key (enkat_id, period)
);

-- results from elsewhere: the city's, paper, years before the product
create table enkat_utifran (
    id uuid primary key,
    enkat_id uuid not null references enkat (id),
    fraga integer not null,
    source text not null,
    -- a year or a month
    wave text not null,
    kon text not null default '',
    -- per cent
    share double precision not null,
    n bigint,
    unique (enkat_id, fraga, source, wave, kon)
);
