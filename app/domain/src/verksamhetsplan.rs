//! Verksamhetsplan: what the unit is to reach in a year, and how it is seen that it does.

pub mod indikator;
