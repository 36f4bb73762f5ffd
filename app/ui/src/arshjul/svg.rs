//! The wheel as SVG text: the drawing of the domain (`arshjul::picture`) as the screen shows it. Colours come from
//! `wheel.css` and `status_mark.css`.

use chrono::NaiveDate;
use domain::{
    arshjul::{layout::Wheel, picture},
    occurrence::Item,
};

use crate::components::drawing;

/// The whole `<svg>`. `layout` is that of `items`; `base_query` is what links within the årshjul keep, without `zoom`.
pub fn wheel(items: &[Item], layout: &Wheel, today: NaiveDate, base_query: &str) -> String {
    drawing::svg(&picture::wheel(items, layout, today, Some(base_query)))
}
