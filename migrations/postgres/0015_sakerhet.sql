-- Who somebody is, and what is left of it: one-time passwords, devices that have logged in, what happened around accounts
-- and secrets, who is to see it, and what waits for a second administrator.

-- a password that somebody else has given opens one page: the one where it is changed
alter table person add column must_change boolean not null default false;

-- Devices that have logged in before, for an account each. The id is a SHA-256 of what the cookie holds together with the
-- person: neither who sits at a device nor how many share it can be read from the table without both.
create table device (
    id text primary key,
    person_id uuid not null references person (id),
    -- the day it was last used, as days since 1970
    last_day bigint not null
);
create index device_person on device (person_id);

-- which accounts have failed from which address; both are SHA-256. An address is slowed for how many there are
create table login_address (
    address text not null,
    account text not null,
    last_at bigint not null,
    primary key (address, account)
);

create table sakerhet (
    id uuid primary key,
    at timestamptz not null,
    slag text not null,
    -- whose account it is about
    person_id uuid references person (id),
    -- who did it
    actor_id uuid references person (id),
    -- where a role holds or held
    node_id uuid references node (id),
    -- an account that is not there: a keyed hash of what was typed
    okant text not null default '',
    detail text not null default '',
    -- the same again within the hour is counted on the same row
    times bigint not null default 1,
    gathered text unique
);
create index sakerhet_at on sakerhet (at);
create index sakerhet_person on sakerhet (person_id, at);

-- who is to see an event, until they have
create table sakerhet_notis (
    id uuid primary key,
    sakerhet_id uuid not null references sakerhet (id),
    person_id uuid not null references person (id),
    unique (person_id, sakerhet_id)
);

-- settings of the whole installation
create table installation (
    name text primary key,
    value text not null
);

-- what one administrator has asked for and a second one is to confirm: a role, or to need no second one any more
create table bekraftelse (
    id uuid primary key,
    slag text not null,
    person_id uuid references person (id),
    node_id uuid references node (id),
    role text not null default '',
    asked_by uuid not null references person (id),
    at timestamptz not null
);
