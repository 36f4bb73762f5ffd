-- Whether two groups, most often kvinnor and män, are met alike: what was asked, both figures, and what the unit thinks of the
-- difference. It is about a series, or has figures of its own.
create table jamstalldhetsanalys (
    id blob primary key,
    node_id blob not null references node (id),
    serie_id blob references serie (id),
    -- JSON with its version: read as a whole, and never asked about field by field
    content text not null,
    done_on date not null,
    person_id blob references person (id),
    version bigint not null default 1
);
create index jamstalldhetsanalys_node on jamstalldhetsanalys (node_id, done_on);
create index jamstalldhetsanalys_serie on jamstalldhetsanalys (serie_id);
