//! The distribution bar and its legend, and the textures that they fill with.

use domain::drawing::{TILE, bar, key, texture};
use leptos::prelude::*;

pub use domain::drawing::bar::{Segment, Shade};

use super::{legend::keys, number};
use crate::components::drawing::drawn;

/// The bar. Segments of none are left out; the legend has them.
#[component]
pub fn StackedBar(
    /// The parts, in order.
    segments: Vec<Segment>,
    /// The finding in words.
    label: String,
    /// Lower, for a row of a list.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    drawn(&bar::stacked(&segments, label, compact))
}

/// What each texture of a bar means, with how many.
#[component]
pub fn BarLegend(
    /// The parts, in order.
    segments: Vec<Segment>,
    /// Without counts: one legend for several bars.
    #[prop(optional)]
    plain: bool,
) -> impl IntoView {
    keys(key::of_bar(&segments, plain))
}

/// The textures that bars and legends fill with. Once on a page, before its charts.
#[component]
pub fn ChartTextures() -> impl IntoView {
    let patterns = Shade::EACH
        .into_iter()
        .map(|shade| {
            let class = shade.class();
            let strokes: Vec<String> = texture(shade)
                .iter()
                .map(|[a, b]| format!("M{} {}L{} {}", number(a.0), number(a.1), number(b.0), number(b.1)))
                .collect();
            let strokes = strokes.concat();
            let lines = (!strokes.is_empty())
                .then(|| view! { <path class=format!("chart-texture {class}") d=strokes fill="none"/> });
            view! {
                <pattern id=format!("chart-{class}") width=TILE height=TILE patternUnits="userSpaceOnUse">
                    <rect class=format!("chart-ground {class}") width=TILE height=TILE/>
                    {lines}
                </pattern>
            }
        })
        .collect_view();
    view! {
        <svg class="chart-textures" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>{patterns}</defs>
        </svg>
    }
}
