//! The wheel as a component: the SVG that `svg` writes, in the page as it is.

use chrono::NaiveDate;
use domain::{
    arshjul::{Zoom, layout::layout},
    occurrence::Item,
};
use leptos::prelude::*;

use super::svg;

/// The wheel of these items, already filtered. Complete without a script; wrap it in `WheelNav` for tooltip and arrow
/// keys. `base_query` is what links within the årshjul keep (year, filters), encoded, without `?` and without `zoom`.
#[component]
pub fn Wheel(items: Vec<Item>, year: i32, zoom: Zoom, today: NaiveDate, base_query: String) -> impl IntoView {
    let wheel = layout(&items, year, zoom, today);
    let svg = svg::wheel(&items, &wheel, today, &base_query);
    view! { <div class="wheel-box" inner_html=svg></div> }
}
