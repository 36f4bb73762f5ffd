-- Figures are exact decimals: ten-thousandths, as an integer. What was kept as a float was never shown with more than four decimals.

alter table figure add column exact bigint not null default 0;
update figure set exact = cast(round(value * 10000) as integer);
alter table figure drop column value;
alter table figure rename column exact to value;

alter table egenkontroll add column exact bigint;
update egenkontroll set exact = cast(round(malvarde * 10000) as integer);
alter table egenkontroll drop column malvarde;
alter table egenkontroll rename column exact to malvarde;

alter table genomforande add column exact bigint;
update genomforande set exact = cast(round(malvarde * 10000) as integer);
alter table genomforande drop column malvarde;
alter table genomforande rename column exact to malvarde;
