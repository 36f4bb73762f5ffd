-- What is written on a device and not yet sent lies there sealed, so that the next person at the same computer cannot read
-- it. The key is random, a person's own and only here; it never lies on the device. It is another than that of enkäter: a
-- report that is left on a device must not tell whose the answers beside it are.
create table utkast_konto (
    person_id blob primary key references person (id),
    -- what drafts on a device are known by
    konto blob not null unique,
    -- 32 bytes
    nyckel blob not null
);
