//! Verksamhetsplan: what a unit is to reach in a year, why, and how it went: the plan and its chapters, the chain of goals from the city
//! down to the unit, what is expected, what is done, and how it is seen that it is reached.

pub mod aktivitet;
pub mod dokument;
pub mod enhetsmal;
pub mod forvantat;
pub mod indikator;
pub mod inlasning;
pub mod kopiering;
pub mod mal;
pub mod motsagelse;
pub mod plan;
pub mod tabell;
pub mod vantar;
