//! A series of figures in any unit: its chart, and its line in a row of a list.

use domain::{
    drawing::{key, serie},
    tal::Tal,
};
use leptos::prelude::*;

pub use domain::drawing::serie::{Brott, Diagram, Linje, Mal, Punkt};

use super::legend::keys;
use crate::components::drawing::drawn;

/// The chart. Where it is too narrow for names at the end of its lines, what its signs mean stands under it. Its table stands
/// beside it.
#[component]
pub fn SerieChart(
    /// What it shows.
    diagram: Diagram,
) -> impl IntoView {
    view! {
        <div class="chart-line">
            {drawn(&serie::draw(&diagram))} <div class="narrow-only">{keys(key::of_serie(&diagram))}</div>
        </div>
    }
}

/// The line of a series without an axis, for a row that says its figures.
#[component]
pub fn Spark(
    /// Its values, each with whether it is preliminary; none is missing.
    points: Vec<Option<(Tal, bool)>>,
) -> impl IntoView {
    drawn(&serie::small(&points))
}
