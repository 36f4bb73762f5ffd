//! The prioriteringsmatris: importance to the right, result upwards, four named quadrants, a number for each question.

use super::{Anchor, At, Drawing, Ink, Mark, Text, Width, circle, line, text, titled};
use crate::enkat::resultat::{Kvadrant, Matris};

/// The picture in its own units, and the edges of the plot in it.
const WIDTH: f64 = 344.0;
const HEIGHT: f64 = 322.0;
const LEFT: f64 = 22.0;
const RIGHT: f64 = 343.0;
const TOP: f64 = 1.0;
const BOTTOM: f64 = 296.0;
/// The part of each side that points keep away from: the names of the quadrants stand there.
const MARGIN: f64 = 0.17;
/// Radius of a number's disc.
const DISC: f64 = 12.0;
/// The least that an axis spans, so that questions which differ little do not look far apart.
const LEAST_IMPORTANCE: f64 = 20.0;
const LEAST_RESULT: f64 = 0.1;

/// An axis: a value's place, 0–1.
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    fn of(values: impl Iterator<Item = f64> + Clone, least: f64) -> Self {
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(f64::NEG_INFINITY, f64::max);
        let missing = ((least - (high - low)) / 2.0).max(0.0);
        let (low, high) = (low - missing, high + missing);
        let margin = (high - low) * MARGIN / (1.0 - 2.0 * MARGIN);
        Self { low: low - margin, high: high + margin }
    }

    fn place(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }
}

/// Where each disc is drawn: at its point, or beside it where two would cover each other.
fn apart(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut at = points.to_vec();
    let least = 2.0 * DISC + 2.0;
    for _ in 0..60 {
        let mut moved = false;
        for i in 0..at.len() {
            for j in i + 1..at.len() {
                let (dx, dy) = (at[j].0 - at[i].0, at[j].1 - at[i].1);
                let distance = dx.hypot(dy);
                if distance >= least {
                    continue;
                }
                // of two in the same place the later goes to the right
                let (ux, uy) = if distance < 0.01 { (1.0, 0.0) } else { (dx / distance, dy / distance) };
                let step = (least - distance) / 2.0 + 0.05;
                at[i] = (at[i].0 - ux * step, at[i].1 - uy * step);
                at[j] = (at[j].0 + ux * step, at[j].1 + uy * step);
                moved = true;
            }
        }
        for point in &mut at {
            point.0 = point.0.clamp(LEFT + DISC, RIGHT - DISC);
            point.1 = point.1.clamp(TOP + DISC, BOTTOM - DISC);
        }
        if !moved {
            break;
        }
    }
    at
}

/// The matrix. Its legend, what each number is, stands beside it in a list or a table.
#[must_use]
pub fn matrix(matris: &Matris, finding: String) -> Drawing {
    let importance = Axis::of(matris.points.iter().map(|p| p.importance), LEAST_IMPORTANCE);
    let result = Axis::of(matris.points.iter().map(|p| p.result), LEAST_RESULT);
    let x = |value: f64| LEFT + importance.place(value) * (RIGHT - LEFT);
    let y = |value: f64| BOTTOM - result.place(value) * (BOTTOM - TOP);
    let (split_x, split_y) = (x(matris.importance), y(matris.result));
    let mut out = Drawing::new("chart-matrix", Width::Fixed(WIDTH), HEIGHT, finding);
    for (kvadrant, left, top, right, bottom) in [
        (Kvadrant::Bevaka, LEFT, TOP, split_x, split_y),
        (Kvadrant::Behall, split_x, TOP, RIGHT, split_y),
        (Kvadrant::ForbattraSedan, LEFT, split_y, split_x, BOTTOM),
        (Kvadrant::ForbattraForst, split_x, split_y, RIGHT, BOTTOM),
    ] {
        let first = kvadrant == Kvadrant::ForbattraForst;
        let (at, anchor) = if left > LEFT { (right - 10.0, Anchor::End) } else { (left + 10.0, Anchor::Start) };
        let baseline = if top > TOP { bottom - 12.0 } else { top + 22.0 };
        let (from, to) = (At::new(left, top), At::new(right, bottom));
        out.marks.push(Mark::Rect { ink: Ink::Quadrant(first), from, to, round: 0.0 });
        out.marks.push(text(Ink::QuadrantName(first), At::new(at, baseline), anchor, kvadrant.label()));
    }
    out.marks.push(line(Ink::Split, At::new(split_x, TOP), At::new(split_x, BOTTOM)));
    out.marks.push(line(Ink::Split, At::new(LEFT, split_y), At::new(RIGHT, split_y)));
    let (middle_x, middle_y) = (f64::midpoint(LEFT, RIGHT), f64::midpoint(TOP, BOTTOM));
    out.marks.push(text(Ink::MatrixAxis, At::new(middle_x, HEIGHT - 7.0), Anchor::Middle, "Viktigare →"));
    out.marks.push(Mark::Text(Text {
        ink: Ink::MatrixAxis,
        at: At::new(14.0, middle_y),
        words: "Bättre resultat →".to_owned(),
        anchor: Anchor::Middle,
        size: None,
        turned: -90.0,
        bend: None,
    }));
    let places: Vec<(f64, f64)> = matris.points.iter().map(|p| (x(p.importance), y(p.result))).collect();
    for (point, (place, disc)) in matris.points.iter().zip(places.iter().zip(apart(&places))) {
        let mut marks = vec![];
        let at = At::new(disc.0, disc.1);
        if (place.0 - disc.0).hypot(place.1 - disc.1) > 1.0 {
            let place = At::new(place.0, place.1);
            marks.push(line(Ink::Leader, place, at));
            marks.push(circle(Ink::TruePlace, place, 2.5));
        }
        let first = point.kvadrant == Kvadrant::ForbattraForst;
        marks.push(circle(Ink::Disc(first), at, DISC));
        let number = At::new(disc.0, disc.1 + 5.0);
        marks.push(text(Ink::DiscNumber(first), number, Anchor::Middle, point.number.to_string()));
        out.marks.push(titled(point.text.clone(), marks));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_would_cover_each_other_stand_beside_each_other_inside_the_plot() {
        let crowd = vec![(200.0, 100.0); 6];
        let at = apart(&[crowd, vec![(RIGHT, TOP), (RIGHT, TOP)]].concat());
        for (i, a) in at.iter().enumerate() {
            assert!(a.0 <= RIGHT - DISC && a.1 >= TOP + DISC, "{a:?}");
            for b in &at[i + 1..] {
                assert!((a.0 - b.0).hypot(a.1 - b.1) > 2.0 * DISC - 1.0, "{a:?} {b:?}");
            }
        }
        assert_eq!(apart(&[(50.0, 50.0), (200.0, 200.0)]), [(50.0, 50.0), (200.0, 200.0)]);
    }

    #[test]
    fn questions_that_differ_little_do_not_fill_the_axis() {
        let axis = Axis::of([0.90, 0.91].into_iter(), LEAST_RESULT);
        assert!(axis.place(0.91) - axis.place(0.90) < 0.1);
        let wide = Axis::of([0.2, 0.9].into_iter(), LEAST_RESULT);
        assert!((wide.place(0.2) - MARGIN).abs() < 1e-9 && (wide.place(0.9) - (1.0 - MARGIN)).abs() < 1e-9);
    }
}
