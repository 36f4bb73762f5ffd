-- Figures are exact decimals: ten-thousandths, as an integer. What was kept as a float was never shown with more than four decimals.
alter table figure alter column value type bigint using round(value::numeric * 10000)::bigint;

-- a trigger that names a column is made anew with it
drop trigger forandring_egenkontroll_update on egenkontroll;
alter table egenkontroll alter column malvarde type bigint using round(malvarde::numeric * 10000)::bigint;
create trigger forandring_egenkontroll_update after update of urval, malvarde on egenkontroll
    for each row execute function forandring_egenkontroll_update();

alter table genomforande alter column malvarde type bigint using round(malvarde::numeric * 10000)::bigint;
