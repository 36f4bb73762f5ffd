//! PDF: a document's blocks as a file to keep and to have read aloud. It is PDF/A-2a, which archives take, and PDF/UA-1,
//! which screen readers read: tagged, with its fonts inside, and checked against both when it is written. Text is broken
//! by parley and the file written by krilla; ours is only where things stand on the page.

pub mod figure;
mod fonts;
mod layout;
mod letters;
#[cfg(test)]
mod tests;
pub mod wheel;

use std::{collections::HashMap, num::NonZeroU16};

use chrono::{DateTime, Datelike, Timelike, Utc};
use domain::genomforande::documentation::Documentation;
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    destination::XyzDestination,
    error::KrillaError,
    geom::{PathBuilder, Point},
    metadata::{DateTime as PdfDate, Metadata},
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule, Stroke},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
    },
};
use parley::layout::Run;

use self::{
    fonts::Embedded,
    layout::{At, FOOT, HEIGHT, Laid, MARGIN, Mark, Part, Setter, WIDTH, Words},
};

const LANGUAGE: &str = "sv-SE";

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The settings contradict each other.
    #[error("the settings of the file do not go together")]
    Settings,
    /// What was drawn breaks one of the standards.
    #[error("the file does not hold to its standards: {0:?}")]
    Written(KrillaError),
}

/// The file. `now` stands in it as the time when it was written.
pub fn write(document: &Documentation, now: DateTime<Utc>) -> Result<Vec<u8>, PdfError> {
    let mut setter = Setter::new();
    let laid = layout::lay(&mut setter, document);
    let mut pdf = opened(&document.title, now)?;
    let tags = draw(&mut pdf, &mut setter, &laid, &document.sub);
    pdf.set_outline(outline(&laid));
    pdf.set_tag_tree(tree(&laid.parts, &laid.words, tags));
    pdf.finish().map_err(PdfError::Written)
}

/// A file with no page yet, which is checked against its standards when it is finished.
fn opened(title: &str, now: DateTime<Utc>) -> Result<Document, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| PdfError::Settings)?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut pdf = Document::new_with(settings);
    pdf.set_metadata(metadata(title, now));
    Ok(pdf)
}

fn metadata(title: &str, now: DateTime<Utc>) -> Metadata {
    let small = |n: u32| u8::try_from(n).unwrap_or_default();
    let date = PdfDate::new(u16::try_from(now.year()).unwrap_or_default())
        .month(small(now.month()))
        .day(small(now.day()))
        .hour(small(now.hour()))
        .minute(small(now.minute()))
        .second(small(now.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(title.to_owned())
        .language(LANGUAGE.to_owned())
        .creator("Kvalitetshjulet".to_owned())
        .creation_date(date)
}

/// Draws all pages. Gives what was drawn for each of the words, page by page.
fn draw(pdf: &mut Document, setter: &mut Setter, laid: &Laid, foot: &str) -> HashMap<At, Vec<Identifier>> {
    let mut tags: HashMap<At, Vec<Identifier>> = HashMap::new();
    let mut fonts = Embedded::default();
    let span = ContentTag::Span(SpanTag { lang: None, alt_text: None, expanded: None, actual_text: None });
    let of = laid.pages.len();
    for (n, marks) in laid.pages.iter().enumerate() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).unwrap_or_default();
        let mut page = pdf.start_page_with(size);
        let mut surface = page.surface();
        for mark in marks {
            match mark {
                Mark::Lines { at, lines, x, top } => {
                    // a tag for each line: that is what a screen reader moves by
                    for n in lines.clone() {
                        tags.entry(*at).or_default().push(surface.start_tagged(span));
                        line(&mut fonts, &mut surface, &laid.words[*at], n, *x, *top);
                        surface.end_tagged();
                    }
                }
                Mark::Again { at, x, top } => {
                    surface.start_tagged(artifact(ArtifactType::Header));
                    for n in 0..laid.words[*at].lines.len() {
                        line(&mut fonts, &mut surface, &laid.words[*at], n, *x, *top);
                    }
                    surface.end_tagged();
                }
                Mark::Rule { y } => rule(&mut surface, *y),
            }
        }
        let number = setter.set(&format!("Sida {} av {of}", n + 1), FOOT, WIDTH);
        let words = setter.set(foot, FOOT, WIDTH - 2.0 * MARGIN - number.lines.width() - 20.0);
        surface.start_tagged(artifact(ArtifactType::Footer));
        line(&mut fonts, &mut surface, &words, 0, MARGIN, HEIGHT - 44.0);
        line(&mut fonts, &mut surface, &number, 0, WIDTH - MARGIN - number.lines.width(), HEIGHT - 44.0);
        surface.end_tagged();
        surface.finish();
        page.finish();
    }
    tags
}

const fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact { kind, bbox: None })
}

fn rule(surface: &mut Surface<'_>, y: f32) {
    let mut path = PathBuilder::new();
    path.move_to(MARGIN, y);
    path.line_to(WIDTH - MARGIN, y);
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
fn line(fonts: &mut Embedded, surface: &mut Surface<'_>, words: &Words, n: usize, x: f32, top: f32) {
    let tone = if words.hand.quiet { rgb::Color::new(0x4a, 0x55, 0x60) } else { rgb::Color::new(0x17, 0x22, 0x2b) };
    let fill = Fill { paint: tone.into(), opacity: NormalizedF32::ONE, rule: FillRule::default() };
    surface.set_fill(Some(fill));
    runs(fonts, surface, words, n, x, top, false);
}

/// The letters of one line in the fill that is set; `outlined` as shapes that are no words, in the stroke that is set.
fn runs(fonts: &mut Embedded, surface: &mut Surface<'_>, words: &Words, line: usize, x: f32, top: f32, outlined: bool) {
    let Some(line) = words.lines.get(line) else { return };
    // they stand from left to right, and are drawn in the order in which they are read
    let mut x = x + line.metrics().offset;
    let mut runs: Vec<(f32, Run<'_, ()>)> = vec![];
    for run in line.runs() {
        runs.push((x, run));
        x += run.advance();
    }
    runs.sort_by_key(|(_, run)| run.text_range().start);
    for (x, run) in runs {
        let Some(font) = fonts.get(run.font(), words.hand) else { continue };
        let (said, glyphs) = letters::glyphs(&run, &words.text);
        let start = Point::from_xy(x, top + line.metrics().baseline);
        surface.draw_glyphs(start, &glyphs, font, &said, run.font_size(), outlined);
    }
}

/// The headings as bookmarks that lead to their pages.
fn outline(laid: &Laid) -> Outline {
    let mut outline = Outline::new();
    for part in &laid.parts {
        let Part::Heading(_, heading) = part else { continue };
        let place = laid.pages.iter().enumerate().find_map(|(page, marks)| {
            let top = marks.iter().find_map(|mark| match mark {
                Mark::Lines { at, top, .. } if at == heading => Some(*top),
                _ => None,
            })?;
            Some(XyzDestination::new(page, Point::from_xy(MARGIN, top)))
        });
        if let Some(place) = place {
            outline.push_child(OutlineNode::new(laid.words[*heading].text.clone(), place));
        }
    }
    outline
}

/// The document as it is read aloud.
fn tree(parts: &[Part], words: &[Words], mut tags: HashMap<At, Vec<Identifier>>) -> TagTree {
    let mut group = |tag: TagKind, at: At| {
        let children = tags.remove(&at).unwrap_or_default().into_iter().map(Into::into).collect();
        TagGroup::with_children(tag, children)
    };
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    for part in parts {
        match part {
            Part::Heading(level, at) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                tree.push(group(Tag::Hn(level, Some(words[*at].text.clone())).into(), *at));
            }
            Part::Text(at) => tree.push(group(Tag::P.into(), *at)),
            Part::Table { summary, head, rows } => {
                let mut table = TagGroup::new(Tag::Table.with_summary(summary.map(str::to_owned)));
                for (n, cells) in rows.iter().enumerate() {
                    let mut row = TagGroup::new(Tag::TR);
                    for (m, at) in cells.iter().enumerate() {
                        let tag = match (head, n, m) {
                            (true, 0, _) => Tag::TH(TableHeaderScope::Column).into(),
                            (_, _, 0) => Tag::TH(TableHeaderScope::Row).into(),
                            _ => Tag::TD.into(),
                        };
                        row.push(group(tag, *at));
                    }
                    table.push(row);
                }
                tree.push(table);
            }
        }
    }
    tree
}
