//! What the signs of a line chart mean.

use domain::redovisning::MINST;
use leptos::prelude::*;

use super::line::{LineKind, Plot};

/// What the signs of a line chart mean: those of them that are there.
#[component]
pub fn LineLegend(
    /// What the chart shows.
    plot: Plot,
) -> impl IntoView {
    let has = |kind: LineKind| plot.lines.iter().any(|l| l.kind == kind && !l.dots.is_empty());
    let few = format!("Visas inte, färre än {MINST} svar");
    let items = [
        (true, "Andel med 95 % säkerhet", "chart-series", Sign::Band),
        (has(LineKind::Earlier), "Tidigare lydelse", "chart-series earlier", Sign::Band),
        (!plot.outside.is_empty(), "Värde utifrån", "chart-outside", Sign::Diamond),
        (!plot.missing.is_empty(), few.as_str(), "", Sign::Dash),
    ];
    let items = items.into_iter().filter(|(there, ..)| *there).map(|(_, words, class, sign)| {
        let drawn = match sign {
            Sign::Band => view! {
                <rect class="chart-band" x="0" y="2" width="28" height="12"/>
                <line class="chart-path" x1="0" x2="28" y1="8" y2="8"/>
                <circle class="chart-dot" cx="14" cy="8" r="4.5"/>
            }
            .into_any(),
            Sign::Diamond => view! {
                <line x1="0" x2="28" y1="8" y2="8"/>
                <path d="M14 2 20 8 14 14 8 8z"/>
            }
            .into_any(),
            Sign::Dash => {
                view! { <text class="chart-missing" x="14" y="12" text-anchor="middle">"–"</text> }.into_any()
            }
        };
        view! {
            <li>
                <svg class="chart-key" width="28" height="16" aria-hidden="true"><g class=class>{drawn}</g></svg>
                <span>{words.to_owned()}</span>
            </li>
        }
    });
    view! { <ul class="chart-legend">{items.collect_view()}</ul> }
}

/// How a legend draws a sign.
#[derive(Clone, Copy)]
enum Sign {
    Band,
    Diamond,
    Dash,
}
