//! The words in the chart of a series, put where they hide nothing: values beside their points, what a brott is, and at the
//! right whose a line is and what is aimed at, moved apart with a thin line to where they belong.

use super::{Brott, Look, Plan, Punkt, TOP};
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
const LETTERS: usize = 19;
const OWN_LETTERS: usize = 17;
/// Letters of a row about a brott, and of the only one where the chart is narrow.
const WHY: usize = 24;
const TITLE: usize = 17;
/// Rows at the right, together: no more have room beside the chart.
const MOST_ROWS: usize = 18;

/// What words would hide, in parts of the width and in units from the top.
pub(super) struct Room {
    taken: Vec<Patch>,
    points: Vec<(f64, f64)>,
    bottom: f64,
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
        let on_an_axis = self.top < TOP - 24.0 || self.bottom > room.bottom + 4.0;
        #[allow(clippy::cast_precision_loss)] // some thousand points
        let (words, points) =
            (room.taken.iter().filter(over).count() as f64, room.points.iter().filter(within).count() as f64);
        words * 1_000.0 + points + outside * 2_000.0 + if on_an_axis { 3_000.0 } else { 0.0 }
    }
}

impl Room {
    /// The lines are followed from point to point, what is aimed at from side to side, a brott from top to bottom.
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
            for (through, _) in plan.traces(of) {
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
        for brott in &plan.of.brott {
            let (x, mut y) = (plan.x(brott.at), TOP);
            while y < plan.bottom() {
                points.push((x, y));
                y += ROW / 4.0;
            }
        }
        Self { taken: vec![], points, bottom: plan.bottom() }
    }

    /// The first of the places that hides least, which is then taken.
    fn best(&mut self, places: &[Patch]) -> usize {
        let costs = places.iter().map(|patch| patch.cost(self));
        let best = costs.enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(i, _)| i);
        self.taken.extend(places.get(best));
        best
    }

    /// A value beside its point, over or under it if that hides nothing; of a bar at its end.
    pub(super) fn value(&mut self, plan: &Plan<'_>, point: &Punkt, x: f64) -> Mark {
        let (y, words) = (plan.y(point.tal), plan.written(point.tal));
        let beside =
            |place: (f64, f64, Anchor)| text(Ink::Value, At::across(x, place.1).right(place.0), place.2, words.clone());
        if plan.bars {
            let baseline = if point.tal < Tal::ZERO { y + 16.0 } else { y - 6.0 };
            return beside((0.0, baseline, Anchor::Middle));
        }
        let places = [
            (0.0, y - 11.0, Anchor::Middle),
            (0.0, y + 21.0, Anchor::Middle),
            (0.0, y - 26.0, Anchor::Middle),
            (0.0, y + 36.0, Anchor::Middle),
            (6.0, y - 9.0, Anchor::Start),
            (-6.0, y - 9.0, Anchor::End),
            (6.0, y + 19.0, Anchor::Start),
            (-6.0, y + 19.0, Anchor::End),
        ];
        let width = about(&words, 14.0) + 4.0;
        let patch = |(dx, baseline, anchor): (f64, f64, Anchor)| {
            Patch::beside((x + dx / INNER, baseline - 11.0), anchor, width, 14.0)
        };
        beside(places[self.best(&places.map(patch))])
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
    let mut stacks: Vec<Stack> = vec![];
    for i in order {
        let (level, height) = blocks[i];
        let mut last = Stack { of: vec![i], wanted: level - height / 2.0, height };
        // what would lie on each other lies under each other, moved as little as can be together
        while let Some(before) = stacks.pop_if(|before| before.top(top, bottom) + before.height > last.top(top, bottom))
        {
            last = before.with(last);
        }
        stacks.push(last);
    }
    let mut tops = vec![0.0; blocks.len()];
    for stack in stacks {
        let mut free = stack.top(top, bottom);
        for i in stack.of {
            tops[i] = free;
            free += blocks[i].1;
        }
    }
    tops
}

/// Blocks of words under each other.
struct Stack {
    of: Vec<usize>,
    /// Where it would begin for each of them to be where it belongs, together.
    wanted: f64,
    height: f64,
}

impl Stack {
    #[allow(clippy::cast_precision_loss)] // a dozen at most
    fn count(&self) -> f64 {
        self.of.len() as f64
    }

    fn top(&self, top: f64, bottom: f64) -> f64 {
        (self.wanted / self.count()).min(bottom - self.height).max(top)
    }

    fn with(self, under: Self) -> Self {
        let wanted = self.wanted + under.wanted - under.count() * self.height;
        let height = self.height + under.height;
        Self { of: self.of.into_iter().chain(under.of).collect(), wanted, height }
    }
}

/// So many letters at most, the last of which says that there were more.
fn within(words: &str, most: usize) -> String {
    if words.chars().count() <= most { words.to_owned() } else { shortened(words, most - 1) }
}

/// Words on at most two rows of so many letters.
fn rows(words: &str, most: usize) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    let mut rest = words.trim();
    while !rest.is_empty() && out.len() < 2 {
        let fits = |end: &usize| rest[..*end].trim_end().chars().count() <= most;
        let mut ends = rest.match_indices(' ').map(|(at, _)| at).chain([rest.len()]);
        let end = if out.is_empty() { ends.rfind(fits) } else { None };
        let end = end.unwrap_or(rest.len());
        out.push(within(rest[..end].trim_end(), most));
        rest = rest[end..].trim_start();
    }
    out
}

impl Plan<'_> {
    /// What is aimed at, from side to side, and dotted lines upright where something is different.
    pub(super) fn marked(&self, out: &mut Vec<Mark>) {
        for mal in &self.of.mal {
            let y = self.y(mal.tal);
            let stroke = line(Ink::Aim, At::across(0.0, y), At::across(1.0, y));
            out.push(titled(mal.name.clone(), vec![stroke]));
        }
        for brott in &self.of.brott {
            let x = self.x(brott.at);
            let stroke = line(Ink::Brott, At::across(x, TOP), At::across(x, self.bottom()));
            out.push(titled(format!("{}: {}", brott.title, brott.why), vec![stroke]));
        }
    }

    /// What a brott is, beside its line.
    pub(super) fn told(&self, room: &mut Room, out: &mut Vec<Mark>) {
        for brott in &self.of.brott {
            out.push(wide_only(true, self.about_brott(room, brott)));
        }
    }

    /// What stands at the right or beside a line where there is room, over the lines where there is not: what is aimed at, and
    /// that something is different.
    pub(super) fn narrow(&self, room: &Room, out: &mut Vec<Mark>) {
        let mal = &self.of.mal;
        let blocks: Vec<(f64, f64)> = mal.iter().map(|mal| (self.y(mal.tal) - 10.0, ROW)).collect();
        let mut marks = vec![];
        for (mal, top) in mal.iter().zip(apart(&blocks, (TOP - 20.0, self.bottom()))) {
            // at the end that the lines are farther away from
            let near = |end: f64| {
                let within = |(x, y): &&(f64, f64)| (x - end).abs() < 0.5 && (y - top - ROW / 2.0).abs() < ROW / 2.0;
                room.points.iter().filter(within).count()
            };
            let (end, anchor) = if near(0.0) < near(1.0) { (0.0, Anchor::Start) } else { (1.0, Anchor::End) };
            marks.push(text(Ink::AimName, At::across(end, top + 12.0), anchor, within(&mal.name, WHY)));
        }
        // one under the other whichever side they stand on, where there is less: at the bottom, or at the top
        let near = |edge: f64| room.points.iter().filter(|(_, y)| (y - edge).abs() < 2.5 * ROW).count();
        let mut y = if near(self.bottom()) <= near(TOP) { self.bottom() - 8.0 } else { TOP + 14.0 };
        let step = if y > TOP + 14.0 { -ROW } else { ROW };
        for brott in &self.of.brott {
            let x = self.x(brott.at);
            let (anchor, dx) = if x > 0.5 { (Anchor::End, -6.0) } else { (Anchor::Start, 6.0) };
            let title = within(&brott.title, TITLE);
            marks.push(text(Ink::BrottName, At::across(x, y).right(dx), anchor, title));
            y = (y + step).clamp(TOP + 14.0, self.bottom() - 8.0);
        }
        if !marks.is_empty() {
            out.push(narrow_only(marks));
        }
    }

    /// The words, on the side and at the height where they hide least.
    fn about_brott(&self, room: &mut Room, brott: &Brott) -> Vec<Mark> {
        let x = self.x(brott.at);
        let mut words = vec![(Ink::BrottName, within(&brott.title, WHY))];
        words.extend(rows(&brott.why, WHY).into_iter().map(|row| (Ink::Note, row)));
        let width = words.iter().map(|(_, row)| about(row, 13.0)).fold(0.0, f64::max);
        #[allow(clippy::cast_precision_loss)] // three at most
        let height = words.len() as f64 * ROW;
        let gap = 7.0 / INNER;
        let (lowest, highest) = (self.bottom() - height - 6.0, TOP + 4.0);
        let heights =
            [0.0, 1.0, 0.5, 0.125, 0.875, 0.25, 0.75, 0.375, 0.625].map(|up| lowest + (highest - lowest) * up);
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
                (true, name) if name.chars().count() + 1 + value.chars().count() <= OWN_LETTERS => {
                    vec![format!("{name} {value}")]
                }
                (true, name) => rows(name, OWN_LETTERS).into_iter().chain([value]).collect(),
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
        for (ending, top) in endings.into_iter().zip(apart(&blocks, (TOP - 12.0, self.bottom() + 8.0))) {
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
