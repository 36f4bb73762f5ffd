//! Charts on the screen. What they are drawn of is one list of strokes (`domain::drawing`), of which paper is made too.
//! Places along a chart are per cent of the width, so that it fills a phone and a wall with letters of the same size.
//! Colours and widths stand in `style/chart.css`.
//!
//! Every chart is `role="img"` with the finding in words as its label, and has its table beside it in a [`ChartTable`].
//! What a colour says a texture, a dash or a shape says too.

mod bar;
pub mod bars;
mod legend;
mod line;
mod matrix;
mod serie;
mod whisker;

use leptos::prelude::*;

pub use bar::{BarLegend, ChartTextures, Segment, Shade, StackedBar};
pub use legend::LineLegend;
pub use line::{Boundary, Dot, Line, LineChart, LineKind, Outside, Plot, Tick};
pub use matrix::MatrixChart;
pub use serie::{Brott, Diagram, Linje, Mal, Punkt, SerieChart, Spark};
pub use whisker::{Scale, Whisker};

/// A number as an SVG attribute.
fn number(x: f64) -> String {
    format!("{x:.1}")
}

/// The table behind a chart, folded away on screen and open on paper.
#[component]
pub fn ChartTable(
    /// What the table is of, for those who do not see the chart above it.
    #[prop(into)]
    of: String,
    /// The table.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="more-fields chart-table">
            <summary>"Visa som tabell" <span class="visually-hidden">{format!(": {of}")}</span></summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label=of>{children()}</div>
        </details>
    }
}
