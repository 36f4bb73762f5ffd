//! Drawing: a figure as one list of strokes, the same for the screen, for paper and for a picture in a text. A stroke has
//! no colour but an [`Ink`]: what it stands for. The screen gives an ink its class and `style/*.css` the rest; paper has
//! [`Ink::paint`]. What a colour says a texture, a dash or a shape says too.
//!
//! A drawing is either of a fixed size, or as wide as its place: then its strokes stand at parts of the width ([`At`]), so
//! that letters have the same size on a phone, on a wall and on a sheet.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub mod axis;
pub mod bar;
pub mod ink;
pub mod key;
pub mod line;
pub mod mark;
pub mod matrix;
pub mod paint;
pub mod paper;
pub mod serie;
#[cfg(test)]
mod tests;
pub mod times;
pub mod whisker;

pub use ink::{Ink, Tone};

use crate::drawing::bar::Shade;

/// A place: a part (0–1) of the width, and so many units to the right of there; and units from the top.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct At {
    /// Part of the width; 0 in a drawing of a fixed size.
    pub part: f64,
    /// Units from there.
    pub x: f64,
    /// Units from the top.
    pub y: f64,
}

impl At {
    /// A place in units.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { part: 0.0, x, y }
    }

    /// A place at a part of the width.
    #[must_use]
    pub const fn across(part: f64, y: f64) -> Self {
        Self { part, x: 0.0, y }
    }

    /// So many units to the right.
    #[must_use]
    pub const fn right(self, x: f64) -> Self {
        Self { x: self.x + x, ..self }
    }
}

/// Where a chart is at least so wide, it has what is of a wide one. `style/chart.css` says the same: 34rem.
pub const WIDE: f64 = 544.0;
/// The most room to the right of a chart that is not.
pub const NARROW_RIGHT: f64 = 22.0;
/// What the screen knows the strokes of a narrow chart by.
const NARROW_ONLY: &str = "narrow-only";

/// How wide a drawing is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Width {
    /// So many units.
    Fixed(f64),
    /// As its place. What stands beyond its edges to the left and to the right needs so many units there.
    Fluid {
        /// To the left of 0.
        left: f64,
        /// To the right of 1.
        right: f64,
    },
}

impl Width {
    /// How much room there is beyond its edges in a place so wide. To the right a narrow chart has no more than
    /// [`NARROW_RIGHT`]: what stands there is of a wide one.
    #[must_use]
    pub fn edges(self, width: f64) -> (f64, f64) {
        match self {
            Self::Fixed(_) => (0.0, 0.0),
            Self::Fluid { left, right } if width >= WIDE => (left, right),
            Self::Fluid { left, right } => (left, right.min(NARROW_RIGHT)),
        }
    }

    /// Whether something stands beyond its edges, for which its place has to have room.
    #[must_use]
    pub fn has_edges(self) -> bool {
        matches!(self, Self::Fluid { left, right } if left > 0.0 || right > 0.0)
    }
}

/// A step of a path, in units from where the path stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// Begins anew here.
    Move(f64, f64),
    /// A line to here.
    Line(f64, f64),
    /// A part of a circle to here.
    Arc {
        /// Of the circle.
        radius: f64,
        /// The longer way round.
        large: bool,
        /// With the clock.
        clockwise: bool,
        /// Where it ends.
        to: (f64, f64),
    },
    /// Back to where it began.
    Close,
}

/// Which part of the words stands at their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// Their beginning.
    Start,
    /// They stand on both sides of it.
    #[default]
    Middle,
    /// The last one stops there.
    End,
}

/// A line that is part of a circle, which words follow.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bend {
    /// Where the line begins.
    pub from: (f64, f64),
    /// Where it ends.
    pub to: (f64, f64),
    /// Of the circle.
    pub radius: f64,
    /// With the clock.
    pub clockwise: bool,
}

/// Words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// What they are.
    pub ink: Ink,
    /// Where the line that they stand on has the point of their anchor.
    pub at: At,
    /// On one line.
    pub words: String,
    /// What of them stands there.
    pub anchor: Anchor,
    /// Units; without, what the ink says.
    pub size: Option<f64>,
    /// Turned with the clock about their place, in degrees.
    pub turned: f64,
    /// The line that they follow, instead of a straight one. `turned` is that of its middle.
    pub bend: Option<Bend>,
}

/// What leads somewhere on the screen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The address; empty where nobody can follow it.
    pub href: String,
    /// Its name for those who do not see it.
    pub label: String,
    /// What a pointer is told: which ring, a title, the line below it.
    pub tip: Option<(usize, String, String)>,
    /// What can be moved by it: id, version and month with spaces between. Empty where nothing can.
    pub moves: String,
}

/// One stroke, or several that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Mark {
    /// A straight line.
    Line {
        /// What it stands for, which says how it looks.
        ink: Ink,
        /// One end.
        from: At,
        /// The other.
        to: At,
    },
    /// A rectangle.
    Rect {
        /// What it stands for, which says how it looks.
        ink: Ink,
        /// Upper left corner.
        from: At,
        /// Lower right corner.
        to: At,
        /// Of its corners.
        round: f64,
    },
    /// All points as far from one.
    Circle {
        /// What it stands for, which says how it looks.
        ink: Ink,
        /// Its centre.
        at: At,
        /// Its radius.
        r: f64,
        /// Of its line, where the ink has none of its own.
        width: Option<f64>,
    },
    /// A surface between points.
    Area {
        /// What it stands for, which says how it looks.
        ink: Ink,
        /// Its corners.
        points: Vec<At>,
    },
    /// A line through points, at parts of the width as they are in an area.
    Trace {
        /// What it stands for, which says how it looks.
        ink: Ink,
        /// One after another.
        points: Vec<At>,
    },
    /// Lines and parts of circles.
    Path {
        /// What it stands for, which says how it looks.
        ink: Ink,
        /// Where the steps count from.
        at: At,
        /// One after another, each from where the last one ended.
        steps: Vec<Step>,
        /// Of its line, where the ink has none of its own.
        width: Option<f64>,
    },
    /// Words.
    Text(Text),
    /// A shape that is drawn more than once, in a tone.
    Stamp {
        /// Which of [`Drawing::stamps`].
        stamp: usize,
        /// Where its middle is.
        at: At,
        /// What its inks that have no tone of their own have.
        tone: Tone,
    },
    /// Several.
    Group(Group),
}

/// Strokes that belong together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// What the screen knows them by.
    pub class: Cow<'static, str>,
    /// What a pointer is told.
    pub title: String,
    /// Where they lead.
    pub link: Option<Link>,
    /// Only where the drawing is wide enough.
    pub wide: bool,
    /// Where and how large: place, factor.
    pub placed: Option<(At, f64)>,
    /// Of their inks that have no tone of their own.
    pub tone: Option<Tone>,
    /// Not read aloud: it stands in words too.
    pub silent: bool,
    /// The strokes.
    pub marks: Vec<Mark>,
}

/// A shape that is drawn more than once: its name in the page, its size, its strokes round 0, 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its name.
    pub id: String,
    /// Factor.
    pub scale: f64,
    /// Its strokes.
    pub marks: Vec<Mark>,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// What the screen knows it by.
    pub class: Cow<'static, str>,
    /// How wide.
    pub width: Width,
    /// How high, in units.
    pub height: f64,
    /// The finding in words: what is read aloud instead. Empty where words beside it say the same.
    pub alt: String,
    /// Shapes that are drawn more than once.
    pub stamps: Vec<Stamp>,
    /// Its strokes, from the lowest.
    pub marks: Vec<Mark>,
}

impl Drawing {
    /// Nothing is drawn yet.
    #[must_use]
    pub fn new(class: &'static str, width: Width, height: f64, alt: String) -> Self {
        Self { class: class.into(), width, height, alt, stamps: vec![], marks: vec![] }
    }

    /// As it stands in what is kept: nothing of it leads anywhere, and nothing more is told to those who point at it.
    #[must_use]
    pub fn still(mut self) -> Self {
        fn still(marks: &mut [Mark]) {
            for mark in marks {
                if let Mark::Group(group) = mark {
                    group.link = None;
                    group.title.clear();
                    still(&mut group.marks);
                }
            }
        }
        still(&mut self.marks);
        self
    }

    /// Whether a part of it is filled with a texture.
    #[must_use]
    pub fn has_textures(&self) -> bool {
        fn any(marks: &[Mark]) -> bool {
            marks.iter().any(|mark| match mark {
                Mark::Group(group) => any(&group.marks),
                Mark::Rect { ink, .. } => matches!(ink, Ink::Share(_)),
                _ => false,
            })
        }
        any(&self.marks)
    }

    /// Whether something in it leads somewhere.
    #[must_use]
    pub fn has_links(&self) -> bool {
        fn any(marks: &[Mark]) -> bool {
            marks.iter().any(|mark| match mark {
                Mark::Group(group) => group.link.as_ref().is_some_and(|l| !l.href.is_empty()) || any(&group.marks),
                _ => false,
            })
        }
        any(&self.marks)
    }
}

/// A straight line.
#[must_use]
pub const fn line(ink: Ink, from: At, to: At) -> Mark {
    Mark::Line { ink, from, to }
}

/// A circle whose line, if any, its ink knows.
#[must_use]
pub const fn circle(ink: Ink, at: At, r: f64) -> Mark {
    Mark::Circle { ink, at, r, width: None }
}

/// A path that its ink knows the line of.
#[must_use]
pub const fn path(ink: Ink, at: At, steps: Vec<Step>) -> Mark {
    Mark::Path { ink, at, steps, width: None }
}

/// Words of the size of their ink.
#[must_use]
pub fn text(ink: Ink, at: At, anchor: Anchor, words: impl Into<String>) -> Mark {
    Mark::Text(Text { ink, at, words: words.into(), anchor, size: None, turned: 0.0, bend: None })
}

/// Strokes with a name for those who point at them.
#[must_use]
pub fn titled(title: impl Into<String>, marks: Vec<Mark>) -> Mark {
    Mark::Group(Group { title: title.into(), marks, ..Group::default() })
}

/// Strokes that are drawn where there is room.
#[must_use]
pub fn wide_only(wide: bool, marks: Vec<Mark>) -> Mark {
    Mark::Group(Group { wide, marks, ..Group::default() })
}

/// Strokes that are drawn where there is no room for what says the same in a wide chart.
#[must_use]
pub fn narrow_only(marks: Vec<Mark>) -> Mark {
    Mark::Group(Group { class: NARROW_ONLY.into(), marks, ..Group::default() })
}

/// A path through points that stand apart from each other: begins at the first, lines to the others.
#[must_use]
pub fn through(points: &[(f64, f64)]) -> Vec<Step> {
    points.iter().enumerate().map(|(i, &(x, y))| if i == 0 { Step::Move(x, y) } else { Step::Line(x, y) }).collect()
}

/// The same, and back to the first.
#[must_use]
pub fn closed(points: &[(f64, f64)]) -> Vec<Step> {
    through(points).into_iter().chain([Step::Close]).collect()
}

/// The texture of a shade is drawn in squares of this side.
pub const TILE: f64 = 8.0;

/// The strokes of a texture within one square.
#[must_use]
pub fn texture(shade: Shade) -> &'static [[(f64, f64); 2]] {
    const SLANT: &[[(f64, f64); 2]] =
        &[[(-2.0, 2.0), (2.0, -2.0)], [(0.0, 8.0), (8.0, 0.0)], [(6.0, 10.0), (10.0, 6.0)]];
    const BACK: &[[(f64, f64); 2]] =
        &[[(-2.0, 6.0), (2.0, 10.0)], [(0.0, 0.0), (8.0, 8.0)], [(6.0, -2.0), (10.0, 2.0)]];
    match shade.kept() {
        Shade::Middle(0) => SLANT,
        Shade::Middle(1) => &[[(4.0, 0.0), (4.0, 8.0)]],
        Shade::Middle(2) => &[[(1.0, 2.0), (3.0, 2.0)], [(5.0, 6.0), (7.0, 6.0)]],
        Shade::Middle(_) => &[[(0.0, 4.0), (8.0, 4.0)]],
        Shade::Bad(0) => &[[(0.0, 0.0), (8.0, 8.0)], [(0.0, 8.0), (8.0, 0.0)]],
        Shade::Bad(1) => BACK,
        Shade::Bad(_) => &[[(0.0, 4.0), (8.0, 4.0)], [(4.0, 0.0), (4.0, 8.0)]],
        Shade::Unknown => &[[(3.5, 4.0), (4.5, 4.0)]],
        Shade::Good(_) | Shade::Blank => &[],
    }
}
