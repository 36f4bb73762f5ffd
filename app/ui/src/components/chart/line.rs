//! Shares in time: a line with its 95 % band, broken where nothing can be shown and where the question changed.

use domain::format;
use leptos::prelude::*;

use super::{across, number};

/// A share at a time. Times are numbers: 1 apart where they follow each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// The first time that it is of.
    pub from: f64,
    /// The last one.
    pub to: f64,
    /// The share, 0–1.
    pub share: f64,
    /// Its interval, 0–1.
    pub interval: Option<(f64, f64)>,
    /// What it says, for those who point at it.
    pub label: String,
}

impl Dot {
    fn at(&self) -> f64 {
        f64::midpoint(self.from, self.to)
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// What is asked now.
    Main,
    /// What was asked before: dashed, hollow dots.
    Earlier,
}

/// Shares that belong together, in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How it looks.
    pub kind: LineKind,
    /// Its shares.
    pub dots: Vec<Dot>,
}

/// A time from which something is different: shares on both sides are not joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    /// Where.
    pub at: f64,
    /// What is different.
    pub label: String,
}

/// A share from elsewhere: a diamond, and a dashed line as long as its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    /// The first time that it is of.
    pub from: f64,
    /// The last one.
    pub to: f64,
    /// The share, 0–1.
    pub share: f64,
    /// Whose it is.
    pub name: String,
}

/// A time on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// What it is called, in a few letters.
    pub label: String,
}

/// All that a chart shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// The first time on the axis.
    pub start: f64,
    /// The times from there on, each 1 from the one before.
    pub ticks: Vec<Tick>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Where something is different.
    pub boundaries: Vec<Boundary>,
    /// Shares from elsewhere.
    pub outside: Vec<Outside>,
    /// Times between shares for which there is none to show.
    pub missing: Vec<f64>,
}

/// Room above the line of 100 %, and its distance to that of 0 %, in pixels.
const TOP: f64 = 26.0;
const HIGH: f64 = 180.0;
/// Labels on the axis where the chart is wide and where it is narrow.
const MOST_WIDE: usize = 12;
const MOST_NARROW: usize = 4;
/// Up to this many shares each has its number beside it, where the chart is wide.
const MOST_NUMBERS: usize = 14;
/// Up to this many values from elsewhere each has its name beside it.
const MOST_NAMED: usize = 3;

fn down(share: f64) -> f64 {
    TOP + (1.0 - share.clamp(0.0, 1.0)) * HIGH
}

impl Plot {
    /// Per cent of the width. A single time stands in the middle.
    fn x(&self, at: f64) -> f64 {
        #[allow(clippy::cast_precision_loss)] // some hundred weeks
        let last = self.ticks.len().saturating_sub(1) as f64;
        let part = if last > 0.0 { (at - self.start) / last } else { 0.5 };
        3.0 + part.clamp(0.0, 1.0) * 94.0
    }

    /// Whether the words of a value from elsewhere have room over it: below where the line runs above it.
    fn is_free_above(&self, o: &Outside) -> bool {
        let dots = self.lines.iter().flat_map(|l| &l.dots);
        let mut near = dots.filter(|d| d.to > o.from - 2.5 && d.from < o.to + 2.5);
        down(o.share) > TOP + 16.0 && !near.any(|d| d.share > o.share)
    }

    /// Which times have a label: one of so many, counted from the last; the first of a pair is of a wide chart.
    fn steps(&self) -> (usize, usize) {
        let wide = self.ticks.len().div_ceil(MOST_WIDE).max(1);
        let narrow = self.ticks.len().div_ceil(wide * MOST_NARROW).max(1) * wide;
        (wide, narrow)
    }
}

impl Line {
    /// Its dots, parted where one does not follow on the other.
    fn stretches(&self) -> Vec<&[Dot]> {
        self.dots.chunk_by(|a, b| b.from - a.to < 1.5).collect()
    }
}

/// The chart. Nothing for a plot without times.
#[component]
pub fn LineChart(
    /// What it shows.
    plot: Plot,
    /// The finding in words.
    label: String,
) -> impl IntoView {
    if plot.ticks.is_empty() {
        return None;
    }
    let bottom = TOP + HIGH;
    let grid = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| {
        let y = number(down(share));
        let name = (share * 4.0) % 2.0 < 0.5;
        view! {
            <line class="chart-grid" class:strong=share < 0.1 x1="0" x2="100%" y1=y.clone() y2=y/>
            {name.then(|| view! {
                <text class="chart-axis" x="-8" y=number(down(share) + 5.0) text-anchor="end">{format!("{:.0}\u{a0}%", share * 100.0)}</text>
            })}
        }
    });
    let (wide, narrow) = plot.steps();
    let last = plot.ticks.len() - 1;
    let ticks = plot.ticks.iter().enumerate().filter(|(i, _)| (last - i).is_multiple_of(wide)).map(|(i, tick)| {
        #[allow(clippy::cast_precision_loss)] // some hundred weeks
        let x = across(plot.x(plot.start + i as f64));
        let only_wide = !(last - i).is_multiple_of(narrow);
        view! {
            <g class:wide-only=only_wide>
                <line class="chart-grid strong" x1=x.clone() x2=x.clone() y1=bottom y2=bottom + 5.0/>
                <text class="chart-axis" x=x y=bottom + 22.0 text-anchor="middle">{tick.label.clone()}</text>
            </g>
        }
    });
    let boundaries = plot.boundaries.iter().map(|b| {
        let at = plot.x(b.at);
        let x = across(at);
        // the words stand on the side with more room
        let (anchor, dx) = if at > 50.0 { ("end", "-6") } else { ("start", "6") };
        view! {
            <line class="chart-boundary" x1=x.clone() x2=x.clone() y1="4" y2=bottom/>
            <text class="chart-boundary-label" x=x y="14" dx=dx text-anchor=anchor>{b.label.clone()}</text>
        }
    });
    let missing = plot.missing.iter().map(|at| {
        view! {
            <text class="chart-missing" x=across(plot.x(*at)) y=bottom - 6.0 text-anchor="middle">
                "–"
            </text>
        }
    });
    let named = plot.outside.len() <= MOST_NAMED;
    let outside = plot.outside.iter().map(|o| {
        let (from, to, y) = (plot.x(o.from), plot.x(o.to), down(o.share));
        let middle = f64::midpoint(from, to);
        let name = named.then(|| {
            let (anchor, dx) = match middle {
                x if x < 25.0 => ("start", "-7"),
                x if x > 75.0 => ("end", "7"),
                _ => ("middle", "0"),
            };
            let at = if plot.is_free_above(o) { y - 13.0 } else { y + 23.0 };
            view! {
                <text x=across(middle) dx=dx y=number(at) text-anchor=anchor>{o.name.clone()}</text>
            }
        });
        view! {
            <g class="chart-outside">
                <title>{format!("{}: {}", o.name, format::share(o.share))}</title>
                <line x1=across(from) x2=across(to) y1=number(y) y2=number(y)/>
                <svg x=across(middle) y=number(y) overflow="visible"><path d="M0-7 7 0 0 7-7 0z"/></svg>
                {name}
            </g>
        }
    });
    let count: usize = plot.lines.iter().map(|l| l.dots.len()).sum();
    let latest = plot.lines.iter().rposition(|l| l.kind == LineKind::Main);
    let lines = plot.lines.iter().enumerate().map(|(i, line)| {
        // where there is no room for all numbers, the latest is the one that counts
        let last = (Some(i) == latest).then(|| line.dots.len().saturating_sub(1));
        line_view(&plot, line, last, count <= MOST_NUMBERS)
    });
    Some(view! {
        <div class="chart-line">
            <svg role="img" aria-label=label width="100%" height=bottom + 30.0>
                {grid} {ticks.collect_view()} {boundaries.collect_view()} {missing.collect_view()}
                {lines.collect_view()} {outside.collect_view()}
            </svg>
        </div>
    })
}

/// A line with its band. `last` is the dot that has its number in any width, `all` whether the others have where it is wide.
fn line_view(plot: &Plot, line: &Line, last: Option<usize>, all: bool) -> impl IntoView + use<> {
    let stretches = line
        .stretches()
        .into_iter()
        .map(|dots| {
            let joins = dots.windows(2).map(|w| {
                view! {
                    <line
                        class="chart-path" x1=across(plot.x(w[0].at())) y1=number(down(w[0].share))
                        x2=across(plot.x(w[1].at())) y2=number(down(w[1].share))
                    />
                }
            });
            view! { {band(plot, dots)} {joins.collect_view()} }
        })
        .collect_view();
    let alone =
        line.stretches().into_iter().flat_map(|dots| dots.iter().map(|d| dots.len() == 1 && d.interval.is_some()));
    let dots = line
        .dots
        .iter()
        .zip(alone)
        .enumerate()
        .map(|(i, (dot, alone))| {
            let (x, y) = (across(plot.x(dot.at())), down(dot.share));
            let span = (dot.to > dot.from).then(|| {
                view! {
                    <line class="chart-span" x1=across(plot.x(dot.from)) x2=across(plot.x(dot.to)) y1=number(y) y2=number(y)/>
                }
            });
            let is_last = Some(i) == last;
            let text = (is_last || all).then(|| {
                let whole = format!("{:.0}\u{a0}%", dot.share * 100.0);
                // beside a whisker, above a line
                let (anchor, dx, at) = match plot.x(dot.at()) {
                    x if alone && x > 80.0 => ("end", "-10", y + 5.0),
                    _ if alone => ("start", "10", y + 5.0),
                    _ if y > TOP + 14.0 => ("middle", "0", y - 12.0),
                    _ => ("middle", "0", y + 22.0),
                };
                view! {
                    <text class="chart-value" class:wide-only=!is_last x=x.clone() dx=dx y=number(at) text-anchor=anchor>{whole}</text>
                }
            });
            view! {
                <g>
                    <title>{dot.label.clone()}</title>
                    {span}
                    <circle class="chart-touch" cx=x.clone() cy=number(y) r="12"/>
                    <circle class="chart-dot" cx=x cy=number(y) r="4.5"/>
                    {text}
                </g>
            }
        })
        .collect_view();
    let class = match line.kind {
        LineKind::Main => "chart-series",
        LineKind::Earlier => "chart-series earlier",
    };
    view! { <g class=class>{stretches} {dots}</g> }
}

/// The interval: a band where shares follow each other, a whisker where one stands alone.
fn band(plot: &Plot, dots: &[Dot]) -> AnyView {
    let with: Vec<(f64, f64, f64)> =
        dots.iter().filter_map(|d| d.interval.map(|(low, high)| (plot.x(d.at()), down(high), down(low)))).collect();
    match with.as_slice() {
        [] => ().into_any(),
        [(x, high, low)] => {
            let x = across(*x);
            view! { <line class="chart-interval" x1=x.clone() x2=x y1=number(*high) y2=number(*low)/> }.into_any()
        }
        many => {
            let there = many.iter().map(|(x, high, _)| format!("{x:.2},{high:.2}"));
            let back = many.iter().rev().map(|(x, _, low)| format!("{x:.2},{low:.2}"));
            let points = there.chain(back).collect::<Vec<_>>().join(" ");
            let height = TOP + HIGH;
            // a picture of its own, a hundred wide, drawn out to the width of the chart
            view! {
                <svg
                    x="0" y="0" width="100%" height=height viewBox=format!("0 0 100 {height}") preserveAspectRatio="none"
                >
                    <polygon class="chart-band" points=points/>
                </svg>
            }
            .into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(from: i32, to: i32) -> Dot {
        Dot { from: from.into(), to: to.into(), share: 0.5, interval: None, label: String::new() }
    }

    #[test]
    fn a_line_breaks_where_a_time_is_missing_and_not_where_times_were_put_together() {
        let line = Line { kind: LineKind::Main, dots: vec![dot(1, 1), dot(2, 4), dot(5, 5), dot(7, 7)] };
        let lengths: Vec<usize> = line.stretches().into_iter().map(<[Dot]>::len).collect();
        assert_eq!(lengths, [3, 1]);
    }

    #[test]
    fn an_axis_has_no_more_labels_than_there_is_room_for_and_the_last_one_always() {
        for n in 1..200 {
            let plot = Plot { ticks: vec![Tick { label: String::new() }; n], ..Plot::default() };
            let (wide, narrow) = plot.steps();
            let shown = |step: usize| (0..n).filter(|i| (n - 1 - i).is_multiple_of(step)).count();
            assert!(shown(wide) <= MOST_WIDE && shown(narrow) <= MOST_NARROW, "{n}: {wide} {narrow}");
            assert_eq!(narrow % wide, 0);
        }
    }

    #[test]
    fn a_time_alone_stands_in_the_middle_and_others_from_edge_to_edge() {
        let plot = |n| Plot { start: 5.0, ticks: vec![Tick { label: String::new() }; n], ..Plot::default() };
        assert!((plot(1).x(5.0) - 50.0).abs() < 1e-9);
        assert!((plot(3).x(5.0) - 3.0).abs() < 1e-9);
        assert!((plot(3).x(7.0) - 97.0).abs() < 1e-9);
    }
}
