-- What is to be filled in of a series has a time of its own for each period: one, however many servers look for it.
create table serie_fyllning (
    serie_id uuid not null references serie (id),
    period text not null,
    schedule_id uuid not null references schedule (id),
    primary key (serie_id, period)
);
create index serie_fyllning_schedule on serie_fyllning (schedule_id);
