-- Tables of answers that have been entered at once: a mark of each, by which the same table is known when it comes again. It is
-- hashed with the key of the server over all of the table, and of tables of five answers or more alone: who has the file and no
-- key can try no guess with it. No person, no time, no number of rows, and nothing that leads to an answer.
create table enkat_tabell (
    id blob primary key,
    enkat_id blob not null references enkat (id)
) without rowid;
create index enkat_tabell_enkat on enkat_tabell (enkat_id);
