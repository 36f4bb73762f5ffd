//! Paint: how an ink looks on paper. The colours are those of the light theme; a test holds [`Tone::rgb`] against
//! `style/tokens.css`.

use super::{Ink, Tone, bar::Shade, line::LineKind, serie::Look};
use crate::schedule::Category;

/// A colour: red, green, blue.
pub type Rgb = [u8; 3];

impl Tone {
    /// The colour on paper.
    #[must_use]
    pub const fn rgb(self) -> Rgb {
        match self {
            Self::Surface | Self::OnBrand | Self::OnStatus => [0xff, 0xff, 0xff],
            Self::Paper => [0xf7, 0xf5, 0xf0],
            Self::Sunken => [0xef, 0xec, 0xe4],
            Self::Line => [0xda, 0xd5, 0xca],
            Self::LineStrong => [0x85, 0x7f, 0x71],
            Self::Ink => [0x17, 0x22, 0x2b],
            Self::Ink2 => [0x4a, 0x55, 0x60],
            Self::Ink3 => [0x5b, 0x65, 0x70],
            Self::Brand => [0x0b, 0x55, 0x63],
            Self::BrandStrong => [0x07, 0x3b, 0x46],
            Self::BrandTint => [0xe1, 0xee, 0xef],
            Self::Done => [0x19, 0x75, 0x46],
            Self::Late => [0xb3, 0x26, 0x1e],
            Self::Warn => [0x8f, 0x53, 0x00],
            Self::WarnTint => [0xfc, 0xeb, 0xd1],
            Self::Planned => [0x6b, 0x78, 0x83],
            Self::Cat(category) => category.on_paper(),
        }
    }
}

/// So much of one colour on the surface.
fn tinted(tone: Tone, share: f64) -> Rgb {
    let (of, ground) = (tone.rgb(), Tone::Surface.rgb());
    std::array::from_fn(|i| {
        let mixed = f64::from(of[i]) * share + f64::from(ground[i]) * (1.0 - share);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between two bytes
        let byte = mixed.round() as u8;
        byte
    })
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Pen {
    /// Red, green, blue.
    pub colour: Rgb,
    /// How wide, in units.
    pub width: f64,
    /// Stroke and gap; none where it is whole.
    pub dash: Option<(f64, f64)>,
    /// With round ends and corners.
    pub round: bool,
    /// 0–1.
    pub opacity: f64,
}

/// How an ink looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paint {
    /// The colour within, with its opacity.
    pub fill: Option<(Rgb, f64)>,
    /// The line around, or along.
    pub pen: Option<Pen>,
    /// Of words: their size.
    pub size: f64,
    /// Of words: bold.
    pub bold: bool,
    /// Of words: how wide a line of the surface lies around them.
    pub halo: f64,
}

const fn shade_tone(shade: Shade) -> Tone {
    match shade {
        Shade::Good(_) => Tone::Done,
        Shade::Middle(_) => Tone::Warn,
        Shade::Bad(_) => Tone::Late,
        Shade::Unknown | Shade::Blank => Tone::Planned,
    }
}

fn filled(tone: Tone) -> Paint {
    Paint { fill: Some((tone.rgb(), 1.0)), ..Paint::default() }
}

fn washed(tone: Tone, opacity: f64) -> Paint {
    Paint { fill: Some((tone.rgb(), opacity)), ..Paint::default() }
}

fn stroked(tone: Tone, width: f64) -> Paint {
    let pen = Pen { colour: tone.rgb(), width, dash: None, round: false, opacity: 1.0 };
    Paint { pen: Some(pen), ..Paint::default() }
}

fn lettered(tone: Tone, size: f64, bold: bool, halo: f64) -> Paint {
    Paint { fill: Some((tone.rgb(), 1.0)), size, bold, halo, ..Paint::default() }
}

impl Paint {
    fn and(self, line: Self) -> Self {
        Self { pen: line.pen, ..self }
    }

    fn dashed(mut self, on: f64, off: f64) -> Self {
        if let Some(pen) = &mut self.pen {
            pen.dash = Some((on, off));
        }
        self
    }

    fn rounded(mut self) -> Self {
        if let Some(pen) = &mut self.pen {
            pen.round = true;
        }
        self
    }

    fn thin(mut self, opacity: f64) -> Self {
        if let Some(pen) = &mut self.pen {
            pen.opacity = opacity;
        }
        self
    }
}

impl Ink {
    /// How it looks on paper. `tone` is that of an ink that has none of its own.
    #[must_use]
    #[allow(clippy::too_many_lines, clippy::match_same_arms)] // a table
    pub fn paint(self, tone: Tone) -> Paint {
        let series = |kind: LineKind| if kind == LineKind::Main { Tone::Brand } else { Tone::Planned };
        let elsewhere = Tone::Cat(Category::OUTSIDE);
        match self {
            Self::Grid(strong) => stroked(if strong { Tone::LineStrong } else { Tone::Line }, 1.0),
            Self::Axis => lettered(Tone::Ink2, 13.0, false, 0.0),
            Self::MatrixAxis => lettered(Tone::Ink2, 14.0, false, 0.0),
            Self::Band(kind) => washed(series(kind), 0.17),
            Self::Path(LineKind::Main) => stroked(Tone::Brand, 2.5).rounded(),
            Self::Path(LineKind::Earlier) => stroked(Tone::Planned, 2.5).rounded().dashed(2.0, 6.0),
            Self::Span(kind) => stroked(series(kind), 5.0).rounded().thin(0.55),
            Self::Interval(kind) => stroked(series(kind), 3.0).thin(0.4),
            Self::Dot(LineKind::Main) => filled(Tone::Brand).and(stroked(Tone::Surface, 2.0)),
            Self::Dot(LineKind::Earlier) => filled(Tone::Surface).and(stroked(Tone::Planned, 2.5)),
            Self::Value => lettered(Tone::Ink, 14.0, true, 4.0),
            Self::Boundary => stroked(Tone::Ink2, 1.5).dashed(5.0, 4.0),
            Self::BoundaryLabel => lettered(Tone::Ink2, 13.0, true, 0.0),
            Self::Missing => lettered(Tone::Ink3, 14.0, false, 0.0),
            Self::OutsideLine => stroked(elsewhere, 2.0).dashed(7.0, 4.0),
            Self::OutsideMark => filled(Tone::Surface).and(stroked(elsewhere, 2.5)),
            Self::OutsideName => lettered(elsewhere, 13.0, true, 4.0),
            Self::Goal => stroked(Tone::Late, 2.0).dashed(6.0, 4.0),
            Self::GoalName => lettered(Tone::Late, 13.0, true, 4.0),
            Self::Serie(look, false) => look.pen(),
            Self::Serie(look, true) => look.pen().dashed(1.0, 5.0),
            Self::SerieDot(look, false) => filled(look.tone()).and(stroked(Tone::Surface, 1.0)),
            Self::SerieDot(look, true) => filled(Tone::Surface).and(stroked(look.tone(), look.width().max(1.5))),
            Self::SerieSpan(look, false) => stroked(look.tone(), look.width() + 2.0),
            Self::SerieSpan(look, true) => stroked(look.tone(), look.width() + 2.0).dashed(3.0, 3.0),
            Self::SerieBar(look, false) => look.bar(),
            Self::SerieBar(look, true) => filled(Tone::Surface).and(stroked(look.tone(), 1.5).dashed(3.0, 3.0)),
            Self::SerieName(true) => lettered(Tone::Brand, 14.0, true, 4.0),
            Self::SerieName(false) => lettered(Tone::Ink2, 13.0, false, 4.0),
            Self::Aim => stroked(Tone::Done, 1.75).dashed(8.0, 4.0),
            Self::AimName => lettered(Tone::Done, 13.0, true, 4.0),
            Self::Brott => stroked(Tone::Ink, 2.0).dashed(2.0, 3.0),
            Self::BrottName => lettered(Tone::Ink, 13.0, true, 4.0),
            Self::Note => lettered(Tone::Ink2, 13.0, false, 4.0),
            Self::AxisYear => lettered(Tone::Ink, 13.0, true, 0.0),
            Self::Share(shade) => Paint { fill: Some((ground(shade), 1.0)), ..Paint::default() },
            Self::ShareEdge => stroked(Tone::Surface, 3.0),
            Self::ShareLabel(Shade::Good(n)) if n % 3 == 0 => lettered(Tone::OnStatus, 15.0, true, 0.0),
            Self::ShareLabel(shade) => lettered(Tone::Ink, 15.0, !matches!(shade, Shade::Blank | Shade::Unknown), 5.0),
            Self::KeyBox(_) => stroked(Tone::LineStrong, 1.0),
            Self::Track => stroked(Tone::Line, 1.0),
            Self::Whisker(outside) => stroked(if outside { elsewhere } else { Tone::Brand }, 5.0).rounded().thin(0.38),
            Self::WhiskerDot(false) => filled(Tone::Brand).and(stroked(Tone::Surface, 1.5)),
            Self::WhiskerDot(true) => filled(Tone::Surface).and(stroked(elsewhere, 2.5)),
            Self::Bar => filled(Tone::Brand),
            Self::Quadrant(first) => {
                filled(if first { Tone::WarnTint } else { Tone::Surface }).and(stroked(Tone::LineStrong, 1.0))
            }
            Self::QuadrantName(first) => lettered(if first { Tone::Warn } else { Tone::Ink2 }, 15.0, true, 0.0),
            Self::Split => stroked(Tone::LineStrong, 1.0).dashed(5.0, 4.0),
            Self::Disc(first) => filled(if first { Tone::Warn } else { Tone::Brand }).and(stroked(Tone::Surface, 2.0)),
            Self::DiscNumber(first) => lettered(if first { Tone::OnStatus } else { Tone::OnBrand }, 14.0, true, 0.0),
            Self::Leader => stroked(Tone::Ink2, 1.0),
            Self::TruePlace => filled(Tone::Ink2),
            Self::Rim => stroked(Tone::Line, 1.5),
            Self::Spoke(false) => stroked(Tone::Line, 1.2),
            Self::Spoke(true) => stroked(Tone::LineStrong, 1.8).thin(0.75),
            Self::Ring(category) => stroked(Tone::Cat(category), 1.0).thin(0.14),
            Self::Current => washed(Tone::Brand, 0.085),
            Self::Period(category) => stroked(Tone::Cat(category), 1.0).rounded().thin(0.3),
            Self::Pointer => filled(Tone::Ink).and(stroked(Tone::Ink, 2.5).rounded()),
            Self::Month(current) => lettered(if current { Tone::BrandStrong } else { Tone::Ink2 }, 23.0, current, 0.0),
            Self::Under => lettered(Tone::Ink2, 23.0, false, 0.0),
            Self::Day { current, weekend } => {
                let tone = match (current, weekend) {
                    (true, _) => Tone::BrandStrong,
                    (_, true) => Tone::Ink3,
                    _ => Tone::Ink2,
                };
                lettered(tone, 21.0, current, 0.0)
            }
            Self::Year => lettered(Tone::Ink, 94.0, true, 0.0),
            Self::Name => lettered(Tone::Ink, 50.0, true, 0.0),
            Self::Small => lettered(Tone::Ink2, 24.0, true, 0.0),
            Self::Today => lettered(Tone::Ink2, 24.0, false, 0.0),
            Self::Count => lettered(Tone::Ink, 24.0, true, 0.0),
            Self::HubBar => filled(Tone::Sunken).and(stroked(Tone::Line, 1.0)),
            Self::HubDone => filled(Tone::Done),
            Self::Many(filled) => lettered(if filled { Tone::OnStatus } else { Tone::Ink }, 12.0, true, 0.0),
            Self::MarkRing => filled(Tone::Surface).and(stroked(tone, 2.2)),
            Self::MarkFill => filled(tone),
            Self::MarkSolid => filled(tone).and(stroked(tone, 1.4).rounded()),
            Self::MarkSign => stroked(Tone::OnStatus, 2.4).rounded(),
            Self::MarkCross => stroked(tone, 2.2).rounded(),
            Self::MarkHalo => filled(Tone::Surface).and(stroked(Tone::Surface, 2.5).rounded()),
            // nobody points at paper, and nothing on it leads anywhere
            Self::Touch | Self::Hit | Self::MonthPiece | Self::Back => Paint::default(),
        }
    }
}

impl Look {
    const fn tone(self) -> Tone {
        match self {
            Self::Strong => Tone::Brand,
            Self::Named(_) => Tone::Ink3,
            Self::Context => Tone::LineStrong,
        }
    }

    const fn width(self) -> f64 {
        match self {
            Self::Strong => 3.0,
            Self::Named(_) => 2.0,
            Self::Context => 1.0,
        }
    }

    fn pen(self) -> Paint {
        let pen = stroked(self.tone(), self.width()).rounded();
        match self.kept() {
            Self::Named(1) => pen.dashed(14.0, 5.0),
            Self::Named(2) => pen.dashed(7.0, 4.0),
            Self::Named(3) => pen.dashed(22.0, 8.0),
            _ => pen,
        }
    }

    /// Full, hollow, or the tint between: bars that stand beside each other differ in more than their colour.
    fn bar(self) -> Paint {
        let line = stroked(self.tone(), 1.5);
        match self.kept() {
            Self::Strong => filled(Tone::Brand),
            Self::Named(1) => filled(Tone::Ink3),
            Self::Named(2) => filled(Tone::BrandTint).and(stroked(Tone::Brand, 1.5)),
            Self::Named(_) => filled(Tone::Surface).and(line),
            Self::Context => filled(Tone::Line),
        }
    }
}

/// The strokes of a texture.
#[must_use]
pub fn texture_paint(shade: Shade) -> Paint {
    let width = if matches!(shade.kept(), Shade::Middle(2) | Shade::Unknown) { 2.0 } else { 1.75 };
    stroked(shade_tone(shade), width)
}

/// The ground of a texture.
fn ground(shade: Shade) -> Rgb {
    let tone = shade_tone(shade);
    match shade.kept() {
        Shade::Good(0) => tone.rgb(),
        Shade::Good(1) => tinted(tone, 0.68),
        Shade::Good(_) => tinted(tone, 0.42),
        Shade::Middle(1) => tinted(tone, 0.14),
        Shade::Middle(_) => tinted(tone, 0.26),
        Shade::Bad(_) => tinted(tone, 0.40),
        Shade::Unknown => Tone::Sunken.rgb(),
        Shade::Blank => Tone::Surface.rgb(),
    }
}
