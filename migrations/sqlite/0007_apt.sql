-- Meetings: agenda, slides, what was noted and decided, who was there; and the wall screens.

create table apt_mall (
    node_id blob not null references node (id),
    kind text not null,
    -- one point a line
    punkter text not null,
    version bigint not null default 1,
    primary key (node_id, kind)
);

create table apt_mote (
    -- made with the form: sent twice, it is the same meeting
    id blob primary key,
    node_id blob not null references node (id),
    kind text not null,
    held_on date not null,
    held_at text not null default '',
    place text not null default '',
    chair_id blob references person (id),
    secretary_id blob references person (id),
    guests text not null default '',
    state text not null default 'planerat',
    -- its mark on the wheel
    occurrence_id blob references occurrence (id),
    approved_by blob references person (id),
    approved_on date,
    version bigint not null default 1
);
create index apt_mote_node on apt_mote (node_id, held_on);
create index apt_mote_occurrence on apt_mote (occurrence_id);

create table apt_punkt (
    id blob primary key,
    mote_id blob not null references apt_mote (id),
    position bigint not null,
    title text not null,
    leader1_id blob references person (id),
    leader2_id blob references person (id),
    link text not null default '',
    anteckning text not null default '',
    version bigint not null default 1
);
create index apt_punkt_mote on apt_punkt (mote_id, position);

create table apt_bild (
    id blob primary key,
    mote_id blob not null references apt_mote (id),
    punkt_id blob not null references apt_punkt (id),
    position bigint not null,
    slag text not null,
    rubrik text not null default '',
    fraga text not null default '',
    minuter bigint,
    body text not null default '',
    stod text not null default '',
    enkat_id blob references enkat (id),
    version bigint not null default 1
);
create index apt_bild_mote on apt_bild (mote_id, position);

create table apt_amne (
    id blob primary key,
    mote_id blob not null references apt_mote (id),
    punkt_id blob not null references apt_punkt (id),
    body text not null,
    person_id blob references person (id)
);
create index apt_amne_mote on apt_amne (mote_id);

create table apt_beslut (
    id blob primary key,
    node_id blob not null references node (id),
    mote_id blob not null references apt_mote (id),
    punkt_id blob not null references apt_punkt (id),
    body text not null
);
create index apt_beslut_mote on apt_beslut (mote_id);
create index apt_beslut_node on apt_beslut (node_id);

create table apt_narvaro (
    mote_id blob not null references apt_mote (id),
    person_id blob not null references person (id),
    primary key (mote_id, person_id)
);

create table skarm (
    id blob primary key,
    node_id blob not null references node (id),
    name text not null,
    -- SHA-256 of the token in its address: whoever reads the database cannot open the screen
    token_hash blob not null unique,
    -- codes with blanks between
    slides text not null,
    seconds bigint not null,
    dim_from text not null,
    dim_to text not null,
    seen_at text,
    version bigint not null default 1
);
create index skarm_node on skarm (node_id);
