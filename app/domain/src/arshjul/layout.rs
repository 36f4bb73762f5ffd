//! The geometry of the wheel as plain numbers: rings, sectors, periods and marks that never overlap. January begins at
//! twelve o'clock and time goes clockwise. What it looks like is for the screen to say.

use chrono::{Datelike, NaiveDate};

use super::{
    Zoom,
    dial::Dial,
    has_no_day,
    place::{self, Cell, Placed},
};
use crate::{
    atgora::Tally,
    occurrence::{Item, Status},
    schedule::Category,
};

/// Side of the square that the wheel is drawn in. All lengths are parts of it.
pub const SIZE: f64 = 1000.0;
/// Where the rings begin; inside is the hub with its text.
pub const RINGS_INNER: f64 = 140.0;
/// Where the rings end.
pub const RINGS_OUTER: f64 = 446.0;
/// The middle of the outer band with the names of the months.
pub const LABELS: f64 = 468.0;
/// The outermost circle.
pub const RIM: f64 = 492.0;
/// Between two rings.
const RING_GAP: f64 = 5.0;
/// A ring with its gap is at least and at most this wide.
pub(super) const PITCH_MIN: f64 = 36.0;
const PITCH_MAX: f64 = 92.0;
/// Activities that last longer than this many days are drawn as an arc, unless they have no day of their own.
const ARC_DAYS: i64 = 10;
/// A target that a finger hits is grown to this radius where there is room.
const HIT_MAX: f64 = 22.0;

/// A ring: one category.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Whose ring it is.
    pub category: Category,
    /// Inner radius.
    pub inner: f64,
    /// Outer radius.
    pub outer: f64,
    /// From the middle of this ring to that of an equally wide neighbour.
    pub(super) pitch: f64,
}

impl Band {
    /// Radius of its middle.
    #[must_use]
    pub fn mid(&self) -> f64 {
        f64::midpoint(self.inner, self.outer)
    }
}

/// A month, or a day when the wheel shows one month. Angles in degrees, clockwise from twelve o'clock.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools)] // independent facts that the drawing turns into classes
pub struct Sector {
    /// Where it begins.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// The name of the month or the number of the day.
    pub label: String,
    /// The month, for a sector that is one.
    pub month: Option<u32>,
    /// It holds what has no day, when one month is shown.
    pub under: bool,
    /// The label's turn when it is set straight, −90 to 90: none stands on its head.
    pub rotation: f64,
    /// In the lower half the label reads against the clock.
    pub flipped: bool,
    /// Today is in it.
    pub current: bool,
    /// It begins a tertial or, when one month is shown, a week.
    pub strong: bool,
    /// A Saturday or Sunday, when one month is shown.
    pub weekend: bool,
}

/// A period, drawn under the marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Whose ring it is on.
    pub category: Category,
    /// Radius of its middle.
    pub radius: f64,
    /// Across the ring, in the lengths of [`SIZE`].
    pub width: f64,
    /// Where it begins, in degrees; the round end goes half a width further.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Index of the item.
    pub item: usize,
    /// Whether the item also has a mark; if not, the arc is all that is seen of it here.
    pub has_mark: bool,
}

/// A mark: one item, or several that had no room of their own.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Radius of what is drawn.
    pub r: f64,
    /// Radius of what can be hit. Targets do not overlap either.
    pub hit: f64,
    /// Degrees.
    pub angle: f64,
    /// Its ring.
    pub category: Category,
    /// What it says; of several, the one that most needs somebody (the order of [`Status::ALL`]).
    pub status: Status,
    /// Indexes of its items.
    pub items: Vec<usize>,
    /// The month it stands in.
    pub month: u32,
}

/// What the screen draws, each thing with its place and size.
#[derive(Clone, Debug, PartialEq)]
pub struct Wheel {
    /// Of the items; the dial shows it, or the part of it that `zoom` says.
    pub year: i32,
    /// What is shown of it.
    pub zoom: Zoom,
    /// From the hub outwards.
    pub bands: Vec<Band>,
    /// Clockwise.
    pub sectors: Vec<Sector>,
    /// Under the marks.
    pub periods: Vec<Period>,
    /// Clockwise, from the hub outwards where they stand side by side.
    pub marks: Vec<Mark>,
    /// Radius of a mark that stands for one item.
    pub mark_radius: f64,
    /// Where today is, in degrees, if it is shown.
    pub pointer: Option<f64>,
    /// Of the items in the time shown.
    pub counts: Tally,
}

/// The point at an angle (degrees, clockwise from twelve o'clock) and a distance from the centre.
#[must_use]
pub fn point(angle: f64, radius: f64) -> (f64, f64) {
    let (sin, cos) = angle.to_radians().sin_cos();
    (SIZE / 2.0 + radius * sin, SIZE / 2.0 - radius * cos)
}

/// Lays out the wheel. The order of the items does not matter. Items whose day is outside the time shown have no mark.
#[must_use]
pub fn layout(items: &[Item], year: i32, zoom: Zoom, today: NaiveDate) -> Wheel {
    let (first, last) = zoom.range(year);
    let shown = |i: &usize| (first..=last).contains(&items[*i].occurrence.day());
    let mut order: Vec<usize> = (0..items.len()).filter(shown).collect();
    order.sort_by(|&a, &b| {
        let key = |i: usize| (items[i].occurrence.day(), &items[i].title, items[i].occurrence.id);
        key(a).cmp(&key(b)).then(a.cmp(&b))
    });

    let categories: Vec<Category> = match Category::ALL.iter().filter(|&&c| items.iter().any(|i| i.category == c)) {
        found if found.clone().next().is_some() => found.copied().collect(),
        _ => Category::ALL.to_vec(),
    };
    let loose =
        categories.iter().map(|&c| order.iter().filter(|&&i| items[i].category == c && has_no_day(&items[i])).count());
    let dial = Dial::new(first, last, zoom, u32::try_from(loose.max().unwrap_or(0)).unwrap_or(u32::MAX));
    let cells = dial.cells(items, &order, &categories);
    let bands = bands(&categories, &cells);
    let (mark_radius, placed) = place::place(&cells, &bands, dial.columns.len());
    let mut marks: Vec<Mark> = placed
        .iter()
        .map(|p| Mark {
            x: p.x,
            y: p.y,
            r: p.r,
            hit: hit(p, &placed),
            angle: p.angle,
            category: bands[p.band].category,
            status: p.items.iter().map(|&i| items[i].status(today)).min().unwrap_or(Status::Planerad),
            month: p.items.first().map_or(first.month(), |&i| items[i].occurrence.month()),
            items: p.items.clone(),
        })
        .collect();
    marks.sort_by(|a, b| a.angle.total_cmp(&b.angle).then(a.category.cmp(&b.category)).then(a.items.cmp(&b.items)));
    let mut periods = periods(items, &dial, &bands);
    for period in &mut periods {
        // the arc ends in its own mark, wherever that had to go
        let own = marks.iter().find(|m| m.items == [period.item]);
        if let Some(mark) = own.filter(|m| (m.angle - period.end).abs() < dial.degrees(5.0)) {
            period.end = mark.angle.max(period.start + 0.1);
        }
    }
    Wheel {
        year,
        zoom,
        sectors: dial.sectors(today),
        periods,
        marks,
        mark_radius,
        pointer: (first..=last).contains(&today).then(|| dial.angle(today)),
        counts: Tally::of(order.iter().map(|&i| &items[i]), today),
        bands,
    }
}

/// The largest target that leaves every other its own.
fn hit(mark: &Placed, all: &[Placed]) -> f64 {
    let others = all.iter().filter(|other| !std::ptr::eq(*other, mark));
    let nearest = others.map(|other| place::apart(mark, other)).fold(f64::INFINITY, f64::min);
    (mark.half + nearest / 2.0).min(HIT_MAX.max(mark.half))
}

/// The rings, wider where a month holds much.
fn bands(categories: &[Category], cells: &[Cell]) -> Vec<Band> {
    #[allow(clippy::cast_precision_loss)] // at most seven rings and a few hundred items
    let float = |n: usize| n as f64;
    let count = float(categories.len());
    let all = (count * PITCH_MAX).min(RINGS_OUTER - RINGS_INNER + RING_GAP);
    let even = all / count;
    // how many lanes of marks the fullest month of each ring asks for
    let lanes: Vec<f64> = (0..categories.len())
        .map(|band| {
            let middle = RINGS_OUTER - all + even * (float(band) + 0.5);
            let lanes = cells.iter().filter(|c| c.band == band).map(|cell| {
                let length = (cell.end - cell.start).to_radians() * middle;
                (float(cell.spots.len()) / (length / 28.0).floor().max(1.0)).ceil()
            });
            lanes.fold(1.0, f64::max).min(4.0)
        })
        .collect();
    let spare = all - PITCH_MIN * count;
    let mut inner = RINGS_OUTER - all + RING_GAP;
    let sum: f64 = lanes.iter().sum();
    std::iter::zip(categories, &lanes)
        .map(|(&category, lanes)| {
            let pitch = PITCH_MIN + spare * lanes / sum;
            let band = Band { category, inner, outer: inner + pitch - RING_GAP, pitch };
            inner += pitch;
            band
        })
        .collect()
}

/// The arcs of activities that last. Those that overlap in time get a lane each.
fn periods(items: &[Item], dial: &Dial, bands: &[Band]) -> Vec<Period> {
    let mut out = Vec::new();
    for band in bands {
        let mut arcs: Vec<usize> = (0..items.len())
            .filter(|&i| {
                let occurrence = &items[i].occurrence;
                items[i].category == band.category
                    && items[i].kind().lasts
                    && (occurrence.due - occurrence.start).num_days() >= ARC_DAYS
                    && !has_no_day(&items[i])
                    && occurrence.due >= dial.first
                    && occurrence.start <= dial.last
            })
            .collect();
        let key = |i: usize| (items[i].occurrence.start, items[i].occurrence.due, items[i].occurrence.id, i);
        arcs.sort_by_key(|&i| key(i));
        let mut lanes: Vec<NaiveDate> = Vec::new();
        let with_lane: Vec<(usize, usize)> = arcs
            .iter()
            .map(|&i| {
                let (start, due) = (items[i].occurrence.start, items[i].occurrence.due);
                let lane = lanes.iter().position(|end| *end < start).unwrap_or(lanes.len());
                if lane == lanes.len() {
                    lanes.push(due);
                } else {
                    lanes[lane] = due;
                }
                (i, lane)
            })
            .collect();
        // more than these share lanes: thinner could not be seen
        let most = if band.outer - band.inner > 60.0 { 6 } else { 3 };
        #[allow(clippy::cast_precision_loss)] // a few lanes
        let (count, lane_of) = (lanes.len().clamp(1, most) as f64, |lane: usize| (lane % most) as f64);
        let step = ((band.outer - band.inner) / count).min(32.0);
        for (item, lane) in with_lane {
            let radius = band.mid() + (lane_of(lane) - (count - 1.0) / 2.0) * step;
            let width = (step - 3.0).clamp(2.0, 27.0);
            let cap = (width / 2.0 / radius).asin().to_degrees();
            let occurrence = &items[item].occurrence;
            // the round end begins with the day, the other is round about the mark
            let start = (dial.start_of(occurrence.start.max(dial.first)) + cap).min(359.8 - cap);
            let end = dial.angle(occurrence.due.min(dial.last)).min(360.0 - cap).max(start + 0.1);
            let has_mark = (dial.first..=dial.last).contains(&occurrence.day());
            out.push(Period { category: band.category, radius, width, start, end, item, has_mark });
        }
    }
    out
}
