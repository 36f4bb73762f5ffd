//! A drawing that is as wide as its place, put on so many units: where it is to be drawn larger with its letters, as on a slide.

use super::{At, Drawing, Mark, NARROW_ONLY, Width};

impl Drawing {
    /// The same on so many units, with what it has room for when it is `wide` or narrow. One of a fixed size is as it is.
    #[must_use]
    pub fn fixed(mut self, width: f64, wide: bool) -> Self {
        let Width::Fluid { left, right } = self.width else { return self };
        let (left, right) = if wide { (left, right) } else { self.width.edges(width) };
        let inner = (width - left - right).max(1.0);
        put(&mut self.marks, &|at: At| At { part: 0.0, x: left + at.part * inner + at.x, y: at.y }, wide);
        self.width = Width::Fixed(width);
        self
    }
}

fn put(marks: &mut Vec<Mark>, place: &impl Fn(At) -> At, wide: bool) {
    marks.retain(|mark| match mark {
        Mark::Group(group) => !(group.wide && !wide || group.class == NARROW_ONLY && wide),
        _ => true,
    });
    for mark in marks {
        match mark {
            Mark::Line { from, to, .. } | Mark::Rect { from, to, .. } => {
                *from = place(*from);
                *to = place(*to);
            }
            Mark::Circle { at, .. } | Mark::Path { at, .. } | Mark::Stamp { at, .. } => *at = place(*at),
            Mark::Area { points, .. } | Mark::Trace { points, .. } => points.iter_mut().for_each(|at| *at = place(*at)),
            Mark::Text(text) => text.at = place(text.at),
            Mark::Group(group) => {
                group.wide = false;
                match &mut group.placed {
                    // what is in it counts from there
                    Some((at, _)) => *at = place(*at),
                    None => put(&mut group.marks, place, wide),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::{Anchor, Ink, line, text, wide_only};

    #[test]
    fn parts_of_the_width_become_units_and_only_what_has_room_is_there() {
        let mut drawing = Drawing::new("", Width::Fluid { left: 40.0, right: 60.0 }, 100.0, String::new());
        drawing.marks = vec![
            line(Ink::Axis, At::across(0.0, 5.0), At::across(1.0, 5.0)),
            wide_only(true, vec![text(Ink::Axis, At::across(0.5, 9.0).right(3.0), Anchor::Start, "mars")]),
        ];
        let wide = drawing.clone().fixed(500.0, true);
        assert_eq!(wide.width, Width::Fixed(500.0));
        assert_eq!(wide.marks[0], line(Ink::Axis, At::new(40.0, 5.0), At::new(440.0, 5.0)));
        let Mark::Group(group) = &wide.marks[1] else { panic!("it is a group") };
        assert!(!group.wide);
        assert_eq!(group.marks[0], text(Ink::Axis, At::new(243.0, 9.0), Anchor::Start, "mars"));
        assert_eq!(drawing.fixed(500.0, false).marks.len(), 1);
    }
}
