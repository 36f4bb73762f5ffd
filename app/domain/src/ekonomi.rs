//! Ekonomi: what a unit may spend, what it has spent and what it believes the year will cost. One account a year, with rows of income
//! and cost, their sums, the months, and how each forecast came true; and free tables of years and columns.
//!
//! Amounts are kept one way, whatever form they are shown in: income and cost both above nought, netto = costs − income. A deviation is
//! budget − outcome on every row, so that more income is below nought though it is good: its sign follows that rule, and its words,
//! arrow and colour follow what it does to netto. Blank is never nought. Sums are reckoned, never typed.

pub mod avvikelse;
pub mod belopp;
pub mod diagram;
pub mod enhet;
pub mod fraga;
pub mod fri;
pub mod handling;
pub mod inlasning;
pub mod jamford;
pub mod konto;
pub mod manad;
pub mod mening;
pub mod prognos;
pub mod projekt;
pub mod ruta;
pub mod summa;
pub mod teckenform;
#[cfg(test)]
mod tests;
pub mod text;
pub mod tid;
pub mod uppstallning;

pub use avvikelse::{Avvikelse, Effekt};
pub use belopp::{Art, Belopp};
pub use enhet::Enhet;
pub use fraga::Fraga;
pub use konto::{Radslag, Resultatrakning};
pub use summa::{Konto, Summa};
pub use teckenform::Teckenform;
pub use tid::Tid;
