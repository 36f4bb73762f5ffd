-- The picture of a slide of the meeting's own: one, since it stands alone or beside the text of the slide. It goes with its slide.
-- The bytes are encrypted as those of a case are: a photo may show more than the one who chose it saw.
create table apt_bildfil (
    id blob primary key,
    bild_id blob not null unique references apt_bild (id),
    mote_id blob not null references apt_mote (id),
    name text not null,
    media text not null,
    -- what it shows, in words
    alt text not null,
    bildtext text not null default '',
    -- pixels, turned the way up that it says
    width bigint not null,
    height bigint not null,
    -- codes with commas between, as of a file of a case
    removed text not null default '',
    -- encrypted, with its nonce
    sealed blob not null
);
create index apt_bildfil_mote on apt_bildfil (mote_id);

-- The logo of a node, which those below it show on their slides unless they have one of their own. It is no secret.
create table node_logga (
    node_id blob primary key references node (id),
    id blob not null,
    media text not null,
    width bigint not null,
    height bigint not null,
    bytes blob not null
);
