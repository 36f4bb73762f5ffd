//! Keys of a legend: what the signs and textures of a chart mean. The screen lists them as words with a small drawing
//! each; on paper they stand under the chart, in the same drawing.

use super::{
    Anchor, At, Drawing, Group, Ink, Mark, Width,
    bar::{Segment, Shade},
    circle, closed, line,
    line::{LineKind, Plot},
    path,
    serie::{self, Diagram, Look},
    text,
};
use crate::{
    enkat::grad::{self, Grad},
    format,
    redovisning::MINST,
};

/// A sign with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Drawn before its words, as it stands in the figure.
    pub sign: Drawing,
    /// What it means.
    pub words: String,
    /// How many, in quieter letters; may be empty.
    pub count: String,
}

fn sign(width: f64, marks: Vec<Mark>) -> Drawing {
    Drawing { marks, ..Drawing::new("chart-key", Width::Fixed(width), 16.0, String::new()) }
}

/// What each texture of a bar means; with how many, unless one legend is for several bars.
#[must_use]
pub fn of_bar(segments: &[Segment], plain: bool) -> Vec<Key> {
    let total: i64 = segments.iter().map(|s| s.n.max(0)).sum();
    let key = |s: &Segment| Key {
        sign: texture(s.shade),
        words: s.label.clone(),
        count: if plain { String::new() } else { format!("{} · {}", format::int(s.n), format::percent(s.n, total)) },
    };
    segments.iter().map(key).collect()
}

/// What the textures of several bars mean together, said once in the words of the enkät: how good an answer is.
#[must_use]
pub fn of_degrees<'a>(bars: impl Iterator<Item = &'a [Segment]>) -> Vec<(Shade, String)> {
    let parts: Vec<&Segment> = bars.flatten().collect();
    let words = |is: fn(&Shade) -> bool, grad: Grad| {
        grad::legend(parts.iter().filter(|s| is(&s.shade)).map(|s| s.label.as_str()), grad)
    };
    [
        (Shade::Good(0), words(|s| matches!(s, Shade::Good(_)), Grad::Bra)),
        (Shade::Middle(0), words(|s| matches!(s, Shade::Middle(_)), Grad::Mellan)),
        (Shade::Bad(0), words(|s| matches!(s, Shade::Bad(_)), Grad::Dalig)),
    ]
    .into_iter()
    .filter_map(|(shade, words)| Some((shade, words?)))
    .collect()
}

/// A square of a texture.
#[must_use]
pub fn texture(shade: Shade) -> Drawing {
    let (from, to) = (At::new(0.5, 0.5), At::new(15.5, 15.5));
    let rect = |ink| Mark::Rect { ink, from, to, round: 3.0 };
    sign(16.0, vec![rect(Ink::Share(shade)), rect(Ink::KeyBox(shade))])
}

/// What the signs of a line chart mean: those of them that are there.
#[must_use]
pub fn of_plot(plot: &Plot) -> Vec<Key> {
    let has = |kind: LineKind| plot.lines.iter().any(|l| l.kind == kind && !l.dots.is_empty());
    let band = |kind| {
        let rect = Mark::Rect { ink: Ink::Band(kind), from: At::new(0.0, 2.0), to: At::new(28.0, 14.0), round: 0.0 };
        let dot = circle(Ink::Dot(kind), At::new(14.0, 8.0), 4.5);
        sign(28.0, vec![rect, line(Ink::Path(kind), At::new(0.0, 8.0), At::new(28.0, 8.0)), dot])
    };
    let diamond = closed(&[(0.0, -6.0), (6.0, 0.0), (0.0, 6.0), (-6.0, 0.0)]);
    let outside = sign(
        28.0,
        vec![
            line(Ink::OutsideLine, At::new(0.0, 8.0), At::new(28.0, 8.0)),
            path(Ink::OutsideMark, At::new(14.0, 8.0), diamond),
        ],
    );
    let dash = sign(28.0, vec![text(Ink::Missing, At::new(14.0, 12.0), Anchor::Middle, "–")]);
    let all = [
        (true, band(LineKind::Main), "Andel med 95 % säkerhet".to_owned()),
        (has(LineKind::Earlier), band(LineKind::Earlier), "Tidigare lydelse".to_owned()),
        (!plot.outside.is_empty(), outside, "Värde utifrån".to_owned()),
        (!plot.missing.is_empty(), dash, format!("Visas inte, färre än {MINST} svar")),
    ];
    let there = all.into_iter().filter(|(there, ..)| *there);
    there.map(|(_, sign, words)| Key { sign, words, count: String::new() }).collect()
}

/// What the lines or bars of a series mean, and the signs that are there: for a narrow chart, in which nothing is named at the
/// right, and for paper.
#[must_use]
pub fn of_serie(of: &Diagram) -> Vec<Key> {
    let bars = of.bars && of.lines.len() <= serie::MOST_BARS;
    let (left, right) = (At::new(0.0, 8.0), At::new(28.0, 8.0));
    let of_line = |look: Look, preliminary: bool| {
        if bars {
            let (ink, from, to) = (Ink::SerieBar(look, preliminary), At::new(6.0, 2.0), At::new(22.0, 14.0));
            return sign(28.0, vec![Mark::Rect { ink, from, to, round: 0.0 }]);
        }
        let mut marks = vec![line(Ink::Serie(look, preliminary), left, right)];
        if look == Look::Strong {
            let r = if preliminary { 5.0 } else { 3.5 };
            marks.push(circle(Ink::SerieDot(look, preliminary), At::new(14.0, 8.0), r));
        }
        sign(28.0, marks)
    };
    let key = |sign: Drawing, words: &str| Key { sign, words: words.to_owned(), count: String::new() };
    let mut keys = vec![];
    let looks = of.looks();
    let named = of.lines.iter().zip(&looks).filter(|(line, look)| **look != Look::Context && !line.name.is_empty());
    keys.extend(named.map(|(line, look)| key(of_line(*look, false), &line.name)));
    let others = looks.iter().filter(|look| **look == Look::Context).count();
    match others {
        0 => {}
        1 => keys.push(key(of_line(Look::Context, false), "En till att jämföra med")),
        n => keys.push(key(of_line(Look::Context, false), &format!("{n} andra att jämföra med"))),
    }
    if of.has_preliminary() {
        let words = if of.bars { "Inte hela året" } else { "Preliminärt" };
        keys.push(key(of_line(Look::Strong, true), words));
    }
    keys.extend(of.mal.iter().map(|mal| key(sign(28.0, vec![line(Ink::Aim, left, right)]), &mal.name)));
    if !of.brott.is_empty() {
        let upright = line(Ink::Brott, At::new(14.0, 0.0), At::new(14.0, 16.0));
        keys.push(key(sign(28.0, vec![upright]), "Brott: räknas på ett annat sätt därefter"));
    }
    keys
}

/// Room above the keys on paper, between two rows of them, and between two in a row.
const ABOVE: f64 = 14.0;
const ROW: f64 = 22.0;
const BETWEEN: f64 = 22.0;
/// A letter is about so wide, as a part of the size of the words.
const LETTER: f64 = 0.56;

/// About how many units words of a size take: a drawing does not know its letters.
pub(super) fn about(words: &str, size: f64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // some words
    let letters = words.chars().count() as f64;
    letters * LETTER * size
}

impl Drawing {
    /// The drawing with keys under it, for paper of so many units.
    #[must_use]
    pub fn with_keys(mut self, keys: &[Key], width: f64) -> Self {
        let inner = match self.width {
            Width::Fixed(own) => own,
            Width::Fluid { .. } => {
                let (left, right) = self.width.edges(width);
                width - left - right
            }
        };
        let (mut x, mut y) = (0.0, self.height + ABOVE);
        for key in keys {
            let Width::Fixed(sign) = key.sign.width else { continue };
            let words = [key.words.as_str(), key.count.as_str()].join(" ");
            let words = words.trim().to_owned();
            let long = sign + 7.0 + about(&words, 13.0);
            if x > 0.0 && x + long > inner {
                (x, y) = (0.0, y + ROW);
            }
            let placed = Some((At::new(x, y), 1.0));
            self.marks.push(Mark::Group(Group { placed, marks: key.sign.marks.clone(), ..Group::default() }));
            self.marks.push(text(Ink::Axis, At::new(x + sign + 7.0, y + 12.5), Anchor::Start, words));
            x += long + BETWEEN;
        }
        if !keys.is_empty() {
            self.height = y + ROW;
        }
        self
    }
}
