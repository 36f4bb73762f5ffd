//! The distribution bar: a whole parted in segments, the good ones first, each with a texture of its own.

use domain::format;
use leptos::prelude::*;

use super::across;

/// What a segment stands for. Decides colour and texture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// Counts as satisfied; 0 is the best.
    Good(usize),
    /// Neither good nor known to be bad.
    Middle(usize),
    /// The worst end of a scale.
    Bad(usize),
    /// "Vet ej".
    Unknown,
    /// Left out.
    Blank,
}

impl Shade {
    /// How many textures there are of each kind; further segments begin again.
    const GOOD: usize = 3;
    const MIDDLE: usize = 4;
    const BAD: usize = 3;

    /// The class that colours it.
    fn class(self) -> String {
        match self {
            Self::Good(n) => format!("good-{}", n % Self::GOOD),
            Self::Middle(n) => format!("middle-{}", n % Self::MIDDLE),
            Self::Bad(n) => format!("bad-{}", n % Self::BAD),
            Self::Unknown => "unknown".to_owned(),
            Self::Blank => "blank".to_owned(),
        }
    }

    /// The texture that fills it, from [`ChartTextures`].
    fn fill(self) -> String {
        format!("url(#chart-{})", self.class())
    }
}

/// A part of the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it is called.
    pub label: String,
    /// How many.
    pub n: i64,
    /// How it looks.
    pub shade: Shade,
}

/// A segment with its place, in per cent of the width.
#[derive(Clone, Debug, PartialEq)]
struct Placed {
    segment: Segment,
    from: f64,
    width: f64,
}

fn placed(segments: &[Segment]) -> Vec<Placed> {
    let total: i64 = segments.iter().map(|s| s.n.max(0)).sum();
    let mut before = 0;
    let mut out = Vec::new();
    for segment in segments.iter().filter(|s| s.n > 0) {
        #[allow(clippy::cast_precision_loss)] // counts of answers
        let of_total = |n: i64| n as f64 / total as f64 * 100.0;
        out.push(Placed { segment: segment.clone(), from: of_total(before), width: of_total(segment.n) });
        before += segment.n;
    }
    out
}

/// Above this part of the width a label has room everywhere; above [`WIDE`] where the bar is wide.
const ROOM: f64 = 16.0;
const WIDE: f64 = 8.0;

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
    let total: i64 = segments.iter().map(|s| s.n.max(0)).sum();
    let height = if compact { 20 } else { 44 };
    let baseline = if compact { "14.5" } else { "27.5" };
    let parts = placed(&segments)
        .into_iter()
        .enumerate()
        .map(|(i, p)| {
            let share = format::percent(p.segment.n, total);
            let text = (p.width >= WIDE && !compact).then(|| {
                let class = format!("chart-bar-label {}", p.segment.shade.class());
                let whole = format!("{:.0}\u{a0}%", p.width);
                view! {
                    <text class=class class:wide-only=p.width < ROOM x=across(p.from + p.width / 2.0) y=baseline text-anchor="middle">
                        {whole}
                    </text>
                }
            });
            let edge = (i > 0).then(|| {
                view! { <line class="chart-bar-edge" x1=across(p.from) x2=across(p.from) y1="0" y2=height/> }
            });
            view! {
                <g>
                    <title>{format!("{}: {} ({share})", p.segment.label, format::int(p.segment.n))}</title>
                    <rect x=across(p.from) width=across(p.width) y="0" height=height fill=p.segment.shade.fill()/>
                    {edge} {text}
                </g>
            }
        })
        .collect_view();
    view! {
        <svg class="chart-bar" class:compact=compact role="img" aria-label=label width="100%" height=height>
            {parts}
        </svg>
    }
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
    let total: i64 = segments.iter().map(|s| s.n.max(0)).sum();
    let items = segments
        .into_iter()
        .map(|s| {
            let counts = (!plain).then(|| {
                view! { <span class="chart-key-n">{format!("{} · {}", format::int(s.n), format::percent(s.n, total))}</span> }
            });
            view! {
                <li>
                    <svg class="chart-key" width="16" height="16" aria-hidden="true">
                        <rect class="chart-key-box" x=".5" y=".5" width="15" height="15" rx="3" fill=s.shade.fill()/>
                    </svg>
                    <span>{s.label}</span>
                    {counts}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="chart-legend">{items}</ul> }
}

/// The textures that bars and legends fill with. Once on a page, before its charts.
#[component]
pub fn ChartTextures() -> impl IntoView {
    // an id, the class of its ground, what is drawn on it in a square of eight
    let drawn = [
        (Shade::Good(0), ""),
        (Shade::Good(1), ""),
        (Shade::Good(2), ""),
        (Shade::Middle(0), "M-2 2 2-2M0 8 8 0M6 10 10 6"),
        (Shade::Middle(1), "M4 0V8"),
        (Shade::Middle(2), "M1 2H3M5 6H7"),
        (Shade::Middle(3), "M0 4H8"),
        (Shade::Bad(0), "M0 0 8 8M0 8 8 0"),
        (Shade::Bad(1), "M-2 6 2 10M0 0 8 8M6-2 10 2"),
        (Shade::Bad(2), "M0 4H8M4 0V8"),
        (Shade::Unknown, "M3.5 4H4.5"),
        (Shade::Blank, ""),
    ];
    let patterns = drawn
        .into_iter()
        .map(|(shade, path)| {
            let class = shade.class();
            let lines =
                (!path.is_empty()).then(|| view! { <path class=format!("chart-texture {class}") d=path fill="none"/> });
            view! {
                <pattern id=format!("chart-{class}") width="8" height="8" patternUnits="userSpaceOnUse">
                    <rect class=format!("chart-ground {class}") width="8" height="8"/>
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_fill_the_whole_in_order_and_those_of_none_take_no_room() {
        let segment = |n| Segment { label: String::new(), n, shade: Shade::Good(0) };
        let places: Vec<_> =
            placed(&[segment(3), segment(0), segment(1)]).into_iter().map(|p| (p.from, p.width)).collect();
        assert_eq!(places, [(0.0, 75.0), (75.0, 25.0)]);
        assert_eq!(placed(&[segment(0)]), []);
    }
}
