//! Ink: what a stroke stands for. The screen gives each a class; [`super::paper`] says how it looks on a sheet.

use serde::{Deserialize, Serialize};

use super::{bar::Shade, line::LineKind, serie::Look};
use crate::schedule::Category;

/// A colour by its name in `style/tokens.css`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // the names are those of the tokens
pub enum Tone {
    Paper,
    Surface,
    Sunken,
    Line,
    LineStrong,
    Ink,
    Ink2,
    Ink3,
    Brand,
    BrandStrong,
    BrandTint,
    OnBrand,
    Done,
    Late,
    Warn,
    WarnTint,
    Planned,
    OnStatus,
    Cat(Category),
}

/// What a stroke stands for. `true` is the stronger, the first, the current or the one from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Ink {
    /// A line of the grid.
    Grid(bool),
    /// Words on an axis.
    Axis,
    /// Words on an axis of the matrix.
    MatrixAxis,
    /// The surface of an interval.
    Band(LineKind),
    /// The line between shares.
    Path(LineKind),
    /// How long a share is of.
    Span(LineKind),
    /// The interval of a share that stands alone.
    Interval(LineKind),
    /// A share.
    Dot(LineKind),
    /// What a pointer finds a share by.
    Touch,
    /// A share in words.
    Value,
    /// From where something is different.
    Boundary,
    /// What is different.
    BoundaryLabel,
    /// That there is nothing to show.
    Missing,
    /// A share from elsewhere: its time.
    OutsideLine,
    /// A share from elsewhere.
    OutsideMark,
    /// Whose it is.
    OutsideName,
    /// What is aimed at.
    Goal,
    /// How much that is.
    GoalName,
    /// The line of a series; `true` from or to a value that is preliminary.
    Serie(Look, bool),
    /// Its value; `true` where it is preliminary: hollow.
    SerieDot(Look, bool),
    /// Its value of a time that is longer than the others; `true` where it is preliminary.
    SerieSpan(Look, bool),
    /// Its value as a bar; `true` where it is preliminary: hollow.
    SerieBar(Look, bool),
    /// Whose a line is.
    SerieName(bool),
    /// What is aimed at, in a series.
    Aim,
    /// What that is called.
    AimName,
    /// From when a series is reckoned in another way.
    Brott,
    /// What is different.
    BrottName,
    /// More about what stands beside it.
    Note,
    /// What year the times over it are of.
    AxisYear,
    /// A part of a whole, with its texture.
    Share(Shade),
    /// Between two parts.
    ShareEdge,
    /// How large a part is.
    ShareLabel(Shade),
    /// Round a key of a legend.
    KeyBox(Shade),
    /// The line that a whisker stands on.
    Track,
    /// The interval.
    Whisker(bool),
    /// The share.
    WhiskerDot(bool),
    /// The bar of a row.
    Bar,
    /// A quarter of the matrix.
    Quadrant(bool),
    /// Words in its corner: what to do with the questions in it.
    QuadrantName(bool),
    /// Between the quarters.
    Split,
    /// A question in the matrix.
    Disc(bool),
    /// Which question it is, in figures on the disc.
    DiscNumber(bool),
    /// From the disc to its true place.
    Leader,
    /// Where a disc would be that was moved to be read.
    TruePlace,
    /// The outermost circle of the wheel.
    Rim,
    /// A line of the wheel.
    Spoke(bool),
    /// A ring of the wheel.
    Ring(Category),
    /// The piece of the wheel that today is in.
    Current,
    /// An activity that lasts.
    Period(Category),
    /// Where today is.
    Pointer,
    /// What a pointer finds a month by.
    MonthPiece,
    /// The name of a month.
    Month(bool),
    /// What has no day of its own in the month.
    Under,
    /// The number of a day.
    Day {
        /// Today.
        current: bool,
        /// A Saturday or Sunday.
        weekend: bool,
    },
    /// The year in the middle.
    Year,
    /// The month or tertial in the middle.
    Name,
    /// The year over it.
    Small,
    /// The day in the middle.
    Today,
    /// How much is done.
    Count,
    /// In the hub of the wheel, the whole length of what there is.
    HubBar,
    /// Over it, as much as is utfört.
    HubDone,
    /// The way back to the whole year.
    Back,
    /// What a pointer finds a mark by.
    Hit,
    /// How many a mark stands for: on a filled mark or on a hollow one.
    Many(bool),
    /// The line of a hollow mark.
    MarkRing,
    /// A filled mark.
    MarkFill,
    /// A filled mark with corners.
    MarkSolid,
    /// A sign on a filled mark.
    MarkSign,
    /// Through the ring of what was given up.
    MarkCross,
    /// What keeps a mark apart from what it lies on.
    MarkHalo,
}

impl Ink {
    /// What the screen knows it by.
    #[must_use]
    pub fn class(self) -> String {
        let with = |class: &str, more: &str, on: bool| if on { format!("{class} {more}") } else { class.to_owned() };
        let earlier = |class: &str, kind: LineKind| with(class, "earlier", kind == LineKind::Earlier);
        let serie = |class: &str, look: Look, preliminary: bool| {
            format!("{class} {}{}", look.class(), if preliminary { " preliminary" } else { "" })
        };
        match self {
            Self::Grid(strong) => with("chart-grid", "strong", strong),
            Self::Axis | Self::MatrixAxis => "chart-axis".to_owned(),
            Self::Band(kind) => earlier("chart-band", kind),
            Self::Path(kind) => earlier("chart-path", kind),
            Self::Span(kind) => earlier("chart-span", kind),
            Self::Interval(kind) => earlier("chart-interval", kind),
            Self::Dot(kind) => earlier("chart-dot", kind),
            Self::Serie(look, dashed) => serie("chart-serie-line", look, dashed),
            Self::SerieDot(look, hollow) => serie("chart-serie-dot", look, hollow),
            Self::SerieSpan(look, dashed) => serie("chart-serie-span", look, dashed),
            Self::SerieBar(look, hollow) => serie("chart-serie-bar", look, hollow),
            Self::SerieName(strong) => with("chart-serie-name", "strong", strong),
            Self::ShareLabel(shade) => format!("chart-bar-label {}", shade.class()),
            Self::Quadrant(first) => with("chart-quadrant", "first", first),
            Self::QuadrantName(first) => with("chart-quadrant-name", "first", first),
            Self::Disc(first) => with("chart-disc", "first", first),
            Self::DiscNumber(first) => with("chart-disc-number", "first", first),
            Self::Spoke(strong) => with("wheel-line", "wheel-line-strong", strong),
            Self::Ring(category) => format!("wheel-ring cat-{}", category.code()),
            Self::Period(category) => format!("wheel-period cat-{}", category.code()),
            Self::Day { current, weekend } => {
                let (current, weekend) =
                    (if current { " is-current" } else { "" }, if weekend { " is-weekend" } else { "" });
                format!("wheel-day{current}{weekend}")
            }
            other => other.name().to_owned(),
        }
    }

    /// The class of an ink that has but one.
    const fn name(self) -> &'static str {
        match self {
            Self::Touch => "chart-touch",
            Self::Value => "chart-value",
            Self::Boundary => "chart-boundary",
            Self::BoundaryLabel => "chart-boundary-label",
            Self::Missing => "chart-missing",
            Self::OutsideLine => "chart-outside-line",
            Self::OutsideMark => "chart-outside-mark",
            Self::OutsideName => "chart-outside-name",
            Self::Goal => "chart-goal",
            Self::GoalName => "chart-goal-name",
            Self::Aim => "chart-aim",
            Self::AimName => "chart-aim-name",
            Self::Brott => "chart-brott",
            Self::BrottName => "chart-brott-name",
            Self::Note => "chart-note",
            Self::AxisYear => "chart-axis-year",
            Self::ShareEdge => "chart-bar-edge",
            Self::KeyBox(_) => "chart-key-box",
            Self::Track => "chart-whisker-track",
            Self::Whisker(_) => "chart-whisker-line",
            Self::WhiskerDot(_) => "chart-whisker-dot",
            Self::Split => "chart-split",
            Self::Leader => "chart-leader",
            Self::TruePlace => "chart-true",
            Self::Rim => "wheel-rim",
            Self::Current => "wheel-current",
            Self::Under => "wheel-under",
            Self::Year => "wheel-year",
            Self::Name => "wheel-name",
            Self::Small => "wheel-small",
            Self::Today => "wheel-today",
            Self::Count => "wheel-count",
            Self::HubBar => "wheel-bar",
            Self::HubDone => "wheel-bar-done",
            Self::Hit => "mark-hit",
            Self::MarkRing => "sm-ring",
            Self::MarkFill => "sm-fill",
            Self::MarkSolid => "sm-solid",
            Self::MarkSign => "sm-sign",
            Self::MarkCross => "sm-cross",
            Self::MarkHalo => "sm-halo",
            // theirs is that of the group that they stand in, or a texture
            _ => "",
        }
    }
}
