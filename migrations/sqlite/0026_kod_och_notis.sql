-- A wall screen is opened on a television by a short code instead of its address. The code holds for a quarter of an hour, is
-- used up when it opens the screen, and gives the television an address of its own: the address that was shown stays a secret.
create table skarm_kod (
    -- one code at a time: a new one ends the one before
    skarm_id blob primary key references skarm (id),
    -- SHA-256
    code_hash blob not null unique,
    -- seconds
    expires_at bigint not null
);

-- addresses that codes have made; taken back with that of the screen
create table skarm_adress (
    token_hash blob primary key,
    skarm_id blob not null references skarm (id)
);
create index skarm_adress_skarm on skarm_adress (skarm_id);

-- that an åtgärd was laid on somebody, until they have said that they have seen it
create table atgard_notis (
    id blob primary key,
    atgard_id blob not null references atgard (id),
    person_id blob not null references person (id),
    -- who laid it; none for whoever runs the server
    actor_id blob references person (id),
    at text not null,
    -- whether the person is responsible for it
    own boolean not null,
    unique (person_id, atgard_id)
);
create index atgard_notis_atgard on atgard_notis (atgard_id);

-- A report that a unit called by the name of another report (the two tertials exchanged, say) was given the other's key by
-- 0022, and its own was laid again. What the program laid is known by the name it was laid with, whatever it is called.
create table report_laid as
select s.id, s.node_id, s.year, min(k.code) as code
from schedule s
join history h on h.thing_id = s.id and h.what = 'Tillagd' and h.person_id is null
join (
    select 'verksamhetsberattelse' as code, 'Verksamhetsberättelse för året som gått' as title
    union all select 'tertialrapport_1', 'Tertialrapport 1'
    union all select 'tertialrapport_2', 'Tertialrapport 2'
    union all select 'verksamhetsplan', 'Verksamhetsplan för nästa år') k on h.changes like '%"' || k.title || '"%'
where s.area = 'aktivitet'
group by s.id, s.node_id, s.year;

update schedule set report_key = null
where exists (select 1 from report_laid l where l.id = schedule.id and l.code <> schedule.report_key);

-- of two that were laid as the same report the first has the key, unless one has it already
update schedule set report_key = (select l.code from report_laid l where l.id = schedule.id)
where report_key is null and exists (
    select 1 from report_laid l
    where l.id = schedule.id
      and not exists (select 1 from schedule o
                      where o.node_id = l.node_id and o.year = l.year and o.report_key = l.code)
      and not exists (select 1 from report_laid e
                      where e.node_id = l.node_id and e.year = l.year and e.code = l.code and e.id < l.id));

drop table report_laid;
