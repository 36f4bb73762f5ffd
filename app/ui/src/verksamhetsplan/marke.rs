//! Märke: the shape before a word of status, drawn: disc, diamond, square, dash and check, each with its colour and always with its word. What
//! each means is said by the domain (`Uppfyllelse::mark`, `Status::marke`).

use domain::{dokument::table::Mark, verksamhetsplan::mal::Uppfyllelse};
use leptos::prelude::*;

/// A shape and its word. What has no shape is its word alone, as far from the left as the others.
pub fn marke(mark: Option<Mark>, word: impl Into<String>) -> impl IntoView {
    view! { <span class="marke">{tecken(mark)} <span class="marke-ord">{word.into()}</span></span> }
}

/// Shapes in a row, the same as `said` says in words: it is read where they are not seen.
pub fn rad(marken: impl IntoIterator<Item = Option<Mark>>, said: String) -> impl IntoView {
    let marken = marken.into_iter().map(tecken).collect_view();
    view! { <span class="marken" role="img" aria-label=said>{marken}</span> }
}

/// The shape alone: who sets it sets its word beside it.
fn tecken(mark: Option<Mark>) -> impl IntoView {
    let (class, path) = mark.map_or(("marke-tecken", ""), drawn);
    view! {
        <svg class=class viewBox="-10 -10 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=path></path>
        </svg>
    }
}

/// Its class and what is drawn within a square of 20 around the origin.
const fn drawn(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Disc => ("marke-tecken marke-disc", "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z"),
        Mark::Diamond => ("marke-tecken marke-diamond", "M0 -9L9 0L0 9L-9 0z"),
        Mark::Square => ("marke-tecken marke-square", "M-7.5 -7.5h15v15h-15z"),
        Mark::Dash => ("marke-tecken marke-dash", "M-8 -1.6h16v3.2h-16z"),
        Mark::Check => ("marke-tecken marke-check", "M-8.2 0.6L-6 -1.6L-2.6 1.8L6 -6.8L8.2 -4.6L-2.6 6.2z"),
    }
}

/// The shape of how a goal is met: that nobody has assessed it is a dash, which is an answer too.
#[must_use]
pub fn av_mal(status: Uppfyllelse) -> Option<Mark> {
    Some(status.mark().unwrap_or(Mark::Dash))
}
