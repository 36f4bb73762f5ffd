-- The words that a case is found by were the first four hundred of it, and compared as they had been typed: with soft hyphens
-- and with letters made of two. They are all there now, in one form. A case says by which rule its words were made; those of
-- an earlier rule are made anew while the server runs, a few at a time.
alter table avvikelse add column ord_version bigint not null default 0;
create index avvikelse_ord_version on avvikelse (id) where ord_version < 1;
