-- What time a figure of a control is of, how sure it is, and the series that it was put into. Of what was noted before there is none of
-- it: nothing is guessed.
alter table figure add column period text;
alter table figure add column mark text not null default 'definitiv';
alter table figure add column serie_id uuid references serie (id);
