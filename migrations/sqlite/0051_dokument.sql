-- What stands beside a verksamhetsplan: what those in the unit think of its parts while it is on remiss, and its bilagor.

create table synpunkt (
    id blob primary key,
    plan_id blob not null references verksamhetsplan (id),
    -- the chapter or goal, as a code: what was said stays when that is gone
    om text not null,
    person_id blob not null references person (id),
    said_on date not null,
    body text not null,
    -- JSON: what was answered; null while nobody has
    svar text,
    version bigint not null default 1
);
create index synpunkt_plan on synpunkt (plan_id, said_on);

create table planbilaga (
    id blob primary key,
    plan_id blob not null references verksamhetsplan (id),
    ordning bigint not null,
    content text not null,
    version bigint not null default 1
);
create index planbilaga_plan on planbilaga (plan_id, ordning);
