//! What Kvalitetshjulet knows about its world: types, ids, rules, status transitions, validation and permissions.
//!
//! Nothing here does I/O or reads a clock: today is always an argument. Areas carry the Swedish nouns of the field in
//! ASCII (`egenkontroll`, `arshjul`); building blocks that are not domain nouns are in English.

pub mod aktivitet;
pub mod apt;
pub mod area;
pub mod arshjul;
pub mod atgard;
pub mod atgora;
pub mod avvikelse;
pub mod counted;
pub mod dokument;
pub mod egenkontroll;
pub mod enkat;
pub mod event;
pub mod every;
pub mod field;
pub mod format;
pub mod forslag;
pub mod genomforande;
pub mod history;
pub mod hours;
pub mod id;
pub mod import;
pub mod internkontroll;
pub mod kodning;
pub mod kon;
pub mod link;
pub mod moment;
pub mod occurrence;
pub mod organisation;
pub mod paper;
pub mod password;
pub mod per_cent;
pub mod permission;
pub mod person;
pub mod personnummer;
pub mod plan;
#[cfg(feature = "new-id")]
pub mod random;
pub mod rate;
pub mod recurrence;
pub mod redovisning;
pub mod refusal;
pub mod rounding;
pub mod rows;
pub mod sakerhet;
pub mod sample;
pub mod schedule;
pub mod seen;
pub mod sent;
pub mod session;
pub mod statistics;
pub mod table;
pub mod text;
pub mod year;
