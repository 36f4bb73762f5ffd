-- What a plan said when it was opened to be changed, by the number of its last decision: it is given back when the change is given up.
create table beslutat (
    plan_id blob not null references verksamhetsplan (id),
    nr bigint not null,
    content text not null,
    primary key (plan_id, nr)
);

-- what was copied from a source of an indikator is read with it
create index egenkontroll_copied on egenkontroll (copied_from);
create index internkontroll_copied on internkontroll (copied_from);
create index enkat_copied on enkat (copied_from);
