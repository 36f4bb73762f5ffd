//! The words in the chart of a series, put where they hide nothing: values beside their points, what a brott is, and at the
//! right whose a line is and what is aimed at, moved apart with a thin line to where they belong.

use super::{BOTTOM, Brott, Look, Plan, Punkt, TOP};
use crate::{
    drawing::{Anchor, At, Ink, Mark, key::about, line, narrow_only, path, text, through, titled, wide_only},
    import::shortened,
    tal::Tal,
};

/// How wide a wide chart is between its edges, at least.
pub(super) const INNER: f64 = 440.0;
/// From one line of words to the next.
const ROW: f64 = 16.0;
/// From the edge to the words at the right, and letters of a row there.
const APART: f64 = 12.0;
const LETTERS: usize = 18;
/// Letters of a row about a brott, and of the only one where the chart is narrow.
const WHY: usize = 30;
const TITLE: usize = 17;
/// Rows at the right, together: no more have room beside the chart.
const MOST_ROWS: usize = 18;

/// What words would hide, in parts of the width and in units from the top.
pub(super) struct Room {
    taken: Vec<Patch>,
    points: Vec<(f64, f64)>,
}

/// Where words stand.
#[derive(Clone, Copy)]
struct Patch {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Patch {
    /// Words of such a width and height, from or to a place.
    fn beside(at: (f64, f64), anchor: Anchor, width: f64, height: f64) -> Self {
        let width = width / INNER;
        let left = match anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::End => at.0 - width,
        };
        Self { left, right: left + width, top: at.1, bottom: at.1 + height }
    }

    /// How much it hides: other words most, and those above, below and beside the chart.
    fn cost(&self, room: &Room) -> f64 {
        let over = |other: &&Patch| {
            self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
        };
        let within = |(x, y): &&(f64, f64)| {
            (self.left..=self.right).contains(x) && (self.top - 2.0..=self.bottom + 2.0).contains(y)
        };
        let outside = (-self.left).max(0.0) + (self.right - 1.0).max(0.0);
        let on_an_axis = self.top < TOP - 24.0 || self.bottom > BOTTOM + 4.0;
        #[allow(clippy::cast_precision_loss)] // some thousand points
        let (words, points) =
            (room.taken.iter().filter(over).count() as f64, room.points.iter().filter(within).count() as f64);
        words * 1_000.0 + points + outside * 2_000.0 + if on_an_axis { 3_000.0 } else { 0.0 }
    }
}

impl Room {
    /// The lines are followed from point to point, and what is aimed at from side to side.
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        let mut points = vec![];
        let mut follow = |a: (f64, f64), b: (f64, f64)| {
            let steps = ((b.0 - a.0) / 0.02).ceil().max(1.0);
            let mut step = 0.0;
            while step <= steps {
                let share = step / steps;
                points.push((a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share));
                step += 1.0;
            }
        };
        for (of, _) in plan.lines() {
            for (through, _) in plan.traces(&of.points) {
                for pair in through.windows(2) {
                    let [a, b] = [pair[0], pair[1]].map(|p| (plan.x(p.at), plan.y(p.tal)));
                    follow(a, b);
                }
            }
            for point in &of.points {
                let at = (plan.x(point.middle()), plan.y(point.tal));
                follow(at, at);
            }
        }
        for mal in &plan.of.mal {
            let level = plan.y(mal.tal);
            follow((0.0, level), (1.0, level));
        }
        Self { taken: vec![], points }
    }

    /// The first of the places that hides least, which is then taken.
    fn best(&mut self, places: &[Patch]) -> usize {
        let costs = places.iter().map(|patch| patch.cost(self));
        let best = costs.enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(i, _)| i);
        self.taken.extend(places.get(best));
        best
    }

    /// A value over its point or under it; of a bar at its end.
    pub(super) fn value(&mut self, plan: &Plan<'_>, point: &Punkt) -> Mark {
        let (x, y, words) = (plan.x(point.middle()), plan.y(point.tal), plan.written(point.tal));
        let (over, under) = if plan.bars { (y - 6.0, y + 16.0) } else { (y - 11.0, y + 21.0) };
        let patch =
            |baseline: f64| Patch::beside((x, baseline - 11.0), Anchor::Middle, about(&words, 14.0) + 4.0, 14.0);
        let is_over = match (plan.bars, point.tal < Tal::ZERO) {
            (true, below) => !below,
            _ => self.best(&[patch(over), patch(under)]) == 0,
        };
        text(Ink::Value, At::across(x, if is_over { over } else { under }), Anchor::Middle, words)
    }
}

/// What has its words at the right: how high it would have them, and the words.
struct Ending {
    level: f64,
    rows: Vec<(Ink, String)>,
}

impl Ending {
    fn height(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // three at most
        let rows = self.rows.len() as f64;
        rows * ROW
    }
}

/// Where blocks of words begin that would have their middle at a level and are so high: none over another, and all between two
/// edges as far as they have room.
pub(super) fn apart(blocks: &[(f64, f64)], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by(|a, b| blocks[*a].0.total_cmp(&blocks[*b].0));
    let mut tops = vec![0.0; blocks.len()];
    let mut free = top;
    for i in &order {
        let (level, height) = blocks[*i];
        tops[*i] = (level - height / 2.0).max(free);
        free = tops[*i] + height;
    }
    let mut free = bottom;
    for i in order.iter().rev() {
        tops[*i] = tops[*i].min(free - blocks[*i].1);
        free = tops[*i];
    }
    tops
}

/// Words on at most two rows of so many letters.
fn rows(words: &str, most: usize) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    let mut rest = words.trim();
    while !rest.is_empty() && out.len() < 2 {
        let fits = |end: &usize| rest[..*end].trim_end().chars().count() <= most;
        let ends = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]);
        let end = if out.is_empty() { ends.filter(fits).last() } else { None };
        let end = end.unwrap_or(rest.len());
        out.push(shortened(rest[..end].trim_end(), most - 1));
        rest = rest[end..].trim_start();
    }
    out
}

impl Plan<'_> {
    /// What is aimed at, from side to side. Where there is no room at the right it is said over the line.
    pub(super) fn aims(&self, out: &mut Vec<Mark>) {
        let mal = &self.of.mal;
        for mal in mal {
            let y = self.y(mal.tal);
            let stroke = line(Ink::Aim, At::across(0.0, y), At::across(1.0, y));
            out.push(titled(mal.name.clone(), vec![stroke]));
        }
        let blocks: Vec<(f64, f64)> = mal.iter().map(|mal| (self.y(mal.tal) - 10.0, ROW)).collect();
        let names = mal
            .iter()
            .zip(apart(&blocks, (TOP - 20.0, BOTTOM)))
            .map(|(mal, top)| text(Ink::AimName, At::across(1.0, top + 12.0), Anchor::End, shortened(&mal.name, WHY)));
        let names: Vec<Mark> = names.collect();
        if !names.is_empty() {
            out.push(narrow_only(names));
        }
    }

    /// A dotted line with what it is beside it.
    pub(super) fn all_brott(&self, room: &mut Room, out: &mut Vec<Mark>) {
        for (i, brott) in self.of.brott.iter().enumerate() {
            let x = self.x(brott.at);
            let mut marks = vec![line(Ink::Brott, At::across(x, TOP), At::across(x, BOTTOM))];
            marks.push(wide_only(true, self.about_brott(room, brott, x)));
            // one under the other, whichever side they stand on
            #[allow(clippy::cast_precision_loss)] // twelve at most
            let y = BOTTOM - 8.0 - (i % 12) as f64 * ROW;
            let (anchor, dx) = if x > 0.5 { (Anchor::End, -6.0) } else { (Anchor::Start, 6.0) };
            let title = shortened(&brott.title, TITLE);
            marks.push(narrow_only(vec![text(Ink::BrottName, At::across(x, y).right(dx), anchor, title)]));
            out.push(titled(format!("{}: {}", brott.title, brott.why), marks));
        }
    }

    /// The words, on the side and at the height where they hide least.
    #[allow(clippy::unused_self)] // beside the others
    fn about_brott(&self, room: &mut Room, brott: &Brott, x: f64) -> Vec<Mark> {
        let mut words = vec![(Ink::BrottName, shortened(&brott.title, WHY))];
        words.extend(rows(&brott.why, WHY).into_iter().map(|row| (Ink::Note, row)));
        let width = words.iter().map(|(_, row)| about(row, 13.0)).fold(0.0, f64::max);
        #[allow(clippy::cast_precision_loss)] // three at most
        let height = words.len() as f64 * ROW;
        let gap = 7.0 / INNER;
        let heights = [BOTTOM - height - 6.0, TOP + 4.0, (TOP + BOTTOM - height) / 2.0];
        let places = heights
            .iter()
            .flat_map(|top| [(x + gap, Anchor::Start, *top), (x - gap, Anchor::End, *top)])
            .collect::<Vec<_>>();
        let patches: Vec<Patch> =
            places.iter().map(|(x, anchor, top)| Patch::beside((*x, *top), *anchor, width, height)).collect();
        let (_, anchor, top) = places[room.best(&patches)];
        let dx = if anchor == Anchor::Start { 7.0 } else { -7.0 };
        let mut baseline = top + 12.0;
        let mut out = vec![];
        for (ink, row) in words {
            out.push(text(ink, At::across(x, baseline).right(dx), anchor, row));
            baseline += ROW;
        }
        out
    }

    fn all_endings(&self) -> Vec<Ending> {
        let mut out: Vec<Ending> = vec![];
        let mut lines: Vec<_> = self.lines().filter(|(_, look)| *look != Look::Context).collect();
        // one's own is the last to be left out
        lines.reverse();
        for (of, look) in lines {
            let Some(last) = of.points.last() else { continue };
            let strong = look == Look::Strong;
            let value = self.written(last.tal);
            let mut words = match (strong, of.name.as_str()) {
                (true, "") => vec![value],
                (true, name) if name.chars().count() + 1 + value.chars().count() < LETTERS => {
                    vec![format!("{name} {value}")]
                }
                (true, name) => rows(name, LETTERS - 1).into_iter().chain([value]).collect(),
                (false, name) => rows(name, LETTERS),
            };
            words.retain(|row| !row.is_empty());
            let mut rows: Vec<(Ink, String)> = words.into_iter().map(|row| (Ink::SerieName(strong), row)).collect();
            if last.preliminar && strong {
                rows.push((Ink::Note, "preliminärt".to_owned()));
            }
            out.push(Ending { level: self.y(last.tal), rows });
        }
        let aims = self.of.mal.iter().map(|mal| Ending {
            level: self.y(mal.tal),
            rows: rows(&mal.name, LETTERS).into_iter().map(|row| (Ink::AimName, row)).collect(),
        });
        // what is aimed at comes after one's own and before the others
        let own = self.of.lines.iter().filter(|of| of.strong && !of.points.is_empty()).count();
        out.splice(own..own, aims);
        let mut left = MOST_ROWS;
        out.retain(|ending| {
            let fits = ending.rows.len() <= left;
            left -= if fits { ending.rows.len() } else { 0 };
            fits
        });
        out
    }

    /// Whose the lines are and what is aimed at, at the right, where the chart is wide.
    pub(super) fn endings(&self, out: &mut Vec<Mark>) {
        let endings = self.all_endings();
        let blocks: Vec<(f64, f64)> = endings.iter().map(|ending| (ending.level, ending.height())).collect();
        let mut marks = vec![];
        for (ending, top) in endings.into_iter().zip(apart(&blocks, (TOP - 12.0, BOTTOM + 8.0))) {
            let moved = top + ending.height() / 2.0 - ending.level;
            if moved.abs() > 4.0 {
                let steps = through(&[(1.0, 0.0), (APART - 2.0, moved)]);
                marks.push(path(Ink::Leader, At::across(1.0, ending.level), steps));
            }
            let mut baseline = top + 12.0;
            for (ink, row) in ending.rows {
                marks.push(text(ink, At::across(1.0, baseline).right(APART), Anchor::Start, row));
                baseline += ROW;
            }
        }
        if !marks.is_empty() {
            out.push(wide_only(true, marks));
        }
    }
}
