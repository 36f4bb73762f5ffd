-- The time of an enkät is done when the enkät is closed. One that somebody had begun was left open, and nothing but the enkät
-- can end it now.
update occurrence set state = 'utford', performed_on = due_on, version = version + 1
where state = 'pagar' and schedule_id in
    (select s.id from schedule s join enkat e on e.id = s.source_id where e.state = 'stangd');
