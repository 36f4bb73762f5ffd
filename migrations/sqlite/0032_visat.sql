-- What the slides of a meeting showed when it ended, and the controls that were ticked off that day. Slides show what is true
-- when they are looked at; minutes say what was true at the meeting, whenever they are read.
create table apt_visat (
    mote_id blob primary key references apt_mote (id),
    -- JSON: the parts of the document, point by point
    innehall text not null
);
