//! What the signs of a chart mean.

use domain::drawing::{
    key::{self, Key},
    line::Plot,
};
use leptos::prelude::*;

use crate::components::drawing::drawn;

/// What the signs of a line chart mean: those of them that are there.
#[component]
pub fn LineLegend(
    /// What the chart shows.
    plot: Plot,
) -> impl IntoView {
    keys(key::of_plot(&plot))
}

/// Signs with their words.
pub(super) fn keys(keys: Vec<Key>) -> impl IntoView {
    let items = keys
        .into_iter()
        .map(|key| {
            let count = (!key.count.is_empty()).then(|| view! { <span class="chart-key-n">{key.count}</span> });
            view! { <li>{drawn(&key.sign)} <span>{key.words}</span> {count}</li> }
        })
        .collect_view();
    view! { <ul class="chart-legend">{items}</ul> }
}
