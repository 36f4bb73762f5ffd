-- Whether a case has a word that begins so: all three columns are needed for it. Without the last one the words of the case
-- are read one by one, or, worse, the cases of the word
drop index avvikelse_ord_doc;
create index avvikelse_ord_doc on avvikelse_ord (node_id, doc, ord);
