-- The ground: organisation, persons, sessions, plans, occurrences and their history.
-- The same tables stand in the other database; only the names of types differ.

create table node (
    id uuid primary key,
    parent_id uuid references node (id),
    kind text not null,
    name text not null,
    active boolean not null default true,
    version bigint not null default 1
);

create table person (
    id uuid primary key,
    name text not null,
    email text not null,
    -- folded by the program: lower() knows ASCII only in one of the databases
    email_key text not null unique,
    password_hash text not null,
    active boolean not null default true,
    -- rises at "logga ut överallt" and at a new password; sessions of an older epoch are dead
    session_epoch bigint not null default 1,
    version bigint not null default 1
);

create table role_grant (
    id uuid primary key,
    person_id uuid not null references person (id),
    node_id uuid not null references node (id),
    role text not null,
    unique (person_id, node_id, role)
);

create table grupp (
    id uuid primary key,
    node_id uuid not null references node (id),
    name text not null,
    version bigint not null default 1
);

create table grupp_member (
    grupp_id uuid not null references grupp (id),
    person_id uuid not null references person (id),
    primary key (grupp_id, person_id)
);
create index grupp_member_person on grupp_member (person_id);

-- the id is a SHA-256 of what the cookie holds: a copy of the database opens no session
create table session (
    id text primary key,
    data text not null,
    expires_at bigint not null
);
create index session_expires on session (expires_at);

-- failed logins per account and per address; the key is a SHA-256, so that the table holds no addresses
create table login_attempt (
    id text primary key,
    failures bigint not null,
    last_at bigint not null
);

-- the time side of every control and activity
create table schedule (
    id uuid primary key,
    node_id uuid not null references node (id),
    year integer not null,
    area text not null,
    source_id uuid not null,
    level text,
    category text not null,
    title text not null,
    description text not null default '',
    recurrence text not null,
    -- who carries it out: at most one of the three
    responsible_role text,
    responsible_person uuid references person (id),
    responsible_grupp uuid references grupp (id),
    start_on date,
    end_on date,
    laid_on_units boolean not null default false,
    active boolean not null default true,
    version bigint not null default 1
);
create index schedule_source on schedule (source_id);
create index schedule_node_year on schedule (node_id, year);

create table occurrence (
    id uuid primary key,
    schedule_id uuid not null references schedule (id),
    -- the unit it is carried out for: the schedule's own, or one that it is laid on
    node_id uuid not null references node (id),
    year integer not null,
    -- the slot first planned: stays when it is moved, so that a changed rhythm finds it again
    slot_due date not null,
    start_on date not null,
    due_on date not null,
    moved_from date,
    state text not null default 'planerad',
    outcome text,
    total_n bigint,
    total_d bigint,
    kvinnor_n bigint,
    kvinnor_d bigint,
    man_n bigint,
    man_d bigint,
    note text not null default '',
    reason text not null default '',
    performed_by uuid references person (id),
    performed_on date,
    performed_at timestamptz,
    version bigint not null default 1,
    unique (schedule_id, node_id, slot_due)
);
create index occurrence_node_year on occurrence (node_id, year);
create index occurrence_state on occurrence (state, due_on);

create table figure (
    occurrence_id uuid not null references occurrence (id),
    position integer not null,
    label text not null,
    value double precision not null,
    unit text not null default '',
    primary key (occurrence_id, position)
);

create table egenkontroll (
    id uuid primary key,
    node_id uuid not null references node (id),
    year integer not null,
    number text not null default '',
    kontrollmal text not null,
    vad text not null default '',
    metod text not null default '',
    urval bigint,
    dokumentation text not null default '',
    bedomning text not null default '',
    styrmodell text not null default '',
    anpassning text not null default '',
    malvarde double precision,
    process text not null default '',
    copied_from uuid references egenkontroll (id),
    version bigint not null default 1
);
create index egenkontroll_node_year on egenkontroll (node_id, year);

create table internkontroll (
    id uuid primary key,
    node_id uuid not null references node (id),
    year integer not null,
    process text not null default '',
    arbetssatt text not null default '',
    oonskad_handelse text not null default '',
    sannolikhet bigint,
    konsekvens bigint,
    systematisk_kontroll text not null,
    dokumenteras_i text not null default '',
    kontrollaktivitet text not null,
    copied_from uuid references internkontroll (id),
    version bigint not null default 1
);
create index internkontroll_node_year on internkontroll (node_id, year);

create table history (
    id uuid primary key,
    at timestamptz not null,
    node_id uuid not null references node (id),
    -- none when the program itself did it
    person_id uuid references person (id),
    area text not null,
    thing_id uuid not null,
    what text not null,
    reason text not null default '',
    -- JSON: label, before and after of each field that changed
    changes text not null
);
create index history_thing on history (thing_id, at);
