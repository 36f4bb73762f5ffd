//! The dial: how days become degrees, which sectors the circle has, and where things would stand if they were alone.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{
    Zoom, has_no_day,
    layout::Sector,
    place::{Cell, Spot},
};
use crate::{
    format,
    occurrence::{Item, month_end},
    schedule::Category,
};

/// A stretch of the circle, with the days that are in it.
pub(super) struct Column {
    first: NaiveDate,
    last: NaiveDate,
    start: f64,
    end: f64,
}

/// Degrees of a month's circle for each thing of a ring that has no day, and the least and the most of them together.
const LOOSE_EACH: f64 = 9.0;
const LOOSE_LEAST: f64 = 40.0;
const LOOSE_MOST: f64 = 180.0;

/// The time shown, bent into a circle: months of equal width, in each the days of equal width. Where one month is shown, what
/// has no day stands in a piece of its own before the first: "under månaden".
pub(super) struct Dial {
    pub first: NaiveDate,
    pub last: NaiveDate,
    zoom: Zoom,
    /// Degrees before the first day, for what has none.
    loose: f64,
    /// What gathers: months, or the weeks of one month.
    pub columns: Vec<Column>,
}

impl Dial {
    /// `loose`: how many things without a day the fullest ring has, where one month is shown.
    pub fn new(first: NaiveDate, last: NaiveDate, zoom: Zoom, loose: u32) -> Self {
        let loose = match zoom {
            Zoom::Month(_) if loose > 0 => (f64::from(loose) * LOOSE_EACH).clamp(LOOSE_LEAST, LOOSE_MOST),
            _ => 0.0,
        };
        let mut dial = Self { first, last, zoom, loose, columns: vec![] };
        let begins = |day: NaiveDate| match zoom {
            Zoom::Month(_) => day.weekday() == Weekday::Mon,
            _ => day.day() == 1,
        };
        let mut columns: Vec<Column> = Vec::new();
        for day in first.iter_days().take_while(|d| *d <= last) {
            if let Some(column) = columns.last_mut().filter(|_| !begins(day)) {
                column.last = day;
            } else {
                columns.push(Column { first: day, last: day, start: 0.0, end: 0.0 });
            }
        }
        // each ends in the very number that the next begins with: nothing can fall between
        let mut end = 360.0;
        for column in columns.iter_mut().rev() {
            column.start = dial.start_of(column.first);
            column.end = end;
            end = column.start;
        }
        if loose > 0.0 {
            columns.insert(0, Column { first, last: first, start: 0.0, end: loose });
        }
        dial.columns = columns;
        dial
    }

    /// Degrees of one month.
    fn month_width(&self) -> f64 {
        let months = self.zoom.months();
        (360.0 - self.loose) / f64::from(months.end() - months.start() + 1)
    }

    /// Degrees of a day of the month that this day is in.
    fn day_width(&self, day: NaiveDate) -> f64 {
        self.month_width() / f64::from(month_end(day).day())
    }

    /// Degrees of this many days, roughly.
    pub fn degrees(&self, days: f64) -> f64 {
        self.month_width() / 30.0 * days
    }

    /// Where a day begins.
    pub fn start_of(&self, day: NaiveDate) -> f64 {
        self.loose
            + f64::from(day.month() - self.first.month()) * self.month_width()
            + f64::from(day.day0()) * self.day_width(day)
    }

    /// The middle of a day.
    pub fn angle(&self, day: NaiveDate) -> f64 {
        self.start_of(day) + self.day_width(day) / 2.0
    }

    /// What is to stand in each piece of each ring, and where it would like to.
    pub fn cells(&self, items: &[Item], order: &[usize], categories: &[Category]) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (band, &category) in categories.iter().enumerate() {
            let mut spots: Vec<Spot> = Vec::new();
            for month in self.zoom.months() {
                let here = |i: &&usize| items[**i].category == category && items[**i].occurrence.month() == month;
                let (loose, dated): (Vec<usize>, Vec<usize>) =
                    order.iter().filter(here).partition(|i| has_no_day(&items[**i]));
                let start = f64::from(month - self.first.month()) * self.month_width();
                let angles: Vec<f64> = dated.iter().map(|&i| self.angle(items[i].occurrence.day())).collect();
                let free = if self.loose > 0.0 {
                    spread(0.0, self.loose, &[], loose.len())
                } else {
                    spread(start, start + self.month_width(), &angles, loose.len())
                };
                spots.extend(
                    std::iter::zip(dated.into_iter().chain(loose), angles.into_iter().chain(free))
                        .map(|(item, angle)| Spot { item, angle }),
                );
            }
            // stable: what wants the same place keeps the order of the items
            spots.sort_by(|a, b| a.angle.total_cmp(&b.angle));
            for (column, Column { start, end, .. }) in self.columns.iter().enumerate() {
                let inside = |s: &&Spot| s.angle >= *start && (s.angle < *end || column + 1 == self.columns.len());
                let spots: Vec<Spot> = spots.iter().filter(inside).copied().collect();
                if !spots.is_empty() {
                    cells.push(Cell { band, column, start: *start, end: *end, spots });
                }
            }
        }
        cells
    }

    pub fn sectors(&self, today: NaiveDate) -> Vec<Sector> {
        let sector = |day: NaiveDate, end: f64| {
            let start = self.start_of(day);
            let middle = f64::midpoint(start, end);
            let flipped = middle > 90.0 && middle < 270.0;
            let turned = if flipped { middle - 180.0 } else { middle };
            let rotation = if turned > 180.0 { turned - 360.0 } else { turned };
            (start, flipped, rotation)
        };
        if let Zoom::Month(_) = self.zoom {
            let days = self.first.iter_days().take_while(|d| *d <= self.last);
            let under = (self.loose > 0.0).then(|| Sector {
                start: 0.0,
                end: self.loose,
                label: "Under månaden".to_owned(),
                month: None,
                under: true,
                rotation: 0.0,
                flipped: false,
                current: false,
                strong: true,
                weekend: false,
            });
            return under
                .into_iter()
                .chain(days.map(|day| {
                    let end = self.start_of(day) + self.day_width(day);
                    let (start, flipped, _) = sector(day, end);
                    Sector {
                        start,
                        end,
                        label: day.day().to_string(),
                        month: None,
                        under: false,
                        // a number is read fastest when it stands upright
                        rotation: 0.0,
                        flipped,
                        current: day == today,
                        strong: day.weekday() == Weekday::Mon || day == self.first,
                        weekend: matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
                    }
                }))
                .collect();
        }
        self.columns
            .iter()
            .map(|column| {
                let (start, flipped, rotation) = sector(column.first, column.end);
                let month = column.first.month();
                Sector {
                    start,
                    end: column.end,
                    label: format::month_name(month).to_owned(),
                    month: Some(month),
                    under: false,
                    rotation,
                    flipped,
                    current: (column.first..=column.last).contains(&today),
                    strong: month % 4 == 1,
                    weekend: false,
                }
            })
            .collect()
    }
}

/// Places for `count` things without a day of their own between `start` and `end`, as far as possible from each other
/// and from what has a day. A neighbour on the other side of an edge is taken to be as far from the edge as we are.
fn spread(start: f64, end: f64, dated: &[f64], count: usize) -> Vec<f64> {
    let mut edges = vec![start];
    edges.extend(dated);
    edges.push(end);
    let last = edges.len() - 2;
    let weight = |gap: usize| (if gap == 0 { 0.5 } else { 1.0 }, if gap == last { 0.5 } else { 1.0 });
    let distance = |gap: usize, held: u32| {
        let (before, after) = weight(gap);
        (edges[gap + 1] - edges[gap]) / (f64::from(held) - 1.0 + before + after)
    };
    let mut held = vec![0_u32; edges.len() - 1];
    for _ in 0..count {
        let widest = (0..held.len())
            .max_by(|&a, &b| distance(a, held[a] + 1).total_cmp(&distance(b, held[b] + 1)).then(b.cmp(&a)));
        if let Some(gap) = widest {
            held[gap] += 1;
        }
    }
    (0..held.len())
        .flat_map(|gap| {
            let step = if held[gap] == 0 { 0.0 } else { distance(gap, held[gap]) };
            let from = edges[gap] + weight(gap).0 * step;
            (0..held[gap]).map(move |i| from + f64::from(i) * step)
        })
        .collect()
}
