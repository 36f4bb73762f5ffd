//! The store's stories, each on SQLite and on PostgreSQL. One program for all of them, so that it is linked once.

mod common;

mod ankare;
mod apt;
mod avvikelse;
mod belongs;
mod counted;
mod dag;
mod enkat;
mod forslag;
mod genomforande;
mod kept;
mod live;
mod namnlost;
mod people;
mod plan;
mod race;
mod rapporter;
mod sakerhet;
mod sent;
mod stored;
mod tls;
mod together;
