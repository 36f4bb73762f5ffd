-- A form brings the id of what it makes, so that it arrives once however often it is sent. Two tabs can hold one id, and a
-- browser's "Back" the form of what is made already: what comes with that id must then be the same, or it is told that it is
-- not. Here stands what the form held when the thing was made, as a word of sixteen digits (domain::seen): what is made may
-- have been changed since. Of what never changes nothing is needed, and of what is in nobody's name there must be nothing.
create table skickat (
    id blob primary key,
    ord text not null
) without rowid;
