-- What stands on the page of a goal: its texts, what is expected of it and what came out, and the groups that have it.

create table enhetsmal (
    mal_id blob primary key references mal (id) on delete cascade,
    content text not null,
    -- as last year, and nobody has changed it
    fran_i_fjol boolean not null default false,
    version bigint not null default 1
);

-- A row of what is expected of a goal of any level.
create table forvantat (
    id blob primary key,
    mal_id blob not null references mal (id) on delete cascade,
    ordning bigint not null,
    -- the same row of the year before
    copied_from blob references forvantat (id) on delete set null,
    content text not null,
    version bigint not null default 1
);
create index forvantat_mal on forvantat (mal_id, ordning);
create index forvantat_copied on forvantat (copied_from);

-- What came out of a row from January through a month.
create table forvantatutfall (
    forvantat_id blob not null references forvantat (id) on delete cascade,
    -- the last month of the period
    manad bigint not null,
    content text not null,
    version bigint not null default 1,
    primary key (forvantat_id, manad)
);

-- Some of the staff, who have goals of a plan as theirs.
create table vpgrupp (
    id blob primary key,
    plan_id blob not null references verksamhetsplan (id),
    namn text not null,
    version bigint not null default 1
);
create index vpgrupp_plan on vpgrupp (plan_id);

create table vpgrupp_mal (
    grupp_id blob not null references vpgrupp (id) on delete cascade,
    mal_id blob not null references mal (id) on delete cascade,
    primary key (grupp_id, mal_id)
);
create index vpgrupp_mal_mal on vpgrupp_mal (mal_id);

create table vpgrupp_medlem (
    grupp_id blob not null references vpgrupp (id) on delete cascade,
    person_id blob not null references person (id),
    primary key (grupp_id, person_id)
);
create index vpgrupp_medlem_person on vpgrupp_medlem (person_id);

-- What a group has written of a goal, on a day. Written anew it is a report of its own.
create table grupprapport (
    id blob primary key,
    grupp_id blob not null references vpgrupp (id),
    mal_id blob not null references mal (id),
    done_on date not null,
    person_id blob references person (id),
    body text not null,
    version bigint not null default 1
);
create index grupprapport_grupp on grupprapport (grupp_id);
create index grupprapport_mal on grupprapport (mal_id, done_on);
