-- Series, their dimensions and their values are kept in memory: what changes of them is named, as in 0029. Of a unit ('serier') what its
-- series are and what divides them, of a series ('siffror') its values. That values were written stands in the series too, and that is
-- not named: it would be read again with each cell that is filled.

create trigger forandring_serie_insert after insert on serie begin
    insert into forandring select 'serier', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

-- who holds a series writes its version as it was: that is no change
create trigger forandring_serie_update after update of node_id, content, closed_on, version on serie
when old.node_id is not new.node_id or old.content is not new.content or old.closed_on is not new.closed_on
    or old.version is not new.version
begin
    insert into forandring select 'serier', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'serier', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.node_id <> new.node_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_serie_delete after delete on serie begin
    insert into forandring select 'serier', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_dimension_insert after insert on dimension begin
    insert into forandring select 'serier', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_dimension_update after update on dimension
when old.node_id is not new.node_id or old.namn is not new.namn or old.ordning is not new.ordning or old.version is not new.version
begin
    insert into forandring select 'serier', lower(hex(new.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'serier', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.node_id <> new.node_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_dimension_delete after delete on dimension begin
    insert into forandring select 'serier', lower(hex(old.node_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_dimensionsvarde_insert after insert on dimensionsvarde begin
    insert into forandring
        select 'serier', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select d.node_id as id from dimension d where d.id = new.dimension_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_dimensionsvarde_update after update on dimensionsvarde begin
    insert into forandring
        select 'serier', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select d.node_id as id from dimension d where d.id = new.dimension_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring
        select 'serier', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select d.node_id as id from dimension d where d.id = old.dimension_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_dimensionsvarde_delete after delete on dimensionsvarde begin
    insert into forandring
        select 'serier', lower(hex(k.id)), (select coalesce(max(nr), 0) from forandring) + row_number() over (order by k.id)
        from (select d.node_id as id from dimension d where d.id = old.dimension_id) k where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_siffra_insert after insert on siffra begin
    insert into forandring select 'siffror', lower(hex(new.serie_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_siffra_update after update on siffra begin
    insert into forandring select 'siffror', lower(hex(new.serie_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
    insert into forandring select 'siffror', lower(hex(old.serie_id)), (select coalesce(max(nr), 0) + 1 from forandring) where old.serie_id <> new.serie_id
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

create trigger forandring_siffra_delete after delete on siffra begin
    insert into forandring select 'siffror', lower(hex(old.serie_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;

-- what an import wrote that was undone is read otherwise
create trigger forandring_siffra_import_update after update of undone_at on siffra_import begin
    insert into forandring select 'siffror', lower(hex(new.serie_id)), (select coalesce(max(nr), 0) + 1 from forandring) where true
        on conflict (slag, nyckel) do update set nr = excluded.nr;
end;
