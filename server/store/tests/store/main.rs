//! The store's stories, each on SQLite and on PostgreSQL. One program for all of them, so that it is linked once.

mod common;

mod ankare;
mod apt;
mod avvikelse;
mod belongs;
mod counted;
mod dag;
mod dagar;
mod ekonomi;
mod enkat;
mod flytt;
mod forslag;
mod genomforande;
mod grupp;
mod jamstalldhet;
mod kept;
mod live;
mod namnlost;
mod people;
mod plan;
mod planaktivitet;
mod race;
mod rapporter;
mod sakerhet;
mod sent;
mod serie;
mod sla_ihop;
mod sources;
mod stored;
mod tal;
mod tls;
mod together;
mod verksamhetsplan;

/// What an area says, in its own story, to those that go through all functions that write.
pub struct Brought {
    /// Its functions, and what keeps two of each apart: see `race::table`. Its story races them.
    pub kept: &'static [(&'static str, race::table::Apart)],
    /// What makes a thing of it with an id of its caller's: see `sent`.
    pub makes: &'static [(&'static str, sent::Make)],
}

/// The areas that bring theirs. What is older stands in the tables.
pub const AREAS: &[Brought] = &[
    forslag::BROUGHT,
    serie::BROUGHT,
    jamstalldhet::BROUGHT,
    verksamhetsplan::BROUGHT,
    verksamhetsplan::enhetsmal::BROUGHT,
    verksamhetsplan::indikator::BROUGHT,
    verksamhetsplan::inlasning::BROUGHT,
    verksamhetsplan::remiss::BROUGHT,
    planaktivitet::BROUGHT,
    ekonomi::BROUGHT,
];
