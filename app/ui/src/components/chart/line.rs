//! Shares in time: a line with its 95 % band, broken where nothing can be shown and where the question changed.

use leptos::prelude::*;

pub use domain::drawing::line::{Boundary, Dot, Line, LineKind, Outside, Plot, Tick};

use crate::components::drawing::drawn;

/// The chart. Nothing for a plot without times.
#[component]
pub fn LineChart(
    /// What it shows.
    plot: Plot,
    /// The finding in words.
    label: String,
) -> impl IntoView {
    plot.drawing(label).map(|drawing| view! { <div class="chart-line">{drawn(&drawing)}</div> })
}
