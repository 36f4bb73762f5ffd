//! Siffror: what the unit counts every month. What a series is and by what it is divided; how values of months make a longer
//! period, what a change is and what is new in what comes in; and what a printed table says of itself: its months, its sums and its
//! rows of differences (docs/doman.md 10).

pub mod dimension;
pub mod forandring;
pub mod fyllning;
pub mod fynd;
pub mod harledd;
pub mod inlasning;
pub mod jamforelse;
pub mod jamstalldhet;
pub mod klistra;
pub mod kolada;
pub mod kontroll;
pub mod manad;
pub mod manader;
pub(crate) mod marke;
pub mod rutnat;
pub mod serie;
pub mod siffra;
pub mod slag;
pub mod summa;
pub mod tabell;
pub mod visad;
pub mod visning;

pub use crate::skydd::dolt;
