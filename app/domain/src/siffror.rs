//! Siffror: what the unit counts every month. How values of months make a longer period, what a change is, and what a printed
//! table says of itself: its months, its sums and its rows of differences.

pub mod forandring;
pub mod manader;
pub mod slag;
pub mod summa;
