-- The account of a verksamhetsplan: what the unit may spend, has spent and believes that the year will cost.

create table konto (
    id uuid primary key,
    plan_id uuid not null unique references verksamhetsplan (id),
    -- JSON with its version: unit, signs, limits, verksamheter and their rows, which are read as a whole
    content text not null,
    -- rises with what the account is, not with its amounts
    version bigint not null default 1
);

-- An amount of a row at a time. One that is replaced stays to be read, and what was believed of the year in April is never that of August.
create table belopp (
    konto_id uuid not null references konto (id),
    -- a row of the account's content
    rad_id uuid not null,
    -- 04, t1, t2, bokslut
    tid text not null,
    -- budget, utfall, prognos
    art text not null,
    revision bigint not null,
    -- one of a place at most: the last
    gallande boolean not null,
    -- ten-thousandths of the unit, income and cost above nought; none where the cell is blank
    tal bigint,
    anm text not null default '',
    kommentar text not null default '',
    -- the day that it is of
    per date,
    preliminar boolean not null default false,
    -- the day that it was written, and by whom
    sedd date not null,
    person_id uuid references person (id),
    primary key (konto_id, rad_id, tid, art, revision)
);
create unique index belopp_gallande on belopp (konto_id, rad_id, tid, art) where gallande;

-- Years and columns that a unit chooses, beside its account.
create table fri_tabell (
    id uuid primary key,
    plan_id uuid not null references verksamhetsplan (id),
    ordning bigint not null,
    content text not null,
    version bigint not null default 1
);
create index fri_tabell_plan on fri_tabell (plan_id, ordning);
