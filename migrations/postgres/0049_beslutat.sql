-- What a plan said when it was opened to be changed, by the number of its last decision: it is given back when the change is given up.
create table beslutat (
    plan_id uuid not null references verksamhetsplan (id),
    nr bigint not null,
    content text not null,
    primary key (plan_id, nr)
);
