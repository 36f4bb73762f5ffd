//! A share with its interval on a line from 0 to 100 %, for a cell of a table: the numbers stand beside it.

use leptos::prelude::*;

use super::across;

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
    let place = |x: f64| across(x.clamp(0.0, 1.0) * 100.0);
    let line = interval.map(|(low, high)| {
        view! { <line class="chart-whisker-line" x1=place(low) x2=place(high) y1="11" y2="11"/> }
    });
    view! {
        <svg class="chart-whisker" class:outside=outside aria-hidden="true" width="100%" height="22">
            <line class="chart-whisker-track" x1="0" x2="100%" y1="11" y2="11"/>
            <line class="chart-whisker-track" x1="50%" x2="50%" y1="7" y2="15"/>
            {line}
            <circle class="chart-whisker-dot" cx=place(share) cy="11" r="5"/>
        </svg>
    }
}

/// What stands over a column of whiskers.
#[component]
pub fn Scale() -> impl IntoView {
    view! {
        <span class="chart-scale" aria-hidden="true"><span>"0"</span> <span>"50"</span> <span>"100 %"</span></span>
    }
}
