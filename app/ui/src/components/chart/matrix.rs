//! The prioriteringsmatris: importance to the right, result upwards, four named quadrants, a number for each question.

use domain::{drawing::matrix::matrix, enkat::resultat::Matris};
use leptos::prelude::*;

use crate::components::drawing::drawn;

/// The matrix. Its legend, what each number is, stands beside it in a list or a table.
#[component]
pub fn MatrixChart(
    /// The questions.
    matris: Matris,
    /// The finding in words.
    label: String,
) -> impl IntoView {
    drawn(&matrix(&matris, label))
}
