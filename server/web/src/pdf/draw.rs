//! Drawing: what has been laid, put on the pages of the file.

use std::collections::HashMap;

use domain::dokument::Dokument;
use krilla::{
    Document,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    geom::{PathBuilder, Point, Rect, Transform},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag},
};
use parley::{FontStyle, layout::Run};

use super::{
    figure,
    fonts::Embedded,
    layout::{At, FOOT, Laid, MARGIN, Mark, Page},
    letters,
    picture::Picture,
    set::{Setter, Words},
};

/// How far letters that lean do so: for so much up, so much to the right.
const LEAN: f32 = 0.21;

/// What was drawn for each of the words, page by page, and what leads somewhere in them.
#[derive(Default)]
pub struct Drawn {
    pub lines: HashMap<At, Vec<Identifier>>,
    pub links: HashMap<At, Vec<Identifier>>,
    /// Of each drawing.
    pub figures: HashMap<usize, Identifier>,
    /// Of the logo.
    pub logo: Option<Identifier>,
}

/// Draws all pages.
pub fn pages(
    pdf: &mut Document,
    setter: &mut Setter,
    laid: &Laid,
    document: &Dokument,
    logo: Option<&Picture>,
) -> Drawn {
    let mut drawn = Drawn::default();
    let mut fonts = Embedded::default();
    let span = ContentTag::Span(SpanTag { lang: None, alt_text: None, expanded: None, actual_text: None });
    let of = laid.pages.len();
    for (n, sheet) in laid.pages.iter().enumerate() {
        let size = PageSettings::from_wh(sheet.width(), sheet.height()).unwrap_or_default();
        let mut page = pdf.start_page_with(size);
        let mut surface = page.surface();
        let mut links = vec![];
        for mark in &sheet.marks {
            match mark {
                Mark::Lines { at, lines, x, top } => {
                    // a tag for each line: that is what a screen reader moves by
                    for n in lines.clone() {
                        drawn.lines.entry(*at).or_default().push(surface.start_tagged(span));
                        line(&mut fonts, &mut surface, &laid.words[*at], n, *x, *top);
                        surface.end_tagged();
                        links.extend(leading(&laid.words[*at], n, *x, *top).map(|link| (*at, link)));
                    }
                }
                Mark::Again { at, x, top } => {
                    surface.start_tagged(artifact(ArtifactType::Header));
                    for n in 0..laid.words[*at].lines.len() {
                        line(&mut fonts, &mut surface, &laid.words[*at], n, *x, *top);
                    }
                    surface.end_tagged();
                }
                Mark::Rule { y } => rule(&mut surface, sheet, *y),
                Mark::Figure { figure: index, x, top, width } => {
                    let id = surface.start_tagged(ContentTag::Other);
                    figure::draw(&mut surface, setter, &mut fonts, &laid.figures[*index].0, *x, *top, *width);
                    surface.end_tagged();
                    drawn.figures.insert(*index, id);
                }
                Mark::Logo { x, top, w, h } => {
                    let id = surface.start_tagged(ContentTag::Other);
                    if let Some(logo) = logo {
                        logo.draw(&mut surface, (*x, *top), (*w, *h));
                    }
                    surface.end_tagged();
                    drawn.logo = Some(id);
                }
            }
        }
        foot(&mut fonts, &mut surface, setter, sheet, &document.sub(), &format!("Sid {} ({of})", n + 1));
        surface.finish();
        for (at, (place, address, said)) in links {
            let target = Target::Action(Action::Link(LinkAction::new(address)));
            let link = Annotation::new_link(LinkAnnotation::new(place, target), Some(said));
            drawn.links.entry(at).or_default().push(page.add_tagged_annotation(link));
        }
        page.finish();
    }
    drawn
}

fn foot(fonts: &mut Embedded, surface: &mut Surface<'_>, setter: &mut Setter, sheet: &Page, words: &str, number: &str) {
    let number = setter.set(number, FOOT, sheet.width());
    let words = setter.set(words, FOOT, sheet.width() - 2.0 * MARGIN - number.lines.width() - 20.0);
    let y = sheet.height() - 44.0;
    surface.start_tagged(artifact(ArtifactType::Footer));
    line(fonts, surface, &words, 0, MARGIN, y);
    line(fonts, surface, &number, 0, sheet.width() - MARGIN - number.lines.width(), y);
    surface.end_tagged();
}

pub const fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact { kind, bbox: None })
}

fn rule(surface: &mut Surface<'_>, sheet: &Page, y: f32) {
    let mut path = PathBuilder::new();
    path.move_to(MARGIN, y);
    path.line_to(sheet.width() - MARGIN, y);
    let Some(path) = path.finish() else { return };
    surface.start_tagged(artifact(ArtifactType::Layout));
    surface.set_fill(None);
    let paint = rgb::Color::new(0xda, 0xd5, 0xca).into();
    surface.set_stroke(Some(Stroke { paint, width: 0.6, ..Stroke::default() }));
    surface.draw_path(&path);
    surface.set_stroke(None);
    surface.end_tagged();
}

/// Draws one line of words that begin at `x` and `top`.
pub fn line(fonts: &mut Embedded, surface: &mut Surface<'_>, words: &Words, n: usize, x: f32, top: f32) {
    let tone = if words.hand.quiet { rgb::Color::new(0x4a, 0x55, 0x60) } else { rgb::Color::new(0x17, 0x22, 0x2b) };
    let fill = Fill { paint: tone.into(), opacity: NormalizedF32::ONE, rule: FillRule::default() };
    surface.set_fill(Some(fill));
    runs(fonts, surface, words, n, x, top, false);
}

/// The letters of one line in the fill that is set; `outlined` as shapes that are no words, in the stroke that is set.
pub fn runs(
    fonts: &mut Embedded,
    surface: &mut Surface<'_>,
    words: &Words,
    line: usize,
    x: f32,
    top: f32,
    outlined: bool,
) {
    let Some(line) = words.lines.get(line) else { return };
    // they stand from left to right, and are drawn in the order in which they are read
    let mut x = x + line.metrics().offset;
    let mut runs: Vec<(f32, Run<'_, ()>)> = vec![];
    for run in line.runs() {
        runs.push((x, run));
        x += run.advance();
    }
    runs.sort_by_key(|(_, run)| run.text_range().start);
    let y = top + line.metrics().baseline;
    for (x, run) in runs {
        let Some(font) = fonts.get(&run) else { continue };
        let (said, glyphs) = letters::glyphs(&run, &words.text);
        let leans = run.font_attrs().style != FontStyle::Normal;
        if leans {
            surface.push_transform(&Transform::from_row(1.0, 0.0, -LEAN, 1.0, LEAN * y, 0.0));
        }
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, &said, run.font_size(), outlined);
        if leans {
            surface.pop();
        }
    }
}

/// What of a line leads somewhere: the place on the page, the address, and what is said of it.
pub fn leading(words: &Words, line: usize, x: f32, top: f32) -> impl Iterator<Item = (Rect, String, String)> {
    let mut out = vec![];
    if let Some(line) = words.lines.get(line).filter(|_| !words.links.is_empty()) {
        let (above, below) = (top + line.metrics().block_min_coord, top + line.metrics().block_max_coord);
        for (range, address) in &words.links {
            let mut at = x + line.metrics().offset;
            let (mut from, mut until) = (f32::INFINITY, f32::NEG_INFINITY);
            for cluster in line.runs().flat_map(|run| run.visual_clusters().collect::<Vec<_>>()) {
                let signs = cluster.text_range();
                if range.start <= signs.start && signs.end <= range.end {
                    (from, until) = (from.min(at), until.max(at + cluster.advance()));
                }
                at += cluster.advance();
            }
            if let Some(place) = Rect::from_ltrb(from, above, until, below).filter(|_| from < until) {
                let said = words.text.get(range.clone()).unwrap_or_default();
                out.push((place, address.clone(), format!("Länk: {said}, {address}")));
            }
        }
    }
    out.into_iter()
}
