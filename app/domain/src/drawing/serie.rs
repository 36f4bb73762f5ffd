//! The chart of a series of figures in any unit: a line for each unit, one's own the strong one, or bars from nought; with
//! what is aimed at, from when it is reckoned in another way, and the years. A missing time breaks a line, a preliminary
//! value is hollow and joined by dots, and nothing is joined across a brott (`docs/doman.md` 10). What a colour says, the
//! width of a line, its dashes or a filled point say too.

mod lines;
mod small;
#[cfg(test)]
mod tests;
mod times;
mod words;

use serde::{Deserialize, Serialize};

use self::words::Room;
use super::{Anchor, At, Drawing, Ink, Width, axis::Axis, text};
use crate::{format::capitalised, import::shortened, tal::Tal};

pub use self::small::small;

/// A value of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Punkt {
    /// The place of its time, or of the first one that it is of. Times that follow each other are 1 apart.
    pub at: f64,
    /// How many places its time is: 1, or 12 for that of a year beside those of months. What is longer than 1 is drawn as long
    /// as it is, and not joined to others.
    pub width: f64,
    /// How much.
    pub tal: Tal,
    /// Not final: hollow.
    pub preliminar: bool,
    /// What it says to those who point at it: "mars 2022: 336 hushåll".
    pub label: String,
}

/// The values of a unit, in the order of time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Linje {
    /// Whose it is. One of no name is there for comparison only.
    pub name: String,
    /// One's own.
    pub strong: bool,
    /// Named at its end also where the others are too many to be: what somebody has chosen to see beside one's own.
    #[serde(default)]
    pub chosen: bool,
    /// Where it is reckoned in another way, as [`Brott::at`], and no other line is: it is not joined there.
    #[serde(default)]
    pub avbrott: Vec<f64>,
    /// Those there are: of a time that is missing there is none.
    pub points: Vec<Punkt>,
}

/// From here on it is reckoned in another way: values on both sides are not joined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Brott {
    /// Between two places: 0,5 is between the first and the second.
    pub at: f64,
    /// "Brott 2021-01-01".
    pub title: String,
    /// What is different.
    pub why: String,
}

/// What is aimed at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mal {
    /// "Mål: under 340".
    pub name: String,
    /// How much.
    pub tal: Tal,
}

/// A time on the axis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tick {
    /// What it is called, in a few letters.
    pub label: String,
    /// The year that begins with it, or that it is of where it is the first.
    pub year: Option<String>,
}

/// All that a chart shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Diagram {
    /// What is counted: "hushåll", "kr".
    pub unit: String,
    /// Of the series, 0–4.
    pub decimals: u32,
    /// The place of the first time.
    pub start: i64,
    /// The times from there on, each 1 from the one before.
    pub ticks: Vec<Tick>,
    /// One for each unit. One's own is drawn over the others wherever it stands.
    pub lines: Vec<Linje>,
    /// Where it is reckoned in another way from.
    pub brott: Vec<Brott>,
    /// What is aimed at, for the year or by others.
    pub mal: Vec<Mal>,
    /// The places whose value is written beside the strong line.
    pub numbers: Vec<f64>,
    /// Bars instead of lines, for at most [`MOST_BARS`] units: those of more cannot be told from each other, and are lines.
    /// Either way from nought.
    pub bars: bool,
    /// The finding in words; where it is empty the drawing says what it shows.
    pub alt: String,
}

/// How a line or a bar looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Look {
    /// One's own: thick, with filled points.
    Strong,
    /// One of the few others that are named at their end: each with dashes of its own but the first.
    Named(usize),
    /// One of many: thin and grey.
    Context,
}

impl Look {
    /// How many of the named look different.
    const NAMED: usize = 4;

    /// The one that it looks like.
    pub(super) const fn kept(self) -> Self {
        match self {
            Self::Named(n) => Self::Named(n % Self::NAMED),
            other => other,
        }
    }

    /// What the screen knows it by.
    #[must_use]
    pub fn class(self) -> String {
        match self.kept() {
            Self::Strong => "strong".to_owned(),
            Self::Named(n) => format!("named-{n}"),
            Self::Context => "context".to_owned(),
        }
    }
}

/// Bars of so many units stand beside each other.
pub const MOST_BARS: usize = 4;
/// So many others than one's own are named; where there are more, none of them is.
const MOST_NAMED: usize = 4;
/// The same where none is one's own. Dashes recur then, and names at their ends tell them apart.
const MOST_ALIKE: usize = 8;

/// Room above the highest line, its distance to the lowest, and room below for the times and their years, in units.
const TOP: f64 = 40.0;
const HIGH: f64 = 240.0;
const BELOW: f64 = 48.0;
/// Room before it for figures of so many letters at most. `style/chart.css` says the same to the screen.
const LEFT: [(usize, f64, &str); 3] =
    [(5, 46.0, "chart-serie"), (8, 70.0, "chart-serie axis-8"), (usize::MAX, 146.0, "chart-serie axis-18")];
/// Room after it, for the names of what ends there. The same.
const RIGHT: f64 = 152.0;
/// At least so far from the edges stands the first and the last time, as a part of the width.
const INSET: f64 = 0.03;
/// Letters of what stands over a chart: it has room on a phone.
const CAPTION: usize = 42;

/// What is reckoned once for a chart.
struct Plan<'a> {
    of: &'a Diagram,
    axis: Axis,
    looks: Vec<Look>,
    bars: bool,
    high: f64,
}

impl<'a> Plan<'a> {
    fn new(of: &'a Diagram, high: f64) -> Self {
        let all = || of.lines.iter().flat_map(|l| &l.points).map(|p| p.tal).chain(of.mal.iter().map(|m| m.tal));
        let (least, most) = (all().min().unwrap_or_default(), all().max().unwrap_or_default());
        let axis = Axis::of(least, most, of.decimals, of.bars);
        Self { of, axis, looks: of.looks(), bars: of.bars && of.lines.len() <= MOST_BARS, high }
    }

    /// From the edge to the first time, and from a time to the next, as parts of the width.
    fn pitch(&self) -> (f64, f64) {
        #[allow(clippy::cast_precision_loss)] // some hundred weeks
        let n = self.of.ticks.len().max(1) as f64;
        let half = 0.5 / n;
        // a bar has room on both sides, a point needs no more than its own
        let inset = if self.bars { half } else { half.min(INSET) };
        if n < 2.0 { (0.5, 1.0) } else { (inset, (1.0 - 2.0 * inset) / (n - 1.0)) }
    }

    /// Part of the width. A single time stands in the middle.
    fn x(&self, at: f64) -> f64 {
        #[allow(clippy::cast_precision_loss)] // some hundred weeks
        let start = self.of.start as f64;
        let (inset, pitch) = self.pitch();
        (inset + (at - start) * pitch).clamp(0.0, 1.0)
    }

    fn y(&self, tal: Tal) -> f64 {
        TOP + self.axis.down(tal) * self.high
    }

    /// Where the lowest line is.
    fn bottom(&self) -> f64 {
        TOP + self.high
    }

    fn place(&self, at: f64, tal: Tal) -> At {
        At::across(self.x(at), self.y(tal))
    }

    fn written(&self, tal: Tal) -> String {
        tal.with_decimals(self.of.decimals)
    }

    /// The lines with how they look, one's own last.
    fn lines(&self) -> impl Iterator<Item = (&'a Linje, Look)> + Clone {
        let all = || self.of.lines.iter().zip(self.looks.iter().copied());
        let others: Vec<_> = all().filter(|(line, _)| !line.strong).collect();
        let own: Vec<_> = all().filter(|(line, _)| line.strong).collect();
        others.into_iter().chain(own)
    }

    /// Whether a value of a line is joined to the next one there is.
    fn joins(&self, of: &Linje, a: &Punkt, b: &Punkt) -> bool {
        let mut broken = self.of.brott.iter().map(|brott| brott.at).chain(of.avbrott.iter().copied());
        b.at - a.at < 1.5 && !broken.any(|at| a.at < at && at <= b.at)
    }
}

impl Punkt {
    /// Longer than a time of the axis.
    fn is_long(&self) -> bool {
        self.width > 1.5
    }

    /// Where its middle is.
    fn middle(&self) -> f64 {
        self.at + (self.width.max(1.0) - 1.0) / 2.0
    }
}

impl Diagram {
    /// How each of its lines looks.
    #[must_use]
    pub fn looks(&self) -> Vec<Look> {
        let others = |line: &&Linje| !line.strong && !line.chosen && !line.name.is_empty();
        let named = self.lines.iter().filter(others).count();
        // where none is one's own, they are what the chart is about
        let most = if self.lines.iter().any(|line| line.strong) { MOST_NAMED } else { MOST_ALIKE };
        let mut before = 0;
        let look = |line: &Linje| {
            if line.strong {
                return Look::Strong;
            }
            if line.name.is_empty() || named > most && !line.chosen {
                return Look::Context;
            }
            before += 1;
            Look::Named(before - 1)
        };
        self.lines.iter().map(look).collect()
    }

    /// Whether any of its values is preliminary.
    #[must_use]
    pub fn has_preliminary(&self) -> bool {
        self.lines.iter().flat_map(|line| &line.points).any(|point| point.preliminar)
    }

    /// The finding; without one from what to what each line that has a name goes, what is aimed at and what is different.
    fn said(&self) -> String {
        if !self.alt.trim().is_empty() {
            return self.alt.clone();
        }
        let mut out = vec![];
        for line in &self.lines {
            let (Some(first), Some(last)) = (line.points.first(), line.points.last()) else { continue };
            let marked = if last.preliminar { " (preliminärt)" } else { "" };
            let ends = match line.points.len() {
                1 => format!("{}{marked}", last.label),
                _ => format!("{} – {}{marked}", first.label, last.label),
            };
            if !line.name.is_empty() {
                out.push(format!("{}, {ends}", line.name));
            } else if line.strong {
                out.push(ends);
            }
        }
        if self.lines.iter().all(|line| line.points.is_empty()) {
            out.push("Inga värden att visa".to_owned());
        } else if out.is_empty() {
            out.push(format!("Värden för {} enheter", self.lines.len()));
        }
        out.extend(self.mal.iter().map(|mal| mal.name.clone()));
        out.extend(self.brott.iter().map(|brott| format!("{}: {}", brott.title, brott.why)));
        let unit = capitalised(self.unit.trim());
        let unit = if unit.is_empty() { String::new() } else { format!("{unit}. ") };
        format!("{unit}{}.", out.join(". "))
    }
}

/// The chart. Where there is nothing to show it says so.
#[must_use]
pub fn draw(diagram: &Diagram) -> Drawing {
    drawn(diagram, HIGH)
}

/// The chart for a slide, so many units wide that its letters are read from the back of the room, 2,5 pixels for each, and as low as a
/// slide whose heading has two lines leaves room for. Beside a question there is less.
#[must_use]
pub fn on_slide(diagram: &Diagram, beside: bool) -> Drawing {
    let (width, wide) = if beside { (390.0, false) } else { (660.0, true) };
    let mut diagram = diagram.clone();
    if let [only] = diagram.lines.as_mut_slice() {
        // the slide says at its foot whose it is
        only.name.clear();
    }
    Drawing { class: "".into(), ..drawn(&diagram, 100.0) }.fixed(width, wide)
}

fn drawn(diagram: &Diagram, high: f64) -> Drawing {
    let plan = Plan::new(diagram, high);
    let letters = plan.axis.letters();
    let (_, left, class) = LEFT.into_iter().find(|(most, ..)| letters <= *most).unwrap_or(LEFT[2]);
    let mut out = Drawing::new(class, Width::Fluid { left, right: RIGHT }, plan.bottom() + BELOW, diagram.said());
    let marks = &mut out.marks;
    let caption = plan.axis.caption(&diagram.unit);
    if !caption.is_empty() {
        // what is long is the unit: where the axis begins stands at its end and is kept
        let unit = diagram.unit.chars().count();
        let over = caption.chars().count().saturating_sub(CAPTION);
        let caption = match over {
            0 => caption,
            over => plan.axis.caption(&shortened(&diagram.unit, unit.saturating_sub(over + 1))),
        };
        marks.push(text(Ink::Axis, At::new(2.0 - left, 15.0), Anchor::Start, caption));
    }
    plan.axis.grid(marks, TOP, high);
    plan.times(marks);
    if diagram.lines.iter().all(|line| line.points.is_empty()) {
        let middle = At::across(0.5, TOP + high / 2.0);
        marks.push(text(Ink::Missing, middle, Anchor::Middle, "Inga värden att visa"));
    }
    if plan.bars {
        plan.all_bars(marks);
    }
    plan.marked(marks);
    plan.all_lines(marks);
    // words lie over all lines
    let mut room = Room::of(&plan);
    plan.told(&mut room, marks);
    plan.narrow(&room, marks);
    plan.values(&mut room, marks);
    plan.endings(marks);
    out
}
