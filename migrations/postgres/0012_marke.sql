-- A meeting ticks its mark on the wheel off and moves it. Any tillfälle could be named as the mark, also a control's: those
-- are let go. What was done with them stays in their history.
update apt_mote set occurrence_id = null
where occurrence_id is not null and not exists
    (select 1 from occurrence o join schedule s on s.id = o.schedule_id
     where o.id = apt_mote.occurrence_id and o.node_id = apt_mote.node_id and s.area = 'aktivitet');
