-- What is known of an enkät from elsewhere may be more than the share of those who are satisfied: how the answers were spread
-- over all options, as JSON: a list of [option, per cent] and with how many decimals it was written. Empty where only the share
-- is known.
alter table enkat_utifran add column fordelning text not null default '';
