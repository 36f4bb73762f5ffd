-- Series, their dimensions and their values are kept in memory: what changes of them is named, as in 0029. Of a unit ('serier') what its
-- series are and what divides them, of a series ('siffror') its values. That values were written stands in the series too, and that is
-- not named: it would be read again with each cell that is filled.

create function forandring_serie_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('serier', new.node_id);
    return null;
end;
$$;
create trigger forandring_serie_insert after insert on serie
    for each row execute function forandring_serie_insert();

create function forandring_serie_update() returns trigger language plpgsql as $$
begin
    perform forandrat('serier', new.node_id);
    perform forandrat('serier', old.node_id) where old.node_id <> new.node_id;
    return null;
end;
$$;
-- who holds a series writes its version as it was: that is no change
create trigger forandring_serie_update after update of node_id, content, closed_on, version on serie
    for each row when (
        old.node_id is distinct from new.node_id or old.content is distinct from new.content
        or old.closed_on is distinct from new.closed_on or old.version is distinct from new.version
    ) execute function forandring_serie_update();

create function forandring_serie_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('serier', old.node_id);
    return null;
end;
$$;
create trigger forandring_serie_delete after delete on serie
    for each row execute function forandring_serie_delete();

create function forandring_dimension_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('serier', new.node_id);
    return null;
end;
$$;
create trigger forandring_dimension_insert after insert on dimension
    for each row execute function forandring_dimension_insert();

create function forandring_dimension_update() returns trigger language plpgsql as $$
begin
    perform forandrat('serier', new.node_id);
    perform forandrat('serier', old.node_id) where old.node_id <> new.node_id;
    return null;
end;
$$;
create trigger forandring_dimension_update after update on dimension
    for each row when (
        old.node_id is distinct from new.node_id or old.namn is distinct from new.namn
        or old.ordning is distinct from new.ordning or old.version is distinct from new.version
    ) execute function forandring_dimension_update();

create function forandring_dimension_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('serier', old.node_id);
    return null;
end;
$$;
create trigger forandring_dimension_delete after delete on dimension
    for each row execute function forandring_dimension_delete();

create function forandring_dimensionsvarde_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('serier', d.node_id) from dimension d where d.id = new.dimension_id;
    return null;
end;
$$;
create trigger forandring_dimensionsvarde_insert after insert on dimensionsvarde
    for each row execute function forandring_dimensionsvarde_insert();

create function forandring_dimensionsvarde_update() returns trigger language plpgsql as $$
begin
    perform forandrat('serier', d.node_id) from dimension d where d.id = new.dimension_id;
    perform forandrat('serier', d.node_id) from dimension d where d.id = old.dimension_id;
    return null;
end;
$$;
create trigger forandring_dimensionsvarde_update after update on dimensionsvarde
    for each row execute function forandring_dimensionsvarde_update();

create function forandring_dimensionsvarde_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('serier', d.node_id) from dimension d where d.id = old.dimension_id;
    return null;
end;
$$;
create trigger forandring_dimensionsvarde_delete after delete on dimensionsvarde
    for each row execute function forandring_dimensionsvarde_delete();

-- a table of ten thousand rows is one statement or many, but never ten thousand names
create function forandring_siffra_insert() returns trigger language plpgsql as $$
begin
    perform forandrat('siffror', k.serie_id) from (select distinct serie_id from nya) k;
    return null;
end;
$$;
create trigger forandring_siffra_insert after insert on siffra referencing new table as nya
    for each statement execute function forandring_siffra_insert();

create function forandring_siffra_update() returns trigger language plpgsql as $$
begin
    perform forandrat('siffror', k.serie_id) from (select distinct serie_id from nya) k;
    perform forandrat('siffror', k.serie_id) from (select distinct serie_id from gamla) k;
    return null;
end;
$$;
create trigger forandring_siffra_update after update on siffra referencing new table as nya old table as gamla
    for each statement execute function forandring_siffra_update();

create function forandring_siffra_delete() returns trigger language plpgsql as $$
begin
    perform forandrat('siffror', k.serie_id) from (select distinct serie_id from gamla) k;
    return null;
end;
$$;
create trigger forandring_siffra_delete after delete on siffra referencing old table as gamla
    for each statement execute function forandring_siffra_delete();

-- what an import wrote that was undone is read otherwise
create function forandring_siffra_import_update() returns trigger language plpgsql as $$
begin
    perform forandrat('siffror', new.serie_id);
    return null;
end;
$$;
create trigger forandring_siffra_import_update after update of undone_at on siffra_import
    for each row execute function forandring_siffra_import_update();
