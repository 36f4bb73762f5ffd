//! The mark of a status: one shape each, the same on the wheel, in lists, in grids and on paper. Planned is a hollow ring,
//! now a thick ring with a dot, done a filled disc with a check, late a diamond with !, deviating a triangle, given up a
//! crossed ring.

use super::{At, Ink, Mark, Step, Tone, circle, closed, path, through};
use crate::{occurrence::Status, schedule::Category};

const ORIGIN: At = At::new(0.0, 0.0);

fn ring(r: f64, width: f64) -> Mark {
    Mark::Circle { ink: Ink::MarkRing, at: ORIGIN, r, width: Some(width) }
}

fn disc(r: f64) -> Mark {
    circle(Ink::MarkFill, ORIGIN, r)
}

fn strokes(ink: Ink, lines: &[&[(f64, f64)]]) -> Mark {
    let steps: Vec<Step> = lines.iter().flat_map(|points| through(points)).collect();
    path(ink, ORIGIN, steps)
}

/// The shape within a square of 20 around the origin.
#[must_use]
pub fn shape(status: Status) -> Vec<Mark> {
    match status {
        Status::Planerad => vec![ring(8.7, 2.2)],
        Status::Pagar => vec![ring(8.0, 3.6), disc(3.1)],
        Status::Utford => {
            vec![disc(9.8), strokes(Ink::MarkSign, &[&[(-4.4, 0.3), (-1.3, 3.5), (4.7, -3.3)]])]
        }
        Status::Forsenad => vec![
            path(Ink::MarkSolid, ORIGIN, diamond(9.3)),
            strokes(Ink::MarkSign, &[&[(0.0, -4.6), (0.0, 0.6)], &[(0.0, 4.5), (0.0, 4.6)]]),
        ],
        Status::Avvikelse => vec![path(Ink::MarkSolid, ORIGIN, closed(&[(0.0, -8.0), (9.0, 7.4), (-9.0, 7.4)]))],
        Status::EjUtford => {
            vec![ring(8.7, 2.2), strokes(Ink::MarkCross, &[&[(-3.4, -3.4), (3.4, 3.4)], &[(3.4, -3.4), (-3.4, 3.4)]])]
        }
    }
}

/// The shape of a mark that stands for several: room for a number where one mark has its sign.
#[must_use]
pub fn shape_of_many(status: Status) -> Vec<Mark> {
    match status {
        Status::Planerad => vec![ring(9.1, 1.6)],
        Status::Pagar => vec![ring(8.5, 2.8)],
        Status::Utford => vec![disc(9.9)],
        Status::Forsenad => vec![path(Ink::MarkSolid, ORIGIN, diamond(9.7))],
        Status::Avvikelse => vec![path(Ink::MarkSolid, ORIGIN, closed(&[(0.0, -9.4), (9.6, 8.2), (-9.6, 8.2)]))],
        Status::EjUtford => {
            vec![ring(9.1, 1.6), strokes(Ink::MarkCross, &[&[(-9.0, 9.0), (-6.4, 6.4)], &[(9.0, -9.0), (6.4, -6.4)]])]
        }
    }
}

/// What lies under a shape and keeps it apart from what it lies on.
#[must_use]
pub fn halo(status: Status) -> Mark {
    match status {
        Status::Forsenad => path(Ink::MarkHalo, ORIGIN, diamond(9.3)),
        Status::Avvikelse => path(Ink::MarkHalo, ORIGIN, closed(&[(0.0, -8.0), (9.0, 7.4), (-9.0, 7.4)])),
        _ => circle(Ink::MarkHalo, ORIGIN, 9.3),
    }
}

fn diamond(r: f64) -> Vec<Step> {
    closed(&[(0.0, -r), (r, 0.0), (0.0, r), (-r, 0.0)])
}

/// The tone of a mark: what is to come has that of its category, the rest the same everywhere.
#[must_use]
pub fn tone(status: Status, category: Category) -> Tone {
    match status {
        Status::Utford => Tone::Done,
        Status::Forsenad => Tone::Late,
        Status::Avvikelse => Tone::Warn,
        Status::Planerad | Status::Pagar | Status::EjUtford => Tone::Cat(category),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_shape_of_its_own() {
        for (i, a) in Status::ALL.into_iter().enumerate() {
            for b in Status::ALL.into_iter().skip(i + 1) {
                assert_ne!(shape(a), shape(b));
                assert_ne!(shape_of_many(a), shape_of_many(b));
            }
        }
    }
}
