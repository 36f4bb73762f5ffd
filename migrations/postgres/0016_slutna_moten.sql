-- Two who make the first node at the same moment would make two trees. The program asks whether there is one, but on
-- PostgreSQL neither of the two sees the other; the second is told of a conflict by this.
create unique index node_root on node ((parent_id is null)) where parent_id is null;

-- What a meeting of those who lead decides is for them and for whoever is to do it. Lists, the wheel and Att göra read
-- schedules without their sources, so the schedule of such an åtgärd says which meeting it was; null for all else.
alter table schedule add column closed_mote uuid references apt_mote (id);

update schedule set closed_mote = (
    select m.id from atgard a join apt_mote m on m.id = a.source_id
    where a.id = schedule.source_id and a.source_kind = 'apt' and m.kind = 'ledningsgrupp')
where area = 'atgard';
