//! Chart: shares with their uncertainty, drawn as SVG on the server. Nothing needs script, and the table beside it says the
//! same.

use domain::{
    genomforande::result::{interval, percent, share_label},
    occurrence::Share,
    tal::Tal,
};
use leptos::prelude::*;

/// A time in the comparison.
#[derive(Clone, Debug)]
pub struct Point {
    /// When.
    pub label: String,
    /// What was found.
    pub share: Share,
    /// This time.
    pub now: bool,
    /// Whether all cases were judged: then there is no interval.
    pub all: bool,
}

const WIDTH: f64 = 680.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 40.0;

fn y(per_cent: f64) -> f64 {
    TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - per_cent / 100.0)
}

/// The same control over time, with målvärde. The last eight times.
#[component]
pub fn Comparison(points: Vec<Point>, goal: Option<Tal>) -> impl IntoView {
    let points: Vec<Point> = points.iter().skip(points.len().saturating_sub(8)).cloned().collect();
    #[allow(clippy::cast_precision_loss)] // at most eight
    let x = {
        let step = (WIDTH - LEFT - 16.0) / points.len().max(1) as f64;
        move |i: usize| LEFT + step * (i as f64 + 0.5)
    };
    let grid = [0.0, 25.0, 50.0, 75.0, 100.0]
        .into_iter()
        .map(|p| {
            view! {
                <line class="grid" x1=LEFT x2=WIDTH - 8.0 y1=y(p) y2=y(p)/>
                <text class="axis" x=LEFT - 8.0 y=y(p) dy="0.32em" text-anchor="end">{format!("{p:.0}")}</text>
            }
        })
        .collect_view();
    let goal_line = goal.map(|goal| {
        view! {
            <line class="goal" x1=LEFT x2=WIDTH - 8.0 y1=y(goal.float()) y2=y(goal.float())/>
            <text class="goal-label" x=WIDTH - 8.0 y=y(goal.float()) - 6.0 text-anchor="end">{format!("Mål {goal} %")}</text>
        }
    });
    let line: String = points
        .iter()
        .enumerate()
        .filter_map(|(i, p)| percent(p.share).map(|value| format!("{:.1},{:.1}", x(i), y(value))))
        .collect::<Vec<_>>()
        .join(" ");
    let marks = points
        .iter()
        .enumerate()
        .filter_map(|(i, p)| {
            let value = percent(p.share)?;
            let whisker = interval(p.share).filter(|_| !p.all).map(|(low, high)| {
                view! {
                    <line class="whisker" x1=x(i) x2=x(i) y1=y(low) y2=y(high)/>
                    <line class="whisker" x1=x(i) - 6.0 x2=x(i) + 6.0 y1=y(low) y2=y(low)/>
                    <line class="whisker" x1=x(i) - 6.0 x2=x(i) + 6.0 y1=y(high) y2=y(high)/>
                }
            });
            let class = if p.now { "point now" } else { "point" };
            Some(view! {
                <g class=class>
                    {whisker}
                    <circle cx=x(i) cy=y(value) r=if p.now { 7.0 } else { 5.0 }/>
                    <text class="value" x=x(i) + 11.0 y=y(value) dy="0.32em">{format!("{value:.0} %")}</text>
                    <text class="axis" x=x(i) y=HEIGHT - 14.0 text-anchor="middle">{p.label.clone()}</text>
                </g>
            })
        })
        .collect_view();
    let said: Vec<String> = points.iter().map(|p| format!("{}: {}", p.label, share_label(p.share))).collect();
    view! {
        <svg class="share-chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=format!("Andel över tid. {}", said.join(". "))>
            {grid} <polyline class="line" points=line fill="none"/> {goal_line} {marks}
        </svg>
    }
}

/// One share as a bar with its interval, beside its figure in a table; without one where it is of all cases. Hidden from screen
/// readers: the cell says it.
#[component]
pub fn ShareBar(share: Share, goal: Option<Tal>, all: bool) -> impl IntoView {
    let value = percent(share).unwrap_or(0.0);
    let whisker = interval(share)
        .filter(|_| !all)
        .map(|(low, high)| view! { <line class="whisker" x1=low x2=high y1="7" y2="7"/> });
    view! {
        <svg class="share-bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
            <rect class="ground" x="0" y="3" width="100" height="8"/>
            <rect class="fill" x="0" y="3" width=value height="8"/>
            {whisker}
            {goal.map(Tal::float).map(|goal| view! { <line class="goal" x1=goal x2=goal y1="0" y2="14"/> })}
        </svg>
    }
}
