-- Figures are exact decimals: ten-thousandths, as an integer. What was kept as a float was never shown with more than four decimals.
alter table figure alter column value type bigint using round(value::numeric * 10000)::bigint;
alter table egenkontroll alter column malvarde type bigint using round(malvarde::numeric * 10000)::bigint;
alter table genomforande alter column malvarde type bigint using round(malvarde::numeric * 10000)::bigint;
