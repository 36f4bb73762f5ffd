-- A person sees the own logins at /konto and can end them: whose a session is, since which day, and browser and system of the
-- device. No moment of use stands here: the last one is in the memory of the server, and in whole hours in the session's data.
-- A session outlives its login by half a day, dead: so that it is known whose a form is that was sent too late.
alter table session add column person_id blob references person (id);
alter table session add column epoch bigint;
alter table session add column device text;
alter table session add column since date;
-- the login ends here, at the latest; in seconds
alter table session add column ends_at bigint;
create index session_person on session (person_id);

-- The key that seals what is written on a device is a new one after a logout and with a new password: a key that was left on a
-- device opens nothing that is written later. One that has been replaced is given to its person alone, who asks for it by the
-- name that lies beside a draft. Those from before have stood in pages and count as replaced.
create table utkast_nyckel (
    -- what drafts on a device are known by
    konto blob primary key,
    person_id blob not null references person (id),
    -- 32 bytes
    nyckel blob not null,
    replaced_on date
);
create unique index utkast_nyckel_current on utkast_nyckel (person_id) where replaced_on is null;
insert into utkast_nyckel (konto, person_id, nyckel, replaced_on)
    select konto, person_id, nyckel, current_date from utkast_konto;
drop table utkast_konto;
