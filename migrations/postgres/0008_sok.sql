-- Whether a case has a word that begins so: all three columns are needed for it. Without the last one the words of the case
-- are read one by one, or, worse, the cases of the word
drop index avvikelse_ord_doc;
create index avvikelse_ord_doc on avvikelse_ord (node_id, doc, ord);
-- the latest cases are those that are looked for, and an index answers alone only for what has been vacuumed: soon after
-- one per cent, not twenty
alter table avvikelse_ord set (autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.05);
alter table avvikelse set (
    autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05
);
