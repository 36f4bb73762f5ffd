//! The same share at several times, with what is aimed at: a control beside its earlier times. Each share stands by itself
//! with its interval; between them nothing is known, so the line that joins them is dotted. That of this time is filled.

use serde::{Deserialize, Serialize};

use super::{
    Anchor, At, Drawing, Ink, Width, circle, line,
    line::{BELOW, BOTTOM, LEFT, LineKind, RIGHT, TOP, down, grid},
    text, titled, wide_only,
};
use crate::tal::Tal;

/// A share at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// When, in a few letters.
    pub label: String,
    /// 0–1.
    pub share: f64,
    /// Its 95 % interval, 0–1; none where all cases were judged.
    pub interval: Option<(f64, f64)>,
    /// This time, and not an earlier one.
    pub now: bool,
    /// What was found, in words.
    pub said: String,
}

/// The most times that have room.
const MOST: usize = 8;
/// With more than so many, every other label is of a wide chart.
const MOST_NARROW: usize = 4;
/// Half the width of the ends of an interval, in units.
const END: f64 = 5.0;

/// The chart of the last eight; none without times. `goal` is per cent.
#[must_use]
pub fn drawing(times: &[Time], goal: Option<Tal>) -> Option<Drawing> {
    let times = times.get(times.len().saturating_sub(MOST)..).filter(|times| !times.is_empty())?;
    let said: Vec<String> = times.iter().map(|time| format!("{}: {}", time.label, time.said)).collect();
    let mut alt = format!("Andel över tid. {}.", said.join(". "));
    if let Some(goal) = goal {
        alt = format!("{alt} Målvärde {goal}\u{a0}%.");
    }
    let mut out = Drawing::new("", Width::Fluid { left: LEFT, right: RIGHT }, BOTTOM + BELOW, alt);
    grid(&mut out.marks, true);
    #[allow(clippy::cast_precision_loss)] // eight at most
    let x = |i: usize| (i as f64 + 0.5) / times.len() as f64;
    let at = |i: usize, share: f64| At::across(x(i), down(share));
    for (i, pair) in times.windows(2).enumerate() {
        out.marks.push(line(Ink::Path(LineKind::Earlier), at(i, pair[0].share), at(i + 1, pair[1].share)));
    }
    if let Some(goal) = goal {
        let level = down(goal.float() / 100.0);
        out.marks.push(line(Ink::Goal, At::across(0.0, level), At::across(1.0, level)));
        // over the line, unless that is over the chart
        let y = if level > TOP + 14.0 { level - 6.0 } else { level + 17.0 };
        let words = format!("Mål {goal}\u{a0}%");
        out.marks.push(text(Ink::GoalName, At::across(0.0, y).right(4.0), Anchor::Start, words));
    }
    let last = times.len() - 1;
    for (i, time) in times.iter().enumerate() {
        let kind = if time.now { LineKind::Main } else { LineKind::Earlier };
        let mut marks = vec![];
        if let Some((low, high)) = time.interval {
            marks.push(line(Ink::Interval(kind), at(i, low), at(i, high)));
            for end in [low, high] {
                marks.push(line(Ink::Interval(kind), at(i, end).right(-END), at(i, end).right(END)));
            }
        }
        marks.push(circle(Ink::Touch, at(i, time.share), 12.0));
        marks.push(circle(Ink::Dot(kind), at(i, time.share), if time.now { 6.0 } else { 4.5 }));
        let (anchor, dx) = if i == last && last > 0 { (Anchor::End, -11.0) } else { (Anchor::Start, 11.0) };
        let place = At { y: down(time.share) + 5.0, ..at(i, time.share) };
        let value = text(Ink::Value, place.right(dx), anchor, format!("{:.0}\u{a0}%", time.share * 100.0));
        let label = text(Ink::Axis, At::across(x(i), BOTTOM + 22.0), Anchor::Middle, time.label.clone());
        let few = times.len() <= MOST_NARROW || (last - i).is_multiple_of(2);
        marks.extend(if few { vec![value, label] } else { vec![wide_only(true, vec![value, label])] });
        out.marks.push(titled(format!("{}: {}", time.label, time.said), marks));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::Mark;

    /// Whether a mark says something that is only in a wide chart.
    fn is_wide(mark: &Mark) -> bool {
        matches!(mark, Mark::Group(group) if group.wide || group.marks.iter().any(is_wide))
    }

    fn time(n: usize, now: bool) -> Time {
        Time { label: format!("nov {}", 2018 + n), share: 0.8, interval: Some((0.7, 0.9)), now, said: "8 av 10".into() }
    }

    #[test]
    fn the_last_eight_times_are_shown_and_said() {
        let times: Vec<Time> = (0..10).map(|n| time(n, n == 9)).collect();
        let drawn = drawing(&times, Some(Tal::whole(90))).unwrap();
        assert!(drawn.alt.starts_with("Andel över tid. nov 2020: 8 av 10."), "{}", drawn.alt);
        assert!(drawn.alt.ends_with("nov 2027: 8 av 10. Målvärde 90\u{a0}%."), "{}", drawn.alt);
        assert_eq!(
            drawn.marks.iter().filter(|mark| is_wide(mark)).count(),
            4,
            "every other has its words where it is wide"
        );
        assert!(drawing(&[], Some(Tal::whole(90))).is_none());
    }
}
