//! A share with its interval on a line from 0 to 100 %, for a cell of a table: the numbers stand beside it.

use domain::drawing::whisker::whisker;
use leptos::prelude::*;

use crate::components::drawing::drawn;

/// A dot with its interval. Hidden from screen readers: the cells beside it say the same.
#[component]
pub fn Whisker(
    /// The share, 0–1.
    share: f64,
    /// Its interval, 0–1; none for a value whose n is not known.
    interval: Option<(f64, f64)>,
    /// A value from elsewhere: hollow.
    #[prop(optional)]
    outside: bool,
) -> impl IntoView {
    drawn(&whisker(share, interval, outside))
}

/// What stands over a column of whiskers.
#[component]
pub fn Scale() -> impl IntoView {
    view! {
        <span class="chart-scale" aria-hidden="true"><span>"0"</span> <span>"50"</span> <span>"100 %"</span></span>
    }
}
